// Package page makes every page of the site in templ. A page is a struct with
// what it shows, which makes it a [View]; whatever has to be worked out for
// showing it is a method of that struct.
//
// The package also owns what pages share: the words of the interface, and the
// table of addresses, from which routes, links, the check of links and the
// sitemap are made. To add a page, write its view and template, give it a route
// and a line in [Site.AllPages], and put its words into words.md.
//
// No word that a visitor reads stands in this package. All of them come from
// the authors: from the comparison, or from [Words].
package page

import (
	"io/fs"
	"time"

	"rolecompare/internal/comparison"
	"rolecompare/internal/site"
)

// Site is the content with the words of the interface: what pages are made of.
type Site struct {
	*site.Site
	Words Words
}

// Load reads the content and checks it, its links included. now tells whether a
// review is overdue. See [site.Load] for what it returns.
func Load(fsys fs.FS, now time.Time) (*Site, comparison.Diagnostics) {
	s := &Site{}
	var found comparison.Diagnostics
	s.Site, found = site.Load(fsys, site.Options{Now: now, Words: &s.Words, Check: checkLinks})
	if s.Site == nil {
		return nil, found
	}
	return s, found
}

// WithoutDrafts returns the site as visitors see it.
func (s *Site) WithoutDrafts() *Site {
	public := *s
	public.Site = s.Site.WithoutDrafts()
	return &public
}

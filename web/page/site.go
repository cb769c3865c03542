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

import "rolecompare/internal/site"

// Site is the content with the words of the interface: what pages are made of.
type Site struct {
	*site.Site
	Words Words
}

// WithoutDrafts returns the site as visitors see it.
func (s *Site) WithoutDrafts() *Site {
	public := *s
	public.Site = s.Site.WithoutDrafts()
	return &public
}

package web

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"slices"
	"time"

	"rolecompare/internal/comparison"
	"rolecompare/web/page"
)

// addMachines adds what is there for machines.
func (e *Edition) addMachines() {
	for _, file := range []struct {
		route     route
		mediaType string
		content   func() ([]byte, error)
	}{
		{sitemapFile, "application/xml; charset=utf-8", e.makeSitemap}, // whole addresses only
		{robotsFile, textType, e.makeRobots},
		{llmsFile, textType, e.makeLLMs},
	} {
		if file.route == sitemapFile && e.options.BaseURL == "" {
			continue
		}
		e.add(&resource{route: file.route, path: file.route.String(), rank: 9, plain: true, mediaType: file.mediaType, cache: cachePage, content: file.content})
	}
}

// pages returns all pages that are to be found by search engines: each under the
// address that it names as its own.
func (e *Edition) pages() []*resource {
	var out []*resource
	for _, p := range e.order {
		if p.view == nil {
			continue
		}
		if head := p.view.Head(); !head.NoIndex && head.Canonical == p.path {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b *resource) int { return cmp.Compare(a.path, b.path) })
	return out
}

// makeSitemap lists the pages. A page changed last when what it says was last
// checked; when the program was built says nothing about that.
func (e *Edition) makeSitemap() ([]byte, error) {
	type entry struct {
		Loc     string `xml:"loc"`
		LastMod string `xml:"lastmod,omitempty"`
	}
	set := struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []entry  `xml:"url"`
	}{}
	for _, p := range e.pages() {
		u := entry{Loc: e.options.BaseURL + p.path}
		if !p.reviewed.IsZero() {
			u.LastMod = p.reviewed.Format(time.DateOnly)
		}
		set.URLs = append(set.URLs, u)
	}
	b, err := xml.Marshal(set)
	return append([]byte(xml.Header), b...), err
}

// makeRobots lets everybody read everything. What is not to be indexed says so
// itself, which only who may read it can see.
func (e *Edition) makeRobots() ([]byte, error) {
	text := "User-agent: *\nAllow: /\n"
	if e.options.BaseURL != "" { // a sitemap is named by its whole address
		text += "\nSitemap: " + e.options.BaseURL + "/sitemap.xml\n"
	}
	return []byte(text), nil
}

// makeLLMs tells language models where the Markdown of each page is.
func (e *Edition) makeLLMs() ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s\n\n> %s\n", e.site.Name, e.site.Summary)
	if e.site.Intro.Markdown != "" {
		fmt.Fprintf(&b, "\n%s\n", e.site.Intro.Markdown)
	}
	words := e.site.Words.Index
	for _, part := range []struct {
		title  comparison.Phrase
		routes []route
	}{
		{words.Comparisons, []route{comparisonPage, faqPage, methodPage}},
		{words.Services, []route{servicesPage, servicePage}},
		{e.site.Words.Frame.Footer, []route{plainPage}},
	} {
		fmt.Fprintf(&b, "\n## %s\n\n", part.title)
		for _, p := range e.order {
			if p.markdown != nil && slices.Contains(part.routes, p.route) {
				head := p.view.Head()
				fmt.Fprintf(&b, "- %s: %s\n", page.Link(head.Title, p.markdown.path), head.Description)
			}
		}
	}
	return []byte(page.Absolute(b.String(), e.options.BaseURL)), nil
}

package web

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"time"

	"rolecompare/web/page"
)

// sitemap lists the pages that are to be found by search engines: each under the
// address that it names as its own. A page changed last when what it says was
// last checked; when the program was built says nothing about that.
func sitemap(s *page.Site, baseURL string) []byte {
	type entry struct {
		Loc     string `xml:"loc"`
		LastMod string `xml:"lastmod,omitempty"`
	}
	set := struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []entry  `xml:"url"`
	}{}
	for _, p := range s.AllPages() {
		if head := p.View.Head(); head.NoIndex || head.Path != p.Path {
			continue
		}
		u := entry{Loc: baseURL + p.Path}
		if !p.Reviewed.IsZero() {
			u.LastMod = p.Reviewed.Format(time.DateOnly)
		}
		set.URLs = append(set.URLs, u)
	}
	slices.SortFunc(set.URLs, func(a, b entry) int { return strings.Compare(a.Loc, b.Loc) })
	b, _ := xml.Marshal(set) // strings never fail
	return append([]byte(xml.Header), b...)
}

// robots lets everybody read everything. What is not to be indexed says so
// itself, which only who may read it can see.
func robots(baseURL string) []byte {
	text := "User-agent: *\nAllow: /\n"
	if baseURL != "" { // a sitemap is named by its whole address
		text += "\nSitemap: " + baseURL + page.RouteSitemap.Path() + "\n"
	}
	return []byte(text)
}

// llms tells language models where the Markdown of each page is.
func llms(s *page.Site, baseURL string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s\n\n> %s\n", s.Name, s.Summary)
	if s.Intro.Text != "" {
		fmt.Fprintf(&b, "\n%s\n", s.Intro.Text)
	}
	pages := s.AllPages()
	for _, part := range []struct {
		title  page.Phrase
		routes []page.Route
	}{
		{s.Words.OnIndex.Comparisons, []page.Route{page.RouteComparison, page.RouteFAQ, page.RouteMethod}},
		{s.Words.OnRoles.Title, []page.Route{page.RouteRoles, page.RouteRole}},
		{s.Words.OnIndex.ServicesName, []page.Route{page.RouteServices, page.RouteService}},
		{s.Words.OnFrame.Footer, []page.Route{page.RoutePlain}},
	} {
		fmt.Fprintf(&b, "\n## %s\n\n", part.title)
		for _, p := range pages {
			if slices.Contains(part.routes, p.Route) {
				head := p.View.Head()
				fmt.Fprintf(&b, "- [%s](%s): %s\n", strings.NewReplacer("[", `\[`, "]", `\]`).Replace(head.Title), baseURL+p.Markdown, head.Description)
			}
		}
	}
	return b.Bytes()
}

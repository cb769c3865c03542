package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"rolecompare/internal/comparison"
	"rolecompare/internal/recommend"
	"rolecompare/web"
)

// crawled counts what was looked at.
type crawled struct{ pages, links int }

// broken is a link that leads nowhere.
type broken struct {
	page string // the address of the page that has it
	link string
	what string // is wrong
}

// crawl renders every page as a visitor gets it and follows each of its links
// within the site, fragments included. What the reading of the content cannot
// see, such as a link to a place on a page that the program itself lays out, is
// found here.
func crawl(s *site) (crawled, []broken, error) {
	total, links, err := crawlEdition(s, false)
	drafts := slices.ContainsFunc(s.Comparisons, func(c *comparison.Comparison) bool { return c.Draft })
	if err != nil || !drafts {
		return total, links, err
	}
	// What leads to a draft works in dev only, so that both are crawled.
	more, found, err := crawlEdition(s, true)
	return more, append(links, found...), err
}

func crawlEdition(s *site, dev bool) (crawled, []broken, error) {
	edition, err := build(s, "", dev)
	if err != nil {
		return crawled{}, nil, failed("the pages cannot be rendered: %v", err)
	}
	if err := edition.Render(context.Background()); err != nil {
		return crawled{}, nil, failed("the pages cannot be rendered: %v", err)
	}
	c := crawler{handler: web.NewServer(edition, web.Options{}), pages: map[string]*crawledPage{}}
	c.visit("/")
	c.visit("/services")
	for _, v := range s.Services {
		c.visit("/services/" + v.ID)
	}
	for _, p := range s.Pages {
		c.visit("/pages/" + p.ID)
	}
	for _, one := range s.Comparisons {
		if one.Draft && !dev {
			continue
		}
		base := "/compare/" + one.Slug
		c.visit(base)
		c.visit(base + "/questionnaire")
		c.visit(base + "/method")
		for _, q := range one.FAQ.Items {
			c.visit(base + "/faq/" + q.ID)
		}
		for _, a := range examples(s.engines[one.Slug]) {
			c.visit(base + "/recommendation?" + s.engines[one.Slug].Query(a))
		}
	}
	return c.follow()
}

// examples returns answers that lead to each outcome.
func examples(e *recommend.Engine) (out []recommend.Answers) {
	seen := map[*comparison.Outcome]bool{}
	for n := range e.Combinations() {
		a := e.Answers(n)
		if o := e.Outcome(a); !seen[o] {
			seen[o] = true
			out = append(out, a)
		}
	}
	return out
}

// crawler visits pages and keeps what they hold.
type crawler struct {
	handler http.Handler
	pages   map[string]*crawledPage // by address
	order   []string
}

// crawledPage is what matters of a page here.
type crawledPage struct {
	status int
	ids    map[string]bool
	links  []string // within the site, fragments included
}

// visit fetches a page, once.
func (c *crawler) visit(address string) *crawledPage {
	if p := c.pages[address]; p != nil {
		return p
	}
	p := &crawledPage{status: http.StatusOK, ids: map[string]bool{}}
	c.pages[address] = p
	c.order = append(c.order, address)
	w := &response{header: http.Header{}, status: http.StatusOK}
	u, err := url.Parse(address)
	if err != nil {
		p.status = http.StatusBadRequest
		return p
	}
	c.handler.ServeHTTP(w, &http.Request{
		Method: http.MethodGet, URL: u, RequestURI: address, Host: "localhost",
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{}, Body: http.NoBody, RemoteAddr: "127.0.0.1:0",
	})
	p.status = w.status
	if strings.HasPrefix(w.header.Get("Content-Type"), "text/html") {
		p.read(&w.body, u)
	}
	return p
}

// read notes the ids of a page and where it leads.
func (p *crawledPage) read(body io.Reader, base *url.URL) {
	for in := html.NewTokenizer(body); ; {
		switch in.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			for _, a := range in.Token().Attr {
				switch a.Key {
				case "id":
					p.ids[a.Val] = true
				case "href", "src", "action":
					if u, err := base.Parse(a.Val); err == nil && u.Host == "" && u.Scheme == "" {
						p.links = append(p.links, u.String())
					}
				}
			}
		}
	}
}

// follow visits whatever the pages link to and reports what is not there. Of an
// address with a query only the path is visited: there are as many queries as
// combinations of answers.
func (c *crawler) follow() (total crawled, links []broken, err error) {
	for i := 0; i < len(c.order); i++ { // it grows meanwhile
		from := c.order[i]
		page := c.pages[from]
		if page.status != http.StatusOK {
			continue // its links are reported where they stand
		}
		total.pages++
		for _, link := range page.links {
			total.links++
			u, err := url.Parse(link)
			if err != nil {
				continue
			}
			to := c.visit(u.EscapedPath())
			here, _, _ := strings.Cut(from, "?")
			if u.Path == here {
				to = page
			}
			switch {
			case to.status >= 400:
				links = append(links, broken{from, link, "there is no such page"})
			case u.Fragment != "" && to.status == http.StatusOK && !to.ids[u.Fragment]:
				links = append(links, broken{from, link, fmt.Sprintf("that page has no place “#%s”", u.Fragment)})
			}
		}
	}
	for address, page := range c.pages {
		if page.status >= 500 {
			return total, nil, failed("%s cannot be rendered: it answers %d", address, page.status)
		}
	}
	return total, links, nil
}

// response keeps an answer in memory.
type response struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *response) Header() http.Header         { return r.header }
func (r *response) WriteHeader(status int)      { r.status = status }
func (r *response) Write(b []byte) (int, error) { return r.body.Write(b) }

// locate makes faults of broken links, each where an author wrote the link. One
// that no author wrote is laid to the site as a whole.
func locate(fsys fs.FS, links []broken) (faults comparison.Faults) {
	seen := map[string]bool{}
	for _, l := range links {
		if seen[l.link] {
			continue // one mistake, however many pages show it
		}
		seen[l.link] = true
		at, do := comparison.Place{File: "site.md"}, "mend the templates: no author wrote this link"
		_ = fs.WalkDir(fsys, ".", func(file string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || path.Ext(file) != ".md" || file == "README.md" {
				return nil
			}
			body, err := fs.ReadFile(fsys, file)
			if err != nil {
				return nil
			}
			before, _, found := bytes.Cut(body, []byte("]("+l.link+")"))
			if !found {
				return nil
			}
			line := before[bytes.LastIndexByte(before, '\n')+1:]
			if start := bytes.LastIndexByte(line, '['); start >= 0 {
				line = line[:start]
			}
			do = "mend it, or remove it"
			at = comparison.Place{File: file, Line: bytes.Count(before, []byte("\n")) + 1, Column: utf8.RuneCount(line) + 1}
			return fs.SkipAll
		})
		faults.Add(at, fmt.Sprintf("the link to %s, on the page %s, leads nowhere: %s", l.link, l.page, l.what), do)
	}
	return faults
}

package web

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"rolecompare/internal/comparison"
	"rolecompare/web/card"
	"rolecompare/web/page"
	"rolecompare/web/prerender"
)

// SnapshotOptions say how a snapshot is made.
type SnapshotOptions struct {
	BaseURL string // of the site, as "https://example.com"; empty where it is not known
	Dev     bool   // show drafts, and reload pages when another snapshot is published

	// In dev, what its author should look at, and the address that opens a file in an
	// editor: {path}, {line} and {column} are filled in.
	Warnings comparison.Diagnostics
	Editor   string
}

// Snapshot is everything a server answers with, made from one state of the
// content and the assets. It never changes but for the encodings that
// [Snapshot.Prepare] makes.
type Snapshot struct {
	options SnapshotOptions
	site    *page.Site // without its drafts, unless in dev
	frame   page.Frame
	assets  *assets
	headers http.Header // on every answer

	pages    map[string]page.Page       // by their path, and by that of their Markdown
	moved    map[string]string          // addresses that were once published, and where they lead now
	cards    map[string]card.Card       // by their path
	ready    map[string]*prerender.Body // what is made beforehand, by its path
	problems map[int]*prerender.Body    // the pages of errors, by their status
	turns    *turns                     // for what is made on demand
	prepared atomic.Bool
}

// beforehand is how many pages are made, and encoded as well as can be, before
// anybody asks. The shipped content has fewer; all others are made anew each
// time, which is cheap.
const beforehand = 128

// NewSnapshot makes a snapshot of the site; static is the folder of assets. What
// cannot be rendered is found here.
func NewSnapshot(site *page.Site, static fs.FS, o SnapshotOptions) (*Snapshot, error) {
	if !o.Dev {
		site = site.WithoutDrafts()
	}
	s := &Snapshot{
		options: o, site: site,
		pages: map[string]page.Page{}, moved: map[string]string{}, cards: siteCards(site),
		ready: map[string]*prerender.Body{}, problems: map[int]*prerender.Body{}, turns: newTurns(runtime.GOMAXPROCS(0)),
	}
	var err error
	if s.assets, err = readAssets(static, o.BaseURL, o.Dev); err != nil {
		return nil, err
	}
	s.frame = page.Frame{Site: site, Assets: s.assets.forPages(), BaseURL: o.BaseURL, Dev: o.Dev}
	s.headers = securityHeaders(o.BaseURL, s.assets.styleSource)
	if err := s.addPages(); err != nil {
		return nil, err
	}
	s.addFiles()
	for _, status := range []int{400, 403, 404, 405, 408, 413, 414, 415, 429, 500, 503} {
		if s.problems[status], err = s.pageBody(page.Problem{Site: site, Status: status}, cacheNever); err != nil {
			return nil, fmt.Errorf("the page of status %d: %w", status, err)
		}
	}
	s.prepared.Store(o.Dev) // an author at work wants to see every change at once
	return s, nil
}

func (s *Snapshot) addFiles() {
	add := func(path, mediaType string, content []byte, cache field, fields ...field) {
		s.ready[path] = prerender.New(mediaType, content, s.fields(cache, fields...))
	}
	add(page.RouteManifest.Path(), mediaTypes[".webmanifest"], s.assets.manifest(s.site), cachePage)
	add(page.RouteRobots.Path(), textType, robots(s.options.BaseURL), cachePage)
	add(page.RouteLLMs.Path(), textType, llms(s.site, s.options.BaseURL), cachePage)
	if s.options.BaseURL != "" { // a sitemap has whole addresses only
		add(page.RouteSitemap.Path(), "application/xml; charset=utf-8", sitemap(s.site, s.options.BaseURL), cachePage)
	}
	for _, p := range s.site.Pictures {
		add(p.Address, p.MediaType, p.Body, cacheForever)
	}
	for name, f := range s.assets.byName {
		add(f.address, f.mediaType, f.content, cacheForever, f.fields...)
		if name == "favicon.ico" {
			add(page.RouteFavicon.Path(), f.mediaType, f.content, cacheDay, f.fields...)
		}
	}
}

// addPages puts every page at its addresses, and makes the first ones.
func (s *Snapshot) addPages() error {
	var first []string
	for _, p := range s.site.AllPages() {
		for _, path := range []string{p.Path, p.Markdown} {
			if path != "" {
				s.pages[path] = p
				first = append(first, path)
			}
		}
		for _, former := range p.Former {
			s.moved[former] = p.Path
			s.moved[former+".md"] = p.Markdown
			s.moved["/og"+former+".png"] = "/og" + p.Path + ".png"
		}
	}
	first = first[:min(beforehand, len(first))]
	bodies, errs := make([]*prerender.Body, len(first)), make([]error, len(first))
	var making sync.WaitGroup
	for i, path := range first {
		making.Go(func() { bodies[i], errs[i] = s.body(path) })
	}
	making.Wait()
	for i, path := range first {
		s.ready[path] = bodies[i]
	}
	return errors.Join(errs...)
}

// body makes the page that is at a path.
func (s *Snapshot) body(path string) (*prerender.Body, error) {
	p := s.pages[path]
	switch {
	case path == p.Markdown:
		return s.markdownBody(p.View, s.sourceOf(p), varyAccept)
	case p.Markdown == "":
		return s.pageBody(p.View, cachePage, s.assets.prefetch)
	}
	return s.pageBody(p.View, cachePage, s.assets.prefetch, varyAccept)
}

// sourceOf tells search engines that a page's Markdown is another form of it. They
// may get it at the page's own address, so it can't just be kept from them.
func (s *Snapshot) sourceOf(p page.Page) field {
	if s.options.BaseURL == "" || p.Route == page.RouteFAQ {
		return noIndex
	}
	return field{"Link", "<" + s.options.BaseURL + p.View.Head().Path + `>; rel="canonical"`}
}

func (s *Snapshot) pageBody(v page.View, cache field, fields ...field) (*prerender.Body, error) {
	var b bytes.Buffer
	b.Grow(64 << 10)
	if err := page.Render(&b, s.frame, v); err != nil {
		return nil, fmt.Errorf("%s: %w", v.Head().Path, err)
	}
	return prerender.New(htmlType, b.Bytes(), s.fields(cache, fields...)), nil
}

func (s *Snapshot) markdownBody(v page.View, fields ...field) (*prerender.Body, error) {
	content, err := page.Markdown(s.frame, v)
	if err != nil {
		return nil, err
	}
	return prerender.New(markdownType, content, s.fields(cachePage, fields...)), nil
}

// problem is the page of an error. Where there is more to say than its status,
// it is made for this answer alone.
func (s *Snapshot) problem(status int, path, requestID string) *prerender.Body {
	at, _, _ := strings.Cut(path, "?")
	if _, ok := s.pages[at]; !ok {
		path = "" // nobody can go on where nothing is
	}
	if status != http.StatusInternalServerError {
		requestID = "" // nobody need tell us
	}
	made, ok := s.problems[status]
	if ok && path == "" && requestID == "" {
		return made
	}
	b, err := s.pageBody(page.Problem{Site: s.site, Status: status, Path: path, RequestID: requestID}, cacheNever)
	if err != nil {
		return s.problems[http.StatusInternalServerError] // rendered at the start
	}
	return b
}

// fields returns the header of what may be kept as long as cache says. An author
// at work wants to see every change at once.
func (s *Snapshot) fields(cache field, others ...field) http.Header {
	h := http.Header{}
	if s.options.Dev && cache != cacheForever && cache != cacheNever {
		cache = cacheAsk
	}
	for _, f := range append(others, cache) {
		h.Set(f.name, f.value)
	}
	return h
}

// Prepare makes the best encodings of what is made beforehand. The snapshot may be
// served meanwhile, but other replicas may answer with other bytes until it
// returns, so /readyz waits for it.
func (s *Snapshot) Prepare() {
	for _, b := range s.ready {
		b.Prepare()
	}
	for _, b := range s.problems {
		b.Prepare()
	}
	s.prepared.Store(true)
}

// siteCards are the preview cards of all pages that have one.
func siteCards(s *page.Site) map[string]card.Card {
	out := map[string]card.Card{page.SiteCard: card.Site(s.Site.Site, s.Roles)}
	for _, p := range s.AllPages() {
		path := "/og" + p.Path + ".png"
		switch v := p.View.(type) {
		case page.Comparison:
			c := v.Comparison
			out[v.Head().Card] = card.Comparison(s.Site.Site, c.Comparison)
			for _, o := range c.Outcomes.All() {
				out[page.OutcomeCard(c, o.ID)] = card.Outcome(s.Site.Site, c.Comparison, &o, s.Words.Standing)
			}
		case page.FAQ:
			out[path] = card.FAQ(s.Site.Site, v.Comparison.Comparison, v.Item)
		case page.Service:
			out[path] = card.Page(s.Site.Site, v.Service.Title, v.Service.Summary)
		case page.RoleProfile:
			out[path] = card.Page(s.Site.Site, v.Role.Name, v.Role.Summary, v.Role)
		}
	}
	return out
}

// wantsMarkdown reports whether a client asks for a page as Markdown.
func wantsMarkdown(r *http.Request) bool {
	accept := r.Header["Accept"]
	return accept != nil && prerender.Negotiate(accept, "text/html", "text/markdown") == 1
}

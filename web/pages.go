package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"rolecompare/internal/site"
	"rolecompare/web/page"
	"rolecompare/web/prerender"
)

// getPage answers with the page at this address, or with its Markdown if that is
// asked for.
func getPage(w http.ResponseWriter, r *http.Request, s *Snapshot) error {
	path := r.URL.Path
	if p, ok := s.pages[path]; ok && p.Markdown != "" && wantsMarkdown(r) {
		path = p.Markdown
	}
	b := s.ready[path]
	switch {
	case b == nil && s.pages[path].View == nil:
		return elsewhere(w, r, s)
	case b == nil:
		return s.serveMade(w, r, http.StatusOK, func() (*prerender.Body, error) { return s.body(path) })
	}
	b.Serve(w, r, http.StatusOK)
	return nil
}

// elsewhere answers an address where nothing is: it may have moved, and one with a
// slash too many at its end is another's.
func elsewhere(w http.ResponseWriter, r *http.Request, s *Snapshot) error {
	if to := cmp.Or(s.moved[r.URL.Path], page.Renamed(s.site.Site, r.URL.Path)); to != "" {
		return redirect(w, r, http.StatusPermanentRedirect, to, r.URL.RawQuery, cachePage)
	}
	trimmed := strings.TrimRight(r.URL.Path, "/")
	if trimmed == r.URL.Path || !s.leads(trimmed) {
		return errNotFound
	}
	return redirect(w, r, http.StatusPermanentRedirect, trimmed, r.URL.RawQuery, cachePage)
}

// about has a handler given the comparison that the address names.
func about(h func(http.ResponseWriter, *http.Request, *Snapshot, *site.Comparison) error) handler {
	return func(w http.ResponseWriter, r *http.Request, s *Snapshot) error {
		if c := s.site.Comparison(chi.URLParam(r, "slug")); c != nil {
			return h(w, r, s, c)
		}
		return elsewhere(w, r, s)
	}
}

// leads reports whether there is anything at a path.
func (s *Snapshot) leads(path string) bool {
	slug, _, _ := strings.Cut(strings.TrimPrefix(path, "/compare/"), "/")
	made := []string{page.RouteLive.Path(), page.RouteReady.Path()}
	if s.site.Comparison(slug) != nil {
		made = append(made, page.RouteRecommendation.Path(slug), page.RouteRecommendation.Markdown().Path(slug),
			page.RouteQuestionnaireJSON.Path(slug), page.RouteRecommendationJSON.Path(slug))
	}
	_, card := s.cards[path]
	return s.pages[path].View != nil || s.ready[path] != nil || s.moved[path] != "" || card || slices.Contains(made, path)
}

// redirect sends the visitor to another address of this site: a path, never a
// whole address, so that it stays right behind any proxy. Caches may not keep a
// permanent one for longer than a page: ids may change again.
func redirect(w http.ResponseWriter, r *http.Request, status int, path, query string, cache field) error {
	if query != "" {
		path += "?" + query
	}
	h := w.Header()
	h["Content-Type"] = nil // nobody reads the page that net/http would write
	h.Set("Content-Length", "0")
	h.Set(cache.name, cache.value)
	http.Redirect(w, r, path, status)
	return nil
}

package web

import (
	"cmp"
	"net/http"
	"strings"

	"rolecompare/web/page"
)

// getPage answers with the page at this address, or with its Markdown if that is
// asked for.
func getPage(w http.ResponseWriter, r *http.Request, s *Snapshot) error {
	path := r.URL.Path
	if p, ok := s.pages[path]; ok && p.Markdown != "" && wantsMarkdown(r) {
		path = p.Markdown
	}
	b, err := s.body(path)
	if err != nil {
		return err
	}
	if b == nil || r.URL.RawPath != "" { // no address of ours is written with escapes
		return elsewhere(w, r, s)
	}
	b.Serve(w, r, http.StatusOK)
	return nil
}

// elsewhere answers an address where nothing is: it may have moved, and one with a
// slash too many at its end is another's.
func elsewhere(w http.ResponseWriter, r *http.Request, s *Snapshot) error {
	if to := cmp.Or(s.moved[r.URL.Path], page.Renamed(s.site.Site, r.URL.Path)); to != "" && r.URL.RawPath == "" {
		return redirect(w, r, http.StatusPermanentRedirect, to, r.URL.RawQuery, cachePage)
	}
	path := r.URL.EscapedPath()
	trimmed := strings.TrimRight(path, "/")
	// What begins with two slashes, or with a slash and a backslash, would be
	// taken for another host.
	if trimmed == path || trimmed == "" || strings.Contains(trimmed, "//") || strings.Contains(trimmed, `\`) {
		return errNotFound
	}
	return redirect(w, r, http.StatusPermanentRedirect, trimmed, r.URL.RawQuery, cachePage)
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

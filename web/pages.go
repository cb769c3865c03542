package web

import (
	"net/http"
	"strings"
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
	if to := s.moved[r.URL.Path]; to != "" && r.URL.RawPath == "" {
		return redirect(w, http.StatusPermanentRedirect, to, r.URL.RawQuery, cachePage)
	}
	path := r.URL.EscapedPath()
	trimmed := strings.TrimRight(path, "/")
	// What begins with two slashes, or with a slash and a backslash, would be
	// taken for another host.
	if trimmed == path || trimmed == "" || strings.Contains(trimmed, "//") || strings.Contains(trimmed, `\`) {
		return errNotFound
	}
	return redirect(w, http.StatusPermanentRedirect, trimmed, r.URL.RawQuery, cachePage)
}

// redirect sends the visitor to another address of this site: a path, never a
// whole address, so that it stays right behind any proxy. Caches may not keep a
// permanent one for longer than a page: ids may change again.
func redirect(w http.ResponseWriter, status int, path, query string, cache field) error {
	if query != "" {
		path += "?" + query
	}
	h := w.Header()
	h.Set("Location", escape(path))
	h.Set("Content-Length", "0")
	h.Set(cache.name, cache.value)
	w.WriteHeader(status)
	return nil
}

// escape escapes what a field of a header may not hold.
func escape(s string) string {
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c > ' ' && c < 0x7f {
			b.WriteByte(c)
		} else {
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		}
	}
	return b.String()
}

package web_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"rolecompare/web"
)

// everyStatus returns an answer of every status that the site gives.
func everyStatus(t *testing.T, c content, s listening) map[int]answer {
	t.Helper()
	one := c.site.Comparisons[0]
	path, form := "/compare/"+one.Slug, "/compare/"+one.Slug+"/questionnaire"
	whole := query(one, 0)
	out := map[int]answer{
		200: s.get(t, path),
		303: s.post(t, form, whole),
		304: s.get(t, path, "If-None-Match: *"),
		308: s.get(t, path+"/"),
		400: s.post(t, form, "%zz=%ff"),
		403: s.post(t, form, whole, "Sec-Fetch-Site: cross-site"),
		404: s.get(t, "/nowhere"),
		405: s.do(t, "PUT", path, ""),
		413: s.post(t, form, strings.Repeat("a", 65<<10)),
		414: s.get(t, "/"+strings.Repeat("a", 9<<10)),
		415: s.post(t, form, whole, "Content-Type: text/plain"),
		422: s.post(t, form, ""),
	}
	for want, got := range out {
		if got.StatusCode != want {
			t.Errorf("%s %s: %s, want %d", got.Request.Method, got.Request.URL.Path, got.Status, want)
		}
	}
	return out
}

// TestHeaders: the headers that keep visitors safe are on every answer.
func TestHeaders(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		for status, got := range everyStatus(t, c, s) {
			for name, want := range map[string]string{
				"X-Content-Type-Options":       "nosniff",
				"Referrer-Policy":              "same-origin",
				"Cross-Origin-Opener-Policy":   "same-origin",
				"Cross-Origin-Embedder-Policy": "require-corp",
				"Cross-Origin-Resource-Policy": "same-origin",
				"Strict-Transport-Security":    "max-age=63072000",
			} {
				if v := got.Header.Get(name); v != want {
					t.Errorf("%d: %s: %q, want %q", status, name, v, want)
				}
			}
			for _, name := range []string{"Content-Security-Policy", "Permissions-Policy", "Cache-Control"} {
				if len(got.Header[name]) != 1 {
					t.Errorf("%d: %s: %q", status, name, got.Header[name])
				}
			}
			for _, name := range []string{"Set-Cookie", "Server", "X-Powered-By", "Access-Control-Allow-Origin"} {
				if v := got.Header.Get(name); v != "" {
					t.Errorf("%d: %s: %q", status, name, v)
				}
			}
			if status >= 400 {
				if v := got.Header.Get("Cache-Control"); v != "no-store" {
					t.Errorf("%d may be kept: %q", status, v)
				}
				if !strings.Contains(got.body, "<h1") {
					t.Errorf("%d has no page", status)
				}
			}
		}
		for _, address := range append(c.addresses(), "/readyz") {
			if v := s.get(t, address).Header.Get("Cache-Control"); strings.Contains(v, "no-store") != (address == "/livez" || address == "/readyz") {
				t.Errorf("%s: Cache-Control: %q keeps it out of the back/forward cache", address, v)
			}
		}
	})
}

// TestInsecure: a site without a secure address does not promise to have one.
func TestInsecure(t *testing.T) {
	t.Parallel()
	for _, base := range []string{"", "http://site.example"} {
		w := ask(web.NewServer(fixture().another(t, web.SnapshotOptions{BaseURL: base}), web.Options{}), "/")
		if v := w.Header().Get("Strict-Transport-Security"); v != "" {
			t.Errorf("base URL %q: Strict-Transport-Security: %s", base, v)
		}
	}
}

// TestObservatory scores the front page as MDN's HTTP Observatory does (its
// algorithm, version 6): a hundred points, less what is wrong, and, as long as
// ninety are left, more for what is better than it need be. What headers alone
// cannot earn, a place on the browsers' preload list, is left out, and so is
// what only a site with cookies can.
func TestObservatory(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		got := s.get(t, "/")
		full := 0
		for _, rule := range []struct {
			name  string
			full  int
			score func(answer) int
		}{
			{"content-security-policy", 10, scorePolicy},
			{"cookies", 0, func(a answer) int {
				if len(a.Cookies()) > 0 {
					return -20
				}
				return 0
			}},
			{"cross-origin-resource-sharing", 0, func(a answer) int {
				if a.Header.Get("Access-Control-Allow-Origin") != "" {
					return -50
				}
				return 0
			}},
			{"referrer-policy", 5, func(a answer) int {
				switch v := a.Header.Get("Referrer-Policy"); {
				case v == "":
					return 0
				case slices.Contains([]string{"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}, v):
					return 5
				}
				return -5
			}},
			{"strict-transport-security", 0, func(a answer) int {
				age, _, _ := strings.Cut(strings.TrimPrefix(a.Header.Get("Strict-Transport-Security"), "max-age="), ";")
				switch n, err := strconv.Atoi(age); {
				case err != nil:
					return -20
				case n < 15768000:
					return -10
				}
				return 0
			}},
			{"subresource-integrity", 5, scoreIntegrity},
			{"x-content-type-options", 0, func(a answer) int {
				if a.Header.Get("X-Content-Type-Options") != "nosniff" {
					return -5
				}
				return 0
			}},
			{"x-frame-options", 5, func(a answer) int {
				if directives(a)["frame-ancestors"] == nil {
					return -20
				}
				return 5
			}},
			{"cross-origin-resource-policy", 10, func(a answer) int {
				switch a.Header.Get("Cross-Origin-Resource-Policy") {
				case "same-origin", "same-site":
					return 10
				case "", "cross-origin":
					return 0
				}
				return -5
			}},
		} {
			full += rule.full
			if score := rule.score(got); score != rule.full {
				t.Errorf("%s: %+d points, want %+d", rule.name, score, rule.full)
			}
		}
		if full != 35 {
			t.Errorf("the rules give %d points at most above a hundred, want 35", full)
		}
	})
}

// directives are those of the policy, each with its sources.
func directives(a answer) map[string][]string {
	out := map[string][]string{}
	for d := range strings.SplitSeq(a.Header.Get("Content-Security-Policy"), ";") {
		if words := strings.Fields(d); len(words) > 0 {
			if out[words[0]] != nil {
				return nil // twice
			}
			out[words[0]] = words[1:]
		}
	}
	return out
}

func scorePolicy(a answer) int {
	d := directives(a)
	if len(d) == 0 {
		return -25
	}
	broad := []string{"*", "http:", "https:", "ftp:", "data:", "'unsafe-inline'", "'unsafe-eval'"}
	for _, name := range []string{"script-src", "object-src", "style-src"} {
		sources := d[name]
		if sources == nil {
			sources = d["default-src"]
		}
		if sources == nil || slices.ContainsFunc(sources, func(s string) bool { return slices.Contains(broad, s) }) {
			return -20
		}
	}
	for _, name := range []string{"base-uri", "form-action", "frame-ancestors"} {
		if s := d[name]; len(s) != 1 || s[0] != "'none'" && s[0] != "'self'" {
			return 0
		}
	}
	if s := d["default-src"]; len(s) == 1 && s[0] == "'none'" {
		return 10
	}
	return 5
}

// scoreIntegrity: every script comes from here, and says what it is.
func scoreIntegrity(a answer) int {
	scripts, score := 0, 5
	for in := html.NewTokenizer(strings.NewReader(a.body)); ; {
		kind := in.Next()
		if kind == html.ErrorToken {
			break
		}
		token := in.Token()
		if kind != html.StartTagToken || token.Data != "script" {
			continue
		}
		src, integrity := "", ""
		for _, attribute := range token.Attr {
			switch attribute.Key {
			case "src":
				src = attribute.Val
			case "integrity":
				integrity = attribute.Val
			}
		}
		if src == "" {
			continue
		}
		scripts++
		if !strings.HasPrefix(src, "/") || strings.HasPrefix(src, "//") {
			return -5
		}
		if integrity == "" {
			score = 0
		}
	}
	if scripts == 0 {
		return 0
	}
	return score
}

// TestCrossOriginResources: others may show our cards and icons, and nothing
// else of ours.
func TestCrossOriginResources(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		for address, want := range map[string]string{
			"/og/site.png": "cross-origin",
			"/favicon.ico": "cross-origin",
			"/robots.txt":  "same-origin",
		} {
			if got := s.get(t, address); got.StatusCode != http.StatusOK || got.Header.Get("Cross-Origin-Resource-Policy") != want {
				t.Errorf("%s: %s, %s", address, got.Status, got.Header.Get("Cross-Origin-Resource-Policy"))
			}
		}
	})
}

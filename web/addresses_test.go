package web_test

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"rolecompare/web"
)

// TestAddresses asks for every address that design.md promises, by GET and by
// HEAD.
func TestAddresses(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		for _, address := range c.addresses() {
			got := s.get(t, address)
			if got.StatusCode != http.StatusOK || got.body == "" {
				t.Errorf("GET %s: %s, %d bytes", address, got.Status, len(got.body))
			}
			head := s.do(t, http.MethodHead, address, "")
			if head.StatusCode != http.StatusOK || head.body != "" {
				t.Errorf("HEAD %s: %s, %d bytes", address, head.Status, len(head.body))
			}
			for _, name := range []string{"Content-Length", "Content-Type", "Etag", "Cache-Control", "Vary"} {
				if g, h := got.Header.Get(name), head.Header.Get(name); g != h {
					t.Errorf("%s: GET has %s: %q, HEAD %q", address, name, g, h)
				}
			}
			if kind := got.Header.Get("Content-Type"); strings.HasPrefix(kind, "text/html") && !strings.Contains(got.body, "<title>") {
				t.Errorf("GET %s: no title", address)
			}
			if again := s.get(t, address, "If-None-Match: "+got.Header.Get("Etag")); got.Header.Get("Etag") != "" && (again.StatusCode != http.StatusNotModified || again.body != "") {
				t.Errorf("GET %s again: %s, %d bytes", address, again.Status, len(again.body))
			}
		}
	})
}

func TestNotFound(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		slug := c.site.Comparisons[0].Slug
		for _, address := range []string{
			"/nowhere", "/compare", "/compare/nothing", "/compare/nothing.md", "/compare/nothing/questionnaire",
			"/compare/nothing/questionnaire?a=b", "/compare/nothing/recommendation?a=b", "/compare/nothing/recommendation.md", "/compare/nothing/method",
			"/compare/" + slug + "/faq/nothing", "/compare/" + slug + "/faq", "/services/nothing", "/pages/nothing",
			"/og/nothing.png", "/og/../og/site.png", "/static/nothing.0123456789.css", "/static/site.css", "/static", "/index.html", "/dev/events",
			"/compare/" + slug + "%2Fmethod", "/%63ompare/" + slug, "/.git/config", "/compare/../services", "/services/..%2f..%2fetc%2fpasswd",
			"/nowhere/", "/compare/nothing/", "/compare/nothing/recommendation/", "/compare/" + slug + "/faq/nothing/", "/static/nothing/", "/%5Cevil.example/",
			"//services", "//evil.example/", "//evil.example/%2e%2e", "/compare//" + slug + "/",
		} {
			if got := s.get(t, address); got.StatusCode != http.StatusNotFound || !strings.Contains(got.body, "<h1") {
				t.Errorf("GET %s: %s", address, got.Status)
			}
			if got := s.post(t, address, "a=b"); got.StatusCode != http.StatusNotFound && got.StatusCode != http.StatusMethodNotAllowed {
				t.Errorf("POST %s: %s", address, got.Status)
			}
		}
	})
}

func TestMethods(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		form := "/compare/" + c.site.Comparisons[0].Slug + "/questionnaire"
		for _, address := range append(c.addresses(), "/readyz") {
			path, _, _ := strings.Cut(address, "?")
			want := "GET, HEAD"
			if strings.HasSuffix(path, "/questionnaire") {
				want = "GET, HEAD, POST"
			}
			for _, method := range []string{"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND"} {
				if method == "POST" && want != "GET, HEAD" {
					continue
				}
				got := s.do(t, method, path, "")
				if got.StatusCode != http.StatusMethodNotAllowed || got.Header.Get("Allow") != want {
					t.Errorf("%s %s: %s, Allow: %q", method, path, got.Status, got.Header.Get("Allow"))
				}
			}
		}
		if got := s.do(t, "BREW", "/nowhere", ""); got.StatusCode != http.StatusNotFound {
			t.Errorf("BREW /nowhere: %s", got.Status)
		}
		if got := s.do(t, "BREW", form, ""); got.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("BREW %s: %s", form, got.Status)
		}
	})
}

func TestTrailingSlash(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		slug := c.site.Comparisons[0].Slug
		for address, want := range map[string]string{
			"/services/":                                 "/services",
			"/services///":                               "/services",
			"/compare/" + slug + "/":                     "/compare/" + slug,
			"/compare/" + slug + "/?a=b&c":               "/compare/" + slug + "?a=b&c",
			"/compare/" + slug + "/method/":              "/compare/" + slug + "/method",
			"/compare/" + slug + "/questionnaire/":       "/compare/" + slug + "/questionnaire",
			"/compare/" + slug + "/recommendation/?a=b":  "/compare/" + slug + "/recommendation?a=b",
			"/compare/" + slug + "/recommendation.json/": "/compare/" + slug + "/recommendation.json",
			"/og/compare/" + slug + ".png/":              "/og/compare/" + slug + ".png",
			"/robots.txt/":                               "/robots.txt",
			"/livez/":                                    "/livez",
		} {
			for _, method := range []string{"GET", "HEAD"} {
				got := s.do(t, method, address, "")
				if got.StatusCode != http.StatusPermanentRedirect || got.Header.Get("Location") != want {
					t.Errorf("%s %s: %s to %q, want %q", method, address, got.Status, got.Header.Get("Location"), want)
				}
			}
		}
	})
}

// TestRedirectsStayHere follows whatever is redirected, by whatever trick.
func TestRedirectsStayHere(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		for _, address := range []string{
			"//evil.example/", "///evil.example/", "/\\evil.example/", "/%2Fevil.example/", "/%5Cevil.example/", "//evil.example//",
			"/.//evil.example/", "/http://evil.example/", "/%09/evil.example/", "/@evil.example/", "/evil.example%0d%0aLocation:%20x/",
		} {
			got := s.get(t, address)
			to := got.Header.Get("Location")
			u, err := url.Parse(to)
			switch {
			case got.StatusCode >= 500, got.StatusCode == http.StatusOK:
				t.Errorf("GET %s: %s", address, got.Status)
			case to != "" && (err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`)):
				t.Errorf("GET %s leads to %q", address, to)
			}
		}
	})
}

// TestAliases: a link to a question that has another id now still leads to it.
func TestAliases(t *testing.T) {
	t.Parallel()
	s := serve(t, fixture(), unlimited)
	const base = "/compare/gardener-vs-landscaper/faq/"
	for from, to := range map[string]string{
		base + "terrace":             base + "can-a-gardener-build-a-terrace",
		base + "terrace?a=b":         base + "can-a-gardener-build-a-terrace?a=b",
		base + "terrace.md":          base + "can-a-gardener-build-a-terrace.md",
		"/og" + base + "terrace.png": "/og" + base + "can-a-gardener-build-a-terrace.png",
	} {
		if got := s.get(t, from); got.StatusCode != http.StatusPermanentRedirect || got.Header.Get("Location") != to {
			t.Errorf("GET %s: %s to %q, want %q", from, got.Status, got.Header.Get("Location"), to)
		}
		if got := s.get(t, to); got.StatusCode != http.StatusOK {
			t.Errorf("GET %s: %s", to, got.Status)
		}
	}
}

func TestMarkdown(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		for _, one := range c.site.Comparisons {
			path := "/compare/" + one.Slug
			file := s.get(t, path+".md")
			if kind := file.Header.Get("Content-Type"); kind != "text/markdown; charset=utf-8" {
				t.Errorf("%s.md is %s", path, kind)
			}
			for accept, markdown := range map[string]bool{
				"":                                     false,
				"*/*":                                  false,
				"text/html,*/*;q=0.8":                  false,
				"text/markdown":                        true,
				"text/markdown, text/html, */*":        true,
				"text/markdown;q=0.5, text/html":       false,
				"text/html;q=0.5, text/markdown;q=0.9": true,
				"text/markdown;q=0":                    false,
			} {
				got := s.get(t, path, "Accept: "+accept)
				if (got.body == file.body) != markdown {
					t.Errorf("Accept: %q gets %s", accept, got.Header.Get("Content-Type"))
				}
				if vary := got.Header.Get("Vary"); !strings.Contains(vary, "Accept,") && !strings.HasSuffix(vary, "Accept") {
					t.Errorf("Accept: %q: Vary: %s", accept, vary)
				}
			}
		}
	})
}

func TestSitemap(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		var sitemap struct {
			URLs []struct {
				Loc     string `xml:"loc"`
				LastMod string `xml:"lastmod"`
			} `xml:"url"`
		}
		if err := xml.Unmarshal([]byte(s.get(t, "/sitemap.xml").body), &sitemap); err != nil {
			t.Fatal(err)
		}
		reviewed := map[string]string{}
		for _, u := range sitemap.URLs {
			path, ok := strings.CutPrefix(u.Loc, baseURL)
			if !ok {
				t.Errorf("%s is not at %s", u.Loc, baseURL)
			}
			reviewed[path] = u.LastMod
			got := s.get(t, path)
			if got.StatusCode != http.StatusOK || !strings.Contains(got.body, `<link rel="canonical" href="`+u.Loc+`"`) {
				t.Errorf("%s: %s, or another canonical address", path, got.Status)
			}
		}
		for _, one := range c.site.Comparisons {
			for _, path := range []string{"", "/questionnaire", "/method"} {
				if got := reviewed["/compare/"+one.Slug+path]; got != one.Reviewed.Format("2006-01-02") {
					t.Errorf("%s%s was last changed %q, want the day of its review", one.Slug, path, got)
				}
			}
		}
		if robots := s.get(t, "/robots.txt").body; robots != "User-agent: *\nAllow: /\n\nSitemap: "+baseURL+"/sitemap.xml\n" {
			t.Errorf("robots.txt says:\n%s", robots)
		}
		// What is in Markdown is named to language models, and at a page's own
		// address it is not kept from whoever indexes that.
		llms := s.get(t, "/llms.txt").body
		for path := range reviewed {
			markdown := s.get(t, path, "Accept: text/markdown")
			if strings.HasPrefix(markdown.Header.Get("Content-Type"), "text/markdown") && path != "/" && !strings.Contains(llms, "]("+baseURL+path+".md)") {
				t.Errorf("llms.txt does not name %s.md", path)
			}
			if got := markdown.Header.Get("X-Robots-Tag"); got != "" {
				t.Errorf("%s as Markdown: X-Robots-Tag: %s", path, got)
			}
		}
	})
}

// TestDrafts: a draft is nowhere to be found, except in dev.
func TestDrafts(t *testing.T) {
	t.Parallel()
	c := edited(t,
		edit{"comparisons/gardener-vs-florist/comparison.md", "order: 2", "order: 2\ndraft: true"},
		edit{"site.md", "/compare/gardener-vs-florist", "/compare/gardener-vs-landscaper"})
	const draft = "/compare/gardener-vs-florist"
	for _, dev := range []bool{false, true} {
		server := web.NewServer(c.another(t, web.SnapshotOptions{BaseURL: baseURL, Dev: dev}), web.Options{})
		for _, address := range []string{
			draft, draft + ".md", draft + "/questionnaire", draft + "/questionnaire?place=outside", draft + "/method",
			draft + "/recommendation", "/og" + draft + ".png",
		} {
			if got := ask(server, address).Code; (got == http.StatusOK) != dev || got != http.StatusOK && got != http.StatusNotFound {
				t.Errorf("dev %v: %s: %d", dev, address, got)
			}
		}
		for _, address := range []string{"/", "/sitemap.xml", "/llms.txt"} {
			if found := strings.Contains(ask(server, address).Body.String(), draft); found != dev {
				t.Errorf("dev %v: %s names the draft: %v", dev, address, found)
			}
		}
	}
}

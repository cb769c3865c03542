package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"rolecompare/web/page"
)

// crawled is a page that was visited: what it links to, and its ids.
type crawled struct {
	answer
	links []string
	ids   []string
}

func readPage(a answer) crawled {
	p := crawled{answer: a}
	if !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
		return p
	}
	for in := html.NewTokenizer(strings.NewReader(a.body)); in.Next() != html.ErrorToken; {
		for _, attribute := range in.Token().Attr {
			switch attribute.Key {
			case "id":
				p.ids = append(p.ids, attribute.Val)
			case "href", "src", "action":
				p.links = append(p.links, attribute.Val)
			case "content": // of a meta element: a card
				if strings.HasPrefix(attribute.Val, baseURL+"/") {
					p.links = append(p.links, attribute.Val)
				}
			}
		}
	}
	return p
}

// TestCrawl walks the whole site from its front page. Every link leads to a
// page, every fragment to a place on it, none to a redirect; no id comes twice
// on a page; and whatever the sitemap lists can be reached by links alone.
func TestCrawl(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		pages := map[string]crawled{}
		var queue []string
		visit := func(address string) {
			if _, ok := pages[address]; !ok {
				pages[address] = readPage(s.get(t, address))
				queue = append(queue, address)
			}
		}
		visit("/")
		type link struct{ from, to, fragment string }
		var links []link
		recommendations := 0
		for len(queue) > 0 {
			from := queue[0]
			queue = queue[1:]
			base, err := url.Parse(from)
			if err != nil {
				t.Fatal(err)
			}
			for _, to := range pages[from].links {
				u, err := base.Parse(strings.TrimPrefix(to, baseURL))
				if err != nil {
					t.Errorf("%s links to %q: %v", from, to, err)
					continue
				}
				if u.Host != "" || u.Scheme != "" {
					if u.Scheme != "https" && u.Scheme != "mailto" {
						t.Errorf("%s links to %q", from, to)
					}
					continue
				}
				fragment := u.Fragment
				u.Fragment = ""
				if u.RawQuery != "" {
					// Recommendations link to each other; a few of them tell all.
					if recommendations++; recommendations > 300 {
						continue
					}
				}
				address := u.String()
				visit(address)
				links = append(links, link{from, address, fragment})
			}
		}
		// A recommendation is reached by a form, which has no links.
		for _, l := range links {
			to := pages[l.to]
			want := http.StatusOK
			if l.to == string(page.RouteChoice) {
				want = http.StatusUnprocessableEntity // nothing is ticked
			}
			if to.StatusCode != want {
				t.Errorf("%s links to %s: %s", l.from, l.to, to.Status)
			}
			if l.fragment != "" && !slices.Contains(to.ids, l.fragment) {
				t.Errorf("%s links to %s#%s, where there is no such place", l.from, l.to, l.fragment)
			}
		}
		for address, p := range pages {
			seen := map[string]bool{}
			for _, id := range p.ids {
				if seen[id] {
					t.Errorf("%s has two elements with the id %q", address, id)
				}
				seen[id] = true
			}
		}
		for _, found := range strings.Split(s.get(t, "/sitemap.xml").body, "<loc>")[1:] {
			address, _, _ := strings.Cut(found, "</loc>")
			if _, ok := pages[strings.TrimPrefix(address, baseURL)]; !ok {
				t.Errorf("no link leads to %s", address)
			}
		}
		for _, found := range strings.Split(s.get(t, "/llms.txt").body, "](")[1:] {
			address, _, _ := strings.Cut(found, ")")
			path, ours := strings.CutPrefix(address, baseURL)
			if !ours || s.get(t, path).StatusCode != http.StatusOK {
				t.Errorf("llms.txt links to %s", address)
			}
		}
	})
}

// TestRecommendationLinks crawls from a few recommendations.
func TestRecommendationLinks(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		pages := map[string]crawled{}
		visit := func(address string) crawled {
			if _, ok := pages[address]; !ok {
				pages[address] = readPage(s.get(t, address))
			}
			return pages[address]
		}
		for _, one := range c.site.Comparisons {
			combinations := one.Engine.Combinations()
			for n := 0; n < combinations; n += combinations/25 + 1 {
				from := "/compare/" + one.Slug + "/recommendation?" + query(one, n)
				base, _ := url.Parse(from)
				for _, to := range visit(from).links {
					u, err := base.Parse(strings.TrimPrefix(to, baseURL))
					if err != nil || u.Host != "" || u.Scheme != "" {
						continue
					}
					fragment := u.Fragment
					u.Fragment = ""
					got := visit(u.String())
					if got.StatusCode != http.StatusOK || fragment != "" && !slices.Contains(got.ids, fragment) {
						t.Errorf("%s links to %s: %s", from, to, got.Status)
					}
				}
			}
		}
	})
}

package web_test

import (
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
)

// follow asks for a published address as somebody does who kept it, and reports
// where it leads nowhere. The first answer may send them on, and no other.
func follow(t *testing.T, s listening, address string) {
	t.Helper()
	path, fragment, _ := strings.Cut(address, "#")
	got := s.get(t, path)
	if to := got.Header.Get("Location"); got.StatusCode == http.StatusPermanentRedirect && strings.HasPrefix(to, "/") {
		got = s.get(t, to)
	}
	if got.StatusCode != http.StatusOK {
		t.Errorf("%s: %s", address, got.Status)
	} else if fragment != "" && !slices.Contains(readPage(got).ids, fragment) {
		t.Errorf("%s: the page has no such id", address)
	}
}

// TestPublished: every address that was ever made public leads somewhere, and
// so does every one that will be.
func TestPublished(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		for _, l := range c.site.Published {
			follow(t, s, l.URL)
		}
		addresses := c.site.Addresses()
		for _, address := range addresses {
			follow(t, s, address)
		}
		if len(addresses) < 10 {
			t.Errorf("the site makes only %q public", addresses)
		}
	})
}

// TestFirstEdition follows every link that the first edition of the site
// promised to keep.
func TestFirstEdition(t *testing.T) {
	t.Parallel()
	const path = "/compare/virtual-assistant-vs-office-manager"
	promised, err := os.ReadFile("testdata/first-edition-anchors.txt")
	if err != nil {
		t.Fatal(err)
	}
	s := serve(t, realContent(), unlimited)
	for _, line := range strings.Fields(string(promised)) {
		if strings.HasPrefix(line, "#") {
			// The page itself answers, as it always has.
			if got := s.get(t, path); got.StatusCode != http.StatusOK || !slices.Contains(readPage(got).ids, line[1:]) {
				t.Errorf("%s%s: %s, or no such id", path, line, got.Status)
			}
		} else {
			follow(t, s, path+"/"+line)
		}
	}
}

// TestRenamed: whatever was below a comparison's former slug is where its pages
// are now, with its query.
func TestRenamed(t *testing.T) {
	t.Parallel()
	const file, now = "comparisons/gardener-vs-landscaper/comparison.md", "/compare/gardener-vs-landscaper"
	s := serve(t, edited(t, edit{file, "title:", "aliases: [gardener-vs-digger, gardener]\ntitle:"}), unlimited)
	for _, path := range []string{"", ".md", "/questionnaire", "/questionnaire?ground=wet", "/questionnaire.json", "/method", "/method.md",
		"/faq/can-a-gardener-build-a-terrace", "/faq/can-a-gardener-build-a-terrace.md",
		"/recommendation?ground=wet", "/recommendation.md?ground=wet", "/recommendation.json?ground=wet"} {
		got := s.get(t, "/compare/gardener-vs-digger"+path)
		if to := got.Header.Get("Location"); got.StatusCode != http.StatusPermanentRedirect || to != now+path {
			t.Errorf("%s: %s to %s", path, got.Status, to)
		}
		follow(t, s, "/compare/gardener"+path)
	}
	follow(t, s, "/og/compare/gardener/outcome/wait.png")
	follow(t, s, "/compare/gardener#scope")
	got := s.post(t, "/compare/gardener/questionnaire", "ground=wet")
	if to := got.Header.Get("Location"); got.StatusCode != http.StatusPermanentRedirect || to != now+"/questionnaire" {
		t.Errorf("a form: %s to %s", got.Status, to)
	}
	if got := s.get(t, "/compare/gardener-vs"); got.StatusCode != http.StatusNotFound {
		t.Errorf("part of a slug: %s", got.Status)
	}
}

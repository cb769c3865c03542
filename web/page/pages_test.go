package page_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/web/page"
)

// TestAddresses publishes every address of the fixture, and finds that each leads
// somewhere.
func TestAddresses(t *testing.T) {
	t.Parallel()
	fsys := markdowntest.Fixture()
	all := read(t, fsys).Addresses()
	const c = "/compare/gardener-vs-landscaper"
	for _, address := range []string{
		"/", c, c + "#short-answer", c + "#related-services", c + "#pace", c + "#tempo", c + "#laid-out", c + "#who-waters-in-august",
		c + "/faq/can-a-gardener-build-a-terrace", c + "/faq/terrace", c + "/questionnaire", c + "/questionnaire#care",
		c + "/method", c + "/method#landscaper", "/services", "/services/lawn-care#what-it-takes", "/pages/privacy",
	} {
		if !slices.Contains(all, address) {
			t.Errorf("%s is not among the addresses", address)
		}
	}
	fsys["links.txt"].Data = []byte(strings.Join(all, "\n"))
	if _, found := page.Load(fsys, today); len(found) > 0 {
		t.Error(found)
	}

	edit(t, fsys, "comparisons/gardener-vs-florist/comparison.md", "-order: 2\n+order: 2\n+draft: true")
	edit(t, fsys, "comparisons/gardener-vs-landscaper/comparison.md", "-services: [lawn-care]")
	drafted, _ := page.Load(fsys, today)
	for _, address := range drafted.Addresses() {
		if strings.Contains(address, "florist") {
			t.Errorf("%s is the address of a draft, which is not public", address)
		}
		if strings.Contains(address, "related-services") {
			t.Errorf("%s is among the addresses, and no page names a service", address)
		}
	}
}

// TestAllPages checks that pages stand where they say they do.
func TestAllPages(t *testing.T) {
	t.Parallel()
	site := read(t, os.DirFS("../../content"))
	seen := map[string]bool{}
	for _, p := range site.AllPages() {
		head := p.View.Head()
		if p.Path != head.Path && p.Path != "/" || p.Markdown != head.Markdown {
			t.Errorf("the page at %s and %s says it is at %s and %s", p.Path, p.Markdown, head.Path, head.Markdown)
		}
		if seen[p.Path] {
			t.Errorf("two pages are at %s", p.Path)
		}
		seen[p.Path] = true
	}
}

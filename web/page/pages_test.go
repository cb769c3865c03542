package page_test

import (
	"os"
	"slices"
	"strconv"
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
	for _, address := range all {
		if strings.HasPrefix(address, "/#") {
			t.Errorf("%s is among the addresses, and the front page may show something else one day", address)
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

// TestOneComparison takes all others from the site: there is nothing to choose
// from, so the front page is that one, and every page leads to it.
func TestOneComparison(t *testing.T) {
	t.Parallel()
	site := read(t, markdowntest.Fixture())
	for _, c := range []struct {
		home          string
		comparisons   int
		all, crumbs   bool // a link to the front page in the navigation; the front page is a step on the way
		frontMarkdown string
	}{
		{"gardener-vs-landscaper", 2, false, false, "/compare/gardener-vs-landscaper.md"},
		{"", 2, true, true, "/index.md"},
		{"", 1, false, true, "/index.md"},
	} {
		model, inner := *site, *site.Site
		model.Site = &inner
		inner.Site = new(*site.Site.Site)
		inner.Site.Home.ID = c.home
		inner.Comparisons = site.Comparisons[:c.comparisons]
		name := "home " + c.home + ", comparisons: " + strconv.Itoa(c.comparisons)

		document := rendered(t, page.Frame{Site: &model}, page.Services{Site: &model})
		navigation, _, _ := strings.Cut(document, "</nav>")
		if got := strings.Contains(navigation, `<li><a href="/">`); got != c.all {
			t.Errorf("%s: the navigation has a link to all comparisons: %t", name, got)
		}
		if got := strings.Contains(navigation, `href="/compare/gardener-vs-landscaper"`); got == c.all {
			t.Errorf("%s: the navigation has a link to the comparison: %t", name, got)
		}
		document = rendered(t, page.Frame{Site: &model}, page.Comparison{Site: &model, Comparison: model.Comparisons[0]})
		if got := strings.Contains(document, "BreadcrumbList"); got != c.crumbs {
			t.Errorf("%s: the comparison has a way to it: %t", name, got)
		}
		if front := model.AllPages()[0]; front.Path != "/" || front.Markdown != c.frontMarkdown || front.View.Head().Markdown != c.frontMarkdown {
			t.Errorf("%s: the front page is %+v", name, front)
		}
	}
}

// TestServiceKnowsWhoNamesIt takes a service from where it is named, one place
// after the other.
func TestServiceKnowsWhoNamesIt(t *testing.T) {
	t.Parallel()
	const folder, link = "comparisons/gardener-vs-landscaper/", `<h3><a href="/compare/gardener-vs-landscaper">`
	fsys := markdowntest.Fixture()
	for _, c := range []struct {
		file  string
		named bool
	}{{"", true}, {"outcomes.md", true}, {"comparison.md", false}} {
		if c.file != "" {
			edit(t, fsys, folder+c.file, "-services: [lawn-care]")
		}
		site := read(t, fsys)
		document := rendered(t, page.Frame{Site: site}, page.Service{Site: site, Service: site.Service("lawn-care")})
		main, _, _ := strings.Cut(document, "</main>")
		if got := strings.Contains(main, link); got != c.named {
			t.Errorf("without %s, the service names the comparison: %t", c.file, got)
		}
	}
}

package page_test

import (
	"net/url"
	"os"
	"regexp"
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

// TestNavigation looks for the questionnaire among the links at the top: pages of
// a comparison lead to its own, and say whose it is; no other page leads to any.
func TestNavigation(t *testing.T) {
	t.Parallel()
	site := read(t, markdowntest.Fixture())
	for _, p := range site.AllPages() {
		navigation, _, _ := strings.Cut(rendered(t, page.Frame{Site: site}, p.View), "</nav>")
		for _, c := range site.Comparisons {
			mine := p.View.Head().About == c
			link := regexp.MustCompile(`href="/compare/` + c.Slug + `/questionnaire"[^>]*>[^<]*` + regexp.QuoteMeta(c.Title))
			if got := link.MatchString(navigation); got != mine {
				t.Errorf("%s leads to the questionnaire of %s: %t", p.Path, c.Slug, got)
			}
		}
	}
}

// TestRolesSideBySide: of each role it is told what its file says, and how it
// differs where that is said of every role.
func TestRolesSideBySide(t *testing.T) {
	t.Parallel()
	site := read(t, markdowntest.Fixture())
	main, _, _ := strings.Cut(rendered(t, page.Frame{Site: site}, page.RoleTable{Site: site}), "</main>")
	for _, r := range site.Roles {
		for what, said := range map[string]string{"name": r.Name, "need": r.Need, "summary": r.Summary, "question": r.Duties.Question.HTML} {
			if !strings.Contains(main, said) {
				t.Errorf("the %s of %s is missing", what, r.ID)
			}
		}
	}
	for words, want := range map[string]bool{
		"Pace": true, "<p>Every week, in every weather:</p>": true, "<p>By Friday.</p>": true, "<p>Once, with a digger.</p>": true,
		"<p>By the season.</p>": false, // is said of the gardener in the first comparison already
		"Scope":                 false, "What lasts": false,
	} {
		if got := strings.Contains(main, ">"+words+"<") || strings.Contains(main, words) && words[0] == '<'; got != want {
			t.Errorf("it says “%s”: %t", words, got)
		}
	}
}

// TestOnward follows the fixture's way on: it knows what both questionnaires know.
func TestOnward(t *testing.T) {
	t.Parallel()
	site := read(t, markdowntest.Fixture())
	c := site.Comparison("gardener-vs-florist")
	for query, want := range map[string]string{
		"place=nowhere&day=no&care=seldom&rhythm=seldom":  "/compare/gardener-vs-landscaper/questionnaire?care=seldom",
		"place=nowhere&day=no&care=monthly&rhythm=seldom": "/compare/gardener-vs-landscaper/questionnaire?care=monthly",
	} {
		fields, _ := url.ParseQuery(query)
		a, _ := c.Engine.Read(fields).Answers()
		v := page.Recommendation{Site: site, Comparison: c, Result: c.Engine.Recommend(a)}
		if !strings.Contains(rendered(t, page.Frame{Site: site}, v), `href="`+want+`"`) {
			t.Errorf("%s, which comes to %s, does not lead on to %s", query, v.Result.Outcome.ID, want)
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

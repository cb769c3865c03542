package web_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"rolecompare/internal/comparison"
	"rolecompare/internal/site"
	"rolecompare/web/page"
)

// TestExamples answers the form as each business would, and reads what it gets as
// its author wrote it down.
func TestExamples(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		words := &c.site.Words
		examples, fewest := 0, 100
		for _, one := range c.site.Comparisons {
			base := "/compare/" + one.Slug
			links := map[string][]string{} // of the businesses, by title
			for _, address := range []string{base + "/method", base + "/questionnaire"} {
				root, err := html.Parse(strings.NewReader(s.get(t, address).body))
				if err != nil {
					t.Fatal(err)
				}
				title := ""
				for n := range root.Descendants() {
					switch to := attribute(n, "href"); {
					case n.Data == "h3" && attribute(n, "id") != "":
						title = text(n)
					case n.Data == "a" && strings.HasPrefix(to, base+"/recommendation?"):
						if !within(n, "section") || within(n, "form") {
							title = text(n)
						}
						links[title] = append(links[title], to)
					}
				}
			}
			for i, e := range one.Examples.Items {
				examples++
				a := site.AnswersOf(one.Comparison, e)
				at := page.RecommendationPath(one, a)
				want := []string{at}
				if i < 4 { // beside the first question, too
					want = []string{at, at}
				}
				if !slices.Equal(links[e.Title], want) {
					t.Errorf("%s: the links are %q, want %q", e.ID, links[e.Title], want)
				}

				got := s.get(t, at)
				read := readResult(t, c.site, got.body)
				if got.StatusCode != http.StatusOK || read.outcome != e.Outcome.ID || read.headline != e.Headline {
					t.Errorf("%s: %s, %s, %q", e.ID, got.Status, read.outcome, read.headline)
				}
				for role, r := range one.Roles {
					standing := words.Standing(e.Recommends[role])
					if e.Outcome.ID != comparison.Undecided && read.standings[r.Name] != standing {
						t.Errorf("%s: %s is to come %q, want %q", e.ID, r.Name, read.standings[r.Name], standing)
					}
					tally := words.Signs.Tally.With("n", e.Met[role], "total", len(one.Signs.Roles[role].Items))
					if read.tallies[r.Name] != tally {
						t.Errorf("%s: of the signs for %s it says %q, want %q", e.ID, r.Name, read.tallies[r.Name], tally)
					}
				}

				// The form, where it asks only what was answered, comes to the same.
				to, asked := walk(t, s, one, &words.OnQuestionnaire, a)
				if to == "" {
					continue
				}
				fewest = min(fewest, asked)
				if !strings.Contains(s.get(t, to).body, fmt.Sprintf(`data-outcome="%s"`, e.Outcome.ID)) || asked > len(e.Answers) {
					t.Errorf("%s: the form comes to %q after %d answers of %d", e.ID, to, asked, len(e.Answers))
				}
				posted := s.post(t, base+"/questionnaire", page.Query(one, a, ""))
				if posted.StatusCode != http.StatusSeeOther || posted.Header.Get("Location") != at {
					t.Errorf("%s: sent at once, %s to %q", e.ID, posted.Status, posted.Header.Get("Location"))
				}
			}
		}
		if examples == 0 || fewest > 2 {
			t.Errorf("of %d examples, none is done after two questions, as one without premises is to be", examples)
		}
	})
}

// TestDisclosure: what the publisher sells is said by the title of a comparison,
// and on the page of the method with the share of results that recommend it.
// (TestResults looks at results.)
func TestDisclosure(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		organization := c.site.Organization
		for _, one := range c.site.Comparisons {
			base := "/compare/" + one.Slug
			root, err := html.Parse(strings.NewReader(s.get(t, base).body))
			if err != nil {
				t.Fatal(err)
			}
			said := 0
			for n := range root.Descendants() {
				if n.Type == html.ElementNode && n.Parent.Data == "header" && classed(n.Parent, "opening") && text(n) == organization.Disclosure && !hasAttribute(n, "hidden") {
					said++
				}
			}
			if said != 1 || organization.Disclosure == "" {
				t.Errorf("%s: by the title it is said %d times that %q", base, said, organization.Disclosure)
			}
			all, recommended := full(one), 0
			for _, a := range all {
				for role, standing := range one.Engine.Outcome(a).Recommends {
					if standing != comparison.Out && organization.Sold(one.Roles[role].ID) {
						recommended++
						break
					}
				}
			}
			words := &c.site.Words.OnMethod
			share := words.Percent.With("n", (100*recommended+len(all)/2)/len(all))
			want := organization.Disclosure + " " + words.Sold.With("percent", share, "organization", organization.Name)
			method := s.get(t, base+"/method").body
			if recommended == 0 || !strings.Contains(method, html.EscapeString(want)) {
				t.Errorf("%s/method does not say %q, as %d of %d do", base, want, recommended, len(all))
			}
		}
		for _, address := range []string{"/", "/compare/" + c.site.Comparisons[0].Slug + "/questionnaire", "/services"} {
			if body := s.get(t, address).body; address != "/" && strings.Contains(body, html.EscapeString(organization.Disclosure)) {
				t.Errorf("%s says what %s sells, and recommends nothing", address, organization.Name)
			}
		}
	})
}

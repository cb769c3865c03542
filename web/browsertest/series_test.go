//go:build browser

package browsertest

import (
	"slices"
	"testing"

	"github.com/chromedp/chromedp"

	"rolecompare/internal/recommend"
	"rolecompare/internal/site"
	"rolecompare/web/page"
)

// TestJourneyThroughTheSeries is a visitor's who does not know which two roles to
// compare: tick two needs on the front page, read the comparison, go through its
// questionnaire, and go on from the recommendation to another comparison, which
// knows the answers that both questionnaires ask for. No script is needed.
func TestJourneyThroughTheSeries(t *testing.T) {
	t.Parallel()
	for name, fsys := range contents() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, fsys)
			c, answers, to := s.leadingOn()
			if c == nil {
				if name == "fixture" {
					t.Fatal("no result leads on")
				}
				return // its authors may want it so
			}
			j := journey{open(t, s.URL), s, c, page.RouteComparison.Path(c.Slug)}
			j.withoutScript()
			j.size(390, 844)

			j.visit("/")
			if status := j.follow(chromedp.Click(chromedp.CSS(".chooser button"))); status != 422 || !eval[bool](j.tab, `document.querySelector(".error-summary a").hash.length > 1`) {
				t.Errorf("where nothing is ticked: %d", status)
			}
			for _, r := range c.Roles {
				j.do(chromedp.Click(chromedp.CSS(`label:has([value="` + r.ID + `"])`)))
			}
			j.follow(chromedp.Click(chromedp.CSS(".chooser button")))
			j.at(j.base)
			j.follow(chromedp.Click(chromedp.CSS(".action a")))
			j.at(j.base + "/questionnaire")
			for a := nothing(c); len(c.Engine.Next(a)) > 0; {
				q := c.Engine.Next(a)[0]
				a[q] = answers[q]
				j.choose(j.id(q, a[q]))
				j.submit()
			}
			j.comesTo(answers)
			carried := c.Carry(answers, to)
			j.follow(chromedp.Click(chromedp.CSS(`main a[href^="` + page.RouteComparison.Path(to.Slug) + `/"]`)))
			if len(to.Engine.Next(carried)) == 0 {
				j.at(page.RouteRecommendation.Path(to.Slug))
				return
			}
			j.at(page.RouteQuestionnaire.Path(to.Slug))
			there := journey{j.tab, s, to, ""}
			if got, want := j.checked(), there.given(carried); got != want {
				t.Errorf("answered there already: %q, want %q", got, want)
			}
		})
	}
}

// at: the tab shows the page at this path.
func (j journey) at(path string) {
	j.t.Helper()
	if got := eval[string](j.tab, "location.pathname"); got != path {
		j.t.Fatalf("the page is %s, want %s", got, path)
	}
}

func nothing(c *site.Comparison) recommend.Answers {
	return slices.Repeat(recommend.Answers{-1}, len(c.Questionnaire.Questions))
}

// leadingOn returns a comparison, the answers to whatever it asks, and another to
// which what they come to leads on with some of them; nil where there is none.
func (s *server) leadingOn() (*site.Comparison, recommend.Answers, *site.Comparison) {
	for _, c := range s.Comparisons {
		for n := range c.Engine.Combinations() {
			all, a := c.Engine.Answers(n), nothing(c)
			for next := c.Engine.Next(a); len(next) > 0; next = c.Engine.Next(a) {
				a[next[0]] = all[next[0]]
			}
			for _, o := range c.Engine.Outcome(a).Onward {
				if to := s.Comparison(o.To.ID); slices.Max(c.Carry(a, to)) >= 0 {
					return c, a, to
				}
			}
		}
	}
	return nil, nil, nil
}

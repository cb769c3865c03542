package web_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"rolecompare/internal/comparison"
)

// TestFacts: a page and its Markdown say the same. Whatever the authors wrote
// for it is in both, and whatever is in the Markdown is on the page.
func TestFacts(t *testing.T) {
	both(t, func(t *testing.T, c content, s site) {
		compare := func(address, markdown string, facts []string) {
			t.Helper()
			page, text := plainHTML(s.get(t, address).body), plainMarkdown(s.get(t, markdown).body)
			for _, fact := range facts {
				for part := range strings.SplitSeq(fact, "\n\n") {
					if !strings.Contains(page, letters(part)) {
						t.Errorf("%s does not say: %s", address, part)
					}
					if !strings.Contains(text, letters(part)) {
						t.Errorf("%s does not say: %s", markdown, part)
					}
				}
			}
			for line := range strings.Lines(s.get(t, markdown).body) {
				// The cells of a table, and the sides of a what-if, which have a word
				// between them for who cannot see the arrow.
				for _, cell := range strings.FieldsFunc(line, func(r rune) bool { return r == '|' || r == '→' }) {
					if said := plainMarkdown(cell); !strings.Contains(page, said) {
						t.Errorf("%s says what %s does not: %s", markdown, address, cell)
					}
				}
			}
		}
		for _, one := range c.site.Comparisons {
			base := "/compare/" + one.Slug
			compare(base, base+".md", factsOf(one))
			compare(base+"/method", base+"/method.md", methodFacts(one))
			for _, q := range one.FAQ.Items {
				compare(base+"/faq/"+q.ID, base+"/faq/"+q.ID+".md", []string{q.Title, q.Answer.Text})
			}
			engine := c.engines[one.Slug]
			for n := 0; n < engine.Combinations(); n += engine.Combinations()/9 + 1 {
				a := engine.Answers(n)
				o := engine.Outcome(a)
				facts := []string{o.Headline, o.Why, o.Advice.Text}
				for _, step := range o.Steps {
					facts = append(facts, step.Text)
				}
				for q, option := range a {
					facts = append(facts, one.Questionnaire.Questions[q].Ask, one.Questionnaire.Questions[q].Options[option].Label)
				}
				compare(base+"/recommendation?"+engine.Query(a), base+"/recommendation.md?"+engine.Query(a), facts)
			}
		}
		for _, v := range c.site.Services {
			compare("/services/"+v.ID, "/services/"+v.ID+".md", []string{v.Title, v.Body.Text})
		}
		for _, p := range c.site.Pages {
			compare("/pages/"+p.ID, "/pages/"+p.ID+".md", []string{p.Title, p.Body.Text})
		}
	})
}

// factsOf is what a comparison's page has to say.
func factsOf(c *comparison.Comparison) []string {
	facts := []string{c.Title, c.Summary, c.Overview.Title, c.Overview.Body.Text, c.Differences.Title, c.Signs.Title, c.Together.Body.Text, c.Provider.Body.Text, c.Closing.Body.Text}
	for _, r := range c.Roles {
		facts = append(facts, r.Name, r.Purpose, r.When)
	}
	for _, d := range c.Differences.Items {
		facts = append(facts, d.Title, d.Sides[0].Text, d.Sides[1].Text)
	}
	for i := range c.Roles {
		for _, item := range c.Responsibilities.Roles[i].Items {
			facts = append(facts, item.Text)
		}
		facts = append(facts, c.Responsibilities.Roles[i].Question.Text)
		for _, sign := range c.Signs.Roles[i].Items {
			facts = append(facts, sign.Text.Text)
		}
	}
	for _, stage := range c.Together.Stages {
		facts = append(facts, stage.Name, stage.Detail)
	}
	for _, q := range c.FAQ.Items {
		facts = append(facts, q.Title, q.Answer.Text)
	}
	return facts
}

func methodFacts(c *comparison.Comparison) (facts []string) {
	for _, q := range c.Questionnaire.Questions {
		facts = append(facts, q.Ask)
		for _, o := range q.Options {
			facts = append(facts, o.Label)
		}
	}
	for _, o := range c.Outcomes.Items {
		facts = append(facts, o.Title, o.Reason.Text)
	}
	return facts
}

// letters leaves the letters and digits of a text, which is what its forms have
// in common.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// plainHTML is the letters of a page's main element, in order.
func plainHTML(body string) string {
	_, body, _ = strings.Cut(body, "<main")
	body, _, _ = strings.Cut(body, "</main>")
	var b strings.Builder
	for in := html.NewTokenizer(strings.NewReader("<main" + body)); in.Next() != html.ErrorToken; {
		if token := in.Token(); token.Type == html.TextToken {
			b.WriteString(token.Data)
		}
	}
	return letters(b.String())
}

var (
	target = regexp.MustCompile(`\]\([^)]*\)`)
	entity = regexp.MustCompile(`<[^>]*>`)
	list   = regexp.MustCompile(`(?m)^ *\d+[.)] `)
)

// plainMarkdown is the letters of a Markdown text, without its links' addresses.
func plainMarkdown(s string) string {
	s = list.ReplaceAllString(s, "")
	return letters(html.UnescapeString(entity.ReplaceAllString(target.ReplaceAllString(s, "]"), "")))
}

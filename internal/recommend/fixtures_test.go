package recommend

import (
	"strings"
	"testing"

	"rolecompare/internal/comparison"
)

// garden is a small comparison of three questions, written as the reader of
// Markdown would hand it over. Each test changes what it is about.
func garden() *comparison.Comparison {
	c := &comparison.Comparison{Slug: "gardener-vs-landscaper"}
	c.Roles = [2]comparison.Role{
		{ID: "gardener", Name: "Gardener", Indefinite: "a Gardener"},
		{ID: "landscaper", Name: "Landscaper", Indefinite: "a Landscaper"},
	}
	c.Signs.Roles[0].Items = signs("laid-out", "weekly-care")
	c.Signs.Roles[1].Items = signs("ground-trouble", "new-structure")
	c.Questionnaire.Questions = []comparison.Question{
		{ID: "ground", Ask: "How is the ground?", Fact: true, Options: []comparison.Option{
			option("dry", "", "ground-trouble"), option("wet", "ground-trouble", ""), option(comparison.NotSure, "", "")}},
		{ID: "plans", Ask: "What do you want?", Options: []comparison.Option{
			option("keep", "laid-out", "new-structure"), option("build", "new-structure", "laid-out"), option(comparison.NotSure, "", "")}},
		{ID: "care", Ask: "How often?", Options: []comparison.Option{
			option("weekly", "weekly-care", ""), option("seldom", "", "weekly-care"), option(comparison.NotSure, "", "")}},
	}
	c.Outcomes.Items = []comparison.Outcome{
		outcome("landscaper", "out now", "at least 1 landscaper sign is met", "weekly-care is not met"),
		outcome("both", "now now", "at least 1 landscaper sign is met"),
		outcome("gardener", "now out", "at least 1 gardener sign is met", "ground-trouble is failed", "or", "weekly-care is met"),
		outcome("wait", "out out", "otherwise"),
	}
	return c
}

func signs(ids ...string) (out []comparison.Sign) {
	for _, id := range ids {
		out = append(out, comparison.Sign{ID: id})
	}
	return out
}

func option(id, meets, fails string) comparison.Option {
	refs := func(ids string) (out []comparison.Ref) {
		for _, id := range strings.Fields(ids) {
			out = append(out, comparison.Ref{ID: id})
		}
		return out
	}
	return comparison.Option{ID: id, Label: id, Meets: refs(meets), Fails: refs(fails)}
}

func outcome(id, recommends string, lines ...string) comparison.Outcome {
	o := comparison.Outcome{Name: comparison.Name{ID: id, At: comparison.Position{File: "outcomes.md", Line: 1, Column: 1}}}
	for role, word := range strings.Fields(recommends) {
		o.Recommends[role] = map[string]comparison.Standing{"out": comparison.Out, "later": comparison.Later, "now": comparison.Now}[word]
	}
	for i, line := range lines {
		o.Rule = append(o.Rule, comparison.Line{At: comparison.Position{File: "outcomes.md", Line: 10 + i, Column: 1}, Text: line})
	}
	return o
}

func mustCompile(t testing.TB, c *comparison.Comparison) *Engine {
	t.Helper()
	e, diagnostics := Compile(c)
	if e == nil || len(diagnostics) > 0 {
		t.Fatalf("the comparison does not compile:\n%v", diagnostics)
	}
	return e
}

// big is a comparison as large as a real one: seven questions and ten signs.
func big() *comparison.Comparison {
	c := garden()
	c.Signs.Roles[0].Items = signs("a1", "a2", "a3", "a4", "a5")
	c.Signs.Roles[1].Items = signs("b1", "b2", "b3", "b4", "b5")
	q := func(id string, fact bool, options ...comparison.Option) comparison.Question {
		return comparison.Question{ID: id, Ask: id + "?", Fact: fact, Options: append(options, option(comparison.NotSure, "", ""))}
	}
	c.Questionnaire.Questions = []comparison.Question{
		q("one", true, option("x", "a1 a4", "b1"), option("y", "a1 b1", "a4"), option("z", "b1", "a1 a4")),
		q("two", true, option("x", "a2", ""), option("y", "", ""), option("z", "", "a2")),
		q("three", false, option("w", "a3 a5", ""), option("x", "a5", "a3"), option("y", "", "a3 a5"), option("z", "a3", "")),
		q("four", true, option("x", "b2", ""), option("y", "", ""), option("z", "", "b2")),
		q("five", false, option("x", "b3", ""), option("y", "", "b3")),
		q("six", false, option("x", "b4", ""), option("y", "", "b4")),
		q("seven", false, option("x", "b5", ""), option("y", "", "b5")),
	}
	c.Outcomes.Items = []comparison.Outcome{
		outcome("second", "out now", "a2 is failed", "b1 is not failed", "at least 3 landscaper signs are met", "or",
			"a2 is not met", "at least 3 gardener signs are failed", "b1 is not failed", "at least 3 landscaper signs are met"),
		outcome("both", "now now", "b1 is not failed", "at least 3 landscaper signs are met"),
		outcome("neither", "out out", "a2 is failed"),
		outcome("first", "now out", "a4 is met"),
		outcome("first-then-second", "now later", "otherwise"),
	}
	return c
}

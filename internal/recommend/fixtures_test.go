package recommend

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"rolecompare/internal/comparison"
)

// garden is a small comparison of three questions, a fact, a judgment and an
// amount, written as the reader of Markdown would hand it over. Each test changes
// what it is about. With nothing unsure, it comes to
//
//	              weekly      monthly           seldom
//	dry, keep     gardener    gardener          wait
//	otherwise     both        landscaper-first  landscaper
func garden() *comparison.Comparison {
	c := &comparison.Comparison{Slug: "gardener-vs-landscaper"}
	c.Roles = [2]comparison.Candidate{
		{Role: &comparison.Role{ID: "gardener", Name: "Gardener", Indefinite: "a Gardener"}},
		{Role: &comparison.Role{ID: "landscaper", Name: "Landscaper", Indefinite: "a Landscaper"}},
	}
	c.Signs.Roles[0].Items = signs("laid-out", "weekly-care")
	c.Signs.Roles[1].Items = signs("ground-trouble", "new-structure")
	c.Questionnaire.Questions = []comparison.Question{
		{ID: "ground", Ask: "How is the ground?", Fact: true, Options: []comparison.Option{
			option("dry", "", "ground-trouble"), option("wet", "ground-trouble", ""), option(comparison.NotSure, "", "")}},
		{ID: "plans", Ask: "What do you want?", Options: []comparison.Option{
			option("keep", "laid-out", "new-structure"), option("build", "new-structure", "laid-out"), option(comparison.NotSure, "", "")}},
		{ID: "care", Ask: "How often?", Amount: true, Options: []comparison.Option{
			option("weekly", "weekly-care", ""), option("monthly", "", ""), option("seldom", "", "weekly-care"), option(comparison.NotSure, "", "")}},
	}
	c.Outcomes.Items = []comparison.Outcome{
		outcome("both", "now now", "at least 1 landscaper sign is met", "weekly-care is met"),
		outcome("landscaper", "out now", "at least 1 landscaper sign is met", "weekly-care is failed"),
		outcome("landscaper-first", "later now", "at least 1 landscaper sign is met"),
		outcome("gardener", "now out", "weekly-care is met", "or", "laid-out is met", "weekly-care is not failed"),
		outcome("wait", "out out", "otherwise"),
	}
	c.Outcomes.Undecided = outcome(comparison.Undecided, "")
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
		_ = o.Recommends[role].Set(word, "")
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
	q := func(id, kind string, options ...comparison.Option) comparison.Question {
		return comparison.Question{ID: id, Ask: id + "?", Fact: kind == "fact", Amount: kind == "amount",
			Options: append(options, option(comparison.NotSure, "", ""))}
	}
	c.Questionnaire.Questions = []comparison.Question{
		q("one", "fact", option("x", "a1 a4", "b1"), option("y", "a1 b1", "a4"), option("z", "b1", "a1 a4")),
		q("two", "amount", option("x", "a2", ""), option("y", "", ""), option("z", "", "a2")),
		q("three", "", option("w", "a3 a5", ""), option("x", "a5", "a3"), option("y", "", "a3 a5"), option("z", "a3", "")),
		q("four", "amount", option("x", "b2", ""), option("y", "", ""), option("z", "", "b2")),
		q("five", "", option("x", "b3", ""), option("y", "", "b3")),
		q("six", "", option("x", "b4", ""), option("y", "", "b4")),
		q("seven", "", option("x", "b5", ""), option("y", "", "b5")),
	}
	c.Outcomes.Items = []comparison.Outcome{
		outcome("both", "now now", "b1 is met", "b2 is not failed", "at least 3 second signs are met", "a2 is met", "a5 is met", "or",
			"b1 is met", "b2 is not failed", "at least 3 second signs are met", "at least 2 first signs are met", "a2 is not failed"),
		outcome("second", "out now", "b1 is met", "b2 is not failed", "at least 3 second signs are met"),
		outcome("first-then-second", "now later", "b1 is met", "at least 1 second sign is met", "at least 2 first signs are met", "a2 is not failed"),
		outcome("first", "now out", "at least 1 of a2, a5 is met", "a2 is not failed", "or", "at least 3 first signs are met"),
		outcome("second-later", "out later", "b1 is met", "b2 is met"),
		outcome("neither", "out out", "otherwise"),
	}
	for i := range c.Roles {
		c.Roles[i].Role = &comparison.Role{ID: []string{"first", "second"}[i]}
	}
	return c
}

// random is a small comparison made up by chance, with rules that nobody would
// write, and the engine for it, of which nothing is proved.
func random(t *testing.T, seed uint64) *Engine {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 13))
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	for {
		c := garden()
		c.Signs.Roles[0].Items, c.Signs.Roles[1].Items = signs("a1", "a2", "a3"), signs("b1", "b2", "b3")
		c.Questionnaire.Questions = nil
		for i, decides := range [][]string{{"a1"}, {"a2", "b1"}, {"a3", "b2"}, {"b3"}} {
			q := comparison.Question{ID: fmt.Sprint("q", i), Fact: r.IntN(4) == 0}
			q.Amount = !q.Fact && r.IntN(2) == 0
			for o := range 2 + r.IntN(3) {
				effects := map[string]string{}
				for _, sign := range decides {
					effects[pick("meets", "fails", "leaves")] += sign + " "
				}
				q.Options = append(q.Options, option(fmt.Sprint("o", o), effects["meets"], effects["fails"]))
			}
			q.Options = append(q.Options, option(comparison.NotSure, "", ""))
			c.Questionnaire.Questions = append(c.Questionnaire.Questions, q)
		}
		c.Outcomes.Items = nil
		for i := range 4 {
			var lines []string
			for range 1 + r.IntN(4) {
				if len(lines) > 0 && r.IntN(4) == 0 {
					lines = append(lines, "or")
				}
				lines = append(lines, pick(
					pick("a1", "a2", "a3", "b1", "b2", "b3")+" is "+pick("", "not ")+pick("met", "failed", "open"),
					"at "+pick("least", "most")+" "+pick("1", "2")+" "+pick("gardener", "landscaper")+" signs are "+pick("met", "failed"),
					"at "+pick("least", "most")+" 1 of a1, a3, b2 is "+pick("met", "failed", "open")))
			}
			c.Outcomes.Items = append(c.Outcomes.Items, outcome(fmt.Sprint("outcome-", i), pick("out", "later", "now")+" "+pick("out", "later", "now"), lines...))
		}
		c.Outcomes.Items = append(c.Outcomes.Items, outcome("rest", "out out", "otherwise"))
		e, out := &Engine{comparison: c}, comparison.Diagnostics{}
		if e.read(&out) { // or else some sign is never decided
			e.evaluate()
			return e
		} else if len(out) > 0 {
			t.Fatal(out)
		}
	}
}

// engines are the fixtures' and many random ones.
func engines(t *testing.T) []*Engine {
	out := []*Engine{mustCompile(t, garden()), mustCompile(t, big())}
	for seed := range uint64(40) {
		out = append(out, random(t, seed))
	}
	return out
}

// everything returns every combination of answers by its number, some of them only
// where they are very many.
func everything(e *Engine) (all []Answers) {
	for n := 0; n < e.Combinations(); n += 1 + e.Combinations()/700 {
		all = append(all, e.Answers(n))
	}
	return all
}

// words are the ids of the options chosen, "-" where there is none: "dry - not-sure".
func (e *Engine) words(a Answers) string {
	var out []string
	for q, o := range a {
		if o < 0 {
			out = append(out, "-")
		} else {
			out = append(out, e.comparison.Questionnaire.Questions[q].Options[o].ID)
		}
	}
	return strings.Join(out, " ")
}

// answers is the inverse of words.
func answers(t *testing.T, e *Engine, words string) Answers {
	t.Helper()
	fields := map[string][]string{}
	for q, id := range strings.Fields(words) {
		fields[e.comparison.Questionnaire.Questions[q].ID] = []string{strings.TrimPrefix(id, "-")}
	}
	a, ok := e.Read(fields).Answers()
	if !ok {
		t.Fatalf("there is no %q", words)
	}
	return a
}

// filled returns the answers with each of the questions answered in every way
// with a real option.
func filled(e *Engine, a Answers, questions []int) []Answers {
	if len(questions) == 0 {
		return []Answers{a}
	}
	var out []Answers
	for o := range len(e.comparison.Questionnaire.Questions[questions[0]].Options) - 1 {
		out = append(out, filled(e, a.With(questions[0], o), questions[1:])...)
	}
	return out
}

// unsure returns the questions that are answered "not sure", or not at all.
func unsure(e *Engine, a Answers) (out []int) {
	for q, o := range a {
		if o < 0 || e.comparison.Questionnaire.Questions[q].Options[o].ID == comparison.NotSure {
			out = append(out, q)
		}
	}
	return out
}

func unanswered(a Answers) (out []int) {
	for q, o := range a {
		if o < 0 {
			out = append(out, q)
		}
	}
	return out
}

// states returns how each sign stands, by its id.
func states(c *comparison.Comparison, a Answers) map[string]State {
	out := map[string]State{}
	for _, l := range c.Signs.Roles {
		for _, s := range l.Items {
			out[s.ID] = Open
		}
	}
	for q, o := range a {
		if o >= 0 {
			for _, r := range c.Questionnaire.Questions[q].Options[o].Meets {
				out[r.ID] = Met
			}
			for _, r := range c.Questionnaire.Questions[q].Options[o].Fails {
				out[r.ID] = Failed
			}
		}
	}
	return out
}

// firstRule returns the id of the first outcome whose rule holds.
func firstRule(e *Engine, state map[string]State) string {
	for i, rule := range e.Rules() {
		holds := rule.Otherwise
		for _, alternative := range rule.Any {
			all := true
			for _, c := range alternative {
				all = all && conditionHolds(c, state)
			}
			holds = holds || all
		}
		if holds {
			return e.comparison.Outcomes.Items[i].ID
		}
	}
	return ""
}

func conditionHolds(c Condition, state map[string]State) bool {
	n := 0
	for _, s := range c.Signs {
		if state[s.ID] == c.State {
			n++
		}
	}
	if c.AtMost {
		return n <= c.N
	}
	return n >= c.N
}

// comesTo is what the answers come to, worked out from the comparison alone: the
// outcome's id, and how many ways to fill in what is unsure come to each.
func comesTo(e *Engine, a Answers) (string, map[string]int) {
	c := e.comparison
	ways := map[string]int{}
	all := filled(e, a, unsure(e, a))
	for _, b := range all {
		ways[firstRule(e, states(c, b))]++
	}
	if len(unsure(e, a)) == 0 {
		return firstRule(e, states(c, a)), ways
	}
	state := states(c, a)
	for id, n := range ways {
		grounded := true
		for role, standing := range c.Outcome(id).Recommends {
			met := slices.ContainsFunc(c.Signs.Roles[role].Items, func(s comparison.Sign) bool { return state[s.ID] == Met })
			grounded = grounded && (met || standing != comparison.Now)
		}
		if 2*n > len(all) && grounded {
			return id, ways
		}
	}
	return comparison.Undecided, ways
}

package recommend

import (
	"slices"
	"strings"
	"testing"
	"time"

	"rolecompare/internal/comparison"
)

// Each case damages one thing in a comparison that was whole, and expects to
// read of it. (What follows from it may be told as well.)
func TestDiagnostics(t *testing.T) {
	t.Parallel()
	rule := func(outcome int, lines ...string) func(*comparison.Comparison) {
		return func(c *comparison.Comparison) {
			c.Outcomes.Items[outcome].Rule = outcomeRule(lines...)
		}
	}
	for _, test := range []struct {
		name   string
		damage func(c *comparison.Comparison)
		want   []string // what the diagnostics say
	}{
		{"no such sign", rule(0, "ground is met"), []string{"outcomes.md:10:1: there is no sign “ground”; it may be “laid-out”, “weekly-care”"}},
		{"no such sign in a list", rule(0, "at least 1 of laid-out,  path is met"), []string{"outcomes.md:10:26: there is no sign “path”"}},
		{"no such role", rule(0, "at least 1 builder sign is met"), []string{"outcomes.md:10:12: there is no role “builder”; it may be “gardener”, “landscaper”"}},
		{"no such state", rule(0, "laid-out is true"), []string{"outcomes.md:10:13: “true” is no state of a sign; a sign is met, failed or open"}},
		{"no number", rule(0, "at least two gardener signs are met"), []string{"outcomes.md:10:10: “two” is no number of signs"}},
		{"too many", rule(0, "at least 3 gardener signs are met"), []string{"outcomes.md:10:10: this line can never hold: there are only 2 signs"}},
		{"always", rule(0, "at most 2 gardener signs are met"), []string{"outcomes.md:10:9: this line always holds"}},
		{"twice the same sign", rule(0, "at least 1 of laid-out, laid-out is met"), []string{"outcomes.md:10:25: the sign “laid-out” is named twice"}},
		{"no rule at all", rule(0), []string{"the outcome “landscaper” has no rule"}},
		{"no sense", rule(0, "if it rains"), []string{"the line “if it rains” is no rule; write “office is met”"}},
		{"no verb", rule(0, "at least 1 gardener sign was met"), []string{"the line “at least 1 gardener sign was met” is no rule"}},
		{"or twice", rule(0, "laid-out is met", "or", "or", "weekly-care is met"), []string{"outcomes.md:12:1: “or” has nothing on one of its sides"}},
		{"or with nothing after it", rule(0, "ground-trouble is met", "or"), []string{"outcomes.md:11:1: “or” has nothing on one of its sides"}},
		{"otherwise and more", rule(3, "otherwise", "laid-out is met"), []string{"outcomes.md:10:1: “otherwise” holds always"}},
		{"several mistakes are told at once", rule(0, "a is met", "b is met"), []string{"10:1: there is no sign “a”", "11:1: there is no sign “b”"}},

		{"a gap", rule(3, "at least 1 gardener sign is met", "at most 1 gardener sign is met"),
			[]string{"no rule holds for 4 of the 27 combinations of answers, for example when every answer is “not sure”"}},
		{"a rule that can never hold", rule(2, "laid-out is met", "laid-out is failed"),
			[]string{"outcomes.md:10:1: these lines of “gardener” never hold together"}},
		{"an alternative that can never hold", rule(2, "at least 1 gardener sign is met", "ground-trouble is failed", "or", "laid-out is met", "laid-out is failed"),
			[]string{"outcomes.md:13:1: these lines of “gardener” never hold together"}},
		{"an outcome that others forestall", func(c *comparison.Comparison) {
			c.Outcomes.Items[2].Rule, c.Outcomes.Items[0].Rule = outcomeRule("new-structure is met"), outcomeRule("at least 1 landscaper sign is met")
			c.Outcomes.Items[1].Rule = outcomeRule("laid-out is met")
		}, []string{"the outcome “gardener” is never reached: wherever its rule holds, “landscaper” holds first; move it up"}},
		{"otherwise with nothing left for it", rule(2, "otherwise"),
			[]string{"the outcome “wait” is never reached: wherever its rule holds, “landscaper” or “both” or “gardener” holds first"}},
		{"a question that decides nothing", func(c *comparison.Comparison) {
			c.Signs.Roles[0].Items = append(c.Signs.Roles[0].Items, comparison.Sign{ID: "old-trees"})
			c.Questionnaire.Questions = append(c.Questionnaire.Questions, comparison.Question{ID: "trees", Options: []comparison.Option{
				option("old", "old-trees", ""), option("young", "", "old-trees"), option(comparison.NotSure, "", "")}})
			c.Outcomes.Items[0].Rule = outcomeRule("at least 1 landscaper sign is met", "weekly-care is not met")
			c.Outcomes.Items[2].Rule = outcomeRule("laid-out is met", "ground-trouble is failed", "or", "weekly-care is met")
		}, []string{"no answer to “trees” ever changes a result"}},
		{"more signs for a role take it out", func(c *comparison.Comparison) {
			c.Outcomes.Items[0].Rule = outcomeRule("ground-trouble is failed", "new-structure is not met", "weekly-care is not met")
		}, []string{"more signs for a Landscaper lower it from “now” to “out”: when “How is the ground?” is answered “dry”"}},
		{"more signs for a role lower it a little", func(c *comparison.Comparison) {
			c.Outcomes.Items[0] = outcome("landscaper", "now out", "weekly-care is not met")
			c.Outcomes.Items[2] = outcome("gardener", "later out", "otherwise")
			c.Outcomes.Items = slices.Delete(c.Outcomes.Items, 3, 4)
		}, []string{"more signs for a Gardener lower it from “now” to “later”: "}},
		{"an alternative that others forestall", rule(2, "laid-out is met", "or", "weekly-care is met", "or", "new-structure is met", "laid-out is not met"),
			[]string{"outcomes.md:14:1: these lines of “gardener” never decide: wherever they hold, “landscaper” or “both” holds first"}},
		{"too many combinations", func(c *comparison.Comparison) {
			for range 10 {
				c.Questionnaire.Questions = append(c.Questionnaire.Questions, c.Questionnaire.Questions...)
				if len(c.Questionnaire.Questions) > 12 {
					return
				}
			}
		}, []string{"the questions can be answered in too many ways to prove the rules over all of them; 262,144 ways are the most"}},
		{"too many signs", func(c *comparison.Comparison) {
			c.Signs.Roles[0].Items = slices.Repeat(c.Signs.Roles[0].Items, 32)
		}, []string{"there are 66 signs; 64 are the most that can be weighed"}},
		{"too many outcomes", func(c *comparison.Comparison) {
			c.Outcomes.Items = slices.Repeat(c.Outcomes.Items, 17)
		}, []string{"there are 68 outcomes; 64 are the most there may be"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := garden()
			test.damage(c)
			e, diagnostics := Compile(c)
			if e != nil {
				t.Error("it compiles nevertheless")
			}
			for _, want := range test.want {
				if !slices.ContainsFunc(diagnostics, func(d comparison.Diagnostic) bool { return strings.Contains(d.String(), want) }) {
					t.Errorf("the diagnostics are\n%v\nwant\n%s", diagnostics, want)
				}
			}
		})
	}
}

func outcomeRule(lines ...string) []comparison.Line { return outcome("", "", lines...).Rule }

func TestAnswerThatNeverMattersIsCaught(t *testing.T) {
	t.Parallel()
	e := mustCompile(t, garden())
	for n := range e.table {
		e.table[n] = e.table[n-n%3] // care decides nothing at all
	}
	var out comparison.Diagnostics
	e.proveAlive(&out)
	if len(out) != 1 || out[0].Message != "no answer to “care” ever changes a result" {
		t.Errorf("the diagnostics are:\n%v", out)
	}
}

// What comparison.Check reports of what decides is not reported again, nor held
// against the rules; and there is no engine that would stumble over it.
func TestNothingIsProvedOfWhatTheCheckReports(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		damage func(c *comparison.Comparison)
		want   string // what the check says
	}{
		{"no such sign", func(c *comparison.Comparison) { c.Questionnaire.Questions[0].Options[1] = option("wet", "mud", "") },
			"there is no sign “mud”"},
		{"a sign that two questions decide", func(c *comparison.Comparison) {
			c.Questionnaire.Questions[1].Options[0] = option("keep", "laid-out weekly-care", "")
		}, "decides the sign “weekly-care” already"},
		{"a sign that no answer bears on", func(c *comparison.Comparison) {
			c.Signs.Roles[0].Items = append(c.Signs.Roles[0].Items, comparison.Sign{ID: "old-trees"})
		}, "no answer bears on the sign “old-trees”"},
		{"too few answers", func(c *comparison.Comparison) {
			c.Questionnaire.Questions[0].Options = c.Questionnaire.Questions[0].Options[:1]
		}, "the question has too few answers: 1"},
		{"too many answers", func(c *comparison.Comparison) {
			q := &c.Questionnaire.Questions[0]
			q.Options = slices.Repeat(q.Options, 13)
		}, "the question has 39 answers"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := garden()
			test.damage(c)
			if e, diagnostics := Compile(c); e != nil || len(diagnostics) > 0 {
				t.Errorf("there is an engine: %v; the diagnostics are\n%v", e != nil, diagnostics)
			}
			site := &comparison.Site{Comparisons: []*comparison.Comparison{c}}
			if got := site.Check(time.Time{}).Error(); !strings.Contains(got, test.want) {
				t.Errorf("the check says\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

package recommend

import (
	"slices"
	"strings"
	"testing"

	"rolecompare/internal/comparison"
)

// Each case damages one thing in a comparison that was whole, and expects to
// read of it. (What follows from it may be told as well.)
func TestFaults(t *testing.T) {
	t.Parallel()
	rule := func(outcome int, lines ...string) func(*comparison.Comparison) {
		return func(c *comparison.Comparison) {
			c.Outcomes.Items[outcome].Rule = outcomeRule(lines...)
		}
	}
	for _, test := range []struct {
		name   string
		damage func(c *comparison.Comparison)
		want   []string // what the faults say, in order
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
		{"or with nothing after it", rule(0, "ground-trouble is met", "or"), []string{"outcomes.md:11:1: “or” has nothing on one of its sides"}},
		{"otherwise and more", rule(3, "otherwise", "laid-out is met"), []string{"outcomes.md:10:1: “otherwise” holds always"}},
		{"several faults are told at once", rule(0, "a is met", "b is met"), []string{"10:1: there is no sign “a”", "11:1: there is no sign “b”"}},

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
		{"a sign that is never met", func(c *comparison.Comparison) {
			c.Signs.Roles[0].Items = append(c.Signs.Roles[0].Items, comparison.Sign{ID: "old-trees"})
		}, []string{"the sign “old-trees” can never be met"}},
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
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := garden()
			test.damage(c)
			e, faults := Compile(c)
			if e != nil {
				t.Error("it compiles nevertheless")
			}
			for _, want := range test.want {
				if !slices.ContainsFunc(faults, func(f comparison.Fault) bool { return strings.Contains(f.String(), want) }) {
					t.Errorf("the faults are\n%v\nwant\n%s", faults, want)
				}
			}
		})
	}
}

func outcomeRule(lines ...string) []comparison.RuleLine { return outcome("", "", lines...).Rule }

// By construction no rules can break this, so the table is broken by hand.
func TestNotSureMoreCertainIsCaught(t *testing.T) {
	t.Parallel()
	e := mustCompile(t, garden())
	for n := range e.table {
		e.table[n] &^= closeCall
	}
	e.table[e.Number(Answers{0, 2, 0})] |= closeCall
	e.table[e.Number(Answers{0, 0, 1})] |= closeCall
	var faults comparison.Faults
	e.prove(&faults)
	if len(faults) != 1 || !strings.Contains(faults[0].What, "“not sure” is more certain than") {
		t.Errorf("the faults are:\n%v", faults)
	}
}

func TestAnswerThatNeverMattersIsCaught(t *testing.T) {
	t.Parallel()
	e := mustCompile(t, garden())
	for n := range e.table {
		e.table[n] = e.table[n-n%3] // care decides nothing at all
	}
	var faults comparison.Faults
	e.proveAlive(&faults)
	if len(faults) != 1 || faults[0].What != "no answer to “care” ever changes a result" {
		t.Errorf("the faults are:\n%v", faults)
	}
}

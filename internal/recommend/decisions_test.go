package recommend

import (
	"strings"
	"testing"

	"rolecompare/internal/comparison"
)

func TestDecisions(t *testing.T) {
	t.Parallel()
	kept := string(mustCompile(t, garden()).Decisions())
	for name, test := range map[string]struct {
		edit func(c *comparison.Comparison)
		want string // "" if nothing is to be said
	}{
		"nothing changed": {func(c *comparison.Comparison) {}, ""},
		"missing":         {func(c *comparison.Comparison) { c.Decisions.Body = "" }, "the table of decisions is missing"},
		"unreadable":      {func(c *comparison.Comparison) { c.Decisions.Body += "111\n" }, "the table of decisions cannot be read"},
		"no such answer":  {func(c *comparison.Comparison) { c.Decisions.Body += "119\tA\n" }, "the table of decisions cannot be read"},
		"no such outcome": {func(c *comparison.Comparison) { c.Decisions.Body += "111\tZ\n" }, "the table of decisions cannot be read"},
		"a rule": {func(c *comparison.Comparison) { c.Outcomes.Items[2].Rule[1].Text = "ground-trouble is not met" },
			"2 of 27 results change: 2 from “wait” to “gardener”, for example when “What do you want?” is answered “keep”, and the rest “not sure”"},
		"a new answer": {func(c *comparison.Comparison) {
			q := &c.Questionnaire.Questions[0]
			q.Options = append([]comparison.Option{option("soggy", "ground-trouble", "")}, q.Options...)
		}, "the answer “soggy” to “ground” is new"},
		"an answer gone": {func(c *comparison.Comparison) {
			q := &c.Questionnaire.Questions[2]
			q.Options = append(q.Options[:1:1], q.Options[2])
		}, "the answer “seldom” to “care” is gone"},
		"a question renamed": {func(c *comparison.Comparison) { c.Questionnaire.Questions[2].ID = "beds" },
			"the question “beds” is new; the question “care” is gone"},
		// What one of the tables does not ask is "not sure" there.
		"a question renamed, and a rule": {func(c *comparison.Comparison) {
			c.Questionnaire.Questions[0].ID = "soil"
			c.Outcomes.Items[2].Rule[1].Text = "ground-trouble is not met"
		}, "the question “soil” is new; the question “ground” is gone; 2 of 9 results change: 2 from “wait” to “gardener”, for example"},
		"questions moved, and a rule": {func(c *comparison.Comparison) {
			q := c.Questionnaire.Questions
			q[0], q[1] = q[1], q[0]
			c.Outcomes.Items[2].Rule[1].Text = "ground-trouble is not met"
		}, "2 of 27 results change: 2 from “wait” to “gardener”, for example"},
		"outcomes renamed": {func(c *comparison.Comparison) { c.Outcomes.Items[1].ID, c.Outcomes.Items[3].ID = "all", "later" },
			"11 of 27 results change: 6 from “wait” to “later”, for example when every answer is “not sure”; 5 from “both” to “all”"},
		"questions moved": {func(c *comparison.Comparison) {
			q := c.Questionnaire.Questions
			q[0], q[1] = q[1], q[0]
		}, "no result changes, but the table of decisions is written otherwise"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := garden()
			c.Decisions = comparison.Text{At: comparison.Position{File: "decisions.tsv"}, Body: kept}
			test.edit(c)
			e := mustCompile(t, c)
			diagnostics := e.CheckDecisions()
			if test.want == "" {
				if len(diagnostics) > 0 {
					t.Errorf("it says %v", diagnostics)
				}
				return
			}
			if len(diagnostics) != 1 || !strings.Contains(diagnostics[0].String(), test.want) {
				t.Errorf("it says\n%v\nwant\n%s", diagnostics, test.want)
			}
			c.Decisions.Body = string(e.Decisions())
			if again := e.CheckDecisions(); len(again) > 0 {
				t.Errorf("written anew, it still says %v", again)
			}
		})
	}
}

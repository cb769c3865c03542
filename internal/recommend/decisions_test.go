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
		"outcomes renamed": {func(c *comparison.Comparison) { c.Outcomes.Items[3].ID = "later" },
			"from “wait” to “later”"},
		"questions moved": {func(c *comparison.Comparison) {
			q := c.Questionnaire.Questions
			q[0], q[1] = q[1], q[0]
		}, "no result changes, but the table of decisions is written otherwise"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := garden()
			c.Decisions = comparison.Text{At: comparison.Place{File: "decisions.tsv"}, Body: kept}
			test.edit(c)
			e := mustCompile(t, c)
			faults := e.CheckDecisions()
			if test.want == "" {
				if len(faults) > 0 {
					t.Errorf("it says %v", faults)
				}
				return
			}
			if len(faults) != 1 || !strings.Contains(faults[0].String(), test.want) {
				t.Errorf("it says\n%v\nwant\n%s", faults, test.want)
			}
			c.Decisions.Body = string(e.Decisions())
			if again := e.CheckDecisions(); len(again) > 0 {
				t.Errorf("written anew, it still says %v", again)
			}
		})
	}
}

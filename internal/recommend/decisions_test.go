package recommend

import (
	"regexp"
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
		"nothing changed":    {func(c *comparison.Comparison) {}, ""},
		"missing":            {func(c *comparison.Comparison) { c.Decisions = "" }, "the table of decisions is missing"},
		"missing in a draft": {func(c *comparison.Comparison) { c.Decisions, c.Draft = "", true }, ""},
		"no row":             {func(c *comparison.Comparison) { c.Decisions = "# A: both\n" }, "the table of decisions cannot be read"},
		"unreadable":         {func(c *comparison.Comparison) { c.Decisions += "111\n" }, "the table of decisions cannot be read"},
		"too short":          {func(c *comparison.Comparison) { c.Decisions += "11\tA\tnow\tnow\n" }, "the table of decisions cannot be read"},
		"no such answer":     {func(c *comparison.Comparison) { c.Decisions += "119\tA\tnow\tnow\n" }, "the table of decisions cannot be read"},
		"no such outcome":    {func(c *comparison.Comparison) { c.Decisions += "111\tZ\tnow\tnow\n" }, "the table of decisions cannot be read"},
		"without standings": {func(c *comparison.Comparison) {
			c.Decisions = regexp.MustCompile(`(?m)^(\d+\t.)\t.*$`).ReplaceAllString(c.Decisions, "$1")
		}, "the table of decisions cannot be read; run “rolecompare check --update” to write it anew"},
		"a rule": {func(c *comparison.Comparison) { c.Outcomes.Items[3].Rule[3].Text = "weekly-care is met" },
			"2 of 36 results change: 2 from “gardener” to “wait”, for example when “How is the ground?” is answered “dry” and “What do you want?” is answered “keep”, and the rest “not sure”; if"},
		"a standing": {func(c *comparison.Comparison) { c.Outcomes.Items[1].Recommends[1] = comparison.Later },
			"decisions.tsv: the outcome “landscaper” now puts a Landscaper at later, before it was now; 1 of 36 results change: 1 from “undecided” to “landscaper”"},
		"a standing and nothing else": {func(c *comparison.Comparison) { c.Outcomes.Items[4].Recommends[0] = comparison.Later },
			"decisions.tsv: the outcome “wait” now puts a Gardener at later, before it was out; if that is what you mean"},
		"two standings of an outcome": {func(c *comparison.Comparison) {
			c.Outcomes.Items[4].Recommends = comparison.Standings{comparison.Later, comparison.Later}
		}, "decisions.tsv: the outcome “wait” now puts a Gardener at later, before it was out, and a Landscaper at later, before it was out; if"},
		"a new answer": {func(c *comparison.Comparison) {
			q := &c.Questionnaire.Questions[0]
			q.Options = append([]comparison.Option{option("soggy", "ground-trouble", "")}, q.Options...)
		}, "the answer “soggy” to “ground” is new"},
		"an answer gone": {func(c *comparison.Comparison) {
			q := &c.Questionnaire.Questions[2]
			q.Options = append(q.Options[:1:1], q.Options[2:]...)
		}, "the answer “monthly” to “care” is gone"},
		"a question renamed": {func(c *comparison.Comparison) { c.Questionnaire.Questions[2].ID = "beds" },
			"the question “beds” is new; the question “care” is gone"},
		// What one of the tables does not ask is "not sure" there.
		"a question renamed, and a rule": {func(c *comparison.Comparison) {
			c.Questionnaire.Questions[0].ID = "soil"
			c.Outcomes.Items[1].ID = "digger"
		}, "the question “soil” is new; the question “ground” is gone; 1 of 12 results change: 1 from “landscaper” to “digger”, for example"},
		"questions moved, and a rule": {func(c *comparison.Comparison) {
			q := c.Questionnaire.Questions
			q[0], q[1] = q[1], q[0]
			c.Outcomes.Items[3].Rule[3].Text = "weekly-care is met"
		}, "2 of 36 results change: 2 from “gardener” to “wait”, for example"},
		"outcomes renamed": {func(c *comparison.Comparison) { c.Outcomes.Items[0].ID, c.Outcomes.Items[4].ID = "all", "later" },
			"6 of 36 results change: 5 from “both” to “all”, for example when “How is the ground?” is answered “wet” and “How often?” is answered “weekly”, and the rest “not sure”; 1 from “wait” to “later”, for example when “How is the ground?” is answered “dry” and “What do you want?” is answered “keep” and “How often?” is answered “seldom”; if"},
		"all unsure": {func(c *comparison.Comparison) {
			c.Outcomes.Items[4].ID = "rest"
			c.Decisions = strings.Replace(c.Decisions, "334\t-\t-\t-", "334\tE\tout\tout", 1)
		}, "1 from “wait” to “undecided”, for example when every answer is “not sure”"},
		"questions moved": {func(c *comparison.Comparison) {
			q := c.Questionnaire.Questions
			q[0], q[1] = q[1], q[0]
		}, "no result changes, but the rules do: an answer may meet or fail something else"},
		"a sign no longer failed": {func(c *comparison.Comparison) { c.Questionnaire.Questions[0].Options[0].Fails = nil },
			"no result changes, but the rules do"},
		"a fact no longer one": {func(c *comparison.Comparison) { c.Questionnaire.Questions[0].Fact = false },
			"no result changes, but the rules do"},
		"only words": {func(c *comparison.Comparison) {
			c.Questionnaire.Questions[0].Ask, c.Outcomes.Items[0].Headline = "And the ground?", "Call both"
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := garden()
			c.Decisions = kept
			test.edit(c)
			e, out := &Engine{comparison: c}, comparison.Diagnostics{} // some edits break a proof
			if !e.read(&out) {
				t.Fatal(out)
			}
			e.evaluate()
			e.version = e.hash()
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
			c.Decisions = string(e.Decisions())
			if again := e.CheckDecisions(); len(again) > 0 {
				t.Errorf("written anew, it still says %v", again)
			}
		})
	}
}

func TestDecisionsAreWritten(t *testing.T) {
	t.Parallel()
	e := mustCompile(t, garden())
	got := string(e.Decisions())
	for _, want := range []string{
		"# Every combination of answers, its outcome, and how that stands to each role.",
		"\n# rules: " + e.Version() + "\n# ground: 1 dry, 2 wet, 3 not-sure\n# plans: 1 keep, 2 build, 3 not-sure\n# care: 1 weekly, 2 monthly, 3 seldom, 4 not-sure\n",
		"\n# A: both\n# B: landscaper\n# C: landscaper-first\n# D: gardener\n# E: wait\n# -: undecided\n111\tD\tnow\tout\n",
		"\n112\tD\tnow\tout\n113\tE\tout\tout\n114\tD\tnow\tout\n121\tA\tnow\tnow\n122\tC\tlater\tnow\n",
		"\n334\t-\t-\t-\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the table is\n%s\nwant in it\n%s", got, want)
		}
	}
	if rows := strings.Count(got, "\n") - strings.Count(got, "#"); rows != 36 {
		t.Errorf("it has %d rows, want 36", rows)
	}
}

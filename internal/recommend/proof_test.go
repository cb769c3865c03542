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
		{"too many", rule(0, "at least 3 gardener signs are met"), []string{"outcomes.md:10:1: “at least 3 gardener signs are met” (line 10) never holds"}},
		{"always", rule(0, "at most 2 gardener signs are met"), []string{"outcomes.md:10:9: this line always holds"}},
		{"twice the same sign", rule(0, "at least 1 of laid-out, laid-out is met"), []string{"outcomes.md:10:25: the sign “laid-out” is named twice"}},
		{"no rule at all", rule(0), []string{"outcomes.md: warning: the rules of “gardener-vs-landscaper” are not examined before this is mended"}},
		{"no sense", rule(0, "if it rains"), []string{"the line “if it rains” is no rule; write “office is met”"}},
		{"no verb", rule(0, "at least 1 gardener sign was met"), []string{"the line “at least 1 gardener sign was met” is no rule"}},
		{"or twice", rule(0, "laid-out is met", "or", "or", "weekly-care is met"), []string{"outcomes.md:12:1: “or” has nothing on one of its sides"}},
		{"or with nothing after it", rule(0, "ground-trouble is met", "or"), []string{"outcomes.md:11:1: “or” has nothing on one of its sides"}},
		{"otherwise and more", rule(4, "otherwise", "laid-out is met"), []string{"outcomes.md:10:1: “otherwise” holds always"}},
		{"several mistakes are told at once", rule(0, "a is met", "b is met"), []string{"10:1: there is no sign “a”", "11:1: there is no sign “b”"}},

		{"a gap", rule(4, "laid-out is failed"),
			[]string{"outcomes.md:10:1: no rule holds for 1 of the 12 combinations of answers, for example when “How is the ground?” is answered “dry” and “What do you want?” is answered “keep” and “How often?” is answered “seldom”; add"}},
		{"a gap that takes few words", func(c *comparison.Comparison) {
			c.Outcomes.Items[1].Rule = outcomeRule("ground-trouble is failed", "new-structure is met", "weekly-care is failed")
			c.Outcomes.Items[2].Rule = outcomeRule("at least 1 landscaper sign is met", "weekly-care is not failed")
			c.Outcomes.Items[4].Rule = outcomeRule("ground-trouble is failed")
		}, []string{"no rule holds for 2 of the 12 combinations of answers, for example when “How is the ground?” is answered “wet” and “How often?” is answered “seldom”; add"}},
		{"a rule that can never hold", rule(3, "laid-out is met", "laid-out is failed"),
			[]string{"outcomes.md:10:1: “laid-out is met” (line 10) and “laid-out is failed” (line 11) never hold together, whatever is answered"}},
		{"an alternative that can never hold", rule(3, "weekly-care is met", "or", "laid-out is met", "laid-out is failed"),
			[]string{"outcomes.md:12:1: “laid-out is met” (line 12) and “laid-out is failed” (line 13) never hold together"}},
		{"two lines among others that exclude each other", rule(3, "laid-out is met", "weekly-care is met", "new-structure is met"),
			[]string{"outcomes.md:10:1: “laid-out is met” (line 10) and “new-structure is met” (line 12) never hold together"}},
		{"a line that never holds, among others", rule(3, "weekly-care is met", "laid-out is open"),
			[]string{"outcomes.md:11:1: “laid-out is open” (line 11) never holds, whatever is answered"}},
		{"three lines of which any two may hold", rule(3, "at least 1 of laid-out, weekly-care is met", "laid-out is failed", "weekly-care is not met"),
			[]string{"(line 10) and “laid-out is failed” (line 11) and “weekly-care is not met” (line 12) never hold together"}},
		// It would where the plans are "not sure", which no rule is tried over.
		{"a rule that holds only where something is unsure", rule(3, "laid-out is open"),
			[]string{"outcomes.md:10:1: “laid-out is open” (line 10) never holds, whatever is answered; change a line"}},
		{"an outcome that others forestall", func(c *comparison.Comparison) {
			c.Outcomes.Items[2].Rule, c.Outcomes.Items[1].Rule = outcomeRule("new-structure is met", "weekly-care is failed"), outcomeRule("at least 1 landscaper sign is met")
		}, []string{"the outcome “landscaper-first” is never reached: wherever its rule holds, “landscaper” holds first; move it up"}},
		{"otherwise with nothing left for it", rule(3, "otherwise"),
			[]string{"outcomes.md:10:1: “otherwise” holds always, so no outcome below this one is ever reached; move this outcome to the end"}},
		{"an alternative that others forestall", rule(3, "weekly-care is met", "or", "laid-out is met", "weekly-care is not failed", "or", "new-structure is met", "laid-out is not met"),
			[]string{"outcomes.md:15:1: these lines of “gardener” never decide: wherever they hold, “both” or “landscaper” or “landscaper-first” holds first"}},
		{"a question that decides nothing", func(c *comparison.Comparison) {
			c.Signs.Roles[0].Items = append(c.Signs.Roles[0].Items, comparison.Sign{ID: "old-trees"})
			c.Questionnaire.Questions = append(c.Questionnaire.Questions, comparison.Question{ID: "trees", Options: []comparison.Option{
				option("old", "old-trees", ""), option("young", "", "old-trees"), option(comparison.NotSure, "", "")}})
		}, []string{"“young” does the same as “old” everywhere: the outcome is the same, and so is its certainty; let a rule in outcomes.md tell them apart, or make them one"}},
		{"an answer that does the same as another", func(c *comparison.Comparison) {
			q := &c.Questionnaire.Questions[0]
			q.Options = slices.Insert(q.Options, 2, option("soggy", "ground-trouble", ""))
			q.Options[2].At = comparison.Position{File: "questionnaire.md", Line: 7, Column: 3}
		}, []string{"questionnaire.md:7:3: “soggy” does the same as “wet” everywhere"}},
		{"more signs for a role take it out", rule(0, "at least 1 landscaper sign is met", "weekly-care is not failed"),
			[]string{"the outcome “landscaper-first” is never reached"}},
		{"more signs for a role lower it to nothing", func(c *comparison.Comparison) {
			c.Outcomes.Items[2] = outcome("landscaper-first", "later out", "at least 2 landscaper signs are met")
			c.Outcomes.Items = slices.Insert(c.Outcomes.Items, 3, outcome("digger", "later now", "at least 1 landscaper sign is met"))
		}, []string{`outcomes.md:10:1: more signs for a Landscaper lower it from “now” to “out”, where “digger” becomes “landscaper-first”; change which signs “wet” meets or fails, or the rules, the order or “recommends” of these two outcomes
    before, when “How is the ground?” is answered “dry” and “What do you want?” is answered “build” and “How often?” is answered “monthly”:
        “digger”, by “at least 1 landscaper sign is met” (line 10)
        Gardener (later): laid-out failed, weekly-care open
        Landscaper (now): ground-trouble failed, new-structure met
    after, when “How is the ground?” is answered “wet” instead:
        “landscaper-first”, by “at least 2 landscaper signs are met” (line 10)
        Gardener (later): laid-out failed, weekly-care open
        Landscaper (out): ground-trouble met, new-structure met`}},
		{"more signs for a role lower it a little", func(c *comparison.Comparison) {
			c.Outcomes.Items[0].Recommends[0] = comparison.Out
		}, []string{"more signs for a Gardener lower it from “later” to “out”, where “landscaper-first” becomes “both”; change which signs “weekly” meets",
			"“both”, by “at least 1 landscaper sign is met” (line 10) and “weekly-care is met” (line 11)"}},
		{"an answer bears on the signs of both roles", func(c *comparison.Comparison) {
			c.Outcomes.Items[3].Recommends[0] = comparison.Out
		}, []string{"more signs for a Gardener lower it from “now” to “out”, where “both” becomes “gardener”; change which signs “keep” meets or fails, or the rules, the order or “recommends”"}},
		{"a role now without a sign", func(c *comparison.Comparison) { c.Outcomes.Items[4].Recommends[1] = comparison.Now },
			[]string{"outcomes.md:1:1: the outcome “wait” recommends a Landscaper now, where no answer meets one of its signs: for example when “How is the ground?” is answered “dry” and “What do you want?” is answered “keep” and “How often?” is answered “seldom”; let its rule ask for a sign that is met"}},
		{"a role now without a sign, in many ways", func(c *comparison.Comparison) { c.Outcomes.Items[1].Recommends[0] = comparison.Now },
			[]string{"the outcome “landscaper” recommends a Gardener now, where no answer meets one of its signs: for example when “What do you want?” is answered “build” and “How often?” is answered “seldom”; let"}},
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
			e, diagnostics := Compile(c)
			if e != nil {
				t.Error("it compiles nevertheless")
			}
			for _, want := range test.want {
				if !slices.ContainsFunc(diagnostics, func(d comparison.Diagnostic) bool { return strings.Contains(comparison.Diagnostics{d}.Error(), want) }) {
					t.Errorf("the diagnostics are\n%v\nwant\n%s", diagnostics, want)
				}
			}
		})
	}
}

// One mistake is told once: what follows from it is not told as well.
func TestOneMistakeIsToldOnce(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]func(c *comparison.Comparison){
		"no rule holds": func(c *comparison.Comparison) { c.Outcomes.Items = c.Outcomes.Items[:1] },
		"a rule that can never hold": func(c *comparison.Comparison) {
			c.Outcomes.Items = append(c.Outcomes.Items[:4:4], outcome("never", "out out", "laid-out is met", "laid-out is failed"), c.Outcomes.Items[4])
		},
		"alternatives of an outcome that is never reached": func(c *comparison.Comparison) {
			c.Outcomes.Items = append(c.Outcomes.Items[:4:4], outcome("never", "out out", "new-structure is met", "or", "ground-trouble is met"), c.Outcomes.Items[4])
		},
	} {
		c := garden()
		damage(c)
		if _, diagnostics := Compile(c); len(diagnostics) != 1 {
			t.Errorf("%s: the diagnostics are\n%v", name, diagnostics)
		}
	}
}

// Answers that give the same outcomes are not alike where one is nearer to another
// outcome than the other: so it is with amounts, and not with judgments.
func TestAnswersMayDifferInCertaintyAlone(t *testing.T) {
	t.Parallel()
	c := garden()
	q := &c.Questionnaire.Questions[2]
	q.Options = slices.Insert(q.Options, 3, option("never", "", "weekly-care"))
	mustCompile(t, c)
	q.Amount = false
	if _, diagnostics := Compile(c); len(diagnostics) != 1 || !strings.Contains(diagnostics.Error(), "“never” does the same as “seldom” everywhere") {
		t.Errorf("the diagnostics are\n%v", diagnostics)
	}
}

func outcomeRule(lines ...string) []comparison.Line { return outcome("", "", lines...).Rule }

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
		}, "2 to 7 answers besides “not-sure”, and has 1;"},
		{"too many outcomes", func(c *comparison.Comparison) { c.Outcomes.Items = slices.Repeat(c.Outcomes.Items, 13) },
			"there are 65 outcomes; 26 are the most there may be"},
		{"too many answers", func(c *comparison.Comparison) {
			q := &c.Questionnaire.Questions[0]
			q.Options = slices.Repeat(q.Options, 13)
		}, "2 to 7 answers besides “not-sure”, and has 26;"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := garden()
			test.damage(c)
			if e, diagnostics := Compile(c); e != nil || len(diagnostics) != 1 || diagnostics.Err() != nil {
				t.Errorf("there is an engine: %v; the diagnostics are\n%v", e != nil, diagnostics)
			}
			site := &comparison.Site{Comparisons: []*comparison.Comparison{c}}
			if got := site.Check(time.Time{}).Error(); !strings.Contains(got, test.want) {
				t.Errorf("the check says\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

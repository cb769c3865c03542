package site_test

import (
	"slices"
	"strings"
	"testing"

	"rolecompare/internal/comparison"
	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/internal/site"
)

func TestAnswersOf(t *testing.T) {
	t.Parallel()
	c := load(t, markdowntest.Fixture()).Comparisons[0]
	var got [][]int
	for _, e := range c.Examples.Items {
		got = append(got, site.AnswersOf(c.Comparison, e))
	}
	if want := [][]int{{0, 0, 0}, {2, -1, -1}, {0, 2, 1}, {3, 3, -1}}; !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("the examples answer %v, want %v", got, want)
	}
	unknown := comparison.Example{Answers: []comparison.Given{{Question: "ground", Label: "Mud"}, {Question: "sky", Label: "Level and dry"}, {Question: "care", Label: "Every week"}}}
	if got := site.AnswersOf(c.Comparison, unknown); !slices.Equal(got, []int{-1, -1, 0}) {
		t.Errorf("an example of what is not known answers %v", got)
	}
}

// TestExamplesAreJudged changes what an example says, and what it comes to.
func TestExamplesAreJudged(t *testing.T) {
	t.Parallel()
	const examples, questions, outcomes = folder + "examples.md", folder + "questionnaire.md", folder + "outcomes.md"
	const rose, mend = "“A rose garden on level ground” comes to another ", "; mend the rules or the words, or write here what it comes to"
	for name, c := range map[string]struct{ file, before, after, at, want string }{
		"outcome": {examples, "outcome: gardener", "outcome: wait", ":5:1",
			rose + "outcome: “gardener”, not “wait”"},
		"answer": {examples, "  ground: It floods or slopes", "  ground: Level and dry", ":31:1",
			"“A hillside” comes to another outcome: “undecided”, not “landscaper”"},
		"headline": {outcomes, "headline: A Gardener is enough", "headline: Call a Gardener", ":5:1",
			rose + "headline: “Call a Gardener”, not “A Gardener is enough”"},
		"standing": {examples, "recommends: {gardener: later, landscaper: now}", "recommends: {gardener: out, landscaper: now}", ":31:1",
			"“A hillside” comes to another standing of Gardener: “later”, not “out”"},
		"tally": {examples, "met: {gardener: 2, landscaper: 0}", "met: {gardener: 2, landscaper: 1}", ":5:1",
			rose + "number of signs met for Landscaper: “0”, not “1”"},
		"why": {outcomes, "why: Nothing you told us calls for building.", "why: Nothing calls for building.", ":5:1",
			rose + "reason why: “Nothing calls for building.”, not “Nothing you told us calls for building.”"},
		"certainty": {examples, "certainty: close", "certainty: firm", ":5:1",
			rose + "certainty: “close”, not “firm”"},
		"reasons": {questions, "because: the beds need you every week", "because: your beds need you every week", ":5:1",
			rose + "list of reasons: “you want the garden you have; your beds need you every week; your ground is level and dry”, " +
				"not “you want the garden you have; the beds need you every week; your ground is level and dry”"},
		"change": {examples, "  - if: you wanted to build\n    outcome: landscaper", "  - if: you wanted to build\n    outcome: wait", ":25:5",
			"if you wanted to build, “A rose garden on level ground” comes to “landscaper”, not “wait”"},
		"no change": {examples, "  - if: you wanted to build\n", "  - if: the beds needed you now and then\n", ":25:5",
			"if the beds needed you now and then, “A rose garden on level ground” comes to “gardener”, not “landscaper”"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fsys := markdowntest.Fixture()
			replace(t, fsys, c.file, c.before, c.after)
			_, found := site.Load(fsys, site.Options{Now: today})
			if len(found) != 1 || !strings.HasPrefix(found[0].String(), examples+c.at+": "+c.want+mend) || found[0].Warning {
				t.Errorf("it says\n%v\nwant\n%s", found, c.want)
			}
		})
	}
}

// TestUnknownExamplesAreNotJudged: one mistake, one report.
func TestUnknownExamplesAreNotJudged(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ file, before, after string }{
		{folder + "examples.md", "  ground: It floods or slopes", "  ground: It floods and slopes"},
		{folder + "examples.md", "  ground: It floods or slopes", "  grounds: It floods or slopes"},
		{folder + "examples.md", "outcome: wait", "outcome: waiting"},
		{folder + "examples.md", "  - if: your ground flooded\n", "  - if: your ground were flooded\n"},
		{folder + "examples.md", "  care: Every week", "  care: [Every week]"},
		{folder + "outcomes.md", "otherwise", "otherwize"},
		{folder + "questionnaire.md", "meets: [weekly-care]", "meets: [weekly-car]"},
	} {
		fsys := markdowntest.Fixture()
		replace(t, fsys, c.file, c.before, c.after)
		if _, found := site.Load(fsys, site.Options{Now: today}); len(found) != 1 {
			t.Errorf("%q instead of %q gives %d reports, not one: %v", c.after, c.before, len(found), found)
		}
	}
}

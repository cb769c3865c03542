package recommend

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"rolecompare/internal/comparison"
)

func TestLinesAreRead(t *testing.T) {
	t.Parallel()
	e := mustCompile(t, garden())
	at := comparison.Position{File: "outcomes.md", Line: 10, Column: 1}
	for line, want := range map[string]Condition{
		"laid-out is met":                                              {N: 1, State: Met, Role: -1, indexes: []int{0}},
		"weekly-care is not failed":                                    {AtMost: true, State: Failed, Role: -1, indexes: []int{1}},
		"at least 1 gardener sign is met":                              {N: 1, State: Met, Role: 0, indexes: []int{0, 1}},
		"at  most 1 landscaper signs\tare open":                        {AtMost: true, N: 1, State: Open, Role: 1, indexes: []int{2, 3}},
		"at least 2 of laid-out,weekly-care and new-structure are met": {N: 2, State: Met, Role: -1, indexes: []int{0, 1, 3}},
	} {
		var out comparison.Diagnostics
		read := ruleReader{e.comparison, e.signs, &out}
		got := read.condition(comparison.Line{At: at, Text: line})
		if len(out) > 0 {
			t.Errorf("%q: %v", line, out)
		}
		for _, i := range want.indexes {
			want.Signs = append(want.Signs, e.signs[i].Sign)
		}
		want.Line = comparison.Line{At: at, Text: line}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q is read as %+v, want %+v", line, got, want)
		}
	}
}

func FuzzRule(f *testing.F) {
	for _, seed := range []string{"otherwise", "laid-out is met", "at least 1 of laid-out, weekly-care is met\nor\nlaid-out is not open", "at most 0 gardener signs are failed", "or\nor", "or\n\nor", "at least is met ,", "é is mét"} {
		f.Add(seed)
	}
	at := comparison.Position{File: "questionnaire.md", Line: 1, Column: 1}
	f.Fuzz(func(t *testing.T, rule string) {
		c := garden()
		c.Outcomes.At = at
		for q := range c.Questionnaire.Questions {
			for o := range c.Questionnaire.Questions[q].Options {
				c.Questionnaire.Questions[q].Options[o].At = at
			}
		}
		c.Outcomes.Items[0] = outcome("landscaper", "out now", strings.Split(rule, "\n")...)
		e, diagnostics := Compile(c)
		if e == nil && diagnostics.Err() == nil {
			t.Errorf("the rule %q is refused, and nothing says why", rule)
		}
		for _, d := range diagnostics {
			if d.Message == "" || d.Hint == "" || d.At.File == "" {
				t.Errorf("the rule %q has a diagnostic without words or position: %+v", rule, d)
			}
		}
	})
}

// TestHolding: how a rule's conditions stand is told one by one.
func TestHolding(t *testing.T) {
	t.Parallel()
	e := mustCompile(t, garden())
	for given, want := range map[string]string{
		"dry keep monthly": "[[0 0] [0 0] [0] [0 1 1] []] of 1",
		"wet - -":          "[[6 2] [6 2] [6] [2 3 4] []] of 6",
	} {
		holding, ways := e.Holding(answers(t, e, given))
		if got := fmt.Sprint(holding, " of ", ways); got != want {
			t.Errorf("%s: %s, want %s", given, got, want)
		}
	}
}

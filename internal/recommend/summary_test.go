package recommend

import (
	"slices"
	"testing"
)

func TestSummary(t *testing.T) {
	t.Parallel()
	e := mustCompile(t, garden())
	s := e.Summary()
	if want := []int{3, 3, 3, 2, 1, 0}; s.Combinations != 12 || !slices.Equal(s.Outcomes, want) {
		t.Errorf("of %d full combinations, %v come to the outcomes; want %v of 12", s.Combinations, s.Outcomes, want)
	}
	for _, e := range engines(t) {
		s := e.Summary()
		full := make([]int, len(s.Outcomes))
		var fullCertainty [3]int
		decides := make([]int, len(e.stride))
		for n := range e.Combinations() {
			a := e.Answers(n)
			if len(unsure(e, a)) > 0 {
				continue
			}
			full[slices.Index(e.outcomes, e.Outcome(a))]++
			fullCertainty[e.Recommend(a).Certainty]++
			for q := range a {
				if slices.ContainsFunc(filled(e, a, []int{q}), func(b Answers) bool { return e.Outcome(b) != e.Outcome(a) }) {
					decides[q]++
				}
			}
		}
		if !slices.Equal(s.Outcomes, full) || s.Certainties != fullCertainty || !slices.Equal(s.Decides, decides) {
			t.Errorf("the summary is %+v, want %v %v %v", s, full, fullCertainty, decides)
		}
	}
}

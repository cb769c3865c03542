package recommend

import (
	"math"
	"slices"
	"testing"
)

func TestSummary(t *testing.T) {
	t.Parallel()
	e := mustCompile(t, garden())
	s := e.Summary()
	if want := []int{3, 3, 3, 2, 1, 0}; s.Full.Combinations != 12 || !slices.Equal(s.Full.Outcomes, want) {
		t.Errorf("of %d full combinations, %v come to the outcomes; want %v of 12", s.Full.Combinations, s.Full.Outcomes, want)
	}
	for _, e := range engines(t) {
		s := e.Summary()
		full := make([]int, len(s.Full.Outcomes))
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
		if !slices.Equal(s.Full.Outcomes, full) || s.Full.Certainties != fullCertainty || !slices.Equal(s.Decides, decides) {
			t.Errorf("the summary is %+v, want %v %v %v", s, full, fullCertainty, decides)
		}
	}
}

func TestMeanAsked(t *testing.T) {
	t.Parallel()
	for _, e := range engines(t) {
		nothing := slices.Repeat(Answers{-1}, len(e.stride))
		all := filled(e, nothing, unanswered(nothing))
		asked := 0
		for _, full := range all {
			a := nothing
			for next := e.Next(a); len(next) > 0; next = e.Next(a) {
				a = a.With(next[0], full[next[0]])
				asked++
			}
		}
		if got, want := e.MeanAsked(), float64(asked)/float64(len(all)); math.Abs(got-want) > 1e-9 {
			t.Errorf("%v questions are asked on average, want %v", got, want)
		}
	}
}

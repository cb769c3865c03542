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
		full, all := make([]int, len(s.Full.Outcomes)), make([]int, len(s.All.Outcomes))
		var fullCertainty, allCertainty [3]int
		decides := make([]int, len(e.stride))
		for n := range e.Combinations() {
			a := e.Answers(n)
			i := slices.Index(e.outcomes, e.Outcome(a))
			all[i]++
			allCertainty[e.Recommend(a).Certainty]++
			if len(unsure(e, a)) > 0 {
				continue
			}
			full[i]++
			fullCertainty[e.Recommend(a).Certainty]++
			for q := range a {
				if slices.ContainsFunc(filled(e, a, []int{q}), func(b Answers) bool { return e.Outcome(b) != e.Outcome(a) }) {
					decides[q]++
				}
			}
		}
		if !slices.Equal(s.Full.Outcomes, full) || !slices.Equal(s.All.Outcomes, all) || s.Full.Certainties != fullCertainty ||
			s.All.Certainties != allCertainty || !slices.Equal(s.Decides, decides) || s.All.Combinations != e.Combinations() {
			t.Errorf("the summary is %+v, want %v %v %v %v %v", s, full, all, fullCertainty, allCertainty, decides)
		}
	}
}

func TestMeanAsked(t *testing.T) {
	t.Parallel()
	for _, e := range engines(t) {
		for name, keep := range map[string]func(Answers) bool{
			"all":                func(Answers) bool { return true },
			"one of the options": func(a Answers) bool { return a[0] == 1 },
		} {
			asked, kept := 0, 0
			for _, full := range filled(e, slices.Repeat(Answers{-1}, len(e.stride)), unanswered(slices.Repeat(Answers{-1}, len(e.stride)))) {
				if !keep(full) {
					continue
				}
				kept++
				a := slices.Repeat(Answers{-1}, len(full))
				for next := e.Next(a); len(next) > 0; next = e.Next(a) {
					a = a.With(next[0], full[next[0]])
					asked++
				}
			}
			if got, want := e.MeanAsked(keep), float64(asked)/float64(kept); math.Abs(got-want) > 1e-9 {
				t.Errorf("%s: %v questions are asked on average, want %v", name, got, want)
			}
		}
	}
}

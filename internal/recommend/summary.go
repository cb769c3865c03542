package recommend

import "slices"

// Summary says how a comparison decides, over the combinations with nothing unsure.
type Summary struct {
	Combinations int    // how many there are
	Outcomes     []int  // how many come to each outcome, in their order, and last to the undecided one
	Certainties  [3]int // how many come with each certainty
	Decides      []int  // of each question, in how many another answer to it gives another outcome
}

// Summary goes through the full combinations, which takes some milliseconds.
func (e *Engine) Summary() Summary {
	full := e.full()
	s := Summary{Combinations: len(full), Outcomes: e.count(full), Decides: make([]int, len(e.options))}
	for _, n := range full {
		s.Certainties[e.certainty(n)]++
		for q := range e.options {
			for o := range e.real(q) {
				if e.outcome(e.changed(n, q, o)) != e.outcome(n) {
					s.Decides[q]++
					break
				}
			}
		}
	}
	return s
}

// Holding returns for each rule in how many of the ways to fill in what is unsure in
// some answers each of its conditions holds, in their order, and how many ways
// there are.
func (e *Engine) Holding(a Answers) (holding [][]int, ways int) {
	n := e.Number(a)
	filled := e.ways(n, e.unsure(n))
	for _, rule := range e.rules {
		counts := []int{}
		for _, c := range slices.Concat(rule.Any...) {
			holds := slices.DeleteFunc(slices.Clone(filled), func(m int) bool { return !c.holds(e.table[m].effect) })
			counts = append(counts, len(holds))
		}
		holding = append(holding, counts)
	}
	return holding, len(filled)
}

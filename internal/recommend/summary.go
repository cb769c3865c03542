package recommend

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

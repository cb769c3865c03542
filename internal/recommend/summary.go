package recommend

// Summary says how a comparison decides, for its authors to look at.
type Summary struct {
	Full, All Shares // of the combinations with nothing unsure, and of all
	Decides   []int  // of each question, in how many of the full combinations another answer to it gives another outcome
}

// Shares are how some combinations come out.
type Shares struct {
	Combinations int
	Outcomes     []int  // how many come to each outcome, in their order, and last to the undecided one
	Certainties  [3]int // how many come with each certainty
}

// Summary goes through all combinations, which takes some milliseconds.
func (e *Engine) Summary() Summary {
	everything := make([]int, len(e.table))
	for n := range everything {
		everything[n] = n
	}
	s := Summary{Full: e.shares(e.full()), All: e.shares(everything), Decides: make([]int, len(e.options))}
	for _, n := range e.full() {
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

func (e *Engine) shares(combinations []int) Shares {
	s := Shares{Combinations: len(combinations), Outcomes: e.count(combinations)}
	for _, n := range combinations {
		s.Certainties[e.certainty(n)]++
	}
	return s
}

// MeanAsked returns how many questions a visitor is asked if each is the one that
// tells most, and nothing more once the outcome is settled (see [Engine.Next]):
// the mean over the full combinations that are kept, of which there must be one.
func (e *Engine) MeanAsked(keep func(Answers) bool) float64 {
	asked, kept := 0, 0
	var ask func(a Answers, before int)
	ask = func(a Answers, before int) {
		if next := e.Next(a); len(next) > 0 {
			for o := range e.real(next[0]) {
				ask(a.With(next[0], o), before+1)
			}
			return
		}
		n := e.Number(a)
		for _, m := range e.ways(n, e.unsure(n)) {
			if keep(e.Answers(m)) {
				asked += before
				kept++
			}
		}
	}
	nothing, _ := e.Read(nil).Answers()
	ask(nothing, 0)
	return float64(asked) / float64(kept)
}

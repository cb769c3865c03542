package recommend

// Summary says how a comparison decides, for its authors to look at.
type Summary struct {
	Full    Shares // of the combinations with nothing unsure
	Decides []int  // of each question, in how many of them another answer to it gives another outcome
}

// Shares are how some combinations come out.
type Shares struct {
	Combinations int
	Outcomes     []int  // how many come to each outcome, in their order, and last to the undecided one
	Certainties  [3]int // how many come with each certainty
}

// Summary goes through the full combinations, which takes some milliseconds.
func (e *Engine) Summary() Summary {
	full := e.full()
	s := Summary{Full: Shares{Combinations: len(full), Outcomes: e.count(full)}, Decides: make([]int, len(e.options))}
	for _, n := range full {
		s.Full.Certainties[e.certainty(n)]++
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

// MeanAsked returns how many questions a visitor is asked if each is the one that
// tells most, and nothing more once the outcome is settled (see [Engine.Next]):
// the mean over the full combinations.
func (e *Engine) MeanAsked() float64 {
	asked := 0
	var ask func(a Answers, before int)
	ask = func(a Answers, before int) {
		next := e.Next(a)
		if len(next) == 0 {
			n := e.Number(a)
			asked += before * len(e.ways(n, e.unsure(n)))
			return
		}
		for o := range e.real(next[0]) {
			ask(a.With(next[0], o), before+1)
		}
	}
	nothing, _ := e.Read(nil).Answers()
	ask(nothing, 0)
	return float64(asked) / float64(len(e.full()))
}

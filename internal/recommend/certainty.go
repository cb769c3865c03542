package recommend

// Certainty is how firmly a result stands.
type Certainty uint8

const (
	Firm      Certainty = iota // neither of the following
	Close                      // some answer that was given, moved one step, gives another outcome
	StillOpen                  // some way to fill in what is unsure gives another outcome than the one said, as where it is undecided
)

func (c Certainty) String() string { return [...]string{"firm", "close", "open"}[c] }

func (e *Engine) certainty(n int) Certainty {
	if e.table[n].open {
		return StillOpen
	}
	for q := range e.options {
		if e.sways(n, q) {
			return Close
		}
	}
	return Firm
}

// sways reports whether the answer given to question q in combination n, moved
// one step, gives another outcome. An amount's step is to a neighbouring option,
// a judgment's to any other, and a fact has none: it is not open to doubt.
func (e *Engine) sways(n, q int) bool {
	question := &e.comparison.Questionnaire.Questions[q]
	if question.Fact || !e.given(n, q) {
		return false
	}
	from, to := 0, e.real(q)-1
	if question.Amount {
		from, to = max(from, e.chosen(n, q)-1), min(to, e.chosen(n, q)+1)
	}
	for o := from; o <= to; o++ {
		if e.table[e.changed(n, q, o)].outcome != e.table[n].outcome {
			return true
		}
	}
	return false
}

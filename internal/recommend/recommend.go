package recommend

import (
	"cmp"
	"slices"

	"rolecompare/internal/comparison"
)

// Recommendation is the result of one combination of answers, with its reasons.
type Recommendation struct {
	Answers   Answers
	Outcome   *comparison.Outcome
	Certainty Certainty
	Signs     [2][]SignState // each role's signs, in the order of the comparison
	WhatIfs   []WhatIf       // the most telling first
	Unsure    int            // how many questions are answered "not sure"
	Settled   bool           // no answers to these give another outcome
	General   bool           // they are more than half, not settled, and no rule but “otherwise” holds: the result rests on it
	// Ask is the question, among those answered "not sure", whose answer would
	// leave the fewest outcomes possible, counted as the mean over its real
	// answers; the first such question in order. It is -1 where no answer
	// narrows anything.
	Ask int
}

// Certainty is how firmly a result stands.
type Certainty uint8

const (
	// Close: changing one answer gives another outcome. An answer that states a
	// bare fact does not count, since it is not open to doubt, unless it is
	// "not sure". A result is close, too, while an answer to something left
	// "not sure" could still make it so: not knowing is never more certain.
	Close Certainty = iota
	// Clear: no such answer.
	Clear
)

func (c Certainty) String() string { return [...]string{"close", "clear"}[c] }

// SignState is how one sign stands, and the answer behind it.
type SignState struct {
	Sign             *comparison.Sign
	State            State
	Question, Option int
}

// WhatIf is another outcome, and the single changed answers that lead to it.
type WhatIf struct {
	Outcome *comparison.Outcome
	Changes []Change
}

// Change is one changed answer. Answers are all the answers after it.
type Change struct {
	Question, Option int
	Answers          Answers
}

// Recommend returns what the answers come to, with the reasons.
func (e *Engine) Recommend(a Answers) Recommendation {
	n := e.Number(a)
	row := e.table[n]
	r := Recommendation{
		Answers:   a,
		Outcome:   e.outcome(n),
		Certainty: Clear,
		WhatIfs:   e.whatIfs(n),
		Settled:   row.settled,
		Ask:       row.ask,
	}
	if row.close {
		r.Certainty = Close
	}
	for q := range a {
		if e.unsure(n, q) {
			r.Unsure++
		}
	}
	r.General = 2*r.Unsure > len(a) && !r.Settled && e.rules[row.outcome].Otherwise
	for i, s := range e.signs {
		o := a[s.question]
		r.Signs[s.role] = append(r.Signs[s.role], SignState{s.Sign, e.options[s.question][o].state(i), s.question, o})
	}
	return r
}

// whatIfs returns the single changed answers that give another outcome than
// combination n. "Not sure" is no change anyone would make, so it is left out.
//
// The most telling come first: an answer to what was left "not sure", then a
// judgment, which one may come to see differently, then a bare fact; among
// these, the change that moves the fewest signs, and then the order of the
// questionnaire. An outcome stands where its most telling change does.
func (e *Engine) whatIfs(n int) []WhatIf {
	type candidate struct {
		kind, moved int
		outcome     *comparison.Outcome
		change      Change
	}
	var found []candidate
	for q, question := range e.comparison.Questionnaire.Questions {
		kind := 1
		switch {
		case e.unsure(n, q):
			kind = 0
		case question.Fact:
			kind = 2
		}
		was := e.options[q][e.chosen(n, q)]
		for o := range len(e.options[q]) - 1 {
			m := e.changed(n, q, o)
			if outcome := e.outcome(m); outcome != e.outcome(n) {
				found = append(found, candidate{kind, was.moved(e.options[q][o]), outcome, Change{q, o, e.Answers(m)}})
			}
		}
	}
	slices.SortStableFunc(found, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(x.kind, y.kind), cmp.Compare(x.moved, y.moved))
	})
	var out []WhatIf
	for _, c := range found {
		i := slices.IndexFunc(out, func(w WhatIf) bool { return w.Outcome == c.outcome })
		if i < 0 {
			i = len(out)
			out = append(out, WhatIf{Outcome: c.outcome})
		}
		out[i].Changes = append(out[i].Changes, c.change)
	}
	return out
}

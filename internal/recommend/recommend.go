// Package recommend turns the answers to a comparison's questionnaire into a
// recommendation, with its reasons.
//
// There are no weights. Each answer meets some signs, fails some and leaves
// the rest open; the outcomes' rules are tried in order over the signs, and the
// first that holds decides. [Compile] reads the rules and walks every
// combination of answers once, so that whatever is claimed of a result
// (that there is exactly one, how certain it is, what would change it) is
// looked up in the whole table rather than argued.
//
// Compile also proves what must hold of every comparison, whatever its rules:
//
//   - every combination has an outcome, and every outcome a combination;
//   - every question can change some result, and every sign can be met;
//   - an answer that speaks more for a role never lowers that role's standing
//     in the outcome, and one that speaks less never raises it;
//   - "not sure" never makes a result more certain than a real answer would.
//
// What breaks one of them is a fault, with the shortest combination of answers
// that shows it.
package recommend

import (
	"cmp"
	"slices"

	"rolecompare/internal/comparison"
)

// Engine holds the decisions of one comparison. It never changes, and may be
// used from any number of goroutines.
type Engine struct {
	comparison *comparison.Comparison
	version    string
	rules      []Rule // one an outcome
	signs      []sign // the first role's, then the second's
	options    [][]effect
	stride     []int     // what one step in a question's options adds to a combination's number
	table      []verdict // one a combination
	ask        []int8    // one a combination: see Recommendation.Ask
	shares     []int     // one an outcome
	close      int
}

// sign is a sign with its place among all of them.
type sign struct {
	*comparison.Sign
	role     int
	question int
}

// effect is what an option does: the signs it meets and fails, by their bits.
type effect struct{ meets, fails signSet }

// verdict is what a combination comes to: the index of its outcome, whether it
// is a close call, and whether answers to what is unsure could not change it.
type verdict uint8

const (
	settled   verdict = 1 << 6
	closeCall verdict = 1 << 7
)

func (v verdict) outcome() int { return int(v &^ (settled | closeCall)) }

// State is how a sign stands, given the answers.
type State uint8

const (
	Failed State = iota
	Open
	Met
)

func (s State) String() string { return [...]string{"failed", "open", "met"}[s] }

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

// Comparison returns the comparison that the engine decides.
func (e *Engine) Comparison() *comparison.Comparison { return e.comparison }

// Version identifies the questions, signs and rules: eight hexadecimal digits
// that change when any of them does, and not when only words do.
func (e *Engine) Version() string { return e.version }

// Rules returns the outcomes' rules, in the order in which they are tried. They
// are the engine's own, and not to be changed.
func (e *Engine) Rules() []Rule { return e.rules }

// Combinations returns how many combinations of answers there are.
func (e *Engine) Combinations() int { return len(e.table) }

// Shares returns how many combinations lead to each outcome, in the outcomes'
// order.
func (e *Engine) Shares() []int { return slices.Clone(e.shares) }

// CloseCalls returns how many combinations are close calls.
func (e *Engine) CloseCalls() int { return e.close }

// Outcome returns what the answers come to.
func (e *Engine) Outcome(a Answers) *comparison.Outcome {
	return e.outcome(e.Number(a))
}

func (e *Engine) outcome(n int) *comparison.Outcome {
	return &e.comparison.Outcomes.Items[e.table[n].outcome()]
}

// Recommend returns what the answers come to, with the reasons.
func (e *Engine) Recommend(a Answers) Recommendation {
	n := e.Number(a)
	r := Recommendation{
		Answers:   slices.Clone(a),
		Outcome:   e.outcome(n),
		Certainty: Clear,
		WhatIfs:   e.whatIfs(a, n),
		Settled:   e.table[n]&settled != 0,
		Ask:       int(e.ask[n]),
	}
	if e.table[n]&closeCall != 0 {
		r.Certainty = Close
	}
	for q := range a {
		if e.unsure(q, int(a[q])) {
			r.Unsure++
		}
	}
	r.General = 2*r.Unsure > len(a) && !r.Settled && e.rules[e.table[n].outcome()].Otherwise

	states := make([]SignState, len(e.signs))
	for i, s := range e.signs {
		option := int(a[s.question])
		states[i] = SignState{s.Sign, e.options[s.question][option].state(i), s.question, option}
	}
	first := len(e.comparison.Signs.Roles[0].Items)
	r.Signs = [2][]SignState{states[:first:first], states[first:]}
	return r
}

// whatIfs returns the single changed answers that give another outcome than
// combination n, whose answers are a. "Not sure" is no change anyone would
// make, so it is left out.
//
// The most telling come first: an answer to what was left "not sure", then a
// judgment, which one may come to see differently, then a bare fact; among
// these, the change that moves the fewest signs, and then the order of the
// questionnaire. An outcome stands where its most telling change does.
func (e *Engine) whatIfs(a Answers, n int) []WhatIf {
	type candidate struct{ kind, moved, question, option, outcome int }
	var room [64]candidate
	found := room[:0]
	for q := range a {
		was := int(a[q])
		for o := range len(e.options[q]) - 1 {
			outcome := e.table[n+(o-was)*e.stride[q]].outcome()
			if o == was || outcome == e.table[n].outcome() {
				continue
			}
			kind := 1
			switch {
			case e.unsure(q, was):
				kind = 0
			case e.comparison.Questionnaire.Questions[q].Fact:
				kind = 2
			}
			found = append(found, candidate{kind, e.options[q][was].moved(e.options[q][o]), q, o, outcome})
		}
	}
	if len(found) == 0 {
		return nil
	}
	slices.SortStableFunc(found, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(x.kind, y.kind), cmp.Compare(x.moved, y.moved))
	})

	answers := make(Answers, 0, len(found)*len(a)) // one array for all of them
	changes := make([]Change, 0, len(found))       // likewise
	var out []WhatIf
	for i, c := range found {
		if slices.ContainsFunc(found[:i], func(p candidate) bool { return p.outcome == c.outcome }) {
			continue
		}
		first := len(changes)
		for _, d := range found[i:] {
			if d.outcome != c.outcome {
				continue
			}
			start := len(answers)
			answers = append(answers, a...)
			answers[start+d.question] = uint8(d.option)
			changes = append(changes, Change{d.question, d.option, answers[start:len(answers):len(answers)]})
		}
		out = append(out, WhatIf{&e.comparison.Outcomes.Items[c.outcome], changes[first:len(changes):len(changes)]})
	}
	return out
}

// unsure reports whether option o of question q is "not sure": the last one.
func (e *Engine) unsure(q, o int) bool { return o == len(e.options[q])-1 }

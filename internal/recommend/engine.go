// Package recommend turns the answers to a comparison's questionnaire into a
// recommendation, with its reasons.
//
// There are no weights. Each answer meets some signs, fails some and leaves
// the rest open; the outcomes' rules are tried in order over the signs, and the
// first that holds decides. [Compile] reads the rules and evaluates every
// combination of answers once, so that whatever is claimed of a result
// (that there is exactly one, how certain it is, what would change it) is
// looked up in the whole table rather than argued.
//
// Compile also proves what must hold of every comparison, whatever its rules:
//
//   - every combination has an outcome, and every outcome, and every alternative
//     of its rule, decides some combination;
//   - every question can change some result;
//   - an answer that speaks more for a role never lowers that role's standing
//     in the outcome, and one that speaks less never raises it.
//
// What breaks one of them is reported with the shortest combination of answers
// that shows it.
package recommend

import "rolecompare/internal/comparison"

// Engine holds the decisions of one comparison. It never changes, and may be
// used from any number of goroutines.
type Engine struct {
	comparison *comparison.Comparison
	version    string
	rules      []Rule     // one an outcome
	signs      []sign     // the first role's, then the second's
	options    [][]effect // of each question
	stride     []int      // what one step in a question's options adds to a combination's number
	table      []result   // one a combination
	shares     []int      // one an outcome
	closeCalls int
}

// result is what a combination comes to.
type result struct {
	outcome int  // its index
	close   bool // see [Close]
	settled bool // see [Recommendation.Settled]
	ask     int  // see [Recommendation.Ask]
}

// Answers is one option a question, as its index, in the order of the
// questionnaire.
type Answers []int

// Version identifies the questions, signs and rules: eight hexadecimal digits
// that change when any of them does, and not when only words do.
func (e *Engine) Version() string { return e.version }

// Rules returns the outcomes' rules, in the order in which they are tried. They
// are the engine's own, and not to be changed.
func (e *Engine) Rules() []Rule { return e.rules }

// Combinations returns how many combinations of answers there are.
func (e *Engine) Combinations() int { return len(e.table) }

// Shares returns how many combinations lead to each outcome, in the outcomes'
// order. They are the engine's own, and not to be changed.
func (e *Engine) Shares() []int { return e.shares }

// CloseCalls returns how many combinations are close calls.
func (e *Engine) CloseCalls() int { return e.closeCalls }

// Number returns the number of a combination of answers, 0 ≤ n <
// Combinations(): the first question counts most.
func (e *Engine) Number(a Answers) int {
	n := 0
	for q, o := range a {
		n += o * e.stride[q]
	}
	return n
}

// Answers returns the combination with that number.
func (e *Engine) Answers(n int) Answers {
	a := make(Answers, len(e.stride))
	for q := range a {
		a[q] = e.chosen(n, q)
	}
	return a
}

// Outcome returns what the answers come to.
func (e *Engine) Outcome(a Answers) *comparison.Outcome { return e.outcome(e.Number(a)) }

func (e *Engine) outcome(n int) *comparison.Outcome {
	return &e.comparison.Outcomes.Items[e.table[n].outcome]
}

// chosen returns the option of question q in combination n.
func (e *Engine) chosen(n, q int) int { return n / e.stride[q] % len(e.options[q]) }

// unsure reports whether it is "not sure": the last one.
func (e *Engine) unsure(n, q int) bool { return e.chosen(n, q) == len(e.options[q])-1 }

// changed returns the combination that n becomes if question q is answered with
// option o instead.
func (e *Engine) changed(n, q, o int) int { return n + (o-e.chosen(n, q))*e.stride[q] }

// combinations yields every combination with what its answers do to the signs.
func (e *Engine) combinations(yield func(n int, f effect) bool) {
	for n := range e.table {
		var f effect
		for q, options := range e.options {
			chosen := options[e.chosen(n, q)]
			f.meets |= chosen.meets
			f.fails |= chosen.fails
		}
		if !yield(n, f) {
			return
		}
	}
}

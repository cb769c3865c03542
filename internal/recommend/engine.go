// Package recommend turns the answers to a comparison's questionnaire into a
// recommendation, with its reasons.
//
// There are no weights. Each answer meets some signs, fails some and leaves the
// rest open. Over a full combination of answers, with nothing "not sure", the
// outcomes' rules are tried in order, and the first that holds decides. What is
// not answered counts as "not sure". Any other combination comes to what more
// than half of the ways to fill it in come to, if that is grounded: for each role
// that it recommends now, an answer that was given meets a sign. If not, or if
// there is no such outcome, it comes to the undecided one.
//
// [Compile] proves what must hold of every comparison, over all full combinations:
//
//   - each has an outcome, and every outcome, and every alternative of its rule,
//     decides one;
//   - an answer that speaks more for a role never lowers its standing, and one
//     that speaks less never raises it (so neither does it beside unsure answers,
//     where both results are decided);
//   - every outcome is grounded;
//   - no two answers to a question do the same everywhere.
//
// What breaks one of them is reported with the shortest example in words.
package recommend

import (
	"slices"

	"rolecompare/internal/comparison"
)

// Engine holds the decisions of one comparison. It never changes, and may be
// used from any number of goroutines.
type Engine struct {
	comparison *comparison.Comparison
	version    string
	rules      []Rule                // one an outcome
	outcomes   []*comparison.Outcome // in the order in which they are tried, the undecided one last
	signs      []sign                // the first role's, then the second's
	options    [][]effect            // of each question; a sign that another question decides is open
	stride     []int                 // what one step in a question's options adds to a combination's number
	table      []result              // one a combination
}

// result is what a combination comes to.
type result struct {
	effect  effect // of the answers
	outcome int    // its index
	open    bool   // see [StillOpen]
}

// Answers is one option a question, as its index, in the order of the
// questionnaire; -1 where the question was not answered.
type Answers []int

// With returns the answers with one changed.
func (a Answers) With(question, option int) Answers {
	b := slices.Clone(a)
	b[question] = option
	return b
}

// Version identifies the questions, signs and rules: eight hexadecimal digits
// that change when any of them does, and not when only words do.
func (e *Engine) Version() string { return e.version }

// Rules returns the outcomes' rules, in the order in which they are tried. They
// are the engine's own, and not to be changed.
func (e *Engine) Rules() []Rule { return e.rules }

// Combinations returns how many combinations of answers, or “not sure”, there are.
func (e *Engine) Combinations() int { return len(e.table) }

// Number returns the number of a combination of answers, 0 ≤ n < Combinations():
// the first question counts most. What was not answered counts as "not sure".
func (e *Engine) Number(a Answers) int {
	n := 0
	for q, o := range a {
		if o < 0 {
			o = e.real(q)
		}
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

func (e *Engine) outcome(n int) *comparison.Outcome { return e.outcomes[e.table[n].outcome] }

// deciding returns the lines by which a full combination has its outcome.
func (e *Engine) deciding(n int) Alternative {
	r := e.table[n]
	if e.rules[r.outcome].Otherwise {
		return Alternative{{Line: e.outcomes[r.outcome].Rule[0]}}
	}
	alternatives := e.rules[r.outcome].Any
	return alternatives[slices.IndexFunc(alternatives, func(a Alternative) bool { return a.holds(r.effect) })]
}

// undecided is the index of the undecided outcome.
func (e *Engine) undecided() int { return len(e.rules) }

// real returns how many options question q has before "not sure", the last.
func (e *Engine) real(q int) int { return len(e.options[q]) - 1 }

// chosen returns the option of question q in combination n.
func (e *Engine) chosen(n, q int) int { return n / e.stride[q] % len(e.options[q]) }

// changed returns combination n with option o as the answer to question q.
func (e *Engine) changed(n, q, o int) int { return n + (o-e.chosen(n, q))*e.stride[q] }

// unsure returns the questions that are answered "not sure" in combination n.
func (e *Engine) unsure(n int) []int {
	var out []int
	for q := range e.options {
		if !e.given(n, q) {
			out = append(out, q)
		}
	}
	return out
}

// given reports whether combination n answers question q with a real option.
func (e *Engine) given(n, q int) bool { return e.chosen(n, q) < e.real(q) }

// ways returns the combinations that n becomes when these questions, unsure in
// it, are answered with real options; the last question's changes fastest.
func (e *Engine) ways(n int, questions []int) []int {
	ways := []int{n}
	for _, q := range questions {
		next := make([]int, 0, len(ways)*e.real(q))
		for _, m := range ways {
			for o := range e.real(q) {
				next = append(next, m-(e.real(q)-o)*e.stride[q])
			}
		}
		ways = next
	}
	return ways
}

// full returns the combinations in which nothing is unsure.
func (e *Engine) full() []int {
	everything := len(e.table) - 1
	return e.ways(everything, e.unsure(everything))
}

// count returns how many of some combinations come to each outcome.
func (e *Engine) count(combinations []int) []int {
	counts := make([]int, len(e.outcomes))
	for _, n := range combinations {
		counts[e.table[n].outcome]++
	}
	return counts
}

// meets reports whether one of a role's signs is met.
func (e *Engine) meets(f effect, role int) bool {
	for i, s := range e.signs {
		if s.role == role && f[i] == Met {
			return true
		}
	}
	return false
}

package recommend

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"math/bits"
	"slices"

	"rolecompare/internal/comparison"
)

// maxCombinations is how many combinations of answers a questionnaire may have.
// All of them are kept in memory, and evaluated at every start.
const maxCombinations = 1 << 18

// maxOutcomes is how many outcomes a comparison may have: sets of them are kept
// as the bits of a number, and each is a letter in the table of decisions.
const maxOutcomes = 64

// Compile reads the rules of c and proves what must hold of them. The engine is
// nil if anything is wrong with them. What [comparison.Site.Check] reports is
// left to it. Where that is in what decides, such as an option that names a sign
// there is none of, the rules are read, but nothing is proved and there is no
// engine: one mistake would be reported as many.
func Compile(c *comparison.Comparison) (*Engine, comparison.Diagnostics) {
	var out comparison.Diagnostics
	e := &Engine{comparison: c}
	if !e.index(&out) {
		return nil, out
	}
	read := ruleReader{c.Roles, e.signs, &out}
	for i := range c.Outcomes.Items {
		e.rules = append(e.rules, read.rule(&c.Outcomes.Items[i]))
	}
	if len(out) > 0 || !e.readOptions() || !e.evaluate(&out) {
		return nil, out
	}
	e.certainty()
	e.prove(&out)
	if len(out) > 0 {
		return nil, out
	}
	e.version = e.hash()
	return e, nil
}

// index numbers the signs and the combinations. It reports whether they are few
// enough, and there is anything to decide.
func (e *Engine) index(out *comparison.Diagnostics) bool {
	c := e.comparison
	for role := range c.Signs.Roles {
		for i := range c.Signs.Roles[role].Items {
			e.signs = append(e.signs, sign{Sign: &c.Signs.Roles[role].Items[i], role: role, question: -1})
		}
	}
	questions := c.Questionnaire.Questions
	switch {
	case len(e.signs) > maxSigns:
		out.Add(c.Signs.At, fmt.Sprintf("there are %d signs", len(e.signs)), fmt.Sprintf("%d are the most that can be weighed; leave some out", maxSigns))
		return false
	case len(c.Outcomes.Items) > maxOutcomes:
		out.Add(c.Outcomes.At, fmt.Sprintf("there are %d outcomes", len(c.Outcomes.Items)), fmt.Sprintf("%d are the most there may be; leave some out", maxOutcomes))
		return false
	case len(questions) == 0 || len(c.Outcomes.Items) == 0 || len(e.signs) == 0:
		return false // package comparison says so, or the reader of the files
	}

	e.stride = make([]int, len(questions))
	combinations := 1
	for q, question := range slices.Backward(questions) {
		if n := len(question.Options); n < 2 || n > len(digits) {
			return false // package comparison says so
		}
		e.stride[q] = combinations
		combinations *= len(question.Options)
		if combinations > maxCombinations {
			out.Add(c.Questionnaire.At, "the questions can be answered in too many ways to prove the rules over all of them",
				comparison.Number(maxCombinations)+" ways are the most; ask fewer questions, or offer fewer answers to some")
			return false
		}
	}
	e.table = make([]result, combinations)
	return true
}

// readOptions works out what each option does to the signs. It reports whether
// every sign that is named is one, and each is decided by exactly one question;
// if not, package comparison says so.
func (e *Engine) readOptions() bool {
	sound := true
	for q, question := range e.comparison.Questionnaire.Questions {
		read := func(refs []comparison.Ref) (set signSet) {
			for _, ref := range refs {
				i := slices.IndexFunc(e.signs, func(s sign) bool { return s.ID == ref.ID })
				if i < 0 || e.signs[i].question >= 0 && e.signs[i].question != q {
					sound = false
					continue
				}
				e.signs[i].question = q
				set |= 1 << i
			}
			return set
		}
		var options []effect
		for _, option := range question.Options {
			options = append(options, effect{read(option.Meets), read(option.Fails)})
		}
		e.options = append(e.options, options)
	}
	return sound && !slices.ContainsFunc(e.signs, func(s sign) bool { return s.question < 0 })
}

// evaluate fills the table with the outcome of every combination: the first
// whose rule holds. It reports whether each has one.
func (e *Engine) evaluate(out *comparison.Diagnostics) bool {
	e.shares = make([]int, len(e.rules))
	var gap example
	gaps := 0
	for n, f := range e.combinations {
		outcome := slices.IndexFunc(e.rules, func(r Rule) bool { return r.holds(f) })
		if outcome < 0 {
			gap.offer(e, n)
			gaps++
			continue
		}
		e.table[n].outcome = outcome
		e.shares[outcome]++
	}
	if gaps > 0 {
		out.Add(e.comparison.Outcomes.At,
			fmt.Sprintf("no rule holds for %s of the %s combinations of answers, for example %s", comparison.Number(gaps), comparison.Number(len(e.table)), e.when(gap.n)),
			"add a rule for them, or end with an outcome whose rule is “otherwise”")
	}
	return gaps == 0
}

// certainty finds, for every combination, whether it is a close call, and which
// unsure answer would settle most. The combinations are taken in order: the
// last option of each question is "not sure", so all that a combination's
// unsure answers could turn into has been looked at before it.
func (e *Engine) certainty() {
	possible := make([]uint64, len(e.table)) // the outcomes left once nothing is unsure, a bit each
	for n := range e.table {
		r := &e.table[n]
		var least float64
		r.ask = -1
		for q, question := range e.comparison.Questionnaire.Questions {
			unsure := e.unsure(n, q)
			sum, real := 0, len(question.Options)-1
			for o := range real {
				m := e.changed(n, q, o)
				if (unsure || !question.Fact) && e.table[m].outcome != r.outcome {
					r.close = true
				}
				if unsure {
					r.close = r.close || e.table[m].close
					possible[n] |= possible[m]
					sum += bits.OnesCount64(possible[m])
				}
			}
			if mean := float64(sum) / float64(real); unsure && (r.ask < 0 || mean < least) {
				r.ask, least = q, mean
			}
		}
		if possible[n] == 0 { // nothing is unsure
			possible[n] = 1 << r.outcome
		}
		left := bits.OnesCount64(possible[n])
		r.settled = left == 1
		if least >= float64(left) {
			r.ask = -1 // no answer would narrow anything
		}
		if r.close {
			e.closeCalls++
		}
	}
}

// hash returns the version: a digest of everything that decides, and of no
// words.
func (e *Engine) hash() string {
	c := e.comparison
	h := sha256.New()
	for _, s := range e.signs {
		fmt.Fprintln(h, "sign", s.role, s.ID)
	}
	for q, question := range c.Questionnaire.Questions {
		fmt.Fprintln(h, "question", question.ID, question.Fact)
		for o, option := range question.Options {
			fmt.Fprintln(h, "option", option.ID, e.options[q][o])
		}
	}
	for i, o := range c.Outcomes.Items {
		fmt.Fprintln(h, "outcome", o.ID, o.Recommends, e.rules[i].Otherwise)
		for _, alternative := range e.rules[i].Any {
			io.WriteString(h, "either\n")
			for _, condition := range alternative {
				fmt.Fprintln(h, condition.Kind, condition.N, condition.State, condition.set)
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:4])
}

package recommend

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"math/bits"
	"slices"

	"rolecompare/internal/comparison"
)

// maxCombinations is how many combinations of answers a questionnaire may have.
// At a byte or two each they are all kept in memory, and all of them are walked
// at every start.
const maxCombinations = 1 << 18

// maxOutcomes is how many outcomes a comparison may have: see verdict.
const maxOutcomes = 64

// Compile reads the rules of c and proves what must hold of them. The engine is
// nil if any fault is more than a warning. Faults in what package comparison
// checks are left to it. Where one of them is in what decides, such as an option
// that names a sign there is none of, the rules are read but nothing is proved:
// it would be held against the innocent.
func Compile(c *comparison.Comparison) (*Engine, comparison.Faults) {
	var faults comparison.Faults
	e := &Engine{comparison: c}
	if !e.index(&faults) {
		return nil, faults
	}
	for i := range c.Outcomes.Items {
		e.rules = append(e.rules, e.readRule(&c.Outcomes.Items[i], &faults))
	}
	if faults.Err() != nil || !e.bear() || !e.walk(&faults) {
		return nil, faults
	}
	e.weigh()
	e.prove(&faults)
	if faults.Err() != nil {
		return nil, faults
	}
	e.version = e.hash()
	return e, faults
}

// index numbers the signs and the combinations. It reports whether they are few
// enough, and there is anything to decide.
func (e *Engine) index(faults *comparison.Faults) bool {
	c := e.comparison
	for role := range c.Signs.Roles {
		for i := range c.Signs.Roles[role].Items {
			s := &c.Signs.Roles[role].Items[i]
			e.signs = append(e.signs, sign{Sign: s, role: role, question: -1})
		}
	}
	questions := c.Questionnaire.Questions
	switch {
	case len(e.signs) > maxSigns:
		faults.Add(c.Signs.At, fmt.Sprintf("there are %d signs", len(e.signs)), fmt.Sprintf("%d are the most that can be weighed; leave some out", maxSigns))
		return false
	case len(c.Outcomes.Items) > maxOutcomes:
		faults.Add(c.Outcomes.At, fmt.Sprintf("there are %d outcomes", len(c.Outcomes.Items)), fmt.Sprintf("%d are the most there may be; leave some out", maxOutcomes))
		return false
	case len(questions) == 0 || len(c.Outcomes.Items) == 0 || len(e.signs) == 0:
		return false // package comparison says so
	}

	e.stride = make([]int, len(questions))
	combinations := 1
	for q := len(questions) - 1; q >= 0; q-- {
		if n := len(questions[q].Options); n == 0 || n > len(digits) {
			return false // package comparison says so
		}
		e.stride[q] = combinations
		combinations *= len(questions[q].Options)
		if combinations > maxCombinations {
			faults.Add(c.Questionnaire.At, "the questions can be answered in too many ways to prove the rules over all of them",
				number(maxCombinations)+" ways are the most; ask fewer questions, or offer fewer answers to some")
			return false
		}
	}
	e.table = make([]verdict, combinations)
	return true
}

// bear works out what each option does to the signs. It reports whether every
// sign that is named is one, and each is decided by one question; if not,
// package comparison says so.
func (e *Engine) bear() bool {
	sound := true
	for q, question := range e.comparison.Questionnaire.Questions {
		named := func(refs []comparison.Ref) (set signSet) {
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
		options := make([]effect, len(question.Options))
		for o, option := range question.Options {
			options[o] = effect{named(option.Meets), named(option.Fails)}
		}
		e.options = append(e.options, options)
	}
	return sound
}

// stands yields every combination, in order, with how the signs stand in it.
func (e *Engine) stands(yield func(n int, s effect) bool) {
	e.standsFrom(0, 0, effect{}, yield)
}

func (e *Engine) standsFrom(q, n int, s effect, yield func(int, effect) bool) bool {
	if q == len(e.options) {
		return yield(n, s)
	}
	for o, f := range e.options[q] {
		if !e.standsFrom(q+1, n+o*e.stride[q], effect{s.meets | f.meets, s.fails | f.fails}, yield) {
			return false
		}
	}
	return true
}

// firsts yields every combination in which question q has its first option.
// Adding o strides to it gives option o, all else being equal.
func (e *Engine) firsts(q int) iter.Seq[int] {
	return func(yield func(int) bool) {
		block := e.stride[q] * len(e.options[q])
		for high := 0; high < len(e.table); high += block {
			for n := high; n < high+e.stride[q]; n++ {
				if !yield(n) {
					return
				}
			}
		}
	}
}

// decide returns the first outcome whose rule holds, or -1.
func (e *Engine) decide(s effect) int {
	for i := range e.rules {
		if e.rules[i].holds(s) {
			return i
		}
	}
	return -1
}

// walk fills the table with the outcome of every combination. It reports
// whether each has one.
func (e *Engine) walk(faults *comparison.Faults) bool {
	e.shares = make([]int, len(e.rules))
	gaps := example{}
	count := 0
	for n, s := range e.stands {
		outcome := e.decide(s)
		if outcome < 0 {
			gaps.offer(e, n)
			count++
			continue
		}
		e.table[n] = verdict(outcome)
		e.shares[outcome]++
	}
	if count > 0 {
		faults.Add(e.comparison.Outcomes.At,
			fmt.Sprintf("no rule holds for %s of the %s combinations of answers, for example %s", number(count), number(len(e.table)), e.when(gaps.n)),
			"add a rule for them, or end with an outcome whose rule is “otherwise”")
	}
	return count == 0
}

// weigh finds, for every combination, whether it is a close call, and which
// unsure answer would settle most. The combinations are taken in order: the
// last option of each question is "not sure", so all that a combination's
// unsure answers could turn into has been weighed before it.
func (e *Engine) weigh() {
	questions := e.comparison.Questionnaire.Questions
	possible := make([]uint64, len(e.table)) // the outcomes left once nothing is unsure
	e.ask = make([]int8, len(e.table))
	e.close = 0
	for n := range e.table {
		outcome := e.table[n].outcome()
		close := false
		ask, askSum, askOf := -1, 0, 1
		for q := range e.options {
			was := e.digit(n, q)
			unsure := e.unsure(q, was)
			sum, real := 0, len(e.options[q])-1
			for o := range real {
				m := n + (o-was)*e.stride[q]
				if (unsure || !questions[q].Fact) && e.table[m].outcome() != outcome {
					close = true
				}
				if unsure {
					close = close || e.table[m]&closeCall != 0
					possible[n] |= possible[m]
					sum += bits.OnesCount64(possible[m])
				}
			}
			if unsure && real > 0 && (ask < 0 || sum*askOf < askSum*real) {
				ask, askSum, askOf = q, sum, real
			}
		}
		if possible[n] == 0 {
			possible[n] = 1 << outcome
		}
		if bits.OnesCount64(possible[n]) == 1 {
			e.table[n] |= settled
		}
		if ask >= 0 && askSum >= askOf*bits.OnesCount64(possible[n]) {
			ask = -1 // no answer would narrow anything
		}
		e.ask[n] = int8(ask)
		if close {
			e.table[n] |= closeCall
			e.close++
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
	for q := range c.Questionnaire.Questions {
		question := &c.Questionnaire.Questions[q]
		fmt.Fprintln(h, "question", question.ID, question.Fact)
		for o, option := range question.Options {
			fmt.Fprintln(h, "option", option.ID, e.options[q][o])
		}
	}
	for i, rule := range e.rules {
		o := &c.Outcomes.Items[i]
		fmt.Fprintln(h, "outcome", o.ID, o.Recommends, rule.Otherwise)
		for _, alternative := range rule.Any {
			io.WriteString(h, "either\n")
			for _, condition := range alternative {
				fmt.Fprintln(h, condition.Kind, condition.N, condition.State, condition.set)
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:4])
}

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
	Possible  []Possibility  // what the ways to fill in the unsure answers come to, the most ways first; one where nothing is open
	DecidedBy []Reason       // in the order of the rule; none where it is undecided
	Signs     [2][]SignState // each role's signs, in the order of the comparison
	WhatIfs   []WhatIf       // the most telling first
	Ask       []Ask          // the unsure question that would tell most; where nothing is known, the two
}

// Possibility is an outcome and how many ways to fill in what is unsure give it.
type Possibility struct {
	Outcome *comparison.Outcome
	Ways    int
}

// Reason is a condition that helped decide, and the given answers behind it. Where
// the condition is nil, as for "otherwise", they are those that, moved one step,
// change the outcome, or if there are none, those to facts.
type Reason struct {
	Condition *Condition
	Answers   []Answer
}

// Answer is an answer to a question, both as indexes.
type Answer struct{ Question, Option int }

// SignState is how one sign stands, and the answer behind it; Option is -1 where
// the question was not answered.
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

// Ask is a question that is unsure, and where each of its real options leads.
type Ask struct {
	Question int
	Leads    []Change
}

// Change is one answer changed: all the answers after it, and what they come to.
type Change struct {
	Answer
	Answers Answers
	Outcome *comparison.Outcome
}

// Tally returns how many of a role's signs are met, and of how many.
func (r Recommendation) Tally(role int) (met, of int) {
	for _, s := range r.Signs[role] {
		if s.State == Met {
			met++
		}
	}
	return met, len(r.Signs[role])
}

// Agreed returns the standing that all possible outcomes give a role, and
// whether they do agree.
func (r Recommendation) Agreed(role int) (comparison.Standing, bool) {
	standing := r.Possible[0].Outcome.Recommends[role]
	return standing, !slices.ContainsFunc(r.Possible, func(p Possibility) bool { return p.Outcome.Recommends[role] != standing })
}

// Recommend returns what the answers come to, with the reasons.
func (e *Engine) Recommend(a Answers) Recommendation {
	n := e.Number(a)
	unsure := e.unsure(n)
	ways := e.ways(n, unsure)
	r := Recommendation{
		Answers:   a,
		Outcome:   e.outcome(n),
		Certainty: e.certainty(n),
		DecidedBy: e.decidedBy(n, ways),
		WhatIfs:   e.whatIfs(n, a),
	}
	for i, count := range e.count(ways) {
		if count > 0 {
			r.Possible = append(r.Possible, Possibility{e.outcomes[i], count})
		}
	}
	slices.SortStableFunc(r.Possible, func(a, b Possibility) int { return cmp.Compare(b.Ways, a.Ways) })
	most := 1
	if len(unsure) == len(a) {
		most = 2
	}
	telling := e.telling(n, unsure)
	for _, q := range telling[:min(most, len(telling))] {
		ask := Ask{Question: q}
		for o := range e.real(q) {
			ask.Leads = append(ask.Leads, Change{Answer{q, o}, a.With(q, o), e.outcome(e.changed(n, q, o))})
		}
		r.Ask = append(r.Ask, ask)
	}
	for i, s := range e.signs {
		r.Signs[s.role] = append(r.Signs[s.role], SignState{s.Sign, e.table[n].effect[i], s.question, a[s.question]})
	}
	return r
}

// decidedBy returns the conditions that hold in each of the ways to fill in
// combination n, of the alternative of which the largest share does so: where
// nothing is unsure, all of the first that holds. Each question is named once.
func (e *Engine) decidedBy(n int, ways []int) []Reason {
	if e.table[n].outcome == e.undecided() {
		return nil
	}
	var conditions []*Condition
	most := 0.0
	for _, alternative := range e.rules[e.table[n].outcome].Any {
		var sure []*Condition
		for i := range alternative {
			c := &alternative[i]
			if !slices.ContainsFunc(ways, func(m int) bool { return !c.holds(e.table[m].effect) }) {
				sure = append(sure, c)
			}
		}
		if share := float64(len(sure)) / float64(len(alternative)); share > most {
			conditions, most = sure, share
		}
	}
	var out []Reason
	named := make([]bool, len(e.options))
	for _, c := range conditions {
		reason := Reason{Condition: c, Answers: e.answers(n, func(q int) bool { return !named[q] && e.supports(n, q, c) })}
		for _, answer := range reason.Answers {
			named[answer.Question] = true
		}
		if len(reason.Answers) > 0 {
			out = append(out, reason)
		}
	}
	if len(out) > 0 {
		return out
	}
	answers := e.answers(n, func(q int) bool { return e.sways(n, q) })
	if len(answers) == 0 {
		answers = e.answers(n, func(q int) bool { return e.comparison.Questionnaire.Questions[q].Fact })
	}
	if len(answers) == 0 {
		return nil
	}
	return []Reason{{Answers: answers}}
}

// answers returns the answers given in combination n to some of the questions.
func (e *Engine) answers(n int, some func(q int) bool) []Answer {
	var out []Answer
	for q := range e.options {
		if e.given(n, q) && some(q) {
			out = append(out, Answer{q, e.chosen(n, q)})
		}
	}
	return out
}

// supports reports whether the answer to question q helps a condition to hold, by
// what it does to one of its signs.
func (e *Engine) supports(n, q int, c *Condition) bool {
	return slices.ContainsFunc(c.indexes, func(i int) bool {
		return e.signs[i].question == q && (e.table[n].effect[i] == c.State) != c.AtMost
	})
}

// whatIfs returns the single changes of answers given in combination n, which are
// a, that give another outcome than it has, and a decided one. Of an amount, only
// the nearest option in each direction counts.
//
// Facts come last, for one may come to see an amount or a judgment differently;
// among the rest, first what moves the fewest signs, then the order of the
// questionnaire. An outcome stands where its most telling change does.
func (e *Engine) whatIfs(n int, a Answers) []WhatIf {
	type candidate struct {
		weight int
		Change
	}
	var found []candidate
	for _, was := range e.answers(n, func(int) bool { return true }) {
		q := was.Question
		question := &e.comparison.Questionnaire.Questions[q]
		for _, step := range []int{-1, 1} {
			for o := was.Option + step; o >= 0 && o < e.real(q); o += step {
				i := e.table[e.changed(n, q, o)].outcome
				if i == e.table[n].outcome || i == e.undecided() {
					continue
				}
				weight := e.options[q][was.Option].moved(e.options[q][o])
				if question.Fact {
					weight += len(e.signs)
				}
				found = append(found, candidate{weight, Change{Answer{q, o}, a.With(q, o), e.outcomes[i]}})
				if question.Amount {
					break
				}
			}
		}
	}
	slices.SortFunc(found, func(x, y candidate) int {
		return cmp.Or(x.weight-y.weight, x.Question-y.Question, x.Option-y.Option)
	})
	var out []WhatIf
	for _, c := range found {
		i := slices.IndexFunc(out, func(w WhatIf) bool { return w.Outcome == c.Outcome })
		if i < 0 {
			i = len(out)
			out = append(out, WhatIf{Outcome: c.Outcome})
		}
		out[i].Changes = append(out[i].Changes, c.Change)
	}
	return out
}

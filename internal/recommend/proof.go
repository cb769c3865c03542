package recommend

import (
	"fmt"
	"strings"

	"rolecompare/internal/comparison"
)

// prove reports what does not hold of this comparison and must hold of every
// one. That each combination has an outcome is known by then: see evaluate.
func (e *Engine) prove(out *comparison.Diagnostics) {
	e.proveReachable(out)
	e.proveAlive(out)
	e.proveMonotone(out)
}

// proveReachable: every outcome, and every alternative of its rule, decides some
// combination.
func (e *Engine) proveReachable(out *comparison.Diagnostics) {
	for i, rule := range e.rules {
		if e.shares[i] > 0 && len(rule.Any) < 2 {
			continue
		}
		o := &e.comparison.Outcomes.Items[i]
		if first := e.firstWhere(rule.holds); e.shares[i] == 0 && first != 0 {
			e.forestalled(out, o.At, fmt.Sprintf("the outcome “%s” is never reached: wherever its rule holds", o.ID), first)
		}
		for _, alternative := range rule.Any {
			switch first := e.firstWhere(alternative.holds); {
			case first == 0:
				out.Add(alternative[0].At, fmt.Sprintf("these lines of “%s” never hold together, whatever the answers", o.ID),
					"change one of them, or remove them")
			case e.shares[i] > 0 && first>>i&1 == 0:
				e.forestalled(out, alternative[0].At, fmt.Sprintf("these lines of “%s” never decide: wherever they hold", o.ID), first)
			}
		}
	}
}

// firstWhere returns the outcomes, a bit each, of the combinations in which some
// lines hold.
func (e *Engine) firstWhere(hold func(effect) bool) (outcomes uint64) {
	for n, f := range e.combinations {
		if hold(f) {
			outcomes |= 1 << e.table[n].outcome
		}
	}
	return outcomes
}

// forestalled says which outcomes come before a rule wherever it holds.
func (e *Engine) forestalled(out *comparison.Diagnostics, at comparison.Position, what string, before uint64) {
	var names []string
	for i, o := range e.comparison.Outcomes.Items {
		if before>>i&1 != 0 {
			names = append(names, "“"+o.ID+"”")
		}
	}
	out.Add(at, what+", "+strings.Join(names, " or ")+" holds first", "move it up, or narrow the rules before it")
}

// proveAlive: every question changes some result, and so every option of it
// does. For where two options give different results, any third differs from one
// of them, and changes the result when it is chosen in its place.
func (e *Engine) proveAlive(out *comparison.Diagnostics) {
	for q, question := range e.comparison.Questionnaire.Questions {
		alive := false
		for n := range e.table {
			alive = alive || e.outcome(n) != e.outcome(e.changed(n, q, 0))
		}
		if !alive {
			out.Add(question.At, fmt.Sprintf("no answer to “%s” ever changes a result", question.ID),
				"let a rule in outcomes.md use its signs, or remove the question")
		}
	}
}

// proveMonotone: an answer that speaks more for a role never lowers its
// standing. Since "speaks less" is the same change taken backwards, one
// direction proves both.
func (e *Engine) proveMonotone(out *comparison.Diagnostics) {
	for role := range e.comparison.Roles {
		var signs signSet
		for i, s := range e.signs {
			if s.role == role {
				signs |= 1 << i
			}
		}
		var found example
		var to, question int
		for q, options := range e.options {
			for a := range options {
				for b := range options {
					if !options[a].raises(options[b], signs) {
						continue
					}
					for n := range e.table {
						m := e.changed(n, q, b)
						if e.chosen(n, q) == a && e.outcome(m).Recommends[role] < e.outcome(n).Recommends[role] && found.offer(e, n) {
							to, question = m, q
						}
					}
				}
			}
		}
		if !found.found {
			continue
		}
		was, is := e.outcome(found.n), e.outcome(to)
		asked := &e.comparison.Questionnaire.Questions[question]
		out.Add(is.At, fmt.Sprintf("more signs for %s lower it from “%v” to “%v”: %s the result is “%s”; answer “%s” to “%s” instead, which meets more or fails fewer of its signs, and it is “%s”",
			e.comparison.Roles[role].Indefinite, was.Recommends[role], is.Recommends[role], e.when(found.n), was.ID, asked.Options[e.chosen(to, question)].Label, asked.Ask, is.ID),
			"change the rules of these two outcomes, their order, or what they recommend")
	}
}

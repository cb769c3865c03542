package recommend

import (
	"fmt"
	"slices"
	"strings"

	"rolecompare/internal/comparison"
)

// prove reports what does not hold of this comparison and must hold of every one.
func (e *Engine) prove(out *comparison.Diagnostics) {
	full := e.full()
	if gaps := e.count(full)[e.undecided()]; gaps > 0 {
		example := e.shortest(func(n int) bool { return e.table[n].outcome == e.undecided() })
		out.Add(e.comparison.Outcomes.At,
			fmt.Sprintf("no rule holds for %s of the %s combinations of answers, for example %s", comparison.Number(gaps), comparison.Number(len(full)), e.when(example)),
			"add a rule for them, or end with an outcome whose rule is “otherwise”")
		return // what follows from it is no mistake of its own
	}
	e.proveReachable(full, out)
	if slices.Contains(e.count(full)[:len(e.rules)], 0) {
		return // nor are these, where an outcome takes what another was to have
	}
	for role := range e.comparison.Roles {
		e.proveMonotone(full, role, out)
		e.proveGrounded(full, role, out)
	}
	e.proveUnlike(full, out)
}

// proveReachable: every outcome, and every way for its rule to hold, decides somewhere.
func (e *Engine) proveReachable(full []int, out *comparison.Diagnostics) {
	forestalled := func(at comparison.Position, what string, before []string) {
		out.Add(at, what+", “"+strings.Join(before, "” or “")+"” holds first", "move it up, or narrow the rules before it")
	}
	for i, rule := range e.rules {
		o := e.outcomes[i]
		decide := e.where(full, rule.holds)
		reached := slices.Contains(decide, o.ID)
		if !reached && len(decide) > 0 {
			forestalled(o.At, fmt.Sprintf("the outcome “%s” is never reached: wherever its rule holds", o.ID), decide)
		}
		for _, alternative := range rule.Any {
			switch decide := e.where(full, alternative.holds); {
			case len(decide) == 0:
				out.Add(alternative[0].At, fmt.Sprintf("these lines of “%s” never hold together, whatever the answers", o.ID),
					"change one of them, or remove them")
			case reached && !slices.Contains(decide, o.ID):
				forestalled(alternative[0].At, fmt.Sprintf("these lines of “%s” never decide: wherever they hold", o.ID), decide)
			}
		}
	}
}

// where returns the ids of the outcomes of the combinations in which lines hold.
func (e *Engine) where(full []int, hold func(effect) bool) (ids []string) {
	for i, count := range e.count(slices.DeleteFunc(slices.Clone(full), func(n int) bool { return !hold(e.table[n].effect) })) {
		if count > 0 {
			ids = append(ids, e.outcomes[i].ID)
		}
	}
	return ids
}

// proveMonotone: an answer that speaks more for a role never lowers its standing.
// Taken backwards, the same change proves that one that speaks less never raises it.
func (e *Engine) proveMonotone(full []int, role int, out *comparison.Diagnostics) {
	for _, n := range full {
		for q, options := range e.options {
			a := e.chosen(n, q)
			for b := range e.real(q) {
				was, is := e.outcome(n), e.outcome(e.changed(n, q, b))
				if is.Recommends[role] >= was.Recommends[role] || !e.raises(options[a], options[b], role) {
					continue
				}
				example := e.shortest(func(m int) bool {
					return e.chosen(m, q) == a && e.outcome(m) == was && e.outcome(e.changed(m, q, b)) == is
				})
				asked := &e.comparison.Questionnaire.Questions[q]
				out.Add(is.At, fmt.Sprintf("more signs for %s lower it from “%v” to “%v”: %s the result is “%s”; answer “%s” to “%s” instead, which meets more or fails fewer of its signs, and it is “%s”",
					e.comparison.Roles[role].Indefinite, was.Recommends[role], is.Recommends[role], e.when(example), was.ID, asked.Options[b].Label, asked.Ask, is.ID),
					"change the rules of these two outcomes, their order, or what they recommend")
				return
			}
		}
	}
}

// raises reports whether g speaks more than f for a role: none of its signs stands
// lower, and one higher.
func (e *Engine) raises(f, g effect, role int) bool {
	higher := false
	for i, s := range e.signs {
		if s.role == role && g[i] < f[i] {
			return false
		}
		higher = higher || s.role == role && g[i] > f[i]
	}
	return higher
}

// proveGrounded: an outcome that recommends a role now comes of answers that meet
// one of its signs at least.
func (e *Engine) proveGrounded(full []int, role int, out *comparison.Diagnostics) {
	for i, o := range e.outcomes {
		groundless := func(n int) bool {
			return e.table[n].outcome == i && o.Recommends[role] == comparison.Now && !e.meets(e.table[n].effect, role)
		}
		if slices.ContainsFunc(full, groundless) {
			out.Add(o.At, fmt.Sprintf("the outcome “%s” recommends %s now, where no answer meets one of its signs: for example %s",
				o.ID, e.comparison.Roles[role].Indefinite, e.when(e.shortest(groundless))),
				"let its rule ask for a sign that is met, or let it recommend the role later, or not")
		}
	}
}

// proveUnlike: no two real answers to a question come to the same outcome with the
// same certainty everywhere. So every question can change some result.
func (e *Engine) proveUnlike(full []int, out *comparison.Diagnostics) {
	for q, question := range e.comparison.Questionnaire.Questions {
		for b := range e.real(q) {
			for a := range b {
				differ := func(n int) bool {
					m := e.changed(n, q, b)
					return e.chosen(n, q) == a && (e.outcome(n) != e.outcome(m) || e.certainty(n) != e.certainty(m))
				}
				if !slices.ContainsFunc(full, differ) {
					out.Add(question.Options[b].At, fmt.Sprintf("“%s” does the same as “%s” everywhere: the outcome is the same, and so is its certainty",
						question.Options[b].ID, question.Options[a].ID), "let a rule in outcomes.md tell them apart, or make them one")
					break
				}
			}
		}
	}
}

package recommend

import (
	"fmt"
	"slices"
	"strings"

	"rolecompare/internal/comparison"
)

// prove reports what does not hold of this comparison and must hold of every one.
// Each proof takes for granted what those before it prove.
func (e *Engine) prove(out *comparison.Diagnostics) {
	full := e.full()
	for _, proof := range []func([]int, *comparison.Diagnostics){
		e.proveComplete, e.proveReachable, e.proveGrounded, e.proveMonotone, e.proveUnlike,
	} {
		if proof(full, out); len(*out) > 0 {
			return
		}
	}
}

// proveComplete: some rule holds, whatever is answered.
func (e *Engine) proveComplete(full []int, out *comparison.Diagnostics) {
	if gaps := e.count(full)[e.undecided()]; gaps > 0 {
		example := e.shortest(func(n int) bool { return e.table[n].outcome == e.undecided() })
		last := e.outcomes[len(e.rules)-1].Rule
		out.Add(last[len(last)-1].At,
			fmt.Sprintf("no rule holds for %s of the %s combinations of answers, for example %s", comparison.Number(gaps), comparison.Number(len(full)), e.when(example)),
			"add a rule for them, or end with an outcome whose rule is “otherwise”")
	}
}

// proveReachable: every outcome, and every way for its rule to hold, decides somewhere.
func (e *Engine) proveReachable(full []int, out *comparison.Diagnostics) {
	forestalled := func(at comparison.Position, what string, before []string) {
		out.Miss(at, what+", “"+strings.Join(before, "” or “")+"” holds first", "move it up, or narrow the rules before it",
			e.comparison.Within("what is left by "+strings.Join(before, " and ")))
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
				lines, never := e.conflict(full, alternative), "never hold together"
				if len(lines) == 1 {
					never = "never holds"
				}
				out.Add(lines[0].At, fmt.Sprintf("%s %s, whatever is answered", lines, never), "change a line of this rule, or remove one")
			case reached && !slices.Contains(decide, o.ID):
				forestalled(alternative[0].At, fmt.Sprintf("these lines of “%s” never decide: wherever they hold", o.ID), decide)
			}
		}
	}
}

// conflict returns the first of the lines that never hold, alone or as two; or all
// of them, where it takes more.
func (e *Engine) conflict(full []int, lines Alternative) Alternative {
	for i := range lines {
		if alone := lines[i : i+1]; len(e.where(full, alone.holds)) == 0 {
			return alone
		}
		for j := range i {
			if two := (Alternative{lines[j], lines[i]}); len(e.where(full, two.holds)) == 0 {
				return two
			}
		}
	}
	return lines
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
func (e *Engine) proveMonotone(full []int, out *comparison.Diagnostics) {
	for role := range e.comparison.Roles {
		if n, q, b, lowers := e.lowering(full, role); lowers {
			e.reportLowering(n, q, b, role, out)
			return // the other role's may come of the same rule
		}
	}
}

// lowering returns the first combination, question and other answer to it that
// speaks more for a role and lowers it, if there is any.
func (e *Engine) lowering(full []int, role int) (n, q, b int, lowers bool) {
	for _, n := range full {
		for q, options := range e.options {
			for b := range e.real(q) {
				lower := e.outcome(e.changed(n, q, b)).Recommends[role] < e.outcome(n).Recommends[role]
				if lower && e.raises(options[e.chosen(n, q)], options[b], role) {
					return n, q, b, true
				}
			}
		}
	}
	return 0, 0, 0, false
}

// reportLowering reports that combination n, with option b for question q, takes a role
// lower, and shows both results: the answers, the lines that decide, and the signs.
func (e *Engine) reportLowering(n, q, b, role int, out *comparison.Diagnostics) {
	from, to := e.outcome(n), e.outcome(e.changed(n, q, b))
	same := func(n, m int) bool { return e.outcome(n) == e.outcome(m) && e.deciding(n)[0].At == e.deciding(m)[0].At }
	before := e.shortest(func(m int) bool {
		return e.chosen(m, q) == e.chosen(n, q) && same(m, n) && same(e.changed(m, q, b), e.changed(n, q, b))
	})
	after := e.changed(before, q, b)
	question := &e.comparison.Questionnaire.Questions[q]
	*out = append(*out, comparison.Diagnostic{
		At: e.deciding(e.changed(n, q, b))[0].At,
		Message: fmt.Sprintf("more signs for %s lower it from “%v” to “%v”, where “%s” becomes “%s”",
			e.comparison.Roles[role].Indefinite, from.Recommends[role], to.Recommends[role], from.ID, to.ID),
		Hint: fmt.Sprintf("change which signs “%s” meets or fails, or the rules, the order or “recommends” of these two outcomes", question.Options[b].ID),
		Details: fmt.Sprintf("before, %s:\n%safter, when “%s” is answered “%s” instead:\n%s",
			e.when(before), e.result(before), question.Ask, question.Options[b].Label, e.result(after)),
	})
}

// result tells what decides a combination, each of whose ways to fill it in comes to
// the same, and how each role and its signs stand.
func (e *Engine) result(n int) string {
	full := e.ways(n, e.unsure(n))[0]
	o := e.outcome(full)
	told := fmt.Sprintf("    “%s”, by %s\n", o.ID, e.deciding(full))
	for role, standing := range o.Recommends {
		var signs []string
		for i, s := range e.signs {
			if s.role == role {
				signs = append(signs, fmt.Sprintf("%s %s", s.ID, e.table[n].effect[i]))
			}
		}
		told += fmt.Sprintf("    %s (%v): %s\n", e.comparison.Roles[role].Name, standing, strings.Join(signs, ", "))
	}
	return told
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
func (e *Engine) proveGrounded(full []int, out *comparison.Diagnostics) {
	for i, o := range e.outcomes {
		for role, standing := range o.Recommends {
			groundless := func(n int) bool { return e.table[n].outcome == i && !e.meets(e.table[n].effect, role) }
			if standing == comparison.Now && slices.ContainsFunc(full, groundless) {
				out.Add(o.At, fmt.Sprintf("the outcome “%s” recommends %s now, where no answer meets one of its signs: for example %s",
					o.ID, e.comparison.Roles[role].Indefinite, e.when(e.shortest(groundless))),
					"let its rule ask for a sign that is met, or let it recommend the role later, or not")
				break // the other role's comes of the same rule
			}
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
					out.Miss(question.Options[b].At, fmt.Sprintf("“%s” does the same as “%s” everywhere: the outcome is the same, and so is its certainty",
						question.Options[b].ID, question.Options[a].ID), "let a rule in outcomes.md tell them apart, or make them one",
						e.comparison.Within("what tells answers apart"))
					break
				}
			}
		}
	}
}

package recommend

import (
	"fmt"
	"strconv"
	"strings"

	"rolecompare/internal/comparison"
)

// prove walks the table for what must hold of every comparison, and adds a
// fault for whatever does not.
func (e *Engine) prove(faults *comparison.Faults) {
	e.proveReachable(faults)
	e.proveMeetable(faults)
	e.proveAlive(faults)
	e.proveMonotone(faults)
	e.proveModest(faults)
}

// proveReachable: every outcome, and every alternative of its rule, decides some
// combination.
func (e *Engine) proveReachable(faults *comparison.Faults) {
	for i, rule := range e.rules {
		if e.shares[i] > 0 && len(rule.Any) < 2 {
			continue
		}
		o := &e.comparison.Outcomes.Items[i]
		if first := e.firstWhere(rule.holds); e.shares[i] == 0 && first != 0 {
			e.forestalled(faults, o.At, fmt.Sprintf("the outcome “%s” is never reached: wherever its rule holds", o.ID), first)
		}
		for _, alternative := range rule.Any {
			switch first := e.firstWhere(alternative.holds); {
			case first == 0:
				faults.Add(alternative[0].At, fmt.Sprintf("these lines of “%s” never hold together, whatever the answers", o.ID),
					"change one of them, or remove them")
			case e.shares[i] > 0 && first>>i&1 == 0:
				e.forestalled(faults, alternative[0].At, fmt.Sprintf("these lines of “%s” never decide: wherever they hold", o.ID), first)
			}
		}
	}
}

// firstWhere returns the outcomes, a bit each, of the combinations in which some
// lines hold.
func (e *Engine) firstWhere(hold func(effect) bool) (outcomes uint64) {
	for n, s := range e.stands {
		if hold(s) {
			outcomes |= 1 << e.table[n].outcome()
		}
	}
	return outcomes
}

// forestalled says which outcomes come before a rule wherever it holds.
func (e *Engine) forestalled(faults *comparison.Faults, at comparison.Place, what string, before uint64) {
	var names []string
	for i, o := range e.comparison.Outcomes.Items {
		if before>>i&1 != 0 {
			names = append(names, "“"+o.ID+"”")
		}
	}
	faults.Add(at, what+", "+strings.Join(names, " or ")+" holds first", "move it up, or narrow the rules before it")
}

// proveMeetable: every sign is met by some answer.
func (e *Engine) proveMeetable(faults *comparison.Faults) {
	var met signSet
	for _, options := range e.options {
		for _, f := range options {
			met |= f.meets
		}
	}
	for i, s := range e.signs {
		if !met.has(i) {
			faults.Add(s.At, fmt.Sprintf("the sign “%s” can never be met: no answer meets it", s.ID),
				"add it to the “meets” of an option in questionnaire.md, or remove it")
		}
	}
}

// proveAlive: every question changes some result, and so every option of it
// does. For where two options give different results, any third differs from one
// of them, and changes the result when it is chosen in its place.
func (e *Engine) proveAlive(faults *comparison.Faults) {
	for q := range e.options {
		alive := false
		for n := range e.firsts(q) {
			for o := range e.options[q] {
				alive = alive || e.table[n+o*e.stride[q]].outcome() != e.table[n].outcome()
			}
		}
		if question := &e.comparison.Questionnaire.Questions[q]; !alive {
			faults.Add(question.At, fmt.Sprintf("no answer to “%s” ever changes a result", question.ID),
				"let a rule in outcomes.md use its signs, or remove the question")
		}
	}
}

// proveMonotone: an answer that speaks more for a role never lowers its
// standing. Since "speaks less" is the same change taken backwards, one
// direction proves both.
func (e *Engine) proveMonotone(faults *comparison.Faults) {
	outcomes := e.comparison.Outcomes.Items
	for role := range e.comparison.Roles {
		var signs signSet
		for i, s := range e.signs {
			if s.role == role {
				signs |= 1 << i
			}
		}
		var found example
		var from, to, question int
		for q, options := range e.options {
			for a := range options {
				for b := range options {
					if !options[a].raises(options[b], signs) {
						continue
					}
					for first := range e.firsts(q) {
						n, m := first+a*e.stride[q], first+b*e.stride[q]
						if outcomes[e.table[m].outcome()].Recommends[role] < outcomes[e.table[n].outcome()].Recommends[role] &&
							found.offer(e, n) {
							from, to, question = n, m, q
						}
					}
				}
			}
		}
		if !found.found {
			continue
		}
		was, is := &outcomes[e.table[from].outcome()], &outcomes[e.table[to].outcome()]
		asked := &e.comparison.Questionnaire.Questions[question]
		faults.Add(is.At, fmt.Sprintf("more signs for %s lower it from “%v” to “%v”: %s the result is “%s”; answer “%s” to “%s” instead, which meets more or fails fewer of its signs, and it is “%s”",
			e.comparison.Roles[role].Indefinite, was.Recommends[role], is.Recommends[role], e.when(from), was.ID, asked.Options[e.digit(to, question)].Label, asked.Ask, is.ID),
			"change the rules of these two outcomes, their order, or what they recommend")
	}
}

// proveModest: "not sure" is never more certain than a real answer.
func (e *Engine) proveModest(faults *comparison.Faults) {
	var found example
	var question, option int
	for q, options := range e.options {
		last := len(options) - 1
		for n := range e.firsts(q) {
			for o := range last {
				if unsure := n + last*e.stride[q]; e.table[unsure]&closeCall == 0 && e.table[n+o*e.stride[q]]&closeCall != 0 && found.offer(e, unsure) {
					question, option = q, o
				}
			}
		}
	}
	if found.found {
		asked := &e.comparison.Questionnaire.Questions[question]
		faults.Add(asked.At, fmt.Sprintf("“not sure” is more certain than “%s”: %s the result is clear", asked.Options[option].Label, e.when(found.n)),
			"this is a fault of the program, not of yours; please report it")
	}
}

// example keeps, of the combinations offered to it, the one with the fewest
// answers other than "not sure", and of these the first: the shortest to tell.
type example struct {
	found   bool
	n       int
	answers int // other than "not sure"
}

// offer reports whether n was taken.
func (x *example) offer(e *Engine, n int) bool {
	answers := 0
	for q := range e.options {
		if !e.unsure(q, e.digit(n, q)) {
			answers++
		}
	}
	if x.found && x.answers <= answers {
		return false
	}
	*x = example{true, n, answers}
	return true
}

// when tells a combination in words, leaving out what is "not sure".
func (e *Engine) when(n int) string {
	var parts []string
	for q := range e.options {
		if o := e.digit(n, q); !e.unsure(q, o) {
			question := &e.comparison.Questionnaire.Questions[q]
			parts = append(parts, fmt.Sprintf("“%s” is answered “%s”", question.Ask, question.Options[o].Label))
		}
	}
	if len(parts) == 0 {
		return "when every answer is “not sure”"
	}
	s := "when " + strings.Join(parts, " and ")
	if len(parts) < len(e.options) {
		s += ", and the rest “not sure”,"
	}
	return s
}

// number writes n with commas: 11,520.
func number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

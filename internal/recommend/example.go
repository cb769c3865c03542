package recommend

import (
	"fmt"
	"strings"
)

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
		if !e.unsure(n, q) {
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
	for q, question := range e.comparison.Questionnaire.Questions {
		if !e.unsure(n, q) {
			parts = append(parts, fmt.Sprintf("“%s” is answered “%s”", question.Ask, question.Options[e.chosen(n, q)].Label))
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

package recommend

import (
	"fmt"
	"slices"
	"strings"
)

// shortest returns the first combination with the fewest answers given whose every
// way to fill it in is one of some full combinations, of which there must be one.
func (e *Engine) shortest(some func(n int) bool) int {
	best, most := 0, -1
	for n := range e.table {
		unsure := e.unsure(n)
		if len(unsure) > most && !slices.ContainsFunc(e.ways(n, unsure), func(m int) bool { return !some(m) }) {
			best, most = n, len(unsure)
		}
	}
	return best
}

// when tells in words the answers given in a combination.
func (e *Engine) when(n int) string {
	var given []string
	for q, question := range e.comparison.Questionnaire.Questions {
		if e.given(n, q) {
			given = append(given, fmt.Sprintf("“%s” is answered “%s”", question.Ask, question.Options[e.chosen(n, q)].Label))
		}
	}
	if len(given) == 0 {
		return "whatever is answered"
	}
	return "when " + strings.Join(given, " and ")
}

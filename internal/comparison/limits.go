package comparison

import (
	"fmt"
	"unicode/utf8"
)

// How long texts may be, in characters, so that they fit where they are shown:
// on a tab, in a search result, on a preview card, in a narrow column.
const (
	MaxEdition  = 20
	MaxName     = 50  // of a role, a stage, an organization
	MaxTitle    = 65  // of a page
	MaxLabel    = 80  // of a button, a detail
	MaxHeading  = 90  // of a section
	MaxQuestion = 110 // of the FAQ and the questionnaire, with its answers
	MaxLine     = 120
	MaxSummary  = 160 // the description of a page
)

// Fit reports a text that is longer than its limit. what names it.
func Fit(faults *Faults, at Place, what, text string, limit int) {
	if n := utf8.RuneCountInString(text); n > limit {
		faults.Add(at, fmt.Sprintf("%s has %d characters, and %d fit where it is shown", what, n, limit), fmt.Sprintf("shorten it by %d", n-limit))
	}
}

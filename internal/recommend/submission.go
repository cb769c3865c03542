package recommend

import (
	"slices"
	"strings"
)

// Submission is what a form or an address says, whatever it says.
type Submission struct {
	Choice  []int     // the option of each question; -1 where none was given, or none that counts
	Missing []int     // questions with no answer at all, which count as unsure
	Unknown []Unknown // answers that are no option, or more than one
}

// Unknown is an answer that is no option of its question.
type Unknown struct {
	Question int
	Value    string
}

// Answers returns the answers, unless some cannot be used.
func (s Submission) Answers() (Answers, bool) { return s.Choice, len(s.Unknown) == 0 }

// Read reads the fields of a form or of an address, by the questions' ids. It
// never fails: what it cannot use, it names. A former id of an option stands for
// it. Fields that are no question's are let pass: others add theirs to addresses.
func (e *Engine) Read(fields map[string][]string) Submission {
	questions := e.comparison.Questionnaire.Questions
	s := Submission{Choice: make([]int, len(questions))}
	for q, question := range questions {
		s.Choice[q] = -1
		var given []string // each once, a former id as today's
		for _, value := range fields[question.ID] {
			if o := question.Option(value); o >= 0 {
				value = question.Options[o].ID
			}
			if value != "" && !slices.Contains(given, value) { // An empty value is how a form leaves a field out.
				given = append(given, value)
			}
		}
		switch {
		case len(given) == 0:
			s.Missing = append(s.Missing, q)
		case len(given) == 1 && question.Option(given[0]) >= 0:
			s.Choice[q] = question.Option(given[0])
		default:
			s.Unknown = append(s.Unknown, Unknown{q, strings.Join(given, ", ")})
		}
	}
	return s
}

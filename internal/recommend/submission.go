package recommend

import (
	"slices"

	"rolecompare/internal/comparison"
)

// Submission is what a form or an address says, whatever it says.
type Submission struct {
	Choice   []int     // the option of each question; -1 where none was given, or none that counts
	Missing  []int     // questions with no answer at all
	Unknown  []Unknown // answers that are no option
	Repeated []int     // questions with more than one answer, not all the same
}

// Unknown is an answer that is no option of its question.
type Unknown struct {
	Question int
	Value    string
}

// Answers returns the answers if every question has exactly one.
func (s Submission) Answers() (Answers, bool) {
	if slices.Contains(s.Choice, -1) {
		return nil, false
	}
	return s.Choice, true
}

// Read reads the fields of a form or of an address, by the questions' ids. It
// never fails: what it cannot use, it names. Fields that are no question's are
// let pass: others add theirs to addresses.
func (e *Engine) Read(fields map[string][]string) Submission {
	questions := e.comparison.Questionnaire.Questions
	s := Submission{Choice: make([]int, len(questions))}
	for q, question := range questions {
		s.Choice[q] = -1
		// An empty value is how a form leaves a field out.
		values := slices.DeleteFunc(slices.Clone(fields[question.ID]), func(v string) bool { return v == "" })
		slices.Sort(values)
		switch values = slices.Compact(values); len(values) {
		case 0:
			s.Missing = append(s.Missing, q)
		case 1:
			s.Choice[q] = slices.IndexFunc(question.Options, func(o comparison.Option) bool { return o.ID == values[0] })
			if s.Choice[q] < 0 {
				s.Unknown = append(s.Unknown, Unknown{q, values[0]})
			}
		default:
			s.Repeated = append(s.Repeated, q)
		}
	}
	return s
}

package recommend

// Submission is what a form or an address says, whatever it says.
type Submission struct {
	Choice   []int     // the option of each question; -1 where none was given, or none that counts
	Missing  []int     // questions with no answer at all, which count as unsure
	Unknown  []Unknown // answers that are no option
	Repeated []int     // questions with more than one answer, not all the same
}

// Unknown is an answer that is no option of its question.
type Unknown struct {
	Question int
	Value    string
}

// Answers returns the answers, unless some cannot be used.
func (s Submission) Answers() (Answers, bool) {
	return s.Choice, len(s.Unknown)+len(s.Repeated) == 0
}

// Read reads the fields of a form or of an address, by the questions' ids. It
// never fails: what it cannot use, it names. A former id of an option stands for
// it. Fields that are no question's are let pass: others add theirs to addresses.
func (e *Engine) Read(fields map[string][]string) Submission {
	questions := e.comparison.Questionnaire.Questions
	s := Submission{Choice: make([]int, len(questions))}
	for q, question := range questions {
		s.Choice[q] = -1
		chosen := map[string]int{} // the options, by their ids of today; -1 for what is none
		for _, value := range fields[question.ID] {
			o := question.Option(value)
			if o >= 0 {
				value = question.Options[o].ID
			}
			if value != "" { // An empty value is how a form leaves a field out.
				chosen[value] = o
			}
		}
		if len(chosen) == 0 {
			s.Missing = append(s.Missing, q)
		} else if len(chosen) > 1 {
			s.Repeated = append(s.Repeated, q)
			continue
		}
		for value, o := range chosen {
			if s.Choice[q] = o; o < 0 {
				s.Unknown = append(s.Unknown, Unknown{q, value})
			}
		}
	}
	return s
}

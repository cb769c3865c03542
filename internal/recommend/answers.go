package recommend

import (
	"net/url"
	"slices"
	"strings"

	"rolecompare/internal/comparison"
)

// Answers is one option a question, as its index, in the order of the
// questionnaire.
type Answers []uint8

// versionKey is the key of an address that carries [Engine.Version]. No
// question may have it as its id.
const versionKey = "v"

// Number returns the number of a combination of answers, 0 ≤ n <
// Combinations(): the first question counts most. It panics if a is not a
// combination of this engine's questionnaire.
func (e *Engine) Number(a Answers) int {
	if len(a) != len(e.stride) {
		panic("recommend: answers of another questionnaire")
	}
	n := 0
	for q, o := range a {
		if int(o) >= len(e.options[q]) {
			panic("recommend: answers of another questionnaire")
		}
		n += int(o) * e.stride[q]
	}
	return n
}

// Answers returns the combination with that number.
func (e *Engine) Answers(n int) Answers {
	a := make(Answers, len(e.stride))
	for q := range a {
		a[q] = uint8(e.digit(n, q))
	}
	return a
}

// digit returns the option of question q in combination n.
func (e *Engine) digit(n, q int) int { return n / e.stride[q] % len(e.options[q]) }

// Query returns the answers as the query of an address, keys in the
// questionnaire's order and the version of the rules last.
func (e *Engine) Query(a Answers) string {
	var b strings.Builder
	for q := range e.comparison.Questionnaire.Questions {
		question := &e.comparison.Questionnaire.Questions[q]
		b.WriteString(question.ID + "=" + question.Options[a[q]].ID + "&")
	}
	b.WriteString(versionKey + "=" + e.version)
	return b.String()
}

// Reading is what a form or an address says, whatever it says.
type Reading struct {
	Choice   []int     // the option of each question; -1 where none was given, or none that counts
	Missing  []int     // questions with no answer at all
	Unknown  []Unknown // answers that are no option
	Repeated []int     // questions with more than one answer, not all the same
	Version  string    // of the rules; empty where none was given
}

// Unknown is an answer that is no option of its question.
type Unknown struct {
	Question int
	Value    string
}

// Answers returns the answers if every question has exactly one.
func (r Reading) Answers() (Answers, bool) {
	a := make(Answers, len(r.Choice))
	for q, o := range r.Choice {
		if o < 0 {
			return nil, false
		}
		a[q] = uint8(o)
	}
	return a, true
}

// Read reads the fields of a form or of an address. It never fails: what it
// cannot use, it names. Fields that are no question's are let pass: others add
// theirs to addresses.
func (e *Engine) Read(fields url.Values) Reading {
	questions := e.comparison.Questionnaire.Questions
	r := Reading{Choice: make([]int, len(questions))}
	for q := range questions {
		id := questions[q].ID
		r.Choice[q] = -1
		// An empty value is how a form leaves a field out.
		values := slices.DeleteFunc(slices.Clone(fields[id]), func(v string) bool { return v == "" })
		slices.Sort(values)
		switch values = slices.Compact(values); len(values) {
		case 0:
			r.Missing = append(r.Missing, q)
		case 1:
			o := slices.IndexFunc(questions[q].Options, func(o comparison.Option) bool { return o.ID == values[0] })
			if o < 0 {
				r.Unknown = append(r.Unknown, Unknown{q, values[0]})
			}
			r.Choice[q] = o
		default:
			r.Repeated = append(r.Repeated, q)
		}
	}
	r.Version = fields.Get(versionKey)
	return r
}

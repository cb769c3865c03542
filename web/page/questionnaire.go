package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rolecompare/internal/comparison"
	"rolecompare/internal/recommend"
	"rolecompare/internal/site"
)

// Questionnaire is the form, a step of it. It asks one question: of those that
// can still change the result, the one that tells most. What was answered before
// stands beside it, folded, to be changed.
type Questionnaire struct {
	Site       *Site
	Comparison *site.Comparison
	Submission recommend.Submission // what is filled in
	Skipped    []int                // questions that were asked and sent without an answer
	Submitted  bool                 // it was sent, and something is wrong with it
	Dropped    bool                 // it comes from a recommendation's address that could not be used as it was

	next []int // the questions that can still come, the most telling first; Main works them out, once
}

func (v Questionnaire) Head() Head {
	c := v.Comparison
	h := newHead(questionnairePath(c), c.Questionnaire.Title, c.Questionnaire.Body.Text)
	h.Markdown, h.Card, h.About = "", cardPath(comparisonPath(c)), c
	h.Data = graph(v.Site, h, nil)
	h.Description = v.words().Description.With("n", len(c.Questionnaire.Questions), "first", c.Roles[0].Name, "second", c.Roles[1].Name)
	if len(v.problems()) > 0 {
		h.Title = v.words().ErrorTitle.With("title", h.Title)
	}
	return h
}

func (v Questionnaire) words() *QuestionnaireWords { return &v.Site.Words.OnQuestionnaire }

// field is a question as the form shows it.
type field struct {
	*comparison.Question
	chosen int    // the option chosen, -1 for none
	error  string // what is wrong with its answer
}

func (v Questionnaire) field(q int) field {
	f := field{Question: &v.Comparison.Questionnaire.Questions[q], chosen: v.Submission.Choice[q]}
	if v.Submitted {
		f.error = v.wrong(q)
	}
	return f
}

// asked is the questions that the form asks now: those whose answers must be
// mended, or else the next one.
func (v Questionnaire) asked() []field {
	if wrong := v.mistaken(); len(wrong) > 0 {
		return wrong
	}
	if len(v.next) > 0 {
		return []field{v.field(v.next[0])}
	}
	return nil
}

// mistaken is the questions whose answers must be mended.
func (v Questionnaire) mistaken() []field {
	var out []field
	for q := range v.Submission.Choice {
		if (v.Submitted || v.Dropped) && v.wrong(q) != "" {
			out = append(out, v.field(q))
		}
	}
	return out
}

// askedIDs are the ids of the questions that the form asks now, for its button to
// send along: what was asked and has no answer was skipped.
func (v Questionnaire) askedIDs() string {
	var ids []string
	for _, f := range v.asked() {
		ids = append(ids, f.ID)
	}
	return strings.Join(ids, " ")
}

// said is the questions that were answered.
func (v Questionnaire) said() []field {
	var out []field
	for q, o := range v.Submission.Choice {
		if o >= 0 {
			out = append(out, v.field(q))
		}
	}
	return out
}

// after is how many questions can still come after those that are asked now.
func (v Questionnaire) after() int {
	asked := v.asked()
	n := 0
	for _, q := range v.next {
		if !slices.ContainsFunc(asked, func(f field) bool { return f.ID == v.Comparison.Questionnaire.Questions[q].ID }) {
			n++
		}
	}
	return n
}

// number says which question the i-th that is asked now is, and how many can
// still come after it.
func (v Questionnaire) number(i int) string {
	number := v.words().Number.With("i", len(v.said())+1+i)
	after := v.after() + len(v.asked()) - 1 - i
	if after == 0 {
		return number + " · " + v.words().Last.String()
	}
	return number + " · " + v.words().Left.With("n", after)
}

// elsewhere are the questions that are not on this page. A link to one of them
// leads to the form all the same.
func (v Questionnaire) elsewhere() []comparison.Ref {
	var out []comparison.Ref
	asked := v.asked()
	for q, question := range v.Comparison.Questionnaire.Questions {
		here := slices.ContainsFunc(asked, func(f field) bool { return f.ID == question.ID })
		if !here && v.Submission.Choice[q] < 0 {
			out = append(out, comparison.Ref{ID: question.ID})
		}
	}
	return out
}

// submit is what the button says: whether the result comes next is certain only
// where no more than one question is left.
func (v Questionnaire) submit() Phrase {
	if len(v.next) > 1 {
		return v.words().Continue
	}
	return v.words().Submit
}

// problems are the questions whose answers somebody who sent the form must mend.
func (v Questionnaire) problems() []field {
	if !v.Submitted {
		return nil
	}
	return v.mistaken()
}

// wrong says what is wrong with the answer to question i, if anything is.
func (v Questionnaire) wrong(i int) string {
	ask := v.Comparison.Questionnaire.Questions[i].Ask
	for _, u := range v.Submission.Unknown {
		if u.Question == i {
			return v.words().Unknown.With("question", ask, "answer", shown(u.Value))
		}
	}
	if slices.Contains(v.Skipped, i) {
		return v.words().Missing.With("question", ask)
	}
	return ""
}

// shown is what somebody wrote in an address, readable and short enough to be repeated.
func shown(s string) string {
	const most = 60
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return utf8.RuneError
		}
		return r
	}, s)
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// The ids within the form. Those of questions and options cannot hold two
// hyphens in a row.

func (f field) radio(option int) string { return f.ID + "-" + f.Options[option].ID }
func (f field) hintID() string          { return f.ID + "--hint" }
func (f field) errorID() string         { return f.ID + "--error" }

// describedBy names what else is said of the question.
func (f field) describedBy() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.hintID())
	}
	if f.error != "" {
		ids = append(ids, f.errorID())
	}
	return strings.Join(ids, " ")
}

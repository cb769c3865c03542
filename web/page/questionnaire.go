package page

import (
	"slices"
	"strings"
	"time"

	"rolecompare/internal/comparison"
	"rolecompare/internal/recommend"
	"rolecompare/internal/site"
)

// Questionnaire is the form.
type Questionnaire struct {
	Site       *Site
	Comparison *site.Comparison
	Submission recommend.Submission // what is filled in
	Submitted  bool                 // it was sent, and something is wrong with it
	Dropped    bool                 // it comes from a recommendation's address that could not be used as it was
}

func (v Questionnaire) Head() Head {
	c := v.Comparison
	h := Head{
		Title:       c.Questionnaire.Title,
		Description: v.words().Description.With("n", len(c.Questionnaire.Questions), "first", c.Roles[0].Name, "second", c.Roles[1].Name),
		Path:        questionnairePath(c),
		Card:        cardPath(comparisonPath(c)),
		About:       c,
	}
	h.Data = graph(v.Site, h.Path, h.Title, c.Questionnaire.Body.Text, time.Time{}, []crumb{{c.Title, comparisonPath(c)}, {h.Title, h.Path}})
	if len(v.problems()) > 0 {
		h.Title = v.words().ErrorTitle.With("title", h.Title)
	}
	return h
}

func (v Questionnaire) words() *QuestionnaireWords { return &v.Site.Words.OnQuestionnaire }

// field is a question as the form shows it.
type field struct {
	*comparison.Question
	i      int
	chosen int    // the option chosen, -1 for none
	error  string // what is wrong with its answer
}

func (v Questionnaire) fields() []field {
	questions := v.Comparison.Questionnaire.Questions
	out := make([]field, len(questions))
	for i := range questions {
		out[i] = field{Question: &questions[i], i: i, chosen: v.Submission.Choice[i]}
		if v.Submitted {
			out[i].error = v.wrong(i)
		}
	}
	return out
}

// problems are the questions whose answers somebody who sent the form must mend.
func (v Questionnaire) problems() []field {
	return slices.DeleteFunc(v.fields(), func(f field) bool { return f.error == "" })
}

// wrong says what is wrong with the answer to question i, if anything is.
func (v Questionnaire) wrong(i int) string {
	ask := v.Comparison.Questionnaire.Questions[i].Ask
	for _, u := range v.Submission.Unknown {
		if u.Question == i {
			return v.words().Unknown.With("question", ask, "answer", shown(u.Value))
		}
	}
	switch {
	case slices.Contains(v.Submission.Repeated, i):
		return v.words().Repeated.With("question", ask)
	case slices.Contains(v.Submission.Missing, i):
		return v.words().Missing.With("question", ask)
	}
	return ""
}

// dropped says what of an address could not be used.
func (v Questionnaire) dropped() []string {
	var out []string
	words, questions := v.words(), v.Comparison.Questionnaire.Questions
	for _, u := range v.Submission.Unknown {
		out = append(out, words.DroppedUnknown.With("question", questions[u.Question].Ask, "answer", shown(u.Value)))
	}
	for _, i := range v.Submission.Repeated {
		out = append(out, words.DroppedRepeated.With("question", questions[i].Ask))
	}
	for _, i := range v.Submission.Missing {
		out = append(out, words.DroppedMissing.With("question", questions[i].Ask))
	}
	return out
}

// shown is what somebody wrote in an address, short enough to be repeated.
func shown(s string) string {
	const most = 60
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

package page

import (
	"slices"

	"github.com/a-h/templ"

	"rolecompare/internal/comparison"
	"rolecompare/internal/recommend"
)

// Head keeps search engines away: there are thousands of these pages, and each
// is somebody's own. Its card shows the outcome and nothing of the answers.
func (v Recommendation) Head() Head {
	o := v.Result.Outcome
	return Head{
		Title:       o.Headline,
		Description: o.Why,
		Path:        comparisonPath(v.Comparison) + "/recommendation",
		Markdown:    comparisonPath(v.Comparison) + "/recommendation.md?" + v.Engine.Query(v.Result.Answers),
		Card:        outcomeCard(v.Comparison, o),
		NoIndex:     true,
		Type:        "article",
		Outcome:     o.ID,
		Certainty:   v.Result.Certainty.String(),
	}
}

func (v Recommendation) Main() templ.Component { return v.main() }

func (v Recommendation) words() comparison.RecommendationWords {
	return v.Site.Words.Recommendation
}

func (v Recommendation) path() string { return recommendationPath(v.Engine, v.Result.Answers) }

// change is the address of the form with these answers, at one question.
func (v Recommendation) change(a recommend.Answers, question int) string {
	return questionnairePath(v.Comparison) + "?" + v.Engine.Query(a) + "#" + v.questions()[question].ID
}

func (v Recommendation) questions() []comparison.Question {
	return v.Comparison.Questionnaire.Questions
}

// label is the answer given to a question.
func (v Recommendation) label(question int) string {
	return v.questions()[question].Options[v.Result.Answers[question]].Label
}

// standings are the lanes of the two roles through today and later.
func (v Recommendation) standings() [2]standingLane {
	var out [2]standingLane
	for role, s := range v.Result.Outcome.Recommends {
		out[role] = standingLane{
			name:   v.Comparison.Roles[role].Name,
			stands: standing(v.words(), s),
			now:    lane{role, s == comparison.Now, s == comparison.Now, "6"},
			later:  lane{role, s != comparison.Out, s == comparison.Later, "6"},
		}
	}
	return out
}

// standingLane is how the outcome stands to a role.
type standingLane struct {
	name, stands string
	now, later   lane
}

// tally is how a role's signs stand: those that are met first.
type tally struct {
	role   int
	met    int
	states []recommend.SignState
}

func (v Recommendation) tallies() [2]tally {
	var out [2]tally
	for role, states := range v.Result.Signs {
		t := tally{role: role, states: slices.Clone(states)}
		slices.SortStableFunc(t.states, func(a, b recommend.SignState) int { return rank(a.State) - rank(b.State) })
		for _, s := range states {
			if s.State == recommend.Met {
				t.met++
			}
		}
		out[role] = t
	}
	return out
}

func rank(s recommend.State) int {
	return [...]int{recommend.Met: 0, recommend.Failed: 1, recommend.Open: 2}[s]
}

// faq are the questions of the FAQ that bear on the outcome.
func (v Recommendation) faq() []comparison.FAQItem {
	var out []comparison.FAQItem
	for _, ref := range v.Result.Outcome.FAQ {
		if i, _ := v.Comparison.FAQItem(ref.ID); i >= 0 {
			out = append(out, v.Comparison.FAQ.Items[i])
		}
	}
	return out
}

// because is the phrase around the answer behind a sign.
func (v Recommendation) because() (before, after string) { return v.words().Because.Around("answer") }

// ask is the phrase around the question whose answer would settle most.
func (v Recommendation) ask() (before, after string) { return v.words().Ask.Around("question") }

// certainty says how firmly the result stands, in a few words and in a sentence.
func (v Recommendation) certainty() (title, note string) {
	words, r := v.Site.Words.Recommendation, v.Result
	if r.Certainty == recommend.Clear {
		if len(r.WhatIfs) == 0 {
			return words.Clear.String(), words.ClearFirm.String()
		}
		return words.Clear.String(), words.ClearFacts.String()
	}
	for _, w := range r.WhatIfs {
		for _, change := range w.Changes {
			q := &v.Comparison.Questionnaire.Questions[change.Question]
			if unsure := q.Options[r.Answers[change.Question]].ID == comparison.NotSure; !unsure && !q.Fact {
				return words.Close.String(), words.CloseAnswer.String()
			}
		}
	}
	if r.Settled {
		return words.Close.String(), words.CloseTogether.With("n", r.Unsure)
	}
	return words.Close.String(), words.CloseUnsure.With("n", r.Unsure)
}

func standing(words comparison.RecommendationWords, s comparison.Standing) string {
	return [...]comparison.Phrase{words.Out, words.Later, words.Now}[s].String()
}

func standsAs(words comparison.SignWords, s recommend.State) string {
	return [...]comparison.Phrase{words.Failed, words.Open, words.Met}[s].String()
}

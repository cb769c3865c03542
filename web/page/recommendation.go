package page

import (
	"slices"

	"rolecompare/internal/comparison"
	"rolecompare/internal/recommend"
	"rolecompare/internal/site"
)

// Recommendation is what the answers come to.
type Recommendation struct {
	Site       *Site
	Comparison *site.Comparison
	Result     recommend.Recommendation
	Stale      bool // the address was made under other rules than today's
}

// Head keeps search engines away: there are thousands of these pages, and each
// is somebody's own. Its card shows the outcome and nothing of the answers.
func (v Recommendation) Head() Head {
	c, o := v.Comparison, v.Result.Outcome
	return Head{
		Title:       o.Headline,
		Description: o.Why,
		Path:        RouteRecommendation.Path(c.Slug),
		Markdown:    RouteRecommendation.Markdown().Path(c.Slug) + "?" + Query(c, v.Result.Answers, c.Engine.Version()),
		Card:        OutcomeCard(c, o.ID),
		NoIndex:     true,
		Article:     true,
		About:       c,
		Outcome:     o.ID,
		Certainty:   v.Result.Certainty.String(),
	}
}

func (v Recommendation) words() *RecommendationWords { return &v.Site.Words.OnRecommendation }

func (v Recommendation) path() string { return RecommendationPath(v.Comparison, v.Result.Answers) }

// change is the address of the form with these answers, at one question.
func (v Recommendation) change(a recommend.Answers, question int) string {
	c := v.Comparison
	return questionnairePath(c) + "?" + Query(c, a, c.Engine.Version()) + "#" + v.questions()[question].ID
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
			stands: v.Site.Words.Standing(s),
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
	rank := [...]int{recommend.Met: 0, recommend.Failed: 1, recommend.Open: 2}
	var out [2]tally
	for role, states := range v.Result.Signs {
		t := tally{role: role, states: slices.Clone(states)}
		slices.SortStableFunc(t.states, func(a, b recommend.SignState) int { return rank[a.State] - rank[b.State] })
		for _, s := range states {
			if s.State == recommend.Met {
				t.met++
			}
		}
		out[role] = t
	}
	return out
}

// standsAs says how a sign stands.
func (v Recommendation) standsAs(s recommend.State) Phrase {
	words := &v.Site.Words.Signs
	return [...]Phrase{recommend.Failed: words.Failed, recommend.Open: words.Open, recommend.Met: words.Met}[s]
}

// faq are the questions of the FAQ that bear on the outcome.
func (v Recommendation) faq() []comparison.FAQItem {
	var out []comparison.FAQItem
	for _, ref := range v.Result.Outcome.FAQ {
		for _, item := range v.Comparison.FAQ.Items {
			if item.ID == ref.ID {
				out = append(out, item)
			}
		}
	}
	return out
}

// certainty says how firmly the result stands, in a few words and in a sentence.
func (v Recommendation) certainty() (title, note string) {
	words, r := v.words(), v.Result
	if r.Certainty == recommend.Clear {
		if len(r.WhatIfs) == 0 {
			return words.Clear.String(), words.ClearFirm.String()
		}
		return words.Clear.String(), words.ClearFacts.String()
	}
	for _, w := range r.WhatIfs {
		for _, change := range w.Changes {
			q := &v.questions()[change.Question]
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

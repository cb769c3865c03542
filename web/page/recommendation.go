package page

import (
	"slices"

	"rolecompare/internal/comparison"
	"rolecompare/internal/recommend"
	"rolecompare/internal/site"
)

// Recommendation is what the answers come to, and why.
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

// change is the address of the form with these answers, at one that was given.
func (v Recommendation) change(question int) string {
	return QuestionnairePath(v.Comparison, v.Result.Answers) + "#" + v.questions()[question].ID
}

func (v Recommendation) questions() []comparison.Question {
	return v.Comparison.Questionnaire.Questions
}

func (v Recommendation) option(a recommend.Answer) *comparison.Option {
	return &v.questions()[a.Question].Options[a.Option]
}

// undecided reports whether there is no recommendation.
func (v Recommendation) undecided() bool { return v.Result.Outcome.ID == comparison.Undecided }

// sells reports whether the result recommends what the publisher sells.
func (v Recommendation) sells() bool {
	for role, r := range v.Comparison.Roles {
		if s, known := v.stands(role); known && s != comparison.Out && v.Site.Organization.Sold(r.ID) {
			return true
		}
	}
	return false
}

// stands returns how the result stands to a role. Where nothing is decided, that
// is known only where all that is possible agrees.
func (v Recommendation) stands(role int) (s comparison.Standing, known bool) {
	if v.undecided() {
		return v.Result.Agreed(role)
	}
	return v.Result.Outcome.Recommends[role], true
}

// here is the stages at which a business with this result is: those where just the
// roles that it needs now are at work. The last of them, before another role joins,
// is for businesses that need one later.
func (v Recommendation) here() []int {
	var now comparison.AtWork
	later := false
	for role, s := range v.Result.Outcome.Recommends {
		now[role] = s == comparison.Now
		later = later || s == comparison.Later
	}
	var last, others []int
	stages := v.Comparison.Together.Stages
	for i, s := range stages {
		switch {
		case s.Roles != now:
		case i+1 < len(stages) && stages[i+1].Roles != now:
			last = append(last, i)
		default:
			others = append(others, i)
		}
	}
	if later && len(last) > 0 || len(others) == 0 {
		return last
	}
	return others
}

// reason is something that decided: what the owner said, in parts, each a link to
// the answer behind it.
type reason struct {
	before string
	parts  []reasonPart
}

type reasonPart struct {
	text     string
	question int
	after    string
}

// reasons say what decided, a line each: those answers that meet signs of a role
// whose signs are counted go into one.
func (v Recommendation) reasons() []reason {
	var single, counted []recommend.Answer
	var count *recommend.Condition
	for _, r := range v.Result.DecidedBy {
		if c := r.Condition; c != nil && c.Role >= 0 && c.State == recommend.Met && !c.AtMost {
			count = c
		}
	}
	for _, r := range v.Result.DecidedBy {
		for _, a := range r.Answers {
			if count != nil && v.meets(a, count.Role) {
				counted = append(counted, a)
			} else {
				single = append(single, a)
			}
		}
	}
	var out []reason
	for _, a := range single {
		out = append(out, reason{parts: []reasonPart{{sentence(v.option(a).Because), a.Question, ""}}})
	}
	if len(counted) > 0 {
		met, of := v.Result.Tally(count.Role)
		words := v.words().Counted.With("n", met, "total", of, "role", v.Comparison.Roles[count.Role].Indefinite)
		before, after := Phrase(words).Around("reasons")
		one := reason{before: before}
		for _, a := range counted {
			one.parts = append(one.parts, reasonPart{v.option(a).Because, a.Question, "; "})
		}
		one.parts[len(one.parts)-1].after = after
		out = append(out, one)
	}
	return out
}

// meets reports whether an answer that was given meets a sign of a role.
func (v Recommendation) meets(a recommend.Answer, role int) bool {
	return slices.ContainsFunc(v.Result.Signs[role], func(s recommend.SignState) bool {
		return s.Question == a.Question && s.State == recommend.Met
	})
}

// certainty introduces what would change the result.
func (v Recommendation) certainty() Phrase {
	words := v.words()
	switch {
	case v.Result.Certainty == recommend.StillOpen:
		return words.StillOpen
	case v.Result.Certainty == recommend.Close:
		return words.Close
	case len(v.Result.WhatIfs) == 0:
		return words.Firm
	}
	return words.FirmFacts
}

// ways is how many ways there are to fill in what is open.
func (v Recommendation) ways() int {
	n := 0
	for _, p := range v.Result.Possible {
		n += p.Ways
	}
	return n
}

// possible are the outcomes that the ways to fill in what is open come to.
func (v Recommendation) possible() []share {
	var out []share
	for _, p := range v.Result.Possible {
		out = append(out, share{p.Outcome.Title, methodPath(v.Comparison) + "#" + p.Outcome.ID, p.Ways, v.ways()})
	}
	return out
}

// answered reports whether a question was answered, if only with "not sure".
func (v Recommendation) answered(question int) bool { return v.Result.Answers[question] >= 0 }

// pile is the signs of a role that stand alike.
type pile struct {
	state recommend.State
	name  Phrase
	signs []recommend.SignState
}

// piles are a role's signs under the words for how they stand, leaving out what
// has none.
func (v Recommendation) piles(role int) []pile {
	words := &v.Site.Words.Signs
	var out []pile
	for _, p := range []pile{{recommend.Met, words.Met, nil}, {recommend.Failed, words.Failed, nil}, {recommend.Open, words.Open, nil}} {
		for _, s := range v.Result.Signs[role] {
			if s.State == p.state {
				p.signs = append(p.signs, s)
			}
		}
		if len(p.signs) > 0 {
			out = append(out, p)
		}
	}
	return out
}

// said is the answer given to a question.
func (v Recommendation) said(question int) string {
	if v.answered(question) {
		return v.questions()[question].Options[v.Result.Answers[question]].Label
	}
	return v.words().NotAsked.String()
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

// onwardLink leads to another comparison.
type onwardLink struct{ when, title, path string }

// onward are the comparisons worth asking next, each with the answers that its
// questionnaire knows already; where these settle it, what they come to.
func (v Recommendation) onward() []onwardLink {
	var out []onwardLink
	for _, o := range v.Result.Outcome.Onward {
		if to := v.Site.Comparison(o.To.ID); to != nil {
			a := v.Comparison.Carry(v.Result.Answers, to)
			path := QuestionnairePath(to, a)
			if len(to.Engine.Next(a)) == 0 {
				path = RecommendationPath(to, a)
			}
			out = append(out, onwardLink{o.When, to.Title, path})
		}
	}
	return out
}

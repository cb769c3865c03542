package site

import (
	"fmt"
	"slices"
	"strings"

	"rolecompare/internal/comparison"
	"rolecompare/internal/recommend"
)

// AnswersOf returns an example's answers, as far as they are known.
func AnswersOf(c *comparison.Comparison, e comparison.Example) recommend.Answers {
	a := make(recommend.Answers, len(c.Questionnaire.Questions))
	for q := range a {
		a[q] = -1
		for _, g := range e.Answers {
			if question := &c.Questionnaire.Questions[q]; question.ID == g.Question {
				a[q] = slices.IndexFunc(question.Options, func(o comparison.Option) bool { return o.Label == g.Label })
			}
		}
	}
	return a
}

// checkExamples reports examples that come to something else than their authors
// say. What is not known in them is reported already.
func (c *Comparison) checkExamples() comparison.Diagnostics {
	var out comparison.Diagnostics
	if c.Engine == nil {
		return nil // the rules are to be mended first
	}
	for _, e := range c.Examples.Items {
		a := AnswersOf(c.Comparison, e)
		given := slices.DeleteFunc(slices.Clone(a), func(option int) bool { return option < 0 })
		if len(given) == len(e.Answers) && c.Outcome(e.Outcome.ID) != nil {
			c.checkExample(e, a, &out)
		}
	}
	for i := range out {
		out[i].Example = true
	}
	out.Need(c.Within("signs.md"), c.Within("questionnaire.md"), c.Within("outcomes.md"), c.Within("examples.md"))
	return out
}

func (c *Comparison) checkExample(e comparison.Example, a recommend.Answers, out *comparison.Diagnostics) {
	const mend = "mend the rules or the words, or write here what it comes to"
	r := c.Engine.Recommend(a)
	var decided []string
	for _, reason := range r.DecidedBy {
		for _, answer := range reason.Answers {
			decided = append(decided, c.Questionnaire.Questions[answer.Question].Options[answer.Option].Because)
		}
	}
	type claim struct {
		what     string
		says, is any
	}
	claims := []claim{
		{"outcome", e.Outcome.ID, r.Outcome.ID},
		{"headline", e.Headline, r.Outcome.Headline},
		{"reason why", e.Why, r.Outcome.Why},
		{"certainty", e.Certainty, r.Certainty.String()},
		{"list of reasons", strings.Join(e.Decided, "; "), strings.Join(decided, "; ")},
	}
	for role := range c.Roles {
		met, _ := r.Tally(role)
		claims = append(claims, claim{"standing of " + c.Roles[role].Name, e.Recommends[role], r.Outcome.Recommends[role]},
			claim{"number of signs met for " + c.Roles[role].Name, e.Met[role], met})
	}
	for _, d := range claims {
		if d.says != d.is && d.says != "" { // some may be left out
			out.Miss(e.At, fmt.Sprintf("“%s” comes to another %s: “%v”, not “%v”", e.Title, d.what, d.is, d.says), mend, c.Within("what "+e.ID+" comes to"))
		}
	}
	for _, w := range e.Changes {
		for q, question := range c.Questionnaire.Questions {
			for o, option := range question.Options {
				if is := c.Engine.Outcome(a.With(q, o)).ID; option.If == w.If && w.If != "" && is != w.Outcome.ID && c.Outcome(w.Outcome.ID) != nil {
					out.Miss(w.At, fmt.Sprintf("if %s, “%s” comes to “%s”, not “%s”", w.If, e.Title, is, w.Outcome.ID), mend, c.Within("what "+e.ID+" comes to"))
				}
			}
		}
	}
}

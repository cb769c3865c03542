package site

import (
	"fmt"
	"slices"

	"rolecompare/internal/comparison"
	"rolecompare/internal/recommend"
)

// AnswersOf returns an example's answers, as far as its questions and labels are
// known.
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
// say, in the words that a visitor reads.
func (c *Comparison) checkExamples(out *comparison.Diagnostics) {
	if c.Engine == nil {
		return // the rules are to be mended first
	}
	for _, e := range c.Examples.Items {
		r := c.Engine.Recommend(AnswersOf(c.Comparison, e))
		differs := func(what string, says, is any) {
			if says != is {
				out.Add(e.At, fmt.Sprintf("“%s” comes to another %s: “%v”, not “%v”", e.Title, what, is, says), "mend the rules or the words, or write here what it comes to")
			}
		}
		if differs("outcome", e.Outcome.ID, r.Outcome.ID); e.Outcome.ID != r.Outcome.ID {
			continue
		}
		differs("headline", e.Headline, r.Outcome.Headline)
		for role := range c.Roles {
			met, _ := r.Tally(role)
			differs("standing of "+c.Roles[role].Name, e.Recommends[role].String(), r.Outcome.Recommends[role].String())
			differs("number of signs met for "+c.Roles[role].Name, e.Met[role], met)
		}
	}
}

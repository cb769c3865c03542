package page

import (
	"rolecompare/internal/comparison"
	"rolecompare/internal/site"
)

// fewExamples is how many businesses stand beside the first question, and among the
// signs.
const fewExamples = 4

// exampleLink is a business and the way to what it comes to.
type exampleLink struct {
	comparison.Example
	path    string
	outcome *comparison.Outcome
}

func links(c *site.Comparison, examples []comparison.Example) []exampleLink {
	var out []exampleLink
	for _, e := range examples {
		a := site.AnswersOf(c.Comparison, e)
		out = append(out, exampleLink{e, RecommendationPath(c, a), c.Outcome(e.Outcome.ID)})
	}
	return out
}

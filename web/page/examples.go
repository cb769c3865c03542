package page

import (
	"slices"

	"rolecompare/internal/comparison"
	"rolecompare/internal/site"
)

// few are some businesses, of which each comes to something else.
func few(examples []comparison.Example) []comparison.Example {
	const most = 4
	var out []comparison.Example
	for _, e := range examples {
		known := slices.ContainsFunc(out, func(o comparison.Example) bool { return o.Outcome.ID == e.Outcome.ID })
		if !known && len(out) < most {
			out = append(out, e)
		}
	}
	return out
}

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

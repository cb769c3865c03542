package page

import (
	"rolecompare/internal/comparison"
	"rolecompare/internal/site"
)

// fewExamples is how many businesses stand beside the first question, and among the
// signs.
const fewExamples = 4

// examplePath is the address of what a business comes to.
func examplePath(c *site.Comparison, e comparison.Example) string {
	return RecommendationPath(c, site.AnswersOf(c.Comparison, e))
}

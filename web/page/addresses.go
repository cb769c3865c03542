package page

import (
	"rolecompare/internal/comparison"
	"rolecompare/internal/recommend"
)

// The addresses of the site, as paths.

const servicesPath = "/services"

func comparisonPath(c *comparison.Comparison) string { return "/compare/" + c.Slug }

func faqPath(c *comparison.Comparison, id string) string { return comparisonPath(c) + "/faq/" + id }

func questionnairePath(c *comparison.Comparison) string { return comparisonPath(c) + "/questionnaire" }

func methodPath(c *comparison.Comparison) string { return comparisonPath(c) + "/method" }

func recommendationPath(e *recommend.Engine, a recommend.Answers) string {
	return comparisonPath(e.Comparison()) + "/recommendation?" + e.Query(a)
}

func servicePath(id string) string { return servicesPath + "/" + id }

func plainPath(id string) string { return "/pages/" + id }

// siteCard is the preview card of every page that has none of its own.
const siteCard = "/og/site.png"

// cardPath is the address of a page's preview card, given the page's own.
func cardPath(path string) string { return "/og" + path + ".png" }

// outcomeCard is the preview card of every recommendation with this outcome.
func outcomeCard(c *comparison.Comparison, o *comparison.Outcome) string {
	return cardPath(comparisonPath(c) + "/outcome/" + o.ID)
}

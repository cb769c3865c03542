package page

import (
	"strings"

	"rolecompare/internal/comparison"
	"rolecompare/internal/recommend"
	"rolecompare/internal/site"
)

// Route is a kind of address, as the router reads it. What stands in braces is
// part of the address of each single page. This table is the only place that
// knows how addresses are made.
type Route string

// The pages, and what is there for machines.
const (
	RouteHome           Route = "/"
	RouteComparison     Route = "/compare/{slug}"
	RouteFAQ            Route = "/compare/{slug}/faq/{id}"
	RouteQuestionnaire  Route = "/compare/{slug}/questionnaire"
	RouteRecommendation Route = "/compare/{slug}/recommendation"
	RouteMethod         Route = "/compare/{slug}/method"
	RouteRoles          Route = "/roles"
	RouteRole           Route = "/roles/{id}"
	RouteServices       Route = "/services"
	RouteService        Route = "/services/{id}"
	RoutePlain          Route = "/pages/{id}"

	// RouteChoice leads from the needs that a visitor ticked to a page about them.
	RouteChoice Route = "/choose"

	RouteQuestionnaireJSON  Route = "/compare/{slug}/questionnaire.json"
	RouteRecommendationJSON Route = "/compare/{slug}/recommendation.json"

	RouteSitemap  Route = "/sitemap.xml"
	RouteRobots   Route = "/robots.txt"
	RouteLLMs     Route = "/llms.txt"
	RouteManifest Route = "/site.webmanifest"
	RouteFavicon  Route = "/favicon.ico"
	RouteCard     Route = "/og/*"
	RoutePicture  Route = "/pictures/{hash}/{file}" // as texts show it
	RouteAsset    Route = "/static/{file}"
	RouteLive     Route = "/livez"
	RouteReady    Route = "/readyz"

	RouteChanges   Route = "/dev/events"
	RouteWork      Route = "/dev/work.json"
	RouteBefore    Route = "/dev/before/{slug}"
	RouteDecisions Route = "/dev/decisions/{slug}"
)

// Routes are those of the pages that are the same for everybody.
var Routes = []Route{
	RouteHome, RouteComparison, RouteFAQ, RouteMethod, RouteRoles, RouteRole, RouteServices, RouteService, RoutePlain,
}

// Path returns the address of one page, given what stands for the braces.
func (r Route) Path(values ...string) string {
	var b strings.Builder
	rest := string(r)
	for _, value := range values {
		before, after, _ := strings.Cut(rest, "{")
		_, rest, _ = strings.Cut(after, "}")
		b.WriteString(before + value)
	}
	return b.String() + rest
}

// Markdown returns the route of the same pages as Markdown.
func (r Route) Markdown() Route {
	if r == RouteHome {
		return "/index.md"
	}
	return r + ".md"
}

// Renamed returns where an address below a comparison's former slug leads today, or
// "" if it is none.
func Renamed(s *site.Site, path string) string {
	for _, c := range s.Comparisons {
		for _, old := range c.Aliases {
			before, rest, found := strings.Cut(path, RouteComparison.Path(old.ID))
			if found && (before == "" || before == "/og") && (rest == "" || strings.ContainsAny(rest[:1], "/.")) {
				return before + comparisonPath(c) + rest
			}
		}
	}
	return ""
}

func comparisonPath(c *site.Comparison) string { return RouteComparison.Path(c.Slug) }

func faqPath(c *site.Comparison, id string) string { return RouteFAQ.Path(c.Slug, id) }

func questionnairePath(c *site.Comparison) string { return RouteQuestionnaire.Path(c.Slug) }

// QuestionnairePath is the address of the form with these answers filled in.
func QuestionnairePath(c *site.Comparison, a recommend.Answers) string {
	return strings.TrimSuffix(questionnairePath(c)+"?"+Query(c, a, ""), "?")
}

func methodPath(c *site.Comparison) string { return RouteMethod.Path(c.Slug) }

// RecommendationPath is the address of what these answers come to.
func RecommendationPath(c *site.Comparison, a recommend.Answers) string {
	return RouteRecommendation.Path(c.Slug) + "?" + Query(c, a, c.Engine.Version())
}

// examplePath is the address of what a business comes to.
func examplePath(c *site.Comparison, e comparison.Example) string {
	return RecommendationPath(c, site.AnswersOf(c.Comparison, e))
}

func rolePath(r *comparison.Role) string { return RouteRole.Path(r.ID) }

// ChoicePath is where a visitor finds out about these roles: the page of the only
// one, the comparison of the two, or else all roles side by side.
func ChoicePath(s *Site, roles []*comparison.Role) string {
	if len(roles) == 1 {
		return rolePath(roles[0])
	}
	if both := s.With(roles...); len(both) > 0 {
		return comparisonPath(both[0])
	}
	return RouteRoles.Path()
}

// NeedKey is the key of a role whose need a visitor ticked.
const NeedKey = "need"

// VersionKey is the key of the version of the rules in an address, AskedKey that
// of the questions that a form asks, by their ids, parted by spaces. No question
// may have one of them as its id.
const (
	VersionKey = "v"
	AskedKey   = "asked"
)

// Query returns answers as the query of an address: the ids of the questions that
// were answered, in the questionnaire's order, and, unless it is empty, the version
// of the rules.
func Query(c *site.Comparison, a recommend.Answers, version string) string {
	var fields []string
	for q := range c.Questionnaire.Questions {
		if question := &c.Questionnaire.Questions[q]; a[q] >= 0 {
			fields = append(fields, question.ID+"="+question.Options[a[q]].ID)
		}
	}
	if version != "" {
		fields = append(fields, VersionKey+"="+version)
	}
	return strings.Join(fields, "&")
}

// SiteCard is the preview card of every page that has none of its own.
const SiteCard = "/og/site.png"

// cardPath is the address of a page's preview card, given the page's own.
func cardPath(path string) string { return "/og" + path + ".png" }

// OutcomeCard is the preview card of every recommendation with this outcome.
func OutcomeCard(c *site.Comparison, outcome string) string {
	return cardPath(comparisonPath(c) + "/outcome/" + outcome)
}

package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"rolecompare/internal/site"
	"rolecompare/web/page"
)

// What authors see of their work, in dev only: static/dev.js makes a panel and a
// page of it.

// getWork answers with what the authors should look at, and with what each
// comparison decides.
func (c *changes) getWork(w http.ResponseWriter, r *http.Request, s *Snapshot) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	var all []object
	for _, one := range s.site.Comparisons {
		all = append(all, object{
			"Slug": one.Slug, "Title": one.Title, "Draft": one.Draft,
			"Kept": one.Decisions, "Now": string(one.Engine.Decisions()), // the table of decisions
			"Changed": one.Engine.CheckDecisions(), // what check says of it
			"Before":  c.before[one.Slug] != nil,   // whether there is a page of how a result was before
		})
	}
	return s.serveJSON(w, r, object{
		"Faults": c.faults, "Warnings": s.options.Warnings, "Editor": s.options.Editor, "Comparisons": all,
	})
}

// getBefore answers with a recommendation as it was before the decisions changed.
func (c *changes) getBefore(w http.ResponseWriter, r *http.Request, _ *Snapshot) error {
	c.mu.Lock()
	before := c.before[chi.URLParam(r, "slug")]
	c.mu.Unlock()
	if before == nil {
		return errNotFound
	}
	return about(getRecommendation)(w, r, before)
}

// getDecisions answers with the page of a comparison's decisions: that of the
// method, in which the script shows them.
func getDecisions(w http.ResponseWriter, r *http.Request, s *Snapshot) error {
	r.URL.Path = page.RouteMethod.Path(chi.URLParam(r, "slug"))
	return getPage(w, r, s)
}

// getRules answers with the rules of a comparison, and how they stand to the
// answers in the address.
func getRules(w http.ResponseWriter, r *http.Request, s *Snapshot, c *site.Comparison) error {
	answers, _ := c.Engine.Read(r.URL.Query()).Answers()
	holding, ways := c.Engine.Holding(answers)
	return s.serveJSON(w, r, object{
		"Outcomes": c.Outcomes.Items, "Holding": holding, "Ways": ways, "Outcome": c.Engine.Outcome(answers).ID,
	})
}

package page

import (
	"slices"
	"time"

	"rolecompare/internal/comparison"
	"rolecompare/internal/site"
)

// Page is a page of the site at its address.
type Page struct {
	Route    Route
	Path     string
	Markdown string // the address of the same as Markdown; empty for none
	View     View
	Reviewed time.Time // when what it says was last checked; zero where nobody says
	Former   []string  // addresses that it had before
	Draft    bool      // it belongs to a draft
}

// AllPages returns every page of the site that has an address of its own, the most
// important first. Recommendations are not among them: there are too many.
func (s *Site) AllPages() []Page {
	var out []Page
	add := func(v View, r Route, values ...string) *Page {
		out = append(out, Page{Route: r, Path: r.Path(values...), Markdown: r.Markdown().Path(values...), View: v})
		return &out[len(out)-1]
	}
	add(Index{Site: s}, RouteHome)
	for _, c := range s.Comparisons {
		form := Questionnaire{Site: s, Comparison: c}
		if c.Engine != nil {
			form.Submission = c.Engine.Read(nil)
		}
		first := len(out)
		add(Comparison{s, c}, RouteComparison, c.Slug)
		add(form, RouteQuestionnaire, c.Slug).Markdown = ""
		add(Method{s, c}, RouteMethod, c.Slug)
		for i, item := range c.FAQ.Items {
			p := add(FAQ{s, c, i}, RouteFAQ, c.Slug, item.ID)
			for _, alias := range item.Aliases {
				p.Former = append(p.Former, faqPath(c, alias.ID))
			}
		}
		for i := range out[first:] {
			out[first+i].Draft, out[first+i].Reviewed = c.Draft, c.Reviewed.Time
		}
		if c.Reviewed.After(out[0].Reviewed) {
			out[0].Reviewed = c.Reviewed.Time
		}
	}
	add(RoleTable{s}, RouteRoles).Reviewed = out[0].Reviewed
	for _, r := range s.Roles {
		public := func(c *site.Comparison) bool { return !c.Draft }
		add(RoleProfile{s, r}, RouteRole, r.ID).Draft = !slices.ContainsFunc(s.With(r), public)
	}
	add(Services{s}, RouteServices)
	for _, v := range s.Services {
		add(Service{s, v}, RouteService, v.ID)
	}
	for _, p := range s.Pages {
		add(Plain{s, p}, RoutePlain, p.ID)
	}
	return out
}

// places returns what an address of the page may name after "#": what has an id
// there and was written by an author, and what the page itself gives one.
func (p Page) places() []comparison.Name {
	switch v := p.View.(type) {
	case Comparison:
		names := append(v.Comparison.Names(), comparison.Name{ID: "short-answer"}, comparison.Name{ID: "stages"})
		if len(v.Comparison.Services) > 0 {
			names = append(names, v.related())
		}
		if len(v.Comparison.Sources) > 0 {
			names = append(names, v.sources())
		}
		return names
	case Questionnaire:
		return v.Comparison.FormNames()
	case Method:
		return v.Comparison.MethodNames()
	case RoleProfile:
		return []comparison.Name{v.Role.Duties.Name}
	case Service:
		return v.Service.Body.Names
	case Plain:
		return v.Page.Body.Names
	case Index:
		return append(v.Site.Intro.Names, comparison.Name{ID: chooserID})
	}
	return nil
}

// Addresses returns every address that the site makes public: of its pages, the
// former ones too, and of every place on them.
func (s *Site) Addresses() []string {
	var out []string
	for _, p := range s.AllPages() {
		if p.Draft {
			continue
		}
		out = append(append(out, p.Path), p.Former...)
		if p.Route == RouteHome {
			continue // what it shows may change
		}
		for _, n := range p.places() {
			out = append(out, p.Path+"#"+n.ID)
			for _, a := range n.Aliases {
				out = append(out, p.Path+"#"+a.ID)
			}
		}
	}
	return out
}

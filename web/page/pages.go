package page

import (
	"time"

	"rolecompare/internal/comparison"
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
	add := func(p Page) { out = append(out, p) }
	markdown := func(r Route, values ...string) string { return r.Markdown().Path(values...) }

	home := Page{Route: RouteHome, Path: "/", Markdown: markdown(RouteHome), View: Index{s}}
	for _, c := range s.Comparisons {
		if c.Slug == s.Home.ID {
			home.View, home.Markdown = Comparison{s, c}, markdown(RouteComparison, c.Slug)
		}
		if c.Reviewed.After(home.Reviewed) {
			home.Reviewed = c.Reviewed.Time
		}
	}
	add(home)
	for _, c := range s.Comparisons {
		reviewed := c.Reviewed.Time
		add(Page{Route: RouteComparison, Path: comparisonPath(c), Markdown: markdown(RouteComparison, c.Slug), View: Comparison{s, c}, Reviewed: reviewed, Draft: c.Draft})
		form := Questionnaire{Site: s, Comparison: c}
		if c.Engine != nil {
			form.Submission = c.Engine.Read(nil)
		}
		add(Page{Route: RouteQuestionnaire, Path: questionnairePath(c), View: form, Reviewed: reviewed, Draft: c.Draft})
		add(Page{Route: RouteMethod, Path: methodPath(c), Markdown: markdown(RouteMethod, c.Slug), View: Method{s, c}, Reviewed: reviewed, Draft: c.Draft})
		for i, item := range c.FAQ.Items {
			p := Page{Route: RouteFAQ, Path: faqPath(c, item.ID), Markdown: markdown(RouteFAQ, c.Slug, item.ID), View: FAQ{s, c, i}, Draft: c.Draft}
			for _, alias := range item.Aliases {
				p.Former = append(p.Former, faqPath(c, alias.ID))
			}
			add(p)
		}
	}
	add(Page{Route: RouteServices, Path: RouteServices.Path(), Markdown: markdown(RouteServices), View: Services{s}})
	for _, v := range s.Services {
		add(Page{Route: RouteService, Path: RouteService.Path(v.ID), Markdown: markdown(RouteService, v.ID), View: Service{s, v}})
	}
	for _, p := range s.Pages {
		add(Page{Route: RoutePlain, Path: RoutePlain.Path(p.ID), Markdown: markdown(RoutePlain, p.ID), View: Plain{s, p}})
	}
	return out
}

// places returns what an address of the page may name after "#": what has an id
// there and was written by an author, and what the page itself gives one.
func (p Page) places() []comparison.Name {
	switch v := p.View.(type) {
	case Comparison:
		names := append(v.Comparison.Names(), comparison.Name{ID: "short-answer"})
		if len(v.Comparison.Services) > 0 {
			names = append(names, v.related())
		}
		if len(v.Comparison.Sources) > 0 {
			names = append(names, v.sources())
		}
		return names
	case Questionnaire:
		names := append([]comparison.Name{v.Comparison.Questionnaire.Name}, v.Comparison.Questionnaire.Body.Names...)
		for _, q := range v.Comparison.Questionnaire.Questions {
			names = append(names, comparison.Name{At: q.At, ID: q.ID})
		}
		return names
	case Method:
		names := []comparison.Name{v.Comparison.Outcomes.Name}
		for _, o := range v.Comparison.Outcomes.Items {
			names = append(names, o.Name)
		}
		if examples := v.Comparison.Examples; len(examples.Items) > 0 {
			names = append(names, examples.Name)
			for _, e := range examples.Items {
				names = append(names, e.Name)
			}
		}
		return names
	case Service:
		return v.Service.Body.Names
	case Plain:
		return v.Page.Body.Names
	case Index:
		return v.Site.Intro.Names
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
		if p.Path == "/" {
			continue // what it shows may change, and has an address of its own
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

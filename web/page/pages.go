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

	// places is what an address of the page may name after "#": what has an id there
	// and was written by an author, and what the page itself gives one.
	places []comparison.Name
	links  []comparison.Link // in its texts
}

// AllPages returns every page of the site that has an address of its own, the most
// important first. Recommendations are not among them: there are too many.
func (s *Site) AllPages() []Page {
	var out []Page
	add := func(v View, places []comparison.Name, r Route, values ...string) *Page {
		p := Page{Route: r, Path: r.Path(values...), Markdown: r.Markdown().Path(values...), View: v, places: places}
		out = append(out, p)
		return &out[len(out)-1]
	}
	home := add(Index{Site: s}, append(s.Intro.Names, comparison.Name{ID: chooserID}), RouteHome)
	home.links = append(s.Intro.Links, s.Contact.URL)
	for _, c := range s.Comparisons {
		form := Questionnaire{Site: s, Comparison: c}
		if c.Engine != nil {
			form.Submission = c.Engine.Read(nil)
		}
		first := len(out)
		main := add(Comparison{s, c}, Comparison{s, c}.names(), RouteComparison, c.Slug)
		main.links = slices.Concat(c.Links, c.Roles[0].Links, c.Roles[1].Links)
		add(form, c.FormNames(), RouteQuestionnaire, c.Slug).Markdown = ""
		add(Method{s, c}, c.MethodNames(), RouteMethod, c.Slug)
		for _, item := range c.FAQ.Items {
			p := add(FAQ{s, c, item}, nil, RouteFAQ, c.Slug, item.ID)
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
	add(RoleTable{s}, nil, RouteRoles).Reviewed = out[0].Reviewed
	for _, r := range s.Roles {
		public := func(c *site.Comparison) bool { return !c.Draft }
		p := add(RoleProfile{s, r}, []comparison.Name{r.Duties.Name}, RouteRole, r.ID)
		p.links, p.Draft = r.Links, !slices.ContainsFunc(s.With(r), public)
	}
	add(Services{s}, nil, RouteServices)
	for _, v := range s.Services {
		add(Service{s, v}, v.Body.Names, RouteService, v.ID).links = v.Body.Links
	}
	for _, p := range s.Pages {
		add(Plain{s, p}, p.Body.Names, RoutePlain, p.ID).links = p.Body.Links
	}
	return out
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
		for _, n := range p.places {
			out = append(out, p.Path+"#"+n.ID)
			for _, a := range n.Aliases {
				out = append(out, p.Path+"#"+a.ID)
			}
		}
	}
	return out
}

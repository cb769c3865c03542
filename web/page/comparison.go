package page

import (
	"slices"

	"rolecompare/internal/comparison"
	"rolecompare/internal/site"
)

// Comparison is the page of a comparison.
type Comparison struct {
	Site       *Site
	Comparison *site.Comparison
}

func (v Comparison) Head() Head {
	c := v.Comparison
	h := newHead(comparisonPath(c), c.Title, c.Summary)
	h.Card, h.Article, h.About = cardPath(h.Path), true, c
	h.Data = graph(v.Site, h, nil, append([]node{faqNode(c)}, serviceNodes(namedServices(v.Site, c.Services)...)...)...)
	return h
}

func (v Comparison) words() *ComparisonWords { return &v.Site.Words.OnComparison }

// contents is every section that is there to be read, in order.
func (v Comparison) contents() []comparison.Name {
	c := v.Comparison
	return []comparison.Name{
		{ID: "short-answer", Title: v.words().ShortAnswer.String()},
		c.Differences.Name, c.Overview.Name, c.Responsibilities.Name, c.Signs.Name, c.Together.Name, c.Provider.Name, c.FAQ.Name,
	}
}

// names are what has an id on the page.
func (v Comparison) names() []comparison.Name {
	names := append(v.Comparison.Names(), comparison.Name{ID: "short-answer"}, comparison.Name{ID: "stages"})
	if len(v.Comparison.Services) > 0 {
		names = append(names, v.related())
	}
	if len(v.Comparison.Sources) > 0 {
		names = append(names, v.sources())
	}
	return names
}

func (v Comparison) related() comparison.Name {
	return comparison.Name{ID: "related-services", Title: v.words().ServicesName.String()}
}

func (v Comparison) sources() comparison.Name {
	return comparison.Name{ID: "sources", Title: v.words().Sources.String()}
}

// namedServices are the services that the authors name.
func namedServices(s *Site, refs []comparison.Ref) []*comparison.Page {
	var out []*comparison.Page
	for _, r := range refs {
		out = append(out, s.Service(r.ID))
	}
	return out
}

// task is something to do, and whose it is.
type task struct {
	duty comparison.Prose
	by   comparison.AtWork
}

// tasks are what the roles do: what is the first one's, what either can do, which
// both have in the same words, and what is the second one's.
func (v Comparison) tasks() []task {
	var out []task
	for role, r := range v.Comparison.Roles {
		for _, d := range r.Duties.Items {
			i := slices.IndexFunc(out, func(t task) bool { return t.duty.HTML == d.HTML })
			if i < 0 {
				i, out = len(out), append(out, task{duty: d})
			}
			out[i].by[role] = true
		}
	}
	place := map[comparison.AtWork]int{{true, false}: 0, {true, true}: 1, {false, true}: 2}
	slices.SortStableFunc(out, func(a, b task) int { return place[a.by] - place[b.by] })
	return out
}

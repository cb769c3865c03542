package page

import (
	"slices"
	"time"

	"rolecompare/internal/comparison"
	"rolecompare/internal/site"
)

// Services lists the services.
type Services struct{ Site *Site }

func (v Services) Head() Head {
	path := RouteServices.Path()
	h := Head{
		Title:       v.words().Title.String(),
		Description: v.words().Description.With("organization", v.Site.Organization.Name),
		Path:        path,
		Markdown:    path + ".md",
	}
	h.Data = graph(v.Site, h.Path, h.Title, h.Description, time.Time{}, []crumb{{h.Title, path}}, serviceNodes(v.Site.Services...)...)
	return h
}

func (v Services) words() *ServiceWords { return &v.Site.Words.OnServices }

// Service is the page of a service.
type Service struct {
	Site    *Site
	Service *comparison.Page
}

func (v Service) Head() Head {
	path := RouteService.Path(v.Service.ID)
	h := Head{
		Title:       v.Service.Title,
		Description: v.Service.Summary,
		Path:        path,
		Markdown:    path + ".md",
		Card:        cardPath(path),
		Article:     true,
	}
	way := []crumb{{v.words().Title.String(), RouteServices.Path()}, {h.Title, path}}
	h.Data = graph(v.Site, h.Path, h.Title, h.Description, time.Time{}, way, serviceNodes(v.Service)...)
	h.Data[0]["mainEntity"] = reference(address(path + "#service"))
	return h
}

func (v Service) words() *ServiceWords { return &v.Site.Words.OnServices }

// comparisons are those that name the service, themselves or in an outcome.
func (v Service) comparisons() []*site.Comparison {
	named := func(refs []comparison.Ref) bool {
		return slices.ContainsFunc(refs, func(r comparison.Ref) bool { return r.ID == v.Service.ID })
	}
	var out []*site.Comparison
	for _, c := range v.Site.Comparisons {
		if named(c.Services) || slices.ContainsFunc(c.Outcomes.Items, func(o comparison.Outcome) bool { return named(o.Services) }) {
			out = append(out, c)
		}
	}
	return out
}

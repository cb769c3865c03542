package page

import (
	"slices"

	"rolecompare/internal/comparison"
	"rolecompare/internal/site"
)

// Services lists the services.
type Services struct{ Site *Site }

func (v Services) Head() Head {
	h := newHead(RouteServices.Path(), v.words().Title.String(), v.words().Description.With("organization", v.Site.Organization.Name))
	h.Data = graph(v.Site, h, nil, serviceNodes(v.Site.Services...)...)
	return h
}

func (v Services) words() *ServiceWords { return &v.Site.Words.OnServices }

// Service is the page of a service.
type Service struct {
	Site    *Site
	Service *comparison.Page
}

func (v Service) Head() Head {
	h := newHead(RouteService.Path(v.Service.ID), v.Service.Title, v.Service.Summary)
	h.Card, h.Article = cardPath(h.Path), true
	h.Data = graph(v.Site, h, []step{{v.words().Title.String(), RouteServices.Path()}}, serviceNodes(v.Service)...)
	h.Data[0]["mainEntity"] = reference(address(h.Path + "#service"))
	return h
}

func (v Service) words() *ServiceWords { return &v.Site.Words.OnServices }

// comparisons are those that name the service, themselves or in an outcome.
func (v Service) comparisons() []*site.Comparison {
	return slices.DeleteFunc(slices.Clone(v.Site.Comparisons), func(c *site.Comparison) bool { return !c.Uses(v.Service.ID) })
}

package page

import (
	"maps"
	"time"

	"rolecompare/internal/comparison"
)

// Graph is what a page says in schema.org's vocabulary, as JSON-LD. It says
// nothing that the page does not show.
type Graph []node

type node map[string]any

// address is a path of this site as a value of structured data.
type address string

// data is the structured data as the document carries it: with absolute
// addresses where the site knows its own. Without, they are relative, which
// JSON-LD understands too.
func (d framed) data() any {
	return node{"@context": "https://schema.org", "@graph": d.Head.Data.at(d.BaseURL)}
}

func (g Graph) at(base string) Graph {
	var absolute func(v any) any
	absolute = func(v any) any {
		switch v := v.(type) {
		case address:
			return base + string(v)
		case node:
			v = maps.Clone(v)
			for key := range v {
				v[key] = absolute(v[key])
			}
			return v
		case []node:
			return Graph(v).at(base)
		}
		return v
	}
	out := make(Graph, len(g))
	for i, n := range g {
		out[i] = absolute(n).(node)
	}
	return out
}

const (
	websiteID      address = "/#website"
	organizationID address = "/#organization"
)

func reference(id address) node { return node{"@id": id} }

// crumb is a step on the way from the front page to a page.
type crumb struct{ name, path string }

// graph says what a page is, where it is to be found, and whose it is, and then
// whatever more there is to say.
func graph(s *comparison.Site, path, name, description string, reviewed time.Time, way []crumb, more ...node) Graph {
	page := node{
		"@type":       "WebPage",
		"@id":         address(path + "#webpage"),
		"url":         address(path),
		"name":        name,
		"description": description,
		"isPartOf":    reference(websiteID),
		"publisher":   reference(organizationID),
	}
	if !reviewed.IsZero() {
		page["dateModified"] = reviewed.Format(time.DateOnly)
	}
	g := Graph{page}
	if s.Home != "" && len(way) > 0 && way[0].path == path {
		way = nil // the front page may be this one, and is no step on the way to it
	}
	if len(way) > 0 {
		id := address(path + "#breadcrumb")
		page["breadcrumb"] = reference(id)
		steps := []node{}
		for i, c := range append([]crumb{{s.Name, "/"}}, way...) {
			steps = append(steps, node{"@type": "ListItem", "position": i + 1, "name": c.name, "item": address(c.path)})
		}
		g = append(g, node{"@type": "BreadcrumbList", "@id": id, "itemListElement": steps})
	}
	g = append(g, more...)
	return append(g,
		node{"@type": "WebSite", "@id": websiteID, "url": address("/"), "name": s.Name, "publisher": reference(organizationID)},
		node{"@type": "Organization", "@id": organizationID, "name": s.Organization.Name, "url": s.Organization.URL},
	)
}

// question is a question of the FAQ with its answer.
func question(c *comparison.Comparison, item comparison.FAQItem) node {
	id := address(comparisonPath(c) + "#" + item.ID)
	return node{
		"@type":          "Question",
		"@id":            id,
		"url":            id,
		"name":           item.Title,
		"acceptedAnswer": node{"@type": "Answer", "text": item.Answer.Text, "url": id},
	}
}

func serviceNode(v *comparison.Service) node {
	return node{
		"@type":       "Service",
		"@id":         address(servicePath(v.ID) + "#service"),
		"url":         address(servicePath(v.ID)),
		"name":        v.Title,
		"description": v.Summary,
		"provider":    reference(organizationID),
	}
}

func serviceNodes(services []*comparison.Service) []node {
	var out []node
	for _, v := range services {
		out = append(out, serviceNode(v))
	}
	return out
}

func (v Index) graph() Graph {
	return graph(v.Site, "/", v.Site.Name, v.Site.Summary, time.Time{}, nil, serviceNodes(v.Site.Services)...)
}

func (v Comparison) graph() Graph {
	c, path := v.Comparison, comparisonPath(v.Comparison)
	var questions []node
	for _, item := range c.FAQ.Items {
		questions = append(questions, question(c, item))
	}
	faq := node{
		"@type":      "FAQPage",
		"@id":        address(path + "#" + c.FAQ.ID),
		"url":        address(path + "#" + c.FAQ.ID),
		"name":       c.FAQ.Title,
		"isPartOf":   reference(address(path + "#webpage")),
		"mainEntity": questions,
	}
	return graph(v.Site, path, c.Title, c.Summary, c.Reviewed, []crumb{{c.Title, path}},
		append([]node{faq}, serviceNodes(namedServices(v.Site, c.Services))...)...)
}

func (v Questionnaire) graph() Graph {
	c, path := v.Comparison, questionnairePath(v.Comparison)
	title := c.Questionnaire.Title
	return graph(v.Site, path, title, c.Questionnaire.Body.Text, time.Time{},
		[]crumb{{c.Title, comparisonPath(c)}, {title, path}})
}

func (v Method) graph() Graph {
	c, path, words := v.Comparison, methodPath(v.Comparison), v.Site.Words.Method
	return graph(v.Site, path, words.Title.String(), words.Intro.String(), c.Reviewed,
		[]crumb{{c.Title, comparisonPath(c)}, {words.Title.String(), path}})
}

func (v Services) graph() Graph {
	title := v.words().Title.String()
	return graph(v.Site, servicesPath, title, v.description(), time.Time{},
		[]crumb{{title, servicesPath}}, serviceNodes(v.Site.Services)...)
}

func (v Service) graph() Graph {
	path := servicePath(v.Service.ID)
	g := graph(v.Site, path, v.Service.Title, v.Service.Summary, time.Time{},
		[]crumb{{v.words().Title.String(), servicesPath}, {v.Service.Title, path}}, serviceNode(v.Service))
	g[0]["mainEntity"] = reference(address(path + "#service"))
	return g
}

func (v Plain) graph() Graph {
	path := plainPath(v.Page.ID)
	return graph(v.Site, path, v.Page.Title, v.Page.Summary, time.Time{}, []crumb{{v.Page.Title, path}})
}

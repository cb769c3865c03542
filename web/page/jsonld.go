package page

import (
	"encoding/json"
	"strings"
	"time"

	"rolecompare/internal/comparison"
	"rolecompare/internal/site"
)

// Graph is what a page says in schema.org's vocabulary, as JSON-LD. It says
// nothing that the page does not show.
type Graph []node

type node map[string]any

// address is a path of this site as a value of structured data. It is written
// with a mark before it, which at replaces.
type address string

const baseMark = "{base}"

func (a address) MarshalText() ([]byte, error) { return []byte(baseMark + string(a)), nil }

// at returns the graph as the document carries it, with absolute addresses where
// the site knows its own. Without, they are relative, which JSON-LD understands
// too. JSON escapes what would end the script.
func (g Graph) at(base string) string {
	b, _ := json.Marshal(node{"@context": "https://schema.org", "@graph": g}) // strings and numbers never fail
	return strings.ReplaceAll(string(b), `"`+baseMark, `"`+base)
}

const (
	websiteID      address = "/#website"
	organizationID address = "/#organization"
)

func reference(id address) node { return node{"@id": id} }

// graph says what a page is, where it is to be found, and whose it is, and then
// whatever more there is to say. Its head says the most; way is what lies between
// the front page, or the page's comparison, and the page itself.
func graph(s *Site, h Head, way []step, more ...node) Graph {
	page := node{
		"@type":       "WebPage",
		"@id":         address(h.Path + "#webpage"),
		"url":         address(h.Path),
		"name":        h.Title,
		"description": h.Description,
		"isPartOf":    reference(websiteID),
		"publisher":   reference(organizationID),
	}
	g := Graph{page}
	steps := []step{{s.Name, RouteHome.Path()}}
	if c := h.About; c != nil && h.Article { // which shows the day
		page["dateModified"] = c.Reviewed.Format(time.DateOnly)
	}
	if c := h.About; c != nil && comparisonPath(c) != h.Path {
		steps = append(steps, step{c.Title, comparisonPath(c)})
	}
	if h.Path != RouteHome.Path() {
		id := address(h.Path + "#breadcrumb")
		page["breadcrumb"] = reference(id)
		items := []node{}
		for i, c := range append(append(steps, way...), step{h.Title, h.Path}) {
			items = append(items, node{"@type": "ListItem", "position": i + 1, "name": c.name, "item": address(c.path)})
		}
		g = append(g, node{"@type": "BreadcrumbList", "@id": id, "itemListElement": items})
	}
	g = append(g, more...)
	return append(g,
		node{"@type": "WebSite", "@id": websiteID, "url": address("/"), "name": s.Name, "publisher": reference(organizationID)},
		node{"@type": "Organization", "@id": organizationID, "name": s.Organization.Name, "url": s.Organization.URL.URL},
	)
}

// faqNode is the whole FAQ of a comparison.
func faqNode(c *site.Comparison) node {
	path := comparisonPath(c)
	questions := []node{}
	for _, item := range c.FAQ.Items {
		id := address(path + "#" + item.ID)
		questions = append(questions, node{
			"@type":          "Question",
			"@id":            id,
			"url":            id,
			"name":           item.Title,
			"acceptedAnswer": node{"@type": "Answer", "text": item.Answer.Text, "url": id},
		})
	}
	return node{
		"@type":      "FAQPage",
		"@id":        address(path + "#" + c.FAQ.ID),
		"url":        address(path + "#" + c.FAQ.ID),
		"name":       c.FAQ.Title,
		"isPartOf":   reference(address(path + "#webpage")),
		"mainEntity": questions,
	}
}

func roleNode(r *comparison.Role) node {
	path := rolePath(r)
	return node{"@type": "Occupation", "@id": address(path + "#role"), "url": address(path), "name": r.Name, "description": r.Summary}
}

func serviceNodes(services ...*comparison.Page) []node {
	var out []node
	for _, v := range services {
		path := RouteService.Path(v.ID)
		out = append(out, node{
			"@type":       "Service",
			"@id":         address(path + "#service"),
			"url":         address(path),
			"name":        v.Title,
			"description": v.Summary,
			"provider":    reference(organizationID),
		})
	}
	return out
}

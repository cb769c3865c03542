package page

import (
	"html"

	"rolecompare/internal/comparison"
)

// Role is the page of a role.
type Role struct {
	Site *Site
	Role *comparison.Role
}

func (v Role) Head() Head {
	h := newHead(rolePath(v.Role), v.Role.Name, v.Role.Summary)
	h.Card, h.Article = cardPath(h.Path), true
	h.Data = graph(v.Site, h, []crumb{{v.words().Title.String(), RouteRoles.Path()}}, roleNode(v.Role))
	h.Data[0]["mainEntity"] = reference(address(h.Path + "#role"))
	return h
}

func (v Role) words() *RoleWords { return &v.Site.Words.OnRoles }

// Roles shows all roles side by side.
type Roles struct{ Site *Site }

func (v Roles) Head() Head {
	h := newHead(RouteRoles.Path(), v.words().Title.String(), v.words().Description.String())
	h.Data = graph(v.Site, h, nil)
	return h
}

func (v Roles) words() *RoleWords { return &v.Site.Words.OnRoles }

// row is something that holds for each role, as HTML in the order of the roles.
type row struct {
	title string
	cells []string
}

// rows are what is told of each role, and the differences in which every role has
// its side.
func (v Roles) rows() []row {
	out := []row{{title: v.words().Need.String()}, {title: v.words().Purpose.String()}}
	question := row{title: v.words().Question.String()}
	for _, r := range v.Site.Roles {
		out[0].cells = append(out[0].cells, html.EscapeString(r.Need))
		out[1].cells = append(out[1].cells, html.EscapeString(r.Summary))
		question.cells = append(question.cells, rooted(r.Duties.Question.HTML, rolePath(r)))
	}
	return append(append(out, v.differences()...), question)
}

// differences are those in which every role has its side, each as the first
// comparison that has it tells it.
func (v Roles) differences() []row {
	var out []row
	seen := map[string]bool{}
	for _, c := range v.Site.Comparisons {
		for _, d := range c.Differences.Items {
			if seen[d.ID] {
				continue
			}
			seen[d.ID] = true
			all := row{title: d.Title}
			for _, r := range v.Site.Roles {
				if side := v.side(r, d.ID); side != "" {
					all.cells = append(all.cells, side)
				}
			}
			if len(all.cells) == len(v.Site.Roles) {
				out = append(out, all)
			}
		}
	}
	return out
}

// side is a role's side of a difference, or empty.
func (v Roles) side(r *comparison.Role, id string) string {
	for _, c := range v.Site.With(r) {
		for _, d := range c.Differences.Items {
			if d.ID == id {
				side := d.Sides[0]
				if c.Roles[1].Role == r {
					side = d.Sides[1]
				}
				return rooted(side.HTML, comparisonPath(c))
			}
		}
	}
	return ""
}

package page

import (
	"cmp"
	"html"
	"slices"

	"rolecompare/internal/comparison"
)

// RoleProfile is the page of a role.
type RoleProfile struct {
	Site *Site
	Role *comparison.Role
}

func (v RoleProfile) Head() Head {
	h := newHead(rolePath(v.Role), v.Role.Name, v.Role.Summary)
	h.Card, h.Article = cardPath(h.Path), true
	h.Data = graph(v.Site, h, []step{{v.words().Title.String(), RouteRoles.Path()}}, roleNode(v.Role))
	h.Data[0]["mainEntity"] = reference(address(h.Path + "#role"))
	return h
}

func (v RoleProfile) words() *RoleWords { return &v.Site.Words.OnRoles }

// RoleTable shows all roles side by side.
type RoleTable struct{ Site *Site }

func (v RoleTable) Head() Head {
	h := newHead(RouteRoles.Path(), v.words().Title.String(), v.words().Description.String())
	h.Data = graph(v.Site, h, nil)
	return h
}

func (v RoleTable) words() *RoleWords { return &v.Site.Words.OnRoles }

// tableRow is something that holds for each role, as HTML in the order of the roles.
type tableRow struct {
	title string
	cells []string
}

// rows are what is told of each role, and between that the differences in which
// every role has its side, each as the first comparison that has it tells it.
func (v RoleTable) rows() []tableRow {
	roles := v.Site.Roles
	out := []tableRow{{title: v.words().Need.String()}, {title: v.words().Purpose.String()}}
	question := tableRow{title: v.words().Question.String()}
	for _, r := range roles {
		out[0].cells = append(out[0].cells, html.EscapeString(r.Need))
		out[1].cells = append(out[1].cells, html.EscapeString(r.Summary))
		question.cells = append(question.cells, rooted(r.Duties.Question.HTML, rolePath(r)))
	}
	at := map[string]int{} // where in out a difference is, by its id
	for _, c := range v.Site.Comparisons {
		for _, d := range c.Differences.Items {
			if at[d.ID] == 0 {
				at[d.ID] = len(out)
				out = append(out, tableRow{d.Title, make([]string, len(roles))})
			}
			for i, side := range d.Sides {
				cell := &out[at[d.ID]].cells[slices.Index(roles, c.Roles[i].Role)]
				*cell = cmp.Or(*cell, rooted(side.HTML, comparisonPath(c)))
			}
		}
	}
	out = slices.DeleteFunc(out, func(r tableRow) bool { return slices.Contains(r.cells, "") })
	return append(out, question)
}

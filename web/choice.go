package web

import (
	"net/http"
	"slices"

	"rolecompare/internal/comparison"
	"rolecompare/web/page"
)

// getChoice sends visitors to the page about the roles whose needs they ticked on
// the front page. Where they ticked none it answers with the front page, which
// says so.
func getChoice(w http.ResponseWriter, r *http.Request, s *Snapshot) error {
	var roles []*comparison.Role
	for _, id := range r.URL.Query()[page.NeedKey] {
		if role := s.site.Role(id); role != nil && !slices.Contains(roles, role) {
			roles = append(roles, role)
		}
	}
	if len(roles) > 0 {
		return redirect(w, r, http.StatusSeeOther, page.ChoicePath(s.site, roles), "", cachePage)
	}
	return form(w, r, s, http.StatusUnprocessableEntity, page.Index{Site: s.site, Nothing: true})
}

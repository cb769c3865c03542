package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestChoice ticks needs: of any two roles, whichever they are, the visitor comes
// to what compares them, and the address says so.
func TestChoice(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		roles := c.site.Roles
		all := ""
		for i, r := range roles {
			all += "&need=" + r.ID
			for _, query := range []string{"need=" + r.ID, "need=mole&need=" + r.ID + "&need=" + r.ID} {
				leadsTo(t, s, query, "/roles/"+r.ID)
			}
			for _, other := range roles[:i] {
				want := "/roles"
				for _, one := range c.site.Comparisons {
					if one.Has(r) && one.Has(other) {
						want = "/compare/" + one.Slug
					}
				}
				leadsTo(t, s, "need="+r.ID+"&need="+other.ID, want)
				leadsTo(t, s, "need="+other.ID+"&need="+r.ID, want)
			}
		}
		leadsTo(t, s, all[1:], "/roles")
		for _, query := range []string{"", "need=", "need=mole", "role=" + roles[0].ID, "need=%zz"} {
			got := s.get(t, "/choose?"+query)
			said := strings.Count(got.body, c.site.Words.OnIndex.NothingTold.String())
			if got.StatusCode != http.StatusUnprocessableEntity || said != 2 || !strings.Contains(got.body, `value="`+roles[0].ID+`"`) || !strings.Contains(got.body, "noindex") {
				t.Errorf("with %q: %s, and the page says %d times that nothing was ticked", query, got.Status, said)
			}
		}
	})
}

func leadsTo(t *testing.T, s listening, query, want string) {
	t.Helper()
	got := s.get(t, "/choose?"+query)
	if to := got.Header.Get("Location"); got.StatusCode != http.StatusSeeOther || to != want {
		t.Errorf("%s leads to %q, with %s, want %q", query, to, got.Status, want)
	}
	if got := s.get(t, want); got.StatusCode != http.StatusOK {
		t.Errorf("%s: %s", want, got.Status)
	}
}

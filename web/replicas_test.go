package web_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"rolecompare/web"
)

// TestReplicas: any two servers of the same content give the same answers, to
// the last byte and validator, at every address in every encoding, whatever
// each was asked before.
func TestReplicas(t *testing.T) {
	t.Parallel()
	c := fixture()
	var replicas [2]*web.Server
	for i := range replicas {
		e := c.edition(t, web.EditionOptions{BaseURL: baseURL})
		replicas[i] = web.NewServer(e, unlimited)
		if i == 1 { // somebody has asked already, in another order
			addresses := c.addresses()
			slices.Reverse(addresses)
			for _, address := range addresses {
				ask(replicas[i], address)
			}
		}
		if err := e.Prepare(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	addresses := c.addresses()
	for _, card := range []string{"site", "compare/" + c.site.Comparisons[0].Slug} {
		addresses = append(addresses, "/og/"+card+".png")
	}
	for _, address := range addresses {
		for _, encoding := range []string{"", "gzip", "br", "zstd", "gzip, deflate, br, zstd"} {
			var answers [2]*httptest.ResponseRecorder
			for i, replica := range replicas {
				r := httptest.NewRequest(http.MethodGet, address, nil)
				r.Header.Set("Accept-Encoding", encoding)
				answers[i] = httptest.NewRecorder()
				replica.ServeHTTP(answers[i], r)
			}
			a, b := answers[0], answers[1]
			if a.Code != b.Code || !maps.EqualFunc(a.Header(), b.Header(), slices.Equal[[]string]) || a.Body.String() != b.Body.String() {
				t.Errorf("%s in %q differs:\n%d %v\n%d %v", address, encoding, a.Code, a.Header(), b.Code, b.Header())
			}
		}
	}
}

package web_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/web"
)

// TestReplicas: any two servers of the same content give the same answers, to
// the last byte and validator, at every address in every encoding, whatever
// each was asked before.
func TestReplicas(t *testing.T) {
	t.Parallel()
	c := preparedFixture()
	other := load("fixture", markdowntest.Fixture()).snapshot
	replicas := [2]*web.Server{web.NewServer(c.snapshot, unlimited), web.NewServer(other, unlimited)}
	for _, address := range slices.Backward(c.addresses()) { // somebody has asked one of them already
		ask(replicas[1], address)
	}
	other.Prepare()
	for _, address := range append(c.addresses(), "/readyz", "/nowhere") {
		for _, encoding := range []string{"", "gzip", "br", "gzip, deflate, br, zstd"} {
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

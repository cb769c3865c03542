package web_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"rolecompare/web"
)

// readiness is what a server says of itself to a balancer.
func readiness(h http.Handler) string {
	w := ask(h, "/readyz")
	if w.Code == http.StatusOK || w.Code == http.StatusServiceUnavailable {
		return w.Body.String()
	}
	return http.StatusText(w.Code)
}

// TestReady: a server is not ready, from its first moment, until all that it
// sends is prepared. Until then, another that has come further would send other
// bytes.
func TestReady(t *testing.T) {
	t.Parallel()
	snapshot := fixture().another(t, web.SnapshotOptions{})
	server := web.NewServer(snapshot, web.Options{})
	if w := ask(server, "/readyz"); w.Code != http.StatusServiceUnavailable || w.Body.String() != "preparing\n" {
		t.Errorf("at first: %d, %q", w.Code, w.Body)
	}
	snapshot.Prepare()
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		w := httptest.NewRecorder()
		server.ServeHTTP(w, httptest.NewRequest(method, "/readyz", nil))
		if w.Code != http.StatusOK {
			t.Errorf("%s, prepared: %d", method, w.Code)
		}
	}
}

// TestReadyWithNewContent: new content is no reason to leave the balancer, once it is prepared.
func TestReadyWithNewContent(t *testing.T) {
	t.Parallel()
	prepared, unprepared := preparedFixture().snapshot, fixture().snapshot
	for _, test := range []struct {
		name  string
		first *web.Snapshot
		next  *web.Snapshot
		want  string
	}{
		{"never prepared", unprepared, unprepared, "preparing\n"},
		{"prepared before", prepared, prepared, "ready\n"},
		{"prepared now", unprepared, prepared, "ready\n"},
	} {
		server := web.NewServer(test.first, web.Options{})
		server.Publish(test.next)
		if got := readiness(server); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// TestReadyInDev: an author does not wait.
func TestReadyInDev(t *testing.T) {
	t.Parallel()
	server := web.NewServer(fixture().another(t, web.SnapshotOptions{Dev: true}), web.Options{})
	if got := readiness(server); got != "ready\n" {
		t.Errorf("in dev: %q", got)
	}
}

// TestDrain: a server about to stop says so, and lets go of its connections,
// but still answers.
func TestDrain(t *testing.T) {
	t.Parallel()
	c := fixture()
	s := serve(t, c, unlimited)
	if got := s.get(t, "/livez"); got.StatusCode != http.StatusOK || got.Close {
		t.Errorf("before: %s, close: %v", got.Status, got.Close)
	}
	s.server.Drain()
	s.server.Drain()
	if got := s.get(t, "/readyz"); got.StatusCode != http.StatusServiceUnavailable || got.body != "draining\n" {
		t.Errorf("/readyz: %s, %q", got.Status, got.body)
	}
	for _, address := range []string{"/", "/livez", "/compare/" + c.site.Comparisons[0].Slug} {
		if got := s.get(t, address); got.StatusCode != http.StatusOK || !got.Close {
			t.Errorf("%s: %s, close: %v", address, got.Status, got.Close)
		}
	}
}

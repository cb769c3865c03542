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

// TestReadyWithNewContent: new content is no reason to leave the balancer, but
// makes nobody ready either.
func TestReadyWithNewContent(t *testing.T) {
	t.Parallel()
	prepared, unprepared := preparedFixture().snapshot, fixture().snapshot
	for _, test := range []struct {
		name      string
		snapshots []*web.Snapshot // one after the other
		asked     bool            // between them
		want      string
	}{
		{"never prepared", []*web.Snapshot{unprepared, unprepared}, true, "preparing\n"},
		{"prepared before", []*web.Snapshot{prepared, unprepared}, false, "ready\n"},
		{"prepared before, as a balancer knows", []*web.Snapshot{prepared, unprepared}, true, "ready\n"},
		{"prepared long before", []*web.Snapshot{prepared, unprepared, unprepared}, false, "ready\n"},
		{"prepared now", []*web.Snapshot{unprepared, prepared}, false, "ready\n"},
	} {
		server := web.NewServer(test.snapshots[0], web.Options{})
		for _, next := range test.snapshots[1:] {
			if test.asked {
				readiness(server)
			}
			server.Publish(next)
		}
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

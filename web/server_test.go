package web_test

import (
	"net/http"
	"strings"
	"testing"

	"rolecompare/web"
)

// TestPublish replaces the content under load: no request is lost, and each
// answer is of one snapshot.
func TestPublish(t *testing.T) {
	t.Parallel()
	before := fixture()
	after := edited(t, edit{"comparisons/gardener-vs-landscaper/comparison.md", "title: Gardener vs. Landscaper", "title: Another title"})
	s := serve(t, before, unlimited)
	snapshots := []*web.Snapshot{before.snapshot, after.snapshot}
	const address = "/compare/gardener-vs-landscaper"
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := range 200 {
			s.server.Publish(snapshots[i%2])
		}
	}()
	for n := 0; ; n++ {
		if got := s.get(t, address); got.StatusCode != http.StatusOK || !strings.HasSuffix(strings.TrimSpace(got.body), "</html>") {
			t.Fatalf("request %d: %s", n, got.Status)
		}
		select {
		case <-done:
			if got := s.get(t, address); !strings.Contains(got.body, "Another title") {
				t.Error("the last snapshot is not served")
			}
			return
		default:
		}
	}
}

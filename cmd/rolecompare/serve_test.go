package main

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/static"
	"rolecompare/web"
	"rolecompare/web/page"
)

// TestStopDrainsFirst looks at the server's health whenever a line is logged.
func TestStopDrainsFirst(t *testing.T) {
	t.Parallel()
	s, found := page.Load(markdowntest.Fixture(), time.Time{})
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	snapshot, err := web.NewSnapshot(s, static.FS, web.SnapshotOptions{Dev: true})
	if err != nil {
		t.Fatal(err)
	}
	p := &program{server: web.NewServer(snapshot, web.Options{})}
	health := func() int {
		w := httptest.NewRecorder()
		p.server.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/readyz", nil))
		return w.Code
	}
	if got := health(); got != http.StatusOK {
		t.Errorf("before it stops, /readyz answers %d", got)
	}
	lines := 0
	p.logger = slog.New(slog.NewTextHandler(onWrite(func() {
		lines++
		if got := health(); got != http.StatusServiceUnavailable {
			t.Errorf("when line %d is logged, /readyz answers %d", lines, got)
		}
	}), nil))
	if err := p.stop(&http.Server{}, nil); err != nil || lines == 0 {
		t.Errorf("%d lines were logged, and the end was: %v", lines, err)
	}
}

type onWrite func()

func (f onWrite) Write(b []byte) (int, error) {
	f()
	return len(b), nil
}

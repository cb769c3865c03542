package main

import (
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestLogLinesWaitForEachOtherButNotLong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var out written
		logger, flush := newLogger(serveOptions{}, &out)
		logger = logger.With("part", "test")
		logged := func(want int) {
			t.Helper()
			synctest.Wait()
			if got := strings.Count(out.String(), "\n"); got != want {
				t.Errorf("%d lines are written, want %d:\n%s", got, want, out.String())
			}
		}
		logger.Info("one")
		logger.Info("two")
		logged(0)
		time.Sleep(lag) // of the bubble's clock, which takes no time
		logged(2)
		logger.Info("three")
		logger.Warn("four")
		logged(4)
		logger.Info("five")
		flush()
		logged(5)
	})
}

// written is what has been written so far.
type written struct {
	mu   sync.Mutex
	text strings.Builder
}

func (w *written) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.Write(b)
}

func (w *written) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}

func BenchmarkLog(b *testing.B) {
	logger, flush := newLogger(serveOptions{}, io.Discard)
	defer flush()
	for b.Loop() {
		logger.Info("request", slog.Int("status", 200))
	}
}

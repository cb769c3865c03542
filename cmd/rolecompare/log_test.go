package main

import (
	"io"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestLogLinesWaitForEachOtherButNotLong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var out strings.Builder
		logger, flush := newLogger(serveOptions{}, &out)
		logger = logger.With("part", "test")
		logged := func(want int) {
			t.Helper()
			synctest.Wait()
			if got := strings.Count(out.String(), "\n"); got != want {
				t.Errorf("%d lines are written, want %d:\n%s", got, want, &out)
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

func BenchmarkLog(b *testing.B) {
	logger, flush := newLogger(serveOptions{}, io.Discard)
	defer flush()
	for b.Loop() {
		logger.Info("request", slog.Int("status", 200))
	}
}

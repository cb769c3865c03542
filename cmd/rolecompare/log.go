package main

import (
	"io"
	"log/slog"
	"sync/atomic"
	"time"
)

// logQueue holds lines of the log until they are written, so that a slow reader
// of the log never holds up the site. Without room, lines are dropped and counted.
type logQueue struct {
	lines   chan string   // an empty one is the end
	ended   chan struct{} // closed when all before the end is written
	dropped atomic.Uint64
}

// newLogger returns a logger, and the queue by which its lines go to a writer.
func newLogger(o serveOptions, to io.Writer) (*slog.Logger, *logQueue) {
	q := &logQueue{lines: make(chan string, 1024), ended: make(chan struct{})}
	options := &slog.HandlerOptions{Level: o.Level}
	var queued, direct slog.Handler = slog.NewTextHandler(q, options), slog.NewTextHandler(to, options)
	if o.JSON {
		queued, direct = slog.NewJSONHandler(q, options), slog.NewJSONHandler(to, options)
	}
	go q.write(to, slog.New(direct))
	return slog.New(queued), q
}

// Write takes one line, and never waits.
func (q *logQueue) Write(line []byte) (int, error) {
	select {
	case q.lines <- string(line):
	default:
		q.dropped.Add(1)
	}
	return len(line), nil
}

// write writes the lines, and once they flow again, how many were dropped.
func (q *logQueue) write(to io.Writer, direct *slog.Logger) {
	var reported uint64
	for line := <-q.lines; line != ""; line = <-q.lines {
		_, _ = io.WriteString(to, line) // if that fails, there is nowhere to say so
		if dropped := q.dropped.Load(); dropped > reported && len(q.lines) < cap(q.lines)/2 {
			direct.Error(count(int(dropped-reported), "line of the log was", "lines of the log were") +
				" dropped: whoever reads it was too slow")
			reported = dropped
		}
	}
	close(q.ended)
}

// flush waits until what was logged is written, but no longer than a second.
func (q *logQueue) flush() {
	go func() { q.lines <- "" }()
	select {
	case <-q.ended:
	case <-time.After(time.Second):
	}
}

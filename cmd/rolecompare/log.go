package main

import (
	"bufio"
	"context"
	"io"
	"log/slog"
	"sync"
	"time"
)

// lag is how long a line of the log may wait for others, so that a busy server
// makes one system call for many requests. Warnings and errors never wait.
const lag = 100 * time.Millisecond

// newLogger returns a logger, and what writes the lines that still wait.
func newLogger(o serveOptions, to io.Writer) (_ *slog.Logger, flush func()) {
	w := &laggingWriter{out: bufio.NewWriterSize(to, 64<<10)}
	options := &slog.HandlerOptions{Level: o.Level}
	var h slog.Handler = slog.NewTextHandler(w, options)
	if o.JSON {
		h = slog.NewJSONHandler(w, options)
	}
	return slog.New(promptHandler{h, w.flush}), w.flush
}

// laggingWriter writes what it was given once the first of it has waited for
// lag, or when it is full. Each Write is one line, and is never torn apart by
// another.
type laggingWriter struct {
	mu      sync.Mutex
	out     *bufio.Writer
	waiting bool
}

func (w *laggingWriter) Write(line []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.waiting {
		w.waiting = true
		time.AfterFunc(lag, w.flush)
	}
	return w.out.Write(line)
}

// flush writes all that waits. If that fails, there is nowhere to say so.
func (w *laggingWriter) flush() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.waiting = false
	_ = w.out.Flush()
}

// promptHandler flushes after what an operator has to know at once.
type promptHandler struct {
	slog.Handler
	flush func()
}

func (h promptHandler) Handle(ctx context.Context, r slog.Record) error {
	err := h.Handler.Handle(ctx, r)
	if r.Level >= slog.LevelWarn {
		h.flush()
	}
	return err
}

func (h promptHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return promptHandler{h.Handler.WithAttrs(attrs), h.flush}
}

func (h promptHandler) WithGroup(name string) slog.Handler {
	return promptHandler{h.Handler.WithGroup(name), h.flush}
}

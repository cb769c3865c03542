package web

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync/atomic"

	"github.com/go-chi/chi/v5/middleware"
)

// handler answers a request from a snapshot. Whatever it does not answer it
// returns as an error, and then it has written nothing.
type handler func(w http.ResponseWriter, r *http.Request, s *Snapshot) error

// answers is what it takes to answer whatever came to an error: the one place
// that does.
type answers struct {
	snapshot  *atomic.Pointer[Snapshot]
	telemetry *telemetry
}

// handle makes an http.HandlerFunc of h. No address of ours is written with escapes.
func (a answers) handle(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var err error = errNotFound
		if r.URL.RawPath == "" {
			err = h(w, r, a.snapshot.Load())
		}
		if err != nil {
			a.fail(w, r, err)
		}
	}
}

// httpError is an error that says how to answer. The visitor sees the page of
// its status; the log gets the error.
type httpError struct {
	status int
	path   string // where the visitor can go on; empty: the front page
	err    error  // nil where the status says it all
}

func (e *httpError) Error() string { return http.StatusText(e.status) }

var errNotFound = &httpError{status: http.StatusNotFound}

// fail answers with the page of an error. One that says nothing of an answer is
// ours, so the answer is 500.
func (a answers) fail(w http.ResponseWriter, r *http.Request, err error) {
	e, ok := errors.AsType[*httpError](err)
	if !ok {
		e = &httpError{status: http.StatusInternalServerError, err: err}
	}
	if e.err != nil {
		level := slog.LevelInfo
		if e.status >= 500 {
			level = slog.LevelError
		}
		a.telemetry.note(r, level, e.err.Error(), slog.Int("status", e.status))
	}
	if e.status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "2") // a turn takes no longer than that
	}
	if r.ContentLength != 0 {
		w.Header().Set("Connection", "close") // otherwise net/http would first read the body, at its sender's pace
	}
	a.snapshot.Load().problem(e.status, e.path, requestOf(r).id).Serve(w, r, e.status)
}

// recover logs a panic and answers 500. Where the answer has begun, the
// connection is cut off, which is the only honest end.
func (a answers) recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			fault := recover()
			if fault == nil {
				return
			}
			if fault != http.ErrAbortHandler {
				requestOf(r).failed = true
				a.telemetry.note(r, slog.LevelError, fmt.Sprintf("panic: %v", fault), slog.String("stack", string(debug.Stack())))
			}
			if counted, ok := w.(middleware.WrapResponseWriter); fault == http.ErrAbortHandler || ok && counted.Status() != 0 {
				panic(http.ErrAbortHandler)
			}
			a.fail(w, r, &httpError{status: http.StatusInternalServerError})
		}()
		next.ServeHTTP(w, r)
	})
}

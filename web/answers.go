package web

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync/atomic"
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

// handle makes an http.HandlerFunc of h. One answer comes from one snapshot, even
// if another is published meanwhile.
func (a answers) handle(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s := a.snapshot.Load()
		if err := h(w, r, s); err != nil {
			a.failFrom(s, w, r, err)
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

func (e *httpError) Error() string {
	if e.err == nil {
		return http.StatusText(e.status)
	}
	return e.err.Error()
}

func (e *httpError) Unwrap() error { return e.err }

var errNotFound = &httpError{status: http.StatusNotFound}

// fail answers with the page of an error. One that says nothing of an answer is
// ours, so the answer is 500.
func (a answers) fail(w http.ResponseWriter, r *http.Request, err error) {
	a.failFrom(a.snapshot.Load(), w, r, err)
}

func (a answers) failFrom(s *Snapshot, w http.ResponseWriter, r *http.Request, err error) {
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
	s.problem(e.status, e.path, requestID(r)).Serve(w, r, e.status)
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
				a.telemetry.note(r, slog.LevelError, fmt.Sprintf("panic: %v", fault), slog.String("stack", string(debug.Stack())))
			}
			if fault == http.ErrAbortHandler || begun(w) {
				panic(http.ErrAbortHandler)
			}
			a.fail(w, r, &httpError{status: http.StatusInternalServerError})
		}()
		next.ServeHTTP(w, r)
	})
}

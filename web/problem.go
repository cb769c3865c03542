package web

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"rolecompare/web/page"
	"rolecompare/web/prerender"
)

// problem is an error that says how to answer. The visitor sees the page of
// its status; the log gets the error.
type problem struct {
	status int
	path   string // where the visitor can go on; empty: the front page
	err    error  // nil where the status says it all
}

func (p *problem) Error() string {
	if p.err == nil {
		return http.StatusText(p.status)
	}
	return p.err.Error()
}

func (p *problem) Unwrap() error { return p.err }

var errNotFound = &problem{status: http.StatusNotFound}

// asProblem is any error as a problem: one that says nothing of an answer is
// ours, so the answer is 500.
func asProblem(err error) *problem {
	if p, ok := errors.AsType[*problem](err); ok {
		return p
	}
	return &problem{status: http.StatusInternalServerError, err: err}
}

// answer answers a request that came to an error: the one place that does.
func (s *Server) answer(x *exchange, r *http.Request, err error) {
	p := asProblem(err)
	if p.err != nil {
		level := slog.LevelInfo
		if p.status >= 500 {
			level = slog.LevelError
		}
		s.logger.LogAttrs(r.Context(), level, p.err.Error(),
			slog.Int("status", p.status), slog.String("route", x.route.String()), slog.String("request", x.requestID()))
	}
	if x.status != 0 {
		// The answer has begun. Cutting it off is the only honest end.
		panic(http.ErrAbortHandler)
	}
	path := p.path
	if x.at[path] == nil {
		path = "" // nobody can go on where nothing is
	}
	h := x.Header()
	for _, name := range []string{"Etag", "Content-Encoding", "Accept-Ranges", "Last-Modified"} {
		delete(h, name) // whatever was prepared was for another answer
	}
	x.problemPage(problemKey{p.status, path}).body(x.requestID).ServeStatus(x, r, p.status)
}

// problemPage is the page of a status. One that visitors may tell us about is
// cut where the request's id belongs; the others are the same for everybody, so
// that whoever probes for pages that don't exist costs no more than a visitor.
type problemPage struct {
	same *prerender.Body
	cut  [][]byte
}

func (p problemPage) body(id func() string) *prerender.Body {
	if p.same != nil {
		return p.same
	}
	return newProblemBody(bytes.Join(p.cut, []byte(id())))
}

func newProblemBody(content []byte) *prerender.Body {
	fields := http.Header{}
	cacheNever.set(fields)
	return prerender.New(htmlType, content, fields)
}

// requestIDMark stands for the request's id while the page is rendered.
var requestIDMark = strings.Repeat("i", requestIDLength)

// problemPage returns the page of a status, rendered when it is first wanted.
// Each is kept: there is one for each status and form.
func (e *Edition) problemPage(key problemKey) problemPage {
	if p, ok := e.problems.Load(key); ok {
		return p.(problemPage)
	}
	p, err := e.renderProblem(key)
	if err != nil {
		// The page of status 500 was rendered at the start, and knows no words
		// that are wrong for any status.
		kept, _ := e.problems.Load(problemKey{status: http.StatusInternalServerError})
		return kept.(problemPage)
	}
	kept, _ := e.problems.LoadOrStore(key, p)
	return kept.(problemPage)
}

type problemKey struct {
	status int
	path   string
}

func (e *Edition) renderProblem(key problemKey) (problemPage, error) {
	view := page.Problem{Site: e.site, Status: key.status, Path: key.path}
	if key.status >= 500 {
		view.RequestID = requestIDMark
	}
	body, err := e.render(view)
	switch {
	case err != nil:
		return problemPage{}, fmt.Errorf("the page of status %d: %w", key.status, err)
	case view.RequestID != "":
		return problemPage{cut: bytes.Split(body, []byte(requestIDMark))}, nil
	}
	return problemPage{same: newProblemBody(body)}, nil
}

package web

import (
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"rolecompare/internal/comparison"
)

// Options say how a server behaves. The zero value is fit for production.
type Options struct {
	Limits
	Logger     *slog.Logger   // nil: nothing is logged; level debug: the client's address, too
	LogDropped func() float64 // how many lines the log has lost, for the metrics; nil: none
	Build      Build          // for /version and the metrics
}

// Server answers from the snapshot that was published last. It is an
// http.Handler, and safe for concurrent use.
type Server struct {
	handler, admin http.Handler
	limits         Limits
	telemetry      *telemetry
	snapshot       atomic.Pointer[Snapshot]
	draining       atomic.Bool
	changes        *changes
}

// NewServer returns a server of this snapshot.
func NewServer(snapshot *Snapshot, o Options) *Server {
	s := &Server{limits: o.Limits, changes: newChanges()}
	s.changes.save(snapshot, nil)
	s.telemetry = newTelemetry(o)
	s.admin = newAdmin(s.telemetry, o.Build)
	s.snapshot.Store(snapshot)
	answers := answers{&s.snapshot, s.telemetry}
	var h http.Handler = newRouter(answers, o.Limits, snapshot.options, s.draining.Load, s.changes)
	h = checkTarget(answers, h)
	h = answers.recover(h)
	h = setHeaders(func() http.Header { return s.snapshot.Load().headers }, s.draining.Load, h)
	s.handler = o.Limits.client(s.telemetry, s.telemetry.observe(h))
	return s
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.ProtoMajor >= 2 {
		defer hold(r, placesPerStream)()
	}
	s.handler.ServeHTTP(w, r)
}

// Admin returns the handler for operators: /metrics, /version and Go's
// profiles. It belongs on a listener that visitors cannot reach.
func (s *Server) Admin() http.Handler { return s.admin }

// Publish replaces the snapshot. Requests that have begun are finished from the
// one before, and none is lost. One that is not prepared yet makes the server unready.
func (s *Server) Publish(snapshot *Snapshot) {
	s.snapshot.Store(snapshot)
	s.changes.save(snapshot, nil)
}

// Report shows what is wrong with the content over the last good page in every
// browser that is open on the site, until the next snapshot is published. It
// matters in dev only.
func (s *Server) Report(found comparison.Diagnostics) { s.changes.save(nil, found) }

// Drain tells balancers to send no more requests here: from now on /readyz
// answers 503, and every answer asks for its connection to be closed, so that
// none is idle when the server is shut down and a proxy might be about to use
// it. Requests are still answered.
func (s *Server) Drain() {
	s.draining.Store(true)
	s.telemetry.drains.Set(1)
	s.changes.end()
}

// HTTPServer returns a server for the handler that nobody can hold up: every
// stage of a connection has a limit. Nothing the site sends or receives needs
// a tenth of them on the slowest line.
func HTTPServer(h http.Handler, logger *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       120 * time.Second, // longer than proxies keep theirs, so that they are the ones to close
		MaxHeaderBytes:    16 << 10,
		// A connection of HTTP/2 costs what its streams do. A page has a handful of
		// requests, and the largest form fits. WriteTimeout ends a stream; what ends a
		// connection that takes nothing at all is WriteByteTimeout.
		HTTP2: &http.HTTP2Config{
			MaxConcurrentStreams: 32, MaxReceiveBufferPerConnection: 64 << 10, MaxReceiveBufferPerStream: 64 << 10,
			WriteByteTimeout: 15 * time.Second,
		},
		ErrorLog: slog.NewLogLogger(logger.Handler(), slog.LevelDebug),
		// "OPTIONS *" gets the same answer, with the same headers, as any other
		// request that means nothing here.
		DisableGeneralOptionsHandler: true,
	}
}

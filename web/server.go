package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"
)

// Options say how a server behaves. The zero value is fit for production.
type Options struct {
	Logger         *slog.Logger   // nil: nothing is logged
	LogAddress     bool           // log the client's address with each request
	TrustedProxies []netip.Prefix // whose X-Forwarded-For is believed
	PostsPerMinute int            // by one client; 0: 60; negative: any number
	Version        string         // of the build, for /version and the metrics
}

const window = time.Minute

// Server answers from the edition that was published last. It is an
// http.Handler, and safe for concurrent use.
type Server struct {
	options     Options
	logger      *slog.Logger
	current     atomic.Pointer[published]
	publishing  sync.Mutex
	router      http.Handler
	entry       http.Handler
	crossOrigin *http.CrossOriginProtection
	metrics     *serverMetrics
	draining    atomic.Bool
	wasReady    atomic.Bool
	live        live
}

// published is an edition, and what this server counts of it.
type published struct {
	*Edition
	counts map[string]*counts // by the comparison's slug
}

// NewServer returns a server of this edition.
func NewServer(e *Edition, options Options) *Server {
	if options.PostsPerMinute == 0 {
		options.PostsPerMinute = 60
	}
	s := &Server{options: options, logger: options.Logger, crossOrigin: http.NewCrossOriginProtection()}
	if s.logger == nil {
		s.logger = slog.New(slog.DiscardHandler)
	}
	s.metrics = newMetrics(s)
	s.live.changed = make(chan struct{})
	if e.options.BaseURL != "" {
		// A proxy may have given the request another Host. What is no origin is
		// not trusted.
		_ = s.crossOrigin.AddTrustedOrigin(e.options.BaseURL)
	}
	s.Publish(e)
	s.router = s.newRouter()
	s.entry = http.HandlerFunc(s.route)
	if options.LogAddress {
		s.entry = s.clientAddress(http.HandlerFunc(s.route))
	}
	return s
}

// Publish replaces the edition. Requests that have begun are finished from the
// one before, and none is lost.
func (s *Server) Publish(e *Edition) {
	s.publishing.Lock()
	defer s.publishing.Unlock()
	s.current.Store(&published{Edition: e, counts: s.metrics.comparisons(e)})
	s.live.publish(nil)
}

// Drain tells balancers to send no more requests here: from now on /readyz
// answers 503, and every answer asks for its connection to be closed, so that
// none is idle when the server is shut down and a proxy might be about to use
// it. Requests are still answered.
func (s *Server) Drain() {
	if !s.draining.Swap(true) {
		s.live.end()
	}
}

func (s *Server) ready(x *exchange, r *http.Request) error {
	switch {
	case s.draining.Load():
		return plain(x, r, http.StatusServiceUnavailable, "draining\n")
	case x.preparing.Load() && !x.prepared.Load() && !s.wasReady.Load():
		return plain(x, r, http.StatusServiceUnavailable, "preparing\n")
	}
	s.wasReady.Store(true) // new content is no reason to leave the balancer
	return plain(x, r, http.StatusOK, "ready\n")
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x := exchanges.Get().(*exchange)
	*x = exchange{ResponseWriter: w, published: s.current.Load(), began: time.Now()}
	s.metrics.began()
	h := w.Header()
	for i := range x.headers {
		x.headers[i].set(h)
	}
	if len(r.TransferEncoding) > 0 || s.draining.Load() {
		// A body of unannounced length is how requests are smuggled past proxies
		// that read it differently. No form of ours comes like that, so whatever
		// may follow on this connection is not read.
		closeConnection.set(h)
	}
	defer s.end(x, r)
	s.entry.ServeHTTP(x, r)
}

// end finishes an exchange, whichever way it went.
func (s *Server) end(x *exchange, r *http.Request) {
	fault := recover()
	if fault != nil && fault != http.ErrAbortHandler {
		fault = s.recovered(x, r, fault)
	}
	if fault == nil && x.status == 0 {
		x.status = http.StatusOK
	}
	s.observe(x, r)
	*x = exchange{}
	exchanges.Put(x)
	if fault != nil {
		panic(fault)
	}
}

// recovered logs a panic and answers 500. Where the answer has begun, or this
// fails too, the connection is cut off, which is what it returns.
func (s *Server) recovered(x *exchange, r *http.Request, fault any) (again any) {
	defer func() {
		if recover() != nil {
			again = http.ErrAbortHandler
		}
	}()
	s.logger.LogAttrs(r.Context(), slog.LevelError, fmt.Sprintf("panic: %v", fault),
		slog.String("route", x.route.String()), slog.String("request", x.requestID()), slog.String("stack", string(debug.Stack())))
	s.answer(x, r, &problem{status: http.StatusInternalServerError})
	return nil
}

// route finds who answers. A page that is asked for by its exact address needs
// no router.
func (s *Server) route(w http.ResponseWriter, r *http.Request) {
	x := w.(*exchange)
	if s.options.LogAddress {
		x.client = clientOf(r)
	}
	if (r.Method == http.MethodGet || r.Method == http.MethodHead) && r.URL.RawPath == "" {
		if page := x.at[r.URL.Path]; page != nil && (page.plain || r.URL.RawQuery == "") {
			s.enter(x, page.route)
			if err := page.serve(x, r); err != nil {
				s.answer(x, r, err)
			}
			return
		}
	}
	if err := checkTarget(r); err != nil {
		s.answer(x, r, err)
		return
	}
	s.router.ServeHTTP(w, r)
}

// maxTarget is how long an address may be. The longest of ours has a few
// hundred characters.
const maxTarget = 8 << 10

// checkTarget refuses what can be no address of this site, whatever it may
// mean to others.
func checkTarget(r *http.Request) error {
	switch path := r.URL.Path; {
	case len(r.RequestURI) > maxTarget:
		return &problem{status: http.StatusRequestURITooLong}
	case !strings.HasPrefix(path, "/"), !utf8.ValidString(path), strings.ContainsFunc(path, isControl):
		return &problem{status: http.StatusBadRequest}
	}
	return nil
}

func isControl(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 }

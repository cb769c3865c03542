package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/VictoriaMetrics/metrics"

	"rolecompare/internal/comparison"
)

// serverMetrics counts what a server does. What is counted for each request is
// looked up in arrays, not by name.
type serverMetrics struct {
	set      *metrics.Set
	inFlight [routes]atomic.Int64
	requests [routes][len(methods)][len(classes)]atomic.Pointer[metrics.Counter]
	duration [routes][len(classes)]atomic.Pointer[metrics.PrometheusHistogram]
	lines    [routes][len(methods)]atomic.Pointer[slog.Logger]
}

var (
	methods = [...]string{"GET", "HEAD", "POST", "other"}
	classes = [...]string{"1xx", "2xx", "3xx", "4xx", "5xx"}
)

// buckets are the upper bounds of the durations counted, in seconds: most
// answers take well under a millisecond.
var buckets = []float64{25e-6, 50e-6, 100e-6, 250e-6, 500e-6, 1e-3, 2.5e-3, 5e-3, 10e-3, 25e-3, 50e-3, 100e-3, 250e-3, 1, 5}

func newMetrics(s *Server) *serverMetrics {
	m := &serverMetrics{set: metrics.NewSet()}
	for r := range m.inFlight {
		m.set.NewGauge(fmt.Sprintf(`rolecompare_requests_in_flight{route=%q}`, patterns[r]), func() float64 {
			return float64(m.inFlight[r].Load())
		})
	}
	m.set.NewGauge(`rolecompare_draining`, func() float64 {
		if s.draining.Load() {
			return 1
		}
		return 0
	})
	version := s.options.Version
	if version == "" {
		version = "unknown"
	}
	m.set.NewGauge(fmt.Sprintf(`rolecompare_build_info{version=%q,go=%q}`, version, goVersion()), func() float64 { return 1 })
	return m
}

func (m *serverMetrics) began() { m.inFlight[unknown].Add(1) }

// enter notes the kind of address that a request is for.
func (s *Server) enter(x *exchange, to route) {
	if to != x.route {
		s.metrics.inFlight[x.route].Add(-1)
		s.metrics.inFlight[to].Add(1)
		x.route = to
	}
}

// observe counts and logs a request that is done. The log has neither the
// query, which holds a visitor's answers, nor, unless asked to, the address.
func (s *Server) observe(x *exchange, r *http.Request) {
	took := time.Since(x.began)
	m := s.metrics
	m.inFlight[x.route].Add(-1)
	class := min(max(x.status/100, 1), 5) - 1
	m.counter(x.route, methodIndex(r.Method), class).Inc()
	m.histogram(x.route, class).Update(took.Seconds())

	level := slog.LevelInfo
	if x.route == livez || x.route == readyz {
		level = slog.LevelDebug // these come every few seconds
	}
	if !s.logger.Enabled(r.Context(), level) {
		return
	}
	line := s.metrics.line(s, x.route, r.Method)
	if x.client.IsValid() {
		line = line.With("client", x.client.String())
	}
	line.LogAttrs(r.Context(), level, "request",
		slog.Int("status", x.status),
		slog.Int64("bytes", x.bytes),
		slog.Duration("duration", took),
		slog.String("request", x.requestID()))
}

// line returns a logger that has said the method and the route already.
func (m *serverMetrics) line(s *Server, r route, method string) *slog.Logger {
	i := methodIndex(method)
	if i == len(methods)-1 {
		return s.logger.With("method", method, "route", r.String())
	}
	at := &m.lines[r][i]
	l := at.Load()
	if l == nil {
		l = s.logger.With("method", method, "route", r.String())
		at.Store(l)
	}
	return l
}

func methodIndex(method string) int {
	for i, m := range methods[:len(methods)-1] {
		if m == method {
			return i
		}
	}
	return len(methods) - 1
}

func (m *serverMetrics) counter(r route, method, class int) *metrics.Counter {
	at := &m.requests[r][method][class]
	c := at.Load()
	if c == nil {
		c = m.set.GetOrCreateCounter(fmt.Sprintf(`rolecompare_requests_total{route=%q,method=%q,status=%q}`, patterns[r], methods[method], classes[class]))
		at.Store(c)
	}
	return c
}

func (m *serverMetrics) histogram(r route, class int) *metrics.PrometheusHistogram {
	at := &m.duration[r][class]
	h := at.Load()
	if h == nil {
		h = m.set.GetOrCreatePrometheusHistogramExt(fmt.Sprintf(`rolecompare_request_duration_seconds{route=%q,status=%q}`, patterns[r], classes[class]), buckets)
		at.Store(h)
	}
	return h
}

// counts are what is counted of one comparison. Never which answers led where.
type counts struct {
	outcomes   map[*comparison.Outcome]*metrics.Counter
	unanswered []*metrics.Counter // one a question
}

// comparisons returns the counters of an edition's comparisons, those of the
// edition before where it had them.
func (m *serverMetrics) comparisons(e *Edition) map[string]*counts {
	out := make(map[string]*counts, len(e.site.Comparisons))
	for _, c := range e.site.Comparisons {
		n := &counts{outcomes: map[*comparison.Outcome]*metrics.Counter{}}
		for i := range c.Outcomes.Items {
			o := &c.Outcomes.Items[i]
			n.outcomes[o] = m.set.GetOrCreateCounter(fmt.Sprintf(`rolecompare_recommendations_total{comparison=%q,outcome=%q}`, c.Slug, o.ID))
		}
		for _, q := range c.Questionnaire.Questions {
			n.unanswered = append(n.unanswered, m.set.GetOrCreateCounter(fmt.Sprintf(`rolecompare_questions_unanswered_total{comparison=%q,question=%q}`, c.Slug, q.ID)))
		}
		out[c.Slug] = n
	}
	return out
}

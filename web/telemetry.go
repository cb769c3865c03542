package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/VictoriaMetrics/metrics"
	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
)

// Build says which build of the program runs.
type Build struct {
	Version  string `json:"version"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

// telemetry logs and counts what a server does. The log has neither the query,
// which holds a visitor's answers, nor, but for debugging, the client's address.
// What is counted never says which answers led where.
type telemetry struct {
	logger *slog.Logger
	set    *metrics.Set
	now    *metrics.Gauge // requests under way
	drains *metrics.Gauge // 1 once the server drains

	mu   sync.Mutex
	said map[string]time.Time // what was logged seldom, and when
}

// buckets are the upper bounds of the durations counted, in seconds: most
// answers take well under a millisecond.
var buckets = []float64{25e-6, 50e-6, 100e-6, 250e-6, 500e-6, 1e-3, 2.5e-3, 5e-3, 10e-3, 25e-3, 50e-3, 100e-3, 250e-3, 1, 5}

func newTelemetry(o Options) *telemetry {
	t := &telemetry{logger: o.Logger, set: metrics.NewSet(), said: map[string]time.Time{}}
	if t.logger == nil {
		t.logger = slog.New(slog.DiscardHandler)
	}
	t.set.NewGauge(`rolecompare_log_lines_dropped_total`, o.LogDropped)
	t.now = t.set.NewGauge(`rolecompare_requests_in_flight`, nil)
	t.drains = t.set.NewGauge(`rolecompare_draining`, nil)
	t.set.NewGauge(fmt.Sprintf(`rolecompare_build_info{version=%q,go=%q}`, o.Build.Version, o.Build.Go), func() float64 { return 1 })
	return t
}

type requestKey struct{}

// request is what is noted of a request while it is answered.
type request struct {
	id     string // finds it in the log; random, and short, for it is read out on the phone
	route  *chi.Context
	failed bool // it came to a panic, whatever its status says
}

func requestOf(r *http.Request) *request { return r.Context().Value(requestKey{}).(*request) }

func (n *request) pattern() string {
	if p := n.route.RoutePattern(); p != "" && p != "/*" {
		return p
	}
	return "unknown"
}

func (t *telemetry) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		var random [6]byte
		rand.Read(random[:]) // never fails
		noted := &request{id: hex.EncodeToString(random[:]), route: chi.NewRouteContext()}
		ctx := context.WithValue(r.Context(), requestKey{}, noted)
		ctx = context.WithValue(ctx, chi.RouteCtxKey, noted.route)
		counted := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		t.now.Inc()
		defer func() {
			t.now.Dec()
			t.count(r, noted, counted, time.Since(began))
		}()
		next.ServeHTTP(counted, r.WithContext(ctx))
	})
}

func (t *telemetry) count(r *http.Request, noted *request, w middleware.WrapResponseWriter, took time.Duration) {
	route, status := noted.pattern(), w.Status()
	switch {
	case noted.failed:
		status = http.StatusInternalServerError
	case status == 0:
		status = http.StatusOK
	}
	method := r.Method
	if !slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodPost}, method) {
		method = "other"
	}
	class := fmt.Sprintf("%dxx", status/100)
	t.set.GetOrCreateCounter(fmt.Sprintf(`rolecompare_requests_total{route=%q,method=%q,status=%q}`, route, method, class)).Inc()
	t.set.GetOrCreatePrometheusHistogramExt(fmt.Sprintf(`rolecompare_request_duration_seconds{route=%q,status=%q}`, route, class), buckets).Update(took.Seconds())

	level := slog.LevelInfo
	if route == "/livez" || route == "/readyz" {
		level = slog.LevelDebug // these come every few seconds
	}
	attrs := []slog.Attr{
		slog.String("method", r.Method), slog.String("route", route), slog.Int("status", status),
		slog.Int("bytes", w.BytesWritten()), slog.Duration("duration", took), slog.String("request", noted.id),
	}
	if t.logger.Enabled(r.Context(), slog.LevelDebug) {
		attrs = append(attrs, slog.String("client", middleware.GetClientIP(r.Context())))
	}
	t.logger.LogAttrs(r.Context(), level, "request", attrs...)
}

// note logs something about a request besides its line.
func (t *telemetry) note(r *http.Request, level slog.Level, message string, attrs ...slog.Attr) {
	noted := requestOf(r)
	attrs = append(attrs, slog.String("route", noted.pattern()), slog.String("request", noted.id))
	t.logger.LogAttrs(r.Context(), level, message, attrs...)
}

// seldom warns of what may go on for long: of the same at most once a minute.
func (t *telemetry) seldom(message string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if last, ok := t.said[message]; !ok || time.Since(last) >= time.Minute {
		t.said[message] = time.Now()
		t.logger.Warn(message)
	}
}

// recommended counts a posted form that came to an outcome.
func (t *telemetry) recommended(comparison, outcome string) {
	t.set.GetOrCreateCounter(fmt.Sprintf(`rolecompare_recommendations_total{comparison=%q,outcome=%q}`, comparison, outcome)).Inc()
}

// unanswered counts a question that a posted form left out.
func (t *telemetry) unanswered(comparison, question string) {
	t.set.GetOrCreateCounter(fmt.Sprintf(`rolecompare_questions_unanswered_total{comparison=%q,question=%q}`, comparison, question)).Inc()
}

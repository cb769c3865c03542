package web

import (
	"encoding/json"
	"net"
	"net/http"
	_ "net/http/pprof" // puts its handlers into the DefaultServeMux
	"net/url"

	"github.com/VictoriaMetrics/metrics"
)

// newAdmin returns the handler for operators: /metrics, /version and Go's
// profiles. It belongs on a listener that visitors cannot reach.
func newAdmin(t *telemetry, b Build) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		t.set.WritePrometheus(w)
		metrics.WriteProcessMetrics(w)
	})
	mux.HandleFunc("GET /version", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(b)
	})
	mux.HandleFunc("/debug/pprof/", operatorsOnly(http.DefaultServeMux.ServeHTTP))
	return mux
}

// operatorsOnly refuses what another site makes an operator's browser ask for: a
// profile takes the processor for as long as it is asked to. A site can give its own
// name this machine's address, so the host has to be an address, or this machine.
func operatorsOnly(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		host := (&url.URL{Host: r.Host}).Hostname()
		from := r.Header.Get("Sec-Fetch-Site")
		if host != "localhost" && net.ParseIP(host) == nil || from != "" && from != "none" && from != "same-origin" {
			http.Error(w, "profiles are shown at an IP address or localhost, and to no other site", http.StatusForbidden)
			return
		}
		next(w, r)
	}
}

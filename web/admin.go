package web

import (
	"encoding/json"
	"net"
	"net/http"
	_ "net/http/pprof" // puts its handlers into the DefaultServeMux
	"net/url"

	"github.com/VictoriaMetrics/metrics"
)

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
	mux.HandleFunc("/debug/pprof/", func(w http.ResponseWriter, r *http.Request) {
		// Another site must not make an operator's browser ask: a profile takes the
		// processor for as long as it is asked to. A site can give its own name this
		// machine's address, so the host has to be an address, or this machine.
		host := (&url.URL{Host: r.Host}).Hostname()
		from := r.Header.Get("Sec-Fetch-Site")
		if host != "localhost" && net.ParseIP(host) == nil || from != "" && from != "none" && from != "same-origin" {
			http.Error(w, "profiles are shown at an IP address or localhost, and to no other site", http.StatusForbidden)
			return
		}
		http.DefaultServeMux.ServeHTTP(w, r)
	})
	return mux
}

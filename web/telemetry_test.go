package web_test

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"rolecompare/web"
	"rolecompare/web/page"
)

// line is what the log has of one request.
type line struct {
	Level, Msg, Method, Route, Request, Client, Stack string
	Status                                            int
	Bytes                                             int64
	Duration                                          int64
}

func lines(t *testing.T, log *buffer) (out []line) {
	t.Helper()
	for text := range strings.Lines(log.String()) {
		var l line
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		out = append(out, l)
	}
	return out
}

// TestLog: one line a request, with all an operator needs, and nothing of what
// a visitor answered.
func TestLog(t *testing.T) {
	t.Parallel()
	c := fixture()
	one := c.site.Comparisons[0]
	answers := query(one, 1)
	for _, level := range []slog.Level{slog.LevelInfo, slog.LevelDebug} {
		log := new(buffer)
		server := web.NewServer(c.snapshot, web.Options{
			Logger: slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: level})),
			Limits: web.Limits{TrustedProxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}},
		})
		var sent []int
		send := func(method, address, body string) {
			r := httptest.NewRequest(method, address, strings.NewReader(body))
			r.RemoteAddr = "192.0.2.1:999"
			r.Header.Set("X-Forwarded-For", "198.51.100.7")
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			w := httptest.NewRecorder()
			server.ServeHTTP(w, r)
			sent = append(sent, w.Body.Len())
		}
		send("GET", "/compare/"+one.Slug, "")
		send("GET", "/compare/"+one.Slug+"/recommendation?"+answers, "")
		send("POST", "/compare/"+one.Slug+"/questionnaire", answers)
		send("GET", "/nowhere?"+answers, "")
		send("GET", "/livez", "")
		got := lines(t, log)
		want := []line{
			{Method: "GET", Route: "/compare/{slug}", Status: 200},
			{Method: "GET", Route: "/compare/{slug}/recommendation", Status: 200},
			{Method: "POST", Route: "/compare/{slug}/questionnaire", Status: 303},
			{Method: "GET", Route: "unknown", Status: 404},
		}
		if level == slog.LevelDebug {
			want = append(want, line{Method: "GET", Route: "/livez", Status: 200})
		}
		if len(got) != len(want) {
			t.Fatalf("%d lines, want %d:\n%s", len(got), len(want), log)
		}
		seen := map[string]bool{}
		for i, l := range got {
			if l.Method != want[i].Method || l.Route != want[i].Route || l.Status != want[i].Status || l.Bytes != int64(sent[i]) || l.Duration <= 0 || l.Request == "" || seen[l.Request] {
				t.Errorf("line %d: %+v", i, l)
			}
			seen[l.Request] = true
			if (l.Client == "198.51.100.7") != (level == slog.LevelDebug) || l.Client == "192.0.2.1" {
				t.Errorf("line %d has the client %q", i, l.Client)
			}
		}
		if first := one.Questionnaire.Questions[0].ID + "="; strings.Contains(log.String(), first) {
			t.Errorf("the log has answers:\n%s", log)
		}
	}
}

// TestMetrics: what happened is counted, by route and outcome, never by answers.
func TestMetrics(t *testing.T) {
	t.Parallel()
	c := fixture()
	server := web.NewServer(c.snapshot, web.Options{
		Limits: unlimited.Limits, Build: web.Build{Version: "v1.2.3", Go: "go1.99"}, LogDropped: func() float64 { return 42 },
	})
	send := func(method, address, body string) {
		r := httptest.NewRequest(method, address, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		server.ServeHTTP(httptest.NewRecorder(), r)
	}
	one := c.site.Comparisons[0]
	questions := one.Questionnaire.Questions
	form := "/compare/" + one.Slug + "/questionnaire"
	for range 3 {
		send("GET", "/compare/"+one.Slug, "")
	}
	send("HEAD", "/compare/"+one.Slug, "")
	send("POST", form, query(one, 0))
	send("POST", form, page.AskedKey+"="+questions[0].ID+"&"+questions[1].ID+"="+questions[1].Options[0].ID)
	send("GET", "/nowhere", "")
	send("BREW", "/nowhere", "")
	text := "\n" + ask(server.Admin(), "/metrics").Body.String()
	for _, want := range []string{
		`rolecompare_requests_total{route="/compare/{slug}",method="GET",status="2xx"} 3`,
		`rolecompare_requests_total{route="/compare/{slug}",method="HEAD",status="2xx"} 1`,
		`rolecompare_requests_total{route="/compare/{slug}/questionnaire",method="POST",status="3xx"} 1`,
		`rolecompare_requests_total{route="/compare/{slug}/questionnaire",method="POST",status="4xx"} 1`,
		`rolecompare_requests_total{route="unknown",method="GET",status="4xx"} 1`,
		`rolecompare_requests_total{route="unknown",method="other",status="4xx"} 1`,
		`rolecompare_request_duration_seconds_bucket{route="/compare/{slug}",status="2xx",le="+Inf"} 4`,
		`rolecompare_request_duration_seconds_count{route="/compare/{slug}",status="2xx"} 4`,
		`rolecompare_requests_in_flight 0`,
		`rolecompare_recommendations_total{comparison="` + one.Slug + `",outcome="` + one.Engine.Outcome(one.Engine.Answers(0)).ID + `"} 1`,
		`rolecompare_questions_unanswered_total{comparison="` + one.Slug + `",question="` + questions[0].ID + `"} 1`,
		`rolecompare_build_info{version="v1.2.3",go="go1.99"} 1`,
		`rolecompare_draining 0`,
		`rolecompare_log_lines_dropped_total 42`,
	} {
		if !strings.Contains(text, "\n"+want+"\n") {
			t.Errorf("/metrics lacks %s", want)
		}
	}
	if !strings.Contains(text, "\ngo_goroutines ") {
		t.Error("/metrics says nothing of the process")
	}
	if answered := `question="` + questions[1].ID + `"} 1`; strings.Contains(text, answered) {
		t.Errorf("/metrics has %s, which was answered", answered)
	}
	if t.Failed() {
		for l := range strings.Lines(text) {
			if strings.HasPrefix(l, "rolecompare") && !strings.HasSuffix(l, " 0\n") {
				t.Log(strings.TrimSpace(l))
			}
		}
	}
	server.Drain()
	if text := ask(server.Admin(), "/metrics").Body.String(); !strings.Contains(text, "rolecompare_draining 1\n") {
		t.Error("/metrics does not say that the server drains")
	}
}

// TestAdmin: what operators find on their listener, visitors do not find on
// theirs.
func TestAdmin(t *testing.T) {
	t.Parallel()
	server := web.NewServer(fixture().snapshot, web.Options{Build: web.Build{Version: "v1.2.3"}})
	if version := ask(server.Admin(), "/version").Body.String(); !strings.Contains(version, `"version":"v1.2.3"`) {
		t.Errorf("/version: %s", version)
	}
	for _, test := range []struct {
		host, from string
		want       int
	}{
		{"127.0.0.1:9090", "", http.StatusOK},
		{"localhost:9090", "none", http.StatusOK},
		{"[::1]:9090", "same-origin", http.StatusOK},
		{"[::1]", "", http.StatusOK},
		{"rebound.example:9090", "", http.StatusForbidden},
		{"localhost.rebound.example", "same-origin", http.StatusForbidden},
		{"", "", http.StatusForbidden},
		{"127.0.0.1:9090", "cross-site", http.StatusForbidden},
		{"127.0.0.1:9090", "same-site", http.StatusForbidden},
	} {
		r := httptest.NewRequest(http.MethodGet, "/debug/pprof/goroutine?debug=1", nil)
		r.Host = test.host
		if test.from != "" {
			r.Header.Set("Sec-Fetch-Site", test.from)
		}
		w := httptest.NewRecorder()
		server.Admin().ServeHTTP(w, r)
		if w.Code != test.want || (w.Code == http.StatusOK) != strings.Contains(w.Body.String(), "goroutine profile") {
			t.Errorf("profiles at %q, asked from %q: %d, want %d", test.host, test.from, w.Code, test.want)
		}
	}
	for _, address := range []string{"/metrics", "/version", "/debug/pprof", "/debug/pprof/goroutine"} {
		if got := ask(server, address).Code; got != http.StatusNotFound {
			t.Errorf("visitors find %s: %d", address, got)
		}
	}
}

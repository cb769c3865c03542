package web_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"testing/fstest"

	"rolecompare/internal/comparison"
	"rolecompare/web"
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
	engine := c.engines[one.Slug]
	query := engine.Query(engine.Answers(1))
	for _, logAddress := range []bool{false, true} {
		log := new(buffer)
		server := web.NewServer(c.edition(t, web.EditionOptions{}), web.Options{
			Logger: slog.New(slog.NewJSONHandler(log, nil)), LogAddress: logAddress,
			TrustedProxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")},
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
		send("GET", "/compare/"+one.Slug+"/recommendation?"+query, "")
		send("POST", "/compare/"+one.Slug+"/questionnaire", query)
		send("GET", "/nowhere?"+query, "")
		send("GET", "/livez", "")
		got := lines(t, log)
		want := []line{
			{Method: "GET", Route: "/compare/{slug}", Status: 200},
			{Method: "GET", Route: "/compare/{slug}/recommendation", Status: 200},
			{Method: "POST", Route: "/compare/{slug}/questionnaire", Status: 303},
			{Method: "GET", Route: "unknown", Status: 404},
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
			if (l.Client == "198.51.100.7") != logAddress {
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
	s := serve(t, c, web.Options{PostsPerMinute: -1, Version: "v1.2.3"})
	one := c.site.Comparisons[0]
	engine := c.engines[one.Slug]
	form := "/compare/" + one.Slug + "/questionnaire"
	for range 3 {
		s.get(t, "/compare/"+one.Slug)
	}
	s.do(t, http.MethodHead, "/compare/"+one.Slug, "")
	s.post(t, form, engine.Query(engine.Answers(0)))
	s.post(t, form, one.Questionnaire.Questions[1].ID+"="+one.Questionnaire.Questions[1].Options[0].ID)
	s.get(t, "/nowhere")
	text := ask(s.server.Admin(), "/metrics").Body.String()
	for _, want := range []string{
		`rolecompare_requests_total{route="/compare/{slug}",method="GET",status="2xx"} 3`,
		`rolecompare_requests_total{route="/compare/{slug}",method="HEAD",status="2xx"} 1`,
		`rolecompare_requests_total{route="/compare/{slug}/questionnaire",method="POST",status="3xx"} 1`,
		`rolecompare_requests_total{route="/compare/{slug}/questionnaire",method="POST",status="4xx"} 1`,
		`rolecompare_requests_total{route="unknown",method="GET",status="4xx"} 1`,
		`rolecompare_request_duration_seconds_bucket{route="/compare/{slug}",status="2xx",le="+Inf"} 4`,
		`rolecompare_request_duration_seconds_count{route="/compare/{slug}",status="2xx"} 4`,
		`rolecompare_requests_in_flight{route="/compare/{slug}"} 0`,
		`rolecompare_requests_in_flight{route="unknown"} 0`,
		`rolecompare_recommendations_total{comparison="` + one.Slug + `",outcome="` + engine.Outcome(engine.Answers(0)).ID + `"} 1`,
		`rolecompare_questions_unanswered_total{comparison="` + one.Slug + `",question="` + one.Questionnaire.Questions[0].ID + `"} 1`,
		`rolecompare_questions_unanswered_total{comparison="` + one.Slug + `",question="` + one.Questionnaire.Questions[1].ID + `"} 0`,
		`rolecompare_build_info{version="v1.2.3",go="go1.`,
		`go_goroutines `,
		`rolecompare_draining 0`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("/metrics lacks %s", want)
		}
	}
	if t.Failed() {
		for l := range strings.Lines(text) {
			if strings.HasPrefix(l, "rolecompare") && !strings.HasSuffix(l, " 0\n") {
				t.Log(strings.TrimSpace(l))
			}
		}
	}
	if version := ask(s.server.Admin(), "/version").Body.String(); !strings.Contains(version, `"version":"v1.2.3"`) {
		t.Errorf("/version: %s", version)
	}
	if got := ask(s.server.Admin(), "/debug/pprof/goroutine?debug=1"); got.Code != http.StatusOK {
		t.Errorf("profiles: %d", got.Code)
	}
	for _, address := range []string{"/metrics", "/version", "/debug/pprof"} {
		if got := s.get(t, address); got.StatusCode != http.StatusNotFound {
			t.Errorf("visitors find %s: %s", address, got.Status)
		}
	}
}

// TestDrain: a server about to stop says so, and lets go of its connections,
// but still answers.
func TestDrain(t *testing.T) {
	t.Parallel()
	c := fixture()
	s := serve(t, c, unlimited)
	if got := s.get(t, "/readyz"); got.StatusCode != http.StatusOK || got.Close {
		t.Errorf("before: %s, close: %v", got.Status, got.Close)
	}
	s.server.Drain()
	s.server.Drain()
	if got := s.get(t, "/readyz"); got.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("/readyz: %s", got.Status)
	}
	for _, address := range []string{"/", "/livez", "/compare/" + c.site.Comparisons[0].Slug} {
		if got := s.get(t, address); got.StatusCode != http.StatusOK || !got.Close {
			t.Errorf("%s: %s, close: %v", address, got.Status, got.Close)
		}
	}
}

// TestReady: a server whose pages are being prepared is not ready yet; once it
// has been, new content does not change that.
func TestReady(t *testing.T) {
	t.Parallel()
	c := fixture()
	first, second := c.edition(t, web.EditionOptions{}), c.edition(t, web.EditionOptions{})
	server := web.NewServer(first, web.Options{})
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := first.Prepare(cancelled); err == nil {
		t.Error("preparing goes on after its context is done")
	}
	if got := ask(server, "/readyz").Code; got != http.StatusServiceUnavailable {
		t.Errorf("while it is prepared: %d", got)
	}
	if err := first.Prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := ask(server, "/readyz").Code; got != http.StatusOK {
		t.Errorf("prepared: %d", got)
	}
	_ = second.Prepare(cancelled)
	server.Publish(second)
	if got := ask(server, "/readyz").Code; got != http.StatusOK {
		t.Errorf("with new content: %d", got)
	}
}

// TestPanic: a fault of the program's gives a page that says so, a line in the
// log by which it can be found, and no more.
func TestPanic(t *testing.T) {
	t.Parallel()
	c := fixture()
	log := new(buffer)
	server := web.NewServer(c.edition(t, web.EditionOptions{}), web.Options{Logger: slog.New(slog.NewJSONHandler(log, nil)), PostsPerMinute: -1})
	form := "/compare/" + c.site.Comparisons[0].Slug + "/questionnaire"
	r := httptest.NewRequest("POST", form, io.NopCloser(faultyBody{}))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	server.ServeHTTP(w, r)
	var logged *line
	for _, l := range lines(t, log) {
		if strings.Contains(l.Msg, "panic: the sky is falling") && strings.Contains(l.Stack, "faultyBody") && l.Level == "ERROR" {
			logged = &l
		}
	}
	if w.Code != http.StatusInternalServerError || logged == nil || logged.Request == "" {
		t.Fatalf("%d; the log:\n%s", w.Code, log)
	}
	if body := w.Body.String(); !strings.Contains(body, logged.Request) || strings.Contains(body, "sky") || !strings.Contains(body, "</html>") {
		t.Errorf("the page lacks %s, or tells too much:\n%s", logged.Request, body)
	}
	if v := w.Header().Get("Content-Security-Policy"); v == "" {
		t.Error("the page has no policy")
	}
	if got := ask(server, form).Code; got != http.StatusOK {
		t.Errorf("the next request: %d", got)
	}
}

type faultyBody struct{}

func (faultyBody) Read([]byte) (int, error) { panic("the sky is falling") }

// TestHalfAForm: a client that breaks off costs nothing lasting, and is not
// worth more than a line in the log.
func TestHalfAForm(t *testing.T) {
	t.Parallel()
	c := fixture()
	server := web.NewServer(c.edition(t, web.EditionOptions{}), web.Options{})
	r := httptest.NewRequest("POST", "/compare/"+c.site.Comparisons[0].Slug+"/questionnaire", io.MultiReader(strings.NewReader("a=b"), brokenBody{}))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	server.ServeHTTP(w, r)
	if w.Code != http.StatusBadRequest {
		t.Errorf("half a form: %d", w.Code)
	}
}

type brokenBody struct{}

func (brokenBody) Read([]byte) (int, error) { return 0, errors.New("connection reset") }

// TestPublish replaces the content under load: no request is lost, and each
// answer is of one edition.
func TestPublish(t *testing.T) {
	t.Parallel()
	before := fixture()
	after := before.changed(func(c *comparison.Comparison) { c.Title = "Another title" })
	s := serve(t, before, unlimited)
	editions := []*web.Edition{before.edition(t, web.EditionOptions{}), after.edition(t, web.EditionOptions{})}
	address := "/compare/" + before.site.Comparisons[0].Slug
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := range 200 {
			s.server.Publish(editions[i%2])
		}
	}()
	for n := 0; ; n++ {
		if got := s.get(t, address); got.StatusCode != http.StatusOK || !strings.HasSuffix(strings.TrimSpace(got.body), "</html>") {
			t.Fatalf("request %d: %s", n, got.Status)
		}
		select {
		case <-done:
			if got := s.get(t, address); !strings.Contains(got.body, "Another title") {
				t.Error("the last edition is not served")
			}
			return
		default:
		}
	}
}

// TestLiveReload: in dev a page hears of another edition, and of what is wrong
// with the content.
func TestLiveReload(t *testing.T) {
	t.Parallel()
	c := fixture()
	server := web.NewServer(c.edition(t, web.EditionOptions{Dev: true}), web.Options{})
	listening := httptest.NewServer(server)
	defer listening.Close()
	response, err := http.Get(listening.URL + "/dev/events")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if kind := response.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Errorf("Content-Type: %s", kind)
	}
	events := bufio.NewScanner(response.Body)
	next := func() string {
		var b bytes.Buffer
		for blank := 0; blank < 2 && events.Scan(); {
			if events.Text() == "" {
				blank++
				continue
			}
			b.WriteString(events.Text() + "|")
		}
		return b.String()
	}
	if got, want := next(), `event: edition|data: 1|event: faults|data: ""|`; got != want {
		t.Errorf("at first: %s, want %s", got, want)
	}
	var faults comparison.Faults
	faults.Add(comparison.Place{File: "site.md", Line: 1, Column: 2}, "it is wrong", "mend it")
	server.Report(faults)
	if got, want := next(), `event: edition|data: 1|event: faults|data: "site.md:1:2: it is wrong; mend it"|`; got != want {
		t.Errorf("with faults: %s, want %s", got, want)
	}
	server.Publish(c.edition(t, web.EditionOptions{Dev: true}))
	if got, want := next(), `event: edition|data: 2|event: faults|data: ""|`; got != want {
		t.Errorf("mended: %s, want %s", got, want)
	}
	server.Drain()
	if got := next(); got != "" || events.Err() != nil {
		t.Errorf("after the end: %s %v", got, events.Err())
	}
}

// TestFaultyAssets: what cannot be served is refused at the start.
func TestFaultyAssets(t *testing.T) {
	t.Parallel()
	c := fixture()
	twice := fstest.MapFS{"a/site.css": {}, "b/site.css": {}}
	if _, err := web.Build(c.site, c.engines, twice, web.EditionOptions{}); err == nil {
		t.Error("two assets of one name are accepted")
	}
	if _, err := web.Build(c.site, nil, fstest.MapFS{}, web.EditionOptions{}); err == nil {
		t.Error("a comparison without an engine is accepted")
	}
}

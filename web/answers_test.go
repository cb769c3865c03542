package web_test

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"rolecompare/web"
)

// TestPanic: a fault of the program's gives a page that says so, a line in the
// log by which it can be found, and no more.
func TestPanic(t *testing.T) {
	t.Parallel()
	c := fixture()
	log := new(buffer)
	server := web.NewServer(c.snapshot, web.Options{Logger: slog.New(slog.NewJSONHandler(log, nil))})
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

// TestPanicInTheMiddle: a fault after the answer has begun cuts the connection off,
// and counts as one.
func TestPanicInTheMiddle(t *testing.T) {
	t.Parallel()
	log := new(buffer)
	server := web.NewServer(fixture().snapshot, web.Options{Logger: slog.New(slog.NewJSONHandler(log, nil))})
	front := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		server.ServeHTTP(faultyWriter{w}, r)
	}))
	front.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	front.Start()
	defer front.Close()
	if resp, err := front.Client().Get(front.URL + "/"); err == nil {
		t.Errorf("there is an answer: %s", resp.Status)
	}
	front.Close() // which waits until it is counted
	text := ask(server.Admin(), "/metrics").Body.String()
	if !strings.Contains(text, `rolecompare_requests_total{route="/",method="GET",status="5xx"} 1`) || strings.Contains(text, `status="2xx"`) {
		t.Errorf("it is counted as something else:\n%.300s", text)
	}
	if got := lines(t, log); len(got) != 2 || got[0].Level != "ERROR" || got[1].Status != http.StatusInternalServerError {
		t.Errorf("the log:\n%s", log)
	}
}

// faultyWriter takes the header, and no content.
type faultyWriter struct{ http.ResponseWriter }

func (faultyWriter) Write([]byte) (int, error) { panic("the sky is falling") }

type faultyBody struct{}

func (faultyBody) Read([]byte) (int, error) { panic("the sky is falling") }

// TestHalfAForm: a client that breaks off costs nothing lasting, and is not
// worth more than a line in the log.
func TestHalfAForm(t *testing.T) {
	t.Parallel()
	c := fixture()
	log := new(buffer)
	server := web.NewServer(c.snapshot, web.Options{Logger: slog.New(slog.NewJSONHandler(log, nil))})
	r := httptest.NewRequest("POST", "/compare/"+c.site.Comparisons[0].Slug+"/questionnaire", io.MultiReader(strings.NewReader("a=b"), brokenBody{}))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	server.ServeHTTP(w, r)
	if got := lines(t, log); w.Code != http.StatusBadRequest || len(got) != 1 || got[0].Level != "INFO" {
		t.Errorf("half a form: %d; the log:\n%s", w.Code, log)
	}
}

type brokenBody struct{}

func (brokenBody) Read([]byte) (int, error) { return 0, errors.New("connection reset") }

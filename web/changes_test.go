package web_test

import (
	"bufio"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"rolecompare/internal/comparison"
	"rolecompare/web"
)

// TestLiveReload: in dev a page hears of another snapshot, and of what is wrong
// with the content.
func TestLiveReload(t *testing.T) {
	t.Parallel()
	snapshot := fixture().another(t, web.SnapshotOptions{Dev: true})
	server := web.NewServer(snapshot, web.Options{})
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
		for events.Scan() {
			if events.Text() != "" {
				return events.Text()
			}
		}
		return ""
	}
	faults := func() (out comparison.Diagnostics) {
		var work struct{ Faults comparison.Diagnostics }
		if err := json.Unmarshal(ask(server, "/dev/work.json").Body.Bytes(), &work); err != nil {
			t.Fatal(err)
		}
		return work.Faults
	}
	if got := next(); got != "data: 1" || len(faults()) > 0 {
		t.Errorf("at first: %s %v", got, faults())
	}
	var found comparison.Diagnostics
	found.Add(comparison.Position{File: "site.md", Line: 1, Column: 2}, "it is wrong", "mend it")
	server.Report(found)
	if got := next(); got != "data: 2" || faults().Error() != found.Error() {
		t.Errorf("with a mistake: %s %v", got, faults())
	}
	server.Publish(snapshot)
	if got := next(); got != "data: 3" || len(faults()) > 0 {
		t.Errorf("mended: %s %v", got, faults())
	}
	server.Drain()
	if got := next(); got != "" || events.Err() != nil {
		t.Errorf("after the end: %s %v", got, events.Err())
	}
}

package web_test

import (
	"bufio"
	"bytes"
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
	if got, want := next(), `event: edition|data: 0|event: faults|data: []|`; got != want {
		t.Errorf("at first: %s, want %s", got, want)
	}
	var found comparison.Diagnostics
	found.Add(comparison.Position{File: "site.md", Line: 1, Column: 2}, "it is wrong", "mend it")
	server.Report(found)
	list, _ := json.Marshal(found)
	if got, want := next(), "event: edition|data: 0|event: faults|data: "+string(list)+"|"; got != want {
		t.Errorf("with a mistake: %s, want %s", got, want)
	}
	server.Publish(snapshot)
	if got, want := next(), `event: edition|data: 1|event: faults|data: []|`; got != want {
		t.Errorf("mended: %s, want %s", got, want)
	}
	server.Drain()
	if got := next(); got != "" || events.Err() != nil {
		t.Errorf("after the end: %s %v", got, events.Err())
	}
}

package web

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// changes tells the pages that are open in an author's browser what has changed.
type changes struct {
	mu      sync.Mutex
	number  int           // of snapshots published
	events  string        // what a page must be told now; empty once it is over
	changed chan struct{} // closed when events change
}

func newChanges() *changes {
	c := &changes{number: -1, changed: make(chan struct{})}
	c.published()
	return c
}

// published notes that there is a new snapshot.
func (c *changes) published() { c.tell(1, "") }

// failed notes that there is none, and why.
func (c *changes) failed(report string) { c.tell(0, report) }

func (c *changes) tell(published int, report string) {
	quoted, _ := json.Marshal(report) // a string never fails
	c.mu.Lock()
	defer c.mu.Unlock()
	c.number += published
	c.set(fmt.Sprintf("event: edition\ndata: %d\n\nevent: faults\ndata: %s\n\n", c.number, quoted))
}

// end lets every page go.
func (c *changes) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.set("")
}

func (c *changes) set(events string) {
	c.events = events
	close(c.changed)
	c.changed = make(chan struct{})
}

func (c *changes) state() (events string, changed <-chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.events, c.changed
}

// getChanges is the stream of events that a page in dev listens to. It sends the
// event "edition" when a page opens and when another snapshot is published, with
// its number, so that a page that was made from another one reloads; and the
// event "faults" with the report, as a JSON string, which is empty when all is
// mended.
func (c *changes) getChanges(w http.ResponseWriter, r *http.Request, s *Snapshot) error {
	if !s.options.Dev {
		return errNotFound
	}
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set(cacheNever.name, cacheNever.value)
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return nil
	}
	connection := http.NewResponseController(w)
	_ = connection.SetReadDeadline(time.Time{}) // a page stays open for as long as its author likes
	for {
		events, changed := c.state()
		if events == "" {
			return nil
		}
		_ = connection.SetWriteDeadline(time.Now().Add(10 * time.Second))
		if _, err := io.WriteString(w, events); err != nil || connection.Flush() != nil {
			return nil // the page is gone
		}
		_ = connection.SetWriteDeadline(time.Time{})
		select {
		case <-changed:
		case <-r.Context().Done():
			return nil
		}
	}
}

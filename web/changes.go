package web

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"rolecompare/internal/comparison"
)

// changes tells the pages that are open in an author's browser what has changed.
type changes struct {
	mu      sync.Mutex
	number  int           // of snapshots published
	events  string        // what a page must be told now; empty once it is over
	changed chan struct{} // closed when events change

	before map[string]*Snapshot // the last in which a comparison's decisions were as they are kept, by its slug
}

func newChanges() *changes {
	return &changes{number: -1, changed: make(chan struct{}), before: map[string]*Snapshot{}}
}

// published notes that there is a new snapshot.
func (c *changes) published(s *Snapshot) {
	c.mu.Lock()
	for _, one := range s.site.Comparisons {
		if s.options.Dev && len(one.Engine.CheckDecisions()) == 0 {
			c.before[one.Slug] = s
		}
	}
	c.mu.Unlock()
	c.tell(1, comparison.Diagnostics{})
}

// snapshotBefore returns the last snapshot in which the decisions of the comparison
// with that slug were as they are kept, or nil.
func (c *changes) snapshotBefore(slug string) *Snapshot {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.before[slug]
}

// failed notes that there is none, and why.
func (c *changes) failed(faults comparison.Diagnostics) { c.tell(0, faults) }

func (c *changes) tell(published int, faults comparison.Diagnostics) {
	list, _ := json.Marshal(faults) // it holds nothing that can fail
	c.mu.Lock()
	defer c.mu.Unlock()
	c.number += published
	c.set(fmt.Sprintf("event: edition\ndata: %d\n\nevent: faults\ndata: %s\n\n", c.number, list))
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
// event "faults" with what is wrong, as JSON, which is an empty list when all is
// mended.
func (c *changes) getChanges(w http.ResponseWriter, r *http.Request, _ *Snapshot) error {
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

package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// changes tells the pages that are open in an author's browser what has changed.
type changes struct {
	mu       sync.Mutex
	snapshot int    // counts publications
	report   string // on the content as it stands now; empty where it was published
	changed  chan struct{}
	ended    bool
}

func newChanges() *changes { return &changes{changed: make(chan struct{})} }

// published notes that there is a new snapshot.
func (c *changes) published() {
	c.tell(func() { c.snapshot, c.report = c.snapshot+1, "" })
}

// failed notes that there is none, and why.
func (c *changes) failed(report string) { c.tell(func() { c.report = report }) }

// end lets every page go, for good.
func (c *changes) end() { c.tell(func() { c.ended = true }) }

func (c *changes) tell(change func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	change()
	close(c.changed)
	c.changed = make(chan struct{})
}

func (c *changes) state() (snapshot int, report string, changed <-chan struct{}, ended bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.snapshot, c.report, c.changed, c.ended
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
		snapshot, report, changed, ended := c.state()
		if ended {
			return nil
		}
		quoted, err := json.Marshal(report)
		if err != nil {
			return err
		}
		_ = connection.SetWriteDeadline(time.Now().Add(10 * time.Second))
		_, err = fmt.Fprintf(w, "event: edition\ndata: %d\n\nevent: faults\ndata: %s\n\n", snapshot, quoted)
		if err != nil || connection.Flush() != nil {
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

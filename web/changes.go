package web

import (
	"fmt"
	"net/http"
	"sync"
	"time"

	"rolecompare/internal/comparison"
)

// changes tells the pages that are open in an author's browser whenever something
// was saved. They ask for the rest: see [changes.getWork].
type changes struct {
	mu      sync.Mutex
	saved   int                    // how often; negative once it is over
	changed chan struct{}          // closed when saved changes
	faults  comparison.Diagnostics // of what was saved last
	before  map[string]*Snapshot   // the last in which a comparison's decisions were as they are kept, by its slug
}

func newChanges() *changes {
	return &changes{changed: make(chan struct{}), before: map[string]*Snapshot{}}
}

// save notes that something was saved: a new snapshot, or nil and what is wrong.
func (c *changes) save(s *Snapshot, faults comparison.Diagnostics) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if s != nil && s.options.Dev {
		for _, one := range s.site.Comparisons {
			if len(one.Engine.CheckDecisions()) == 0 {
				c.before[one.Slug] = s
			}
		}
	}
	c.faults = faults
	c.tell(c.saved + 1)
}

func (c *changes) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tell(-1)
}

func (c *changes) tell(saved int) {
	c.saved = saved
	close(c.changed)
	c.changed = make(chan struct{})
}

// getChanges is the stream of events that a page in dev listens to: how often
// something was saved, when the page opens and whenever it happens again.
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
		c.mu.Lock()
		saved, changed := c.saved, c.changed
		c.mu.Unlock()
		if saved < 0 {
			return nil
		}
		_ = connection.SetWriteDeadline(time.Now().Add(10 * time.Second))
		if _, err := fmt.Fprintf(w, "data: %d\n\n", saved); err != nil || connection.Flush() != nil {
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

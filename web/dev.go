package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"rolecompare/internal/comparison"
)

// live tells the pages that are open in an author's browser what has changed.
type live struct {
	mu      sync.Mutex
	edition int    // counts publications
	faults  string // of the content as it stands now; empty where it was published
	changed chan struct{}
	ended   bool
}

// publish notes that there is a new edition.
func (l *live) publish(faults comparison.Faults) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended {
		return
	}
	if faults == nil {
		l.edition++
		l.faults = ""
	} else {
		l.faults = faults.Error()
	}
	close(l.changed)
	l.changed = make(chan struct{})
}

// end lets every page go, for good.
func (l *live) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.ended {
		l.ended = true
		close(l.changed)
	}
}

func (l *live) state() (edition int, faults string, changed <-chan struct{}, ended bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.edition, l.faults, l.changed, l.ended
}

// Report shows faults over the last good page in every browser that is open on
// the site, until the next edition is published. It matters in dev only.
func (s *Server) Report(faults comparison.Faults) { s.live.publish(faults) }

// listen is the stream of events that a page in dev listens to. It sends the
// event "edition" when a page opens and when another edition is published, with
// the edition's number, so that a page that was made from another one reloads;
// and the event "faults" with the report, as a JSON string, which is empty when
// they are mended.
func (s *Server) listen(x *exchange, r *http.Request) error {
	if !x.options.Dev {
		return errNotFound
	}
	h := x.Header()
	h.Set("Content-Type", "text/event-stream")
	cacheNever.set(h)
	x.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return nil
	}
	connection := http.NewResponseController(x)
	var sent string
	for {
		edition, faults, changed, ended := s.live.state()
		if ended {
			return nil
		}
		report, err := json.Marshal(faults)
		if err != nil {
			return err
		}
		if event := fmt.Sprintf("event: edition\ndata: %d\n\nevent: faults\ndata: %s\n\n", edition, report); event != sent {
			// A page stays open for as long as its author likes.
			_ = connection.SetWriteDeadline(time.Now().Add(10 * time.Second))
			if _, err := x.Write([]byte(event)); err != nil {
				return nil // the page is gone
			}
			if err := connection.Flush(); err != nil {
				return nil
			}
			sent = event
		}
		_ = connection.SetWriteDeadline(time.Time{})
		_ = connection.SetReadDeadline(time.Time{})
		select {
		case <-changed:
		case <-r.Context().Done():
			return nil
		}
	}
}

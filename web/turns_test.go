package web

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"testing/synctest"
)

// TestTurns has one client ask for much before another one asks for a little.
// However many processors there are, the latter is among the first to be served.
func TestTurns(t *testing.T) {
	t.Parallel()
	for _, processors := range []int{1, 2, 8} {
		synctest.Test(t, func(t *testing.T) {
			turns := newTurns(processors)
			first, second := "192.0.2.1", "198.51.100.1"
			for n := 2; turns.queue(first) == turns.queue(second); n++ { // once in a thousand times
				second = fmt.Sprintf("198.51.100.%d", n)
			}
			var order []string
			next := make(chan func())
			ask := func(client string) {
				r := httptest.NewRequest(http.MethodGet, "/", nil)
				r.RemoteAddr = client + ":1"
				Limits{}.client(nil, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
					end, err := turns.take(r)
					if err != nil {
						t.Errorf("%s: %v", client, err)
						return
					}
					next <- func() { order = append(order, client); end() }
				})).ServeHTTP(nil, r)
			}
			const much = 50
			for range much {
				go ask(first)
			}
			synctest.Wait()
			go ask(second)
			synctest.Wait()
			for range much + 1 {
				(<-next)()
				synctest.Wait()
			}
			if at := slices.Index(order, second); at < 0 || at > processors {
				t.Errorf("with %d processors the second client was served after %d of the first", processors, at)
			}
		})
	}
}

// TestTurnsEnd: whoever waits too long is told so, and waits no more.
func TestTurnsEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns(1)
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		end, err := turns.take(r)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := turns.take(r); err == nil {
			t.Error("two have the only turn")
		}
		end()
		end()
		if end, err := turns.take(r); err != nil {
			t.Errorf("the turn is lost: %v", err)
		} else {
			end()
		}
	})
}

// TestConnectionsAreForgotten: of a client that has gone, nothing is kept.
func TestConnectionsAreForgotten(t *testing.T) {
	t.Parallel()
	const places = 10
	s := &Server{telemetry: newTelemetry(Options{})}
	c := s.LimitConnections(&http.Server{}, nil, places).(*connections)
	var held []net.Conn
	for range places + 5 {
		conn, other := net.Pipe()
		defer other.Close()
		r := httptest.NewRequest(http.MethodGet, "/", nil).WithContext(c.enter(t.Context(), conn))
		release := hold(r, placesPerContent)
		c.change(conn, http.StateActive)
		defer release()
		held = append(held, conn)
	}
	for _, conn := range held {
		c.change(conn, http.StateClosed)
	}
	if len(c.held) > 0 || len(c.taken) > 0 || c.free != places {
		t.Errorf("%d connections and %d clients are kept, and %d of %d places are free", len(c.held), len(c.taken), c.free, places)
	}
}

// OccupyTurns takes all turns of the snapshot, for tests of the package's outside.
func (s *Snapshot) OccupyTurns() (end func()) {
	for range cap(s.turns.processors) {
		s.turns.processors <- struct{}{}
	}
	return func() {
		for range cap(s.turns.processors) {
			<-s.turns.processors
		}
	}
}

package web

import (
	"context"
	"hash/maphash"
	"net/http"
	"runtime"
	"sync"
	"time"

	"rolecompare/web/prerender"
)

// patience is how long a request waits for its turn before it is refused. A
// busy machine that reads new content keeps it waiting for less.
const patience = 3 * time.Second

// turns bound how much is made on demand at once, so that what is made beforehand
// never waits. A client waits first in a queue that it shares with few others; only
// the first of each queue wait for a processor, so one that asks for much does not
// hold up one that asks for little.
type turns struct {
	processors chan struct{}
	queues     [1024]chan struct{}
	seed       maphash.Seed
}

func newTurns(processors int) *turns {
	t := &turns{processors: make(chan struct{}, processors), seed: maphash.MakeSeed()}
	for i := range t.queues {
		t.queues[i] = make(chan struct{}, (processors+1)/2)
	}
	return t
}

func (t *turns) queue(client string) chan struct{} {
	return t.queues[maphash.String(t.seed, client)%uint64(len(t.queues))]
}

// take waits for the turn of a request, and returns what ends it.
func (t *turns) take(r *http.Request) (end func(), err error) {
	gates := []chan struct{}{t.queue(clientOf(r)), t.processors}
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	for i, gate := range gates {
		select {
		case gate <- struct{}{}: // even for who has said all he has to say, and closed his end
			continue
		default:
		}
		select {
		case gate <- struct{}{}:
		case <-ctx.Done():
			for _, taken := range gates[:i] {
				<-taken
			}
			return nil, &httpError{status: http.StatusServiceUnavailable}
		}
	}
	// Whoever was woken by the one before would run at once, and so on: this lets
	// all others go first.
	runtime.Gosched()
	return sync.OnceFunc(func() { <-t.processors; <-gates[0] }), nil
}

// serveMade answers with what is made for this request alone, when it is its turn.
// The turn ends before anything is sent, for which the client may take its time.
func (s *Snapshot) serveMade(w http.ResponseWriter, r *http.Request, status int, make func() (*prerender.Body, error)) error {
	end, err := s.turns.take(r)
	if err != nil {
		return err
	}
	defer end()
	b, err := make()
	if err != nil {
		return err
	}
	defer hold(r, placesPerContent)()
	b.Serve(madeWriter{w, end}, r, status)
	return nil
}

// madeWriter ends the turn when the answer is encoded and about to be sent.
type madeWriter struct {
	http.ResponseWriter
	end func()
}

func (w madeWriter) WriteHeader(status int) {
	w.end()
	w.ResponseWriter.WriteHeader(status)
}

package web

import (
	"io"
	"net/http"
	"sync/atomic"
)

// drain tells balancers whether to send requests here.
type drain struct {
	draining atomic.Bool
	wasReady atomic.Bool // new content is no reason to leave the balancer
}

func (d *drain) begun() bool { return d.draining.Load() }

// getLive answers for as long as there is somebody to answer.
func getLive(w http.ResponseWriter, _ *http.Request, _ *Snapshot) error {
	return line(w, http.StatusOK, "ok\n")
}

// getReady answers whether requests are welcome.
func (d *drain) getReady(w http.ResponseWriter, _ *http.Request, s *Snapshot) error {
	switch {
	case d.begun():
		return line(w, http.StatusServiceUnavailable, "draining\n")
	case !s.prepared.Load() && !d.wasReady.Load():
		return line(w, http.StatusServiceUnavailable, "preparing\n")
	}
	return line(w, http.StatusOK, "ready\n")
}

// line answers with a line of text that nobody is to keep.
func line(w http.ResponseWriter, status int, text string) error {
	h := w.Header()
	h.Set("Content-Type", textType)
	h.Set(cacheNever.name, cacheNever.value)
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text) // net/http leaves it out where the method is HEAD
	return nil
}

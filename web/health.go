package web

import (
	"io"
	"net/http"
)

// getLive answers for as long as there is somebody to answer.
func getLive(w http.ResponseWriter, _ *http.Request, _ *Snapshot) error {
	return line(w, http.StatusOK, "ok\n")
}

// getReady tells balancers whether to send requests here.
func getReady(draining func() bool) handler {
	return func(w http.ResponseWriter, _ *http.Request, s *Snapshot) error {
		switch {
		case draining():
			return line(w, http.StatusServiceUnavailable, "draining\n")
		case !s.prepared.Load():
			return line(w, http.StatusServiceUnavailable, "preparing\n")
		}
		return line(w, http.StatusOK, "ready\n")
	}
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

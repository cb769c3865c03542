package web

import (
	"log/slog"
	"net/http"
	"time"

	"rolecompare/web/prerender"
)

// HTTPServer returns a server for the handler that nobody can hold up: every
// stage of a connection has a limit. Nothing the site sends or receives needs
// a tenth of them on the slowest line. Its listener is best wrapped by
// [prerender.OneWrite].
func HTTPServer(h http.Handler, logger *slog.Logger) *http.Server {
	if logger == nil {
		logger = slog.New(slog.DiscardHandler)
	}
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       120 * time.Second, // longer than proxies keep theirs, so that they are the ones to close
		MaxHeaderBytes:    16 << 10,
		// A connection of HTTP/2 costs what its streams do. A page has a handful of
		// requests, and the largest form fits.
		HTTP2:       &http.HTTP2Config{MaxConcurrentStreams: 32, MaxReceiveBufferPerConnection: 128 << 10, MaxReceiveBufferPerStream: 64 << 10},
		ConnContext: prerender.ConnContext,
		ErrorLog:    slog.NewLogLogger(logger.Handler(), slog.LevelDebug),
		// "OPTIONS *" gets the same answer, with the same headers, as any other
		// request that means nothing here.
		DisableGeneralOptionsHandler: true,
	}
}

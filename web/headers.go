package web

import (
	"maps"
	"net/http"
	"strings"
)

// setHeaders sets what every answer has, whatever its status. Where closing
// reports true, an answer also ends its connection.
func setHeaders(headers func() http.Header, closing func() bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		maps.Copy(h, headers())
		if len(r.TransferEncoding) > 0 || closing() {
			// A body of unannounced length is how requests are smuggled past proxies
			// that read it differently. No form of ours comes like that, so whatever
			// may follow on this connection is not read.
			h.Set("Connection", "close")
		}
		next.ServeHTTP(w, r)
	})
}

// securityHeaders are on every answer. The policy allows what the pages use: the
// style that stands in them, by its hash, and the rest from here.
func securityHeaders(baseURL, style string) http.Header {
	h := http.Header{}
	h.Set("Content-Security-Policy", strings.Join([]string{
		"default-src 'none'",
		"script-src 'self'",
		"style-src " + style,
		"img-src 'self'",
		"font-src 'self'",
		"connect-src 'self'", // for Lighthouse, which asks for robots.txt from within the page, and live reload
		"manifest-src 'self'",
		"form-action 'self'",
		"frame-ancestors 'none'",
		"base-uri 'none'",
		"require-trusted-types-for 'script'",
		"trusted-types 'none'",
	}, "; "))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Embedder-Policy", "require-corp")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	// What the pages never ask for. Browsers complain on the console about names that
	// they do not know, so these are what all know.
	h.Set("Permissions-Policy", strings.Join([]string{
		"accelerometer=()", "camera=()", "display-capture=()", "geolocation=()", "gyroscope=()",
		"magnetometer=()", "microphone=()", "midi=()", "payment=()", "usb=()",
	}, ", "))
	if strings.HasPrefix(baseURL, "https://") {
		h.Set("Strict-Transport-Security", "max-age=63072000")
	}
	return h
}

package web

import (
	"net/http"
	"strings"
)

// header is a header field, ready to be put into an answer without allocating:
// the name is in its canonical form, and the values are shared and never
// changed.
type header struct {
	name   string
	values []string
}

func newHeader(name, value string) header {
	return header{http.CanonicalHeaderKey(name), []string{value}}
}

func (h header) set(to http.Header) { to[h.name] = h.values }

// contentSecurityPolicy allows what the pages use: the style that stands in
// them, and the rest from here.
//
// connect-src is needed although no script connects in production: Lighthouse
// fetches robots.txt from within the page, and live reload listens.
func contentSecurityPolicy(style string) string {
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self'",
		"style-src " + style,
		"img-src 'self'",
		"connect-src 'self'",
		"manifest-src 'self'",
		"form-action 'self'",
		"frame-ancestors 'none'",
		"base-uri 'none'",
		"require-trusted-types-for 'script'",
		"trusted-types 'none'",
	}, "; ")
}

// permissionsPolicy refuses what the pages never ask for. It names only what
// every browser knows, since browsers complain on the console about the rest.
var permissionsPolicy = strings.Join([]string{
	"accelerometer=()", "camera=()", "display-capture=()", "geolocation=()", "gyroscope=()",
	"magnetometer=()", "microphone=()", "midi=()", "payment=()", "usb=()",
}, ", ")

// securityHeaders are on every answer, whatever its status. The style is the policy's
// source for the stylesheet.
func securityHeaders(baseURL, style string) []header {
	headers := []header{
		newHeader("Content-Security-Policy", contentSecurityPolicy(style)),
		newHeader("X-Content-Type-Options", "nosniff"),
		newHeader("Referrer-Policy", "same-origin"),
		newHeader("Cross-Origin-Opener-Policy", "same-origin"),
		newHeader("Cross-Origin-Embedder-Policy", "require-corp"),
		newHeader("Cross-Origin-Resource-Policy", "same-origin"),
		newHeader("Permissions-Policy", permissionsPolicy),
	}
	if strings.HasPrefix(baseURL, "https://") {
		headers = append(headers, newHeader("Strict-Transport-Security", "max-age=63072000"))
	}
	return headers
}

// How long answers may be kept. Browsers ask again each time, which an ETag
// makes cheap; caches that many visitors share may keep a page for five minutes,
// serve it for one more while they ask again, and for a day while the site is
// down. No page says no-store, which would keep it out of the back/forward
// cache.
var (
	cachePage    = newHeader("Cache-Control", "public, max-age=0, s-maxage=300, stale-while-revalidate=60, stale-if-error=86400")
	cacheForever = newHeader("Cache-Control", "public, max-age=31536000, immutable")
	cacheDay     = newHeader("Cache-Control", "public, max-age=86400, stale-while-revalidate=86400, stale-if-error=604800")
	cacheAsk     = newHeader("Cache-Control", "no-cache")
	cacheNever   = newHeader("Cache-Control", "no-store")

	closeConnection = newHeader("Connection", "close")
	crossOrigin     = newHeader("Cross-Origin-Resource-Policy", "cross-origin")
	noIndex         = newHeader("X-Robots-Tag", "noindex")
	varyAccept      = newHeader("Vary", "Accept")
	plainText       = newHeader("Content-Type", textType)
)

const (
	htmlType     = "text/html; charset=utf-8"
	markdownType = "text/markdown; charset=utf-8"
	textType     = "text/plain; charset=utf-8"
)

package web

import (
	"cmp"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"time"

	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"
)

// Limits say whom to believe and how much one client may ask for.
type Limits struct {
	TrustedProxies []netip.Prefix // whose X-Forwarded-For is believed
	PostsPerMinute int            // by one client; 0: 120
}

// maxTarget is how long an address may be. The longest of ours has a few
// hundred characters.
const maxTarget = 8 << 10

// checkTarget refuses what is too long, before anything of it is read.
func checkTarget(a answers, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case len(r.RequestURI) > maxTarget:
			a.fail(w, r, &httpError{status: http.StatusRequestURITooLong})
		case r.ContentLength > maxForm:
			a.fail(w, r, &httpError{status: http.StatusRequestEntityTooLarge})
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// trusts reports whether this is the address of a connection from a trusted proxy.
func (l Limits) trusts(remote string) bool {
	addr, err := netip.ParseAddrPort(remote)
	ip := addr.Addr().Unmap().WithZone("")
	return err == nil && slices.ContainsFunc(l.TrustedProxies, func(p netip.Prefix) bool { return p.Contains(ip) })
}

// client finds out who asks: whoever is connected, or, where that is a proxy we
// trust, whoever it says it speaks for. An operator who forgot a proxy is told.
func (l Limits) client(t *telemetry, next http.Handler) http.Handler {
	warn := sync.OnceFunc(func() {
		t.logger.Warn("X-Forwarded-For comes from an address that is not among --trusted-proxies; " +
			"if it is a proxy of yours, add it, or all its visitors count as one")
	})
	warned := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header["X-Forwarded-For"] != nil && !l.trusts(r.RemoteAddr) {
			warn()
		}
		next.ServeHTTP(w, r)
	})
	if len(l.TrustedProxies) == 0 {
		return middleware.ClientIPFromRemoteAddr(warned)
	}
	prefixes := make([]string, len(l.TrustedProxies))
	for i, p := range l.TrustedProxies {
		prefixes[i] = p.String()
	}
	return middleware.ClientIPFromXFF(prefixes...)(warned)
}

// clientOf returns who asks. The clients of one IPv6 network are one.
func clientOf(r *http.Request) string {
	return httprate.CanonicalizeIP(middleware.GetClientIP(r.Context()))
}

// posts limits what one client may post. A visitor posts up to seven times, so some
// seventeen of them behind one address can do so within a minute.
func (l Limits) posts(a answers) func(http.Handler) http.Handler {
	key := func(r *http.Request) (string, error) { return clientOf(r), nil }
	return httprate.LimitBy(cmp.Or(l.PostsPerMinute, 120), time.Minute, key,
		httprate.WithResponseHeaders(httprate.ResponseHeaders{RetryAfter: "Retry-After"}),
		httprate.WithLimitHandler(func(w http.ResponseWriter, r *http.Request) {
			a.fail(w, r, &httpError{status: http.StatusTooManyRequests, path: again(w, r, a.snapshot.Load())})
		}))
}

// refuseCrossOrigin refuses what another site makes a visitor's browser post.
func refuseCrossOrigin(a answers, baseURL string) func(http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	// A proxy may have given the request another Host. What is no origin is not trusted.
	_ = protection.AddTrustedOrigin(baseURL)
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.fail(w, r, &httpError{status: http.StatusForbidden, path: r.URL.Path, err: protection.Check(r)})
	}))
	return protection.Handler
}

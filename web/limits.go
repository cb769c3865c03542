package web

import (
	"cmp"
	"net/http"
	"net/netip"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"
)

// Limits say whom to believe and how much one client may ask for.
type Limits struct {
	TrustedProxies []netip.Prefix // whose X-Forwarded-For is believed
	PostsPerMinute int            // by one client; 0: 60; negative: any number
}

// maxTarget is how long an address may be. The longest of ours has a few
// hundred characters.
const maxTarget = 8 << 10

// checkTarget refuses what can be no address of this site, whatever it may mean
// to others.
func checkTarget(a answers, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch path := r.URL.Path; {
		case len(r.RequestURI) > maxTarget:
			a.fail(w, r, &httpError{status: http.StatusRequestURITooLong})
		case !strings.HasPrefix(path, "/"), !utf8.ValidString(path), strings.ContainsFunc(path, unicode.IsControl):
			a.fail(w, r, &httpError{status: http.StatusBadRequest})
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// client finds out who asks: whoever is connected, or, where that is a proxy we
// trust, whoever it says it speaks for.
func (l Limits) client(next http.Handler) http.Handler {
	if len(l.TrustedProxies) == 0 {
		return middleware.ClientIPFromRemoteAddr(next)
	}
	prefixes := make([]string, len(l.TrustedProxies))
	for i, p := range l.TrustedProxies {
		prefixes[i] = p.String()
	}
	return middleware.ClientIPFromXFF(prefixes...)(next)
}

// posts limits what one client may post. The clients of one IPv6 network count
// as one.
func (l Limits) posts(a answers) func(http.Handler) http.Handler {
	most := cmp.Or(l.PostsPerMinute, 60)
	if most < 0 {
		return func(next http.Handler) http.Handler { return next }
	}
	key := func(r *http.Request) (string, error) {
		return httprate.CanonicalizeIP(middleware.GetClientIP(r.Context())), nil
	}
	limit := httprate.LimitBy(most, time.Minute, key,
		httprate.WithResponseHeaders(httprate.ResponseHeaders{RetryAfter: "Retry-After"}),
		httprate.WithLimitHandler(func(w http.ResponseWriter, r *http.Request) {
			a.fail(w, r, &httpError{status: http.StatusTooManyRequests, path: again(w, r, a.snapshot.Load())})
		}))
	return func(next http.Handler) http.Handler { return l.client(limit(next)) }
}

// refuseCrossOrigin refuses what another site makes a visitor's browser post.
func refuseCrossOrigin(a answers, baseURL string) func(http.Handler) http.Handler {
	protection := http.NewCrossOriginProtection()
	if baseURL != "" {
		// A proxy may have given the request another Host. What is no origin is
		// not trusted.
		_ = protection.AddTrustedOrigin(baseURL)
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if err := protection.Check(r); err != nil {
				a.fail(w, r, &httpError{status: http.StatusForbidden, path: r.URL.Path, err: err})
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

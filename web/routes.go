package web

import (
	"net/http"
	"net/netip"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"
)

// route is a kind of address. Requests are logged and counted by it.
type route uint8

const (
	unknown route = iota
	home
	homeMarkdown
	comparisonPage
	comparisonMarkdown
	faqPage
	faqMarkdown
	questionnaireForm
	recommendationPage
	recommendationMarkdown
	methodPage
	methodMarkdown
	servicesPage
	servicesMarkdown
	servicePage
	serviceMarkdown
	plainPage
	plainMarkdown
	sitemapFile
	robotsFile
	llmsFile
	manifestFile
	favicon
	cardPicture
	asset
	livez
	readyz
	liveReload
	routes // how many there are
)

var patterns = [routes]string{
	unknown:                "unknown",
	home:                   "/",
	homeMarkdown:           "/index.md",
	comparisonPage:         "/compare/{slug}",
	comparisonMarkdown:     "/compare/{slug}.md",
	faqPage:                "/compare/{slug}/faq/{id}",
	faqMarkdown:            "/compare/{slug}/faq/{id}.md",
	questionnaireForm:      "/compare/{slug}/questionnaire",
	recommendationPage:     "/compare/{slug}/recommendation",
	recommendationMarkdown: "/compare/{slug}/recommendation.md",
	methodPage:             "/compare/{slug}/method",
	methodMarkdown:         "/compare/{slug}/method.md",
	servicesPage:           "/services",
	servicesMarkdown:       "/services.md",
	servicePage:            "/services/{id}",
	serviceMarkdown:        "/services/{id}.md",
	plainPage:              "/pages/{id}",
	plainMarkdown:          "/pages/{id}.md",
	sitemapFile:            "/sitemap.xml",
	robotsFile:             "/robots.txt",
	llmsFile:               "/llms.txt",
	manifestFile:           "/site.webmanifest",
	favicon:                "/favicon.ico",
	cardPicture:            "/og/*",
	asset:                  "/static/{file}",
	livez:                  "/livez",
	readyz:                 "/readyz",
	liveReload:             "/dev/events",
}

func (r route) String() string { return patterns[r] }

// newRouter returns the routes. Most lead to a page that is looked up by its
// whole address; a handful answer what an address alone does not say.
func (s *Server) newRouter() http.Handler {
	mux := chi.NewRouter()
	mux.Use(middleware.GetHead)
	for r := home; r < routes; r++ {
		switch r {
		case questionnaireForm, recommendationPage, recommendationMarkdown, cardPicture, asset, livez, readyz, liveReload:
		default:
			mux.Get(r.String(), s.handler(r, stored))
		}
	}
	mux.Get(questionnaireForm.String(), s.handler(questionnaireForm, getQuestionnaire))
	mux.With(s.routed(questionnaireForm), s.refuseCrossOrigin, s.clientAddress, s.limitPosts).
		Post(questionnaireForm.String(), s.handler(questionnaireForm, s.postQuestionnaire))
	mux.Get(recommendationPage.String(), s.handler(recommendationPage, getRecommendation))
	mux.Get(recommendationMarkdown.String(), s.handler(recommendationMarkdown, getRecommendation))
	mux.Get(cardPicture.String(), s.handler(cardPicture, getCard))
	mux.Get(asset.String(), s.handler(asset, getAsset))
	mux.Get(livez.String(), s.handler(livez, func(x *exchange, r *http.Request) error { return plain(x, r, http.StatusOK, "ok\n") }))
	mux.Get(readyz.String(), s.handler(readyz, s.ready))
	mux.Get(liveReload.String(), s.handler(liveReload, s.listen))

	mux.NotFound(s.handler(unknown, func(x *exchange, r *http.Request) error { return elsewhere(x, r) }))
	mux.MethodNotAllowed(s.handler(unknown, func(x *exchange, r *http.Request) error {
		if allowed := allowedMethods(mux, r.URL.Path); allowed != "" {
			x.Header().Set("Allow", allowed)
			return &problem{status: http.StatusMethodNotAllowed}
		}
		return elsewhere(x, r)
	}))
	return mux
}

// handler is a way to answer: whatever it does not answer itself it returns as
// an error.
type handler func(x *exchange, r *http.Request) error

// handler makes an http.HandlerFunc of h.
func (s *Server) handler(to route, h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		x := w.(*exchange)
		s.enter(x, to)
		if err := h(x, r); err != nil {
			s.answer(x, r, err)
		}
	}
}

// routed says where a request has got to before its handler does, for what may
// answer in between.
func (s *Server) routed(to route) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			s.enter(w.(*exchange), to)
			next.ServeHTTP(w, r)
		})
	}
}

// allowedMethods returns the methods that an address has, as a value of Allow.
func allowedMethods(mux chi.Routes, path string) string {
	var allowed []string
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		if !mux.Match(chi.NewRouteContext(), method, path) {
			continue
		}
		allowed = append(allowed, method)
		if method == http.MethodGet {
			allowed = append(allowed, http.MethodHead)
		}
	}
	return strings.Join(allowed, ", ")
}

// elsewhere answers an address that is nowhere: one with a slash too many at
// its end is another's.
func elsewhere(x *exchange, r *http.Request) error {
	path := r.URL.EscapedPath()
	trimmed := strings.TrimRight(path, "/")
	// What begins with two slashes, or with a slash and a backslash, would be
	// taken for another host.
	if trimmed == path || trimmed == "" || strings.Contains(trimmed, "//") || strings.Contains(trimmed, `\`) {
		return errNotFound
	}
	return x.moved(trimmed, r.URL.RawQuery)
}

// stored answers with the page that was made for this address.
func stored(x *exchange, r *http.Request) error {
	if r.URL.RawPath == "" { // no address of ours is written with escapes
		if page := x.at[r.URL.Path]; page != nil {
			return page.serve(x, r)
		}
		if to := x.aliases[r.URL.Path]; to != "" {
			return x.moved(to, r.URL.RawQuery)
		}
	}
	return elsewhere(x, r)
}

// plain answers with a line of text that nobody is to keep.
func plain(x *exchange, r *http.Request, status int, text string) error {
	h := x.Header()
	plainText.set(h)
	cacheNever.set(h)
	h["Content-Length"] = []string{strconv.Itoa(len(text))}
	x.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = x.Write([]byte(text))
	}
	return nil
}

// refuseCrossOrigin refuses what another site makes a visitor's browser post.
func (s *Server) refuseCrossOrigin(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := s.crossOrigin.Check(r); err != nil {
			s.answer(w.(*exchange), r, &problem{status: http.StatusForbidden, path: r.URL.Path, err: err})
			return
		}
		next.ServeHTTP(w, r)
	})
}

// limitPosts limits what one client may post. The clients of one IPv6 network
// count as one.
func (s *Server) limitPosts(next http.Handler) http.Handler {
	if s.options.PostsPerMinute < 0 {
		return next
	}
	key := func(r *http.Request) (string, error) {
		return httprate.CanonicalizeIP(middleware.GetClientIP(r.Context())), nil
	}
	return httprate.LimitBy(s.options.PostsPerMinute, window, key,
		httprate.WithResponseHeaders(httprate.ResponseHeaders{RetryAfter: "Retry-After"}),
		httprate.WithLimitHandler(func(w http.ResponseWriter, r *http.Request) {
			s.answer(w.(*exchange), r, &problem{status: http.StatusTooManyRequests, path: r.URL.Path})
		}),
	)(next)
}

// clientAddress finds out who asks: whoever is connected, or, where that is a
// proxy we trust, whoever it says it speaks for.
func (s *Server) clientAddress(next http.Handler) http.Handler {
	if len(s.options.TrustedProxies) == 0 {
		return middleware.ClientIPFromRemoteAddr(next)
	}
	prefixes := make([]string, len(s.options.TrustedProxies))
	for i, p := range s.options.TrustedProxies {
		prefixes[i] = p.String()
	}
	return middleware.ClientIPFromXFF(prefixes...)(next)
}

// clientOf returns the address that clientAddress found out.
func clientOf(r *http.Request) netip.Addr { return middleware.GetClientIPAddr(r.Context()) }

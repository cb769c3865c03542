package web

import (
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"rolecompare/web/page"
)

// newRouter returns the routes. Most lead to a page that is looked up by its
// whole address; a handful answer what an address alone does not say.
func newRouter(a answers, l Limits, o SnapshotOptions, d *drain, c *changes) http.Handler {
	mux := chi.NewRouter()
	mux.Use(middleware.GetHead)
	get := func(r page.Route, h handler) { mux.Get(string(r), a.handle(h)) }
	for _, r := range page.Routes {
		get(r, getPage)
		get(r.Markdown(), getPage)
	}
	for _, r := range []page.Route{page.RouteSitemap, page.RouteRobots, page.RouteLLMs, page.RouteManifest, page.RouteFavicon} {
		get(r, getPage)
	}
	get(page.RouteChoice, getChoice)
	get(page.RouteQuestionnaire, getQuestionnaire)
	mux.With(refuseCrossOrigin(a, o.BaseURL), l.posts(a)).
		Post(string(page.RouteQuestionnaire), a.handle(postQuestionnaire(a.telemetry)))
	get(page.RouteRecommendation, getRecommendation)
	get(page.RouteRecommendation.Markdown(), getRecommendation)
	get(page.RouteQuestionnaireJSON, open(getQuestionnaireJSON))
	get(page.RouteRecommendationJSON, open(getRecommendationJSON))
	get(page.RouteCard, getCard)
	get(page.RouteAsset, getAsset)
	get(page.RoutePicture, getPage)
	get(page.RouteLive, getLive)
	get(page.RouteReady, d.getReady)
	if o.Dev {
		get(page.RouteChanges, c.getChanges)
		get(page.RouteWork, c.getWork)
		get(page.RouteBefore, c.getBefore)
		get(page.RouteDecisions, getDecisions)
		get(page.RouteDecisions+".json", getRules)
	}

	mux.NotFound(a.handle(elsewhere))
	mux.MethodNotAllowed(a.handle(func(w http.ResponseWriter, r *http.Request, s *Snapshot) error {
		if allowed := allowedMethods(mux, r.URL.Path); allowed != "" {
			w.Header().Set("Allow", allowed)
			return &httpError{status: http.StatusMethodNotAllowed}
		}
		return elsewhere(w, r, s)
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		chi.RouteContext(r.Context()).Routes = mux // it was made for the log, and GetHead looks there
		mux.ServeHTTP(w, r)
	})
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

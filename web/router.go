package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"rolecompare/web/page"
)

// newRouter returns the routes. Most lead to a page that is looked up by its
// whole address; a handful answer what an address alone does not say.
func newRouter(a answers, l Limits, o SnapshotOptions, draining func() bool, c *changes) http.Handler {
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
	get(page.RouteQuestionnaire, about(getQuestionnaire))
	mux.With(refuseCrossOrigin(a, o.BaseURL), l.posts(a)).
		Post(string(page.RouteQuestionnaire), a.handle(postQuestionnaire(a.telemetry)))
	get(page.RouteRecommendation, about(getRecommendation))
	get(page.RouteRecommendation.Markdown(), about(getRecommendation))
	get(page.RouteQuestionnaireJSON, open(about(getQuestionnaireJSON)))
	get(page.RouteRecommendationJSON, open(about(getRecommendationJSON)))
	get(page.RouteCard, getCard)
	get(page.RouteAsset, getAsset)
	get(page.RoutePicture, getPage)
	get(page.RouteLive, getLive)
	get(page.RouteReady, getReady(draining))
	if o.Dev {
		get(page.RouteChanges, c.getChanges)
		get(page.RouteWork, c.getWork)
		get(page.RouteBefore, c.getBefore)
		get(page.RouteDecisions, getDecisions)
		get(page.RouteDecisions+".json", about(getRules))
	}

	mux.NotFound(a.handle(elsewhere))
	mux.MethodNotAllowed(a.handle(func(w http.ResponseWriter, r *http.Request, s *Snapshot) error {
		if !mux.Match(chi.NewRouteContext(), http.MethodGet, r.URL.Path) {
			return elsewhere(w, r, s)
		}
		allowed := "GET, HEAD"
		if mux.Match(chi.NewRouteContext(), http.MethodPost, r.URL.Path) {
			allowed += ", POST"
		}
		w.Header().Set("Allow", allowed)
		return &httpError{status: http.StatusMethodNotAllowed}
	}))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		chi.RouteContext(r.Context()).Routes = mux // it was made for the log, and GetHead looks there
		mux.ServeHTTP(w, r)
	})
}

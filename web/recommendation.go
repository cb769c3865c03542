package web

import (
	"net/http"
	"strings"

	"rolecompare/internal/site"
	"rolecompare/web/page"
	"rolecompare/web/prerender"
)

// getRecommendation answers with what the answers in the address come to. There
// is one address for each combination of answers, whatever order or company
// they come in, and it alone says everything: the page can be kept, and shared.
// What is not answered counts as unsure.
//
// An address may carry the version of the rules that it was made under. It
// changes nothing but whether the page says that the rules have changed since.
//
// An address that has an answer that is none gets the form with the others; one
// that has none at all gets the empty form. That is an answer to a link from
// elsewhere, and no error of the visitor's, so its status is 200; search engines
// are told not to keep it.
func getRecommendation(w http.ResponseWriter, r *http.Request, s *Snapshot, c *site.Comparison) error {
	fields := r.URL.Query()
	submission := c.Engine.Read(fields)
	answers, ok := submission.Answers()
	if !ok || len(submission.Missing) == len(submission.Choice) {
		return form(w, r, s, http.StatusOK, page.Questionnaire{Site: s.site, Comparison: c, Submission: submission, Dropped: !ok})
	}
	version := fields.Get(page.VersionKey)
	if len(version) != 8 || strings.Trim(version, "0123456789abcdef") != "" {
		version = "" // mangled, which says nothing of the rules
	}
	if canonical := page.Query(c, answers, version); canonical != r.URL.RawQuery {
		return redirect(w, r, http.StatusPermanentRedirect, r.URL.Path, canonical, cachePage)
	}
	return s.serveMade(w, r, http.StatusOK, func() (*prerender.Body, error) {
		v := page.Recommendation{Site: s.site, Comparison: c, Result: c.Engine.Recommend(answers), Stale: version != "" && version != c.Engine.Version()}
		if strings.HasSuffix(r.URL.Path, ".md") || wantsMarkdown(r) {
			return s.markdownBody(v, noIndex, varyAccept)
		}
		return s.pageBody(v, cachePage, noIndex, varyAccept, s.assets.prefetch)
	})
}

package web

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/go-chi/chi/v5"

	"rolecompare/internal/recommend"
	"rolecompare/internal/site"
	"rolecompare/web/page"
	"rolecompare/web/prerender"
)

// What a form may have. Ours has a dozen fields of a few letters.
const (
	maxForm   = 64 << 10
	maxFields = 100
)

// getQuestionnaire answers with the form, and with the answers that the address
// gives already chosen.
func getQuestionnaire(w http.ResponseWriter, r *http.Request, s *Snapshot, c *site.Comparison) error {
	submission := c.Engine.Read(r.URL.Query())
	if len(submission.Missing) == len(submission.Choice) { // no query, or somebody else's
		return getPage(w, r, s)
	}
	return form(w, r, s, http.StatusOK, page.Questionnaire{Site: s.site, Comparison: c, Submission: submission})
}

// postQuestionnaire takes any of the answers. Once they settle the outcome, or
// all are given, it sends the visitor to the recommendation; until then to the
// form's next step, with what was answered in its address, so that going back
// and forth works. Where something is wrong or was skipped it answers with the
// form again, and nothing is lost.
func postQuestionnaire(t *telemetry) handler {
	return about(func(w http.ResponseWriter, r *http.Request, s *Snapshot, c *site.Comparison) error {
		fields, err := readForm(w, r)
		if err != nil {
			return err
		}
		submission := c.Engine.Read(fields)
		skipped := skipped(c, submission, fields)
		answers, ok := submission.Answers()
		if !ok || len(skipped) > 0 {
			for _, q := range skipped {
				t.unanswered(c.Slug, c.Questionnaire.Questions[q].ID)
			}
			return form(w, r, s, http.StatusUnprocessableEntity,
				page.Questionnaire{Site: s.site, Comparison: c, Submission: submission, Skipped: skipped, Submitted: true})
		}
		if len(c.Engine.Next(answers)) > 0 {
			return redirect(w, r, http.StatusSeeOther, page.QuestionnairePath(c, answers), "", cacheNever)
		}
		t.recommended(c.Slug, c.Engine.Outcome(answers).ID)
		return redirect(w, r, http.StatusSeeOther, page.RecommendationPath(c, answers), "", cacheNever)
	})
}

// again is the address of the form with the answers of a post that is not taken now,
// so that none of them has to be given again.
func again(w http.ResponseWriter, r *http.Request, s *Snapshot) string {
	c := s.site.Comparison(chi.URLParam(r, "slug"))
	fields, err := readForm(w, r)
	if c == nil || err != nil {
		return r.URL.Path
	}
	answers, _ := c.Engine.Read(fields).Answers()
	return strings.TrimSuffix(page.QuestionnairePath(c, answers), "?")
}

// skipped returns the questions that the form asked and that were sent without an
// answer; where nothing at all was answered, the first that it would ask.
func skipped(c *site.Comparison, s recommend.Submission, fields url.Values) []int {
	if len(s.Missing) == len(s.Choice) {
		return c.Engine.Next(s.Choice)[:1]
	}
	asked := strings.Fields(fields.Get(page.AskedKey))
	return slices.DeleteFunc(slices.Clone(s.Missing), func(q int) bool {
		return !slices.Contains(asked, c.Questionnaire.Questions[q].ID)
	})
}

// form answers with a form that has something filled in. It is nobody else's, but
// may be kept in the visitor's back/forward cache if nothing was posted.
func form(w http.ResponseWriter, r *http.Request, s *Snapshot, status int, v page.View) error {
	cache := cacheAsk
	if status != http.StatusOK {
		cache = cacheNever
	}
	return s.serveMade(w, r, status, func() (*prerender.Body, error) {
		return s.pageBody(v, cache, noIndex, s.assets.prefetch)
	})
}

// readForm reads the fields of a posted form, and refuses whatever no browser
// makes of ours.
func readForm(w http.ResponseWriter, r *http.Request) (url.Values, error) {
	refuse := func(status int) (url.Values, error) {
		return nil, &httpError{status: status, path: r.URL.Path}
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	encoding := r.Header.Get("Content-Encoding")
	if err != nil || kind != "application/x-www-form-urlencoded" || encoding != "" && encoding != "identity" {
		return refuse(http.StatusUnsupportedMediaType)
	}
	defer hold(r, placesPerContent)()
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxForm))
	switch {
	case err == nil:
	case errors.As(err, new(*http.MaxBytesError)):
		return refuse(http.StatusRequestEntityTooLarge)
	case errors.Is(err, os.ErrDeadlineExceeded):
		return refuse(http.StatusRequestTimeout)
	default: // half a form, whose sender is most likely gone: no page is made for it
		return nil, &httpError{status: http.StatusBadRequest}
	}
	if strings.Count(string(body), "&") >= maxFields {
		return refuse(http.StatusRequestEntityTooLarge)
	}
	fields, err := url.ParseQuery(string(body))
	if err != nil {
		return refuse(http.StatusBadRequest)
	}
	return fields, nil
}

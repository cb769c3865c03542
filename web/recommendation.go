package web

import (
	"net/http"
	"strings"

	"github.com/go-chi/chi/v5"

	"rolecompare/internal/recommend"
	"rolecompare/web/page"
)

// getRecommendation answers with what the answers in the address come to. There
// is one address for each combination of answers, whatever order or company
// they come in, and it alone says everything: the page can be kept, and shared.
//
// An address may carry the version of the rules that it was made under. It
// changes nothing but whether the page says that the rules have changed since.
//
// An address that lacks an answer, or has one that is none, gets the form with
// the answers it does have; one that has none at all gets the empty form. That is an answer to a link from elsewhere, and no
// error of the visitor's, so its status is 200; search engines are told not to
// keep it.
func getRecommendation(x *exchange, r *http.Request) error {
	slug := chi.URLParam(r, "slug")
	engine := x.engines[slug]
	if engine == nil || r.URL.RawPath != "" {
		return elsewhere(x, r)
	}
	key := made{kind: madeRecommendation, slug: slug}
	if x.route == recommendationMarkdown || x.route == recommendationPage && wantsMarkdown(r) {
		key.kind = madeRecommendationMarkdown
	}
	if number, version, ok := readCanonical(engine, r.URL.RawQuery); ok {
		key.number, key.stale = number, version != "" && version != engine.Version()
		return x.made(r, key)
	}
	reading := engine.Read(readQuery(r.URL.RawQuery))
	if !isVersion(reading.Version) {
		reading.Version = "" // mangled, which says nothing of the rules
	}
	answers, ok := reading.Answers()
	if !ok {
		return x.form(r, engine, http.StatusOK, page.Questionnaire{Reading: reading, Dropped: len(reading.Missing) < len(reading.Choice)})
	}
	if canonical := canonicalQuery(engine, answers, reading.Version); canonical != r.URL.RawQuery {
		return x.moved(r.URL.Path, canonical)
	}
	key.number, key.stale = engine.Number(answers), reading.Version != "" && reading.Version != engine.Version()
	return x.made(r, key)
}

// canonicalQuery is the one way to write these answers, with the version of the
// rules that was given, if one was.
func canonicalQuery(e *recommend.Engine, a recommend.Answers, version string) string {
	answers, _, _ := strings.Cut(e.Query(a), "&v=")
	if version == "" {
		return answers
	}
	return answers + "&v=" + version
}

// readCanonical reads a query that is written as the site itself writes it,
// which nearly every one is, and so without allocating.
func readCanonical(e *recommend.Engine, query string) (number int, version string, ok bool) {
	var room [16]uint8
	answers := recommend.Answers(room[:0])
	questions := e.Comparison().Questionnaire.Questions
	rest := query
	for q := range questions {
		var pair string
		pair, rest, _ = strings.Cut(rest, "&")
		key, value, _ := strings.Cut(pair, "=")
		if key != questions[q].ID {
			return 0, "", false
		}
		found := false
		for o := range questions[q].Options {
			if questions[q].Options[o].ID == value {
				answers, found = append(answers, uint8(o)), true
				break
			}
		}
		if !found {
			return 0, "", false
		}
	}
	if rest != "" {
		if version, ok = strings.CutPrefix(rest, "v="); !ok || !isVersion(version) {
			return 0, "", false
		}
	} else if strings.HasSuffix(query, "&") {
		return 0, "", false
	}
	return e.Number(answers), version, true
}

// isVersion reports whether s looks like a version of rules.
func isVersion(s string) bool {
	return len(s) == 8 && strings.Trim(s, "0123456789abcdef") == ""
}

package web

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/go-chi/chi/v5"

	"rolecompare/internal/recommend"
	"rolecompare/web/page"
)

// What a form may have. Ours has a dozen fields of a few letters.
const (
	maxForm   = 64 << 10
	maxFields = 100
)

// getQuestionnaire answers with the form, and with the answers that the address
// gives already chosen.
func getQuestionnaire(x *exchange, r *http.Request) error {
	slug := chi.URLParam(r, "slug")
	engine := x.engines[slug]
	if r.URL.RawQuery == "" || r.URL.RawPath != "" || engine == nil {
		return stored(x, r)
	}
	reading := engine.Read(readQuery(r.URL.RawQuery))
	chosen, ok := chosenOnly(reading)
	switch {
	case !ok:
		return x.form(r, engine, http.StatusOK, page.Questionnaire{Reading: reading})
	case strings.Trim(chosen, "\x00") == "": // a query of somebody else's
		return x.at[r.URL.Path].serve(x, r)
	}
	return x.made(r, made{kind: madeForm, slug: slug, chosen: chosen})
}

// chosenOnly returns the answers of a reading that has nothing else to show.
func chosenOnly(r recommend.Reading) (string, bool) {
	if len(r.Unknown)+len(r.Repeated) > 0 {
		return "", false
	}
	chosen := make([]byte, len(r.Choice))
	for q, o := range r.Choice {
		chosen[q] = byte(o + 1)
	}
	return string(chosen), true
}

// postQuestionnaire sends whoever has answered everything to the
// recommendation, and gives anybody else the form again, with all that they
// answered.
func (s *Server) postQuestionnaire(x *exchange, r *http.Request) error {
	slug := chi.URLParam(r, "slug")
	engine := x.engines[slug]
	if engine == nil {
		return stored(x, r)
	}
	fields, err := readForm(x, r)
	if err != nil {
		return err
	}
	reading := engine.Read(fields)
	answers, ok := reading.Answers()
	if !ok {
		for _, q := range reading.Missing {
			x.counts[slug].unanswered[q].Inc()
		}
		return x.form(r, engine, http.StatusUnprocessableEntity, page.Questionnaire{Reading: reading, Submitted: true})
	}
	x.counts[slug].outcomes[engine.Outcome(answers)].Inc()
	return x.redirect(http.StatusSeeOther, "/compare/"+slug+"/recommendation?"+engine.Query(answers), cacheNever)
}

// form answers with a form that has something to say about what was filled in.
// It is made for this request alone: it may show what a visitor wrote.
func (x *exchange) form(r *http.Request, engine *recommend.Engine, status int, view page.Questionnaire) error {
	view.Site, view.Comparison = x.site, engine.Comparison()
	body, err := x.render(view)
	if err != nil {
		return err
	}
	h := x.Header()
	noIndex.set(h)
	if cacheNever.set(h); status == http.StatusOK {
		cacheAsk.set(h) // which lets the page into the back/forward cache
	}
	return x.once(r, status, body)
}

// readForm reads the fields of a posted form, and refuses whatever no browser
// makes of ours.
func readForm(x *exchange, r *http.Request) (url.Values, error) {
	refuse := func(status int, err error) (url.Values, error) {
		return nil, &problem{status: status, path: r.URL.Path, err: err}
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/x-www-form-urlencoded" {
		return refuse(http.StatusUnsupportedMediaType, nil)
	}
	if encoding := r.Header.Get("Content-Encoding"); encoding != "" && encoding != "identity" {
		return refuse(http.StatusUnsupportedMediaType, nil)
	}
	body, err := io.ReadAll(http.MaxBytesReader(x, r.Body, maxForm))
	switch {
	case err == nil:
	case errors.As(err, new(*http.MaxBytesError)):
		return refuse(http.StatusRequestEntityTooLarge, nil)
	case errors.Is(err, os.ErrDeadlineExceeded):
		return refuse(http.StatusRequestTimeout, nil)
	default: // half a form, whose sender is most likely gone
		return refuse(http.StatusBadRequest, nil)
	}
	if strings.Count(string(body), "&") >= maxFields {
		return refuse(http.StatusRequestEntityTooLarge, nil)
	}
	fields, err := url.ParseQuery(string(body))
	if err != nil {
		return refuse(http.StatusBadRequest, nil)
	}
	for key, values := range fields {
		for _, s := range append(values, key) {
			if !utf8.ValidString(s) || strings.ContainsFunc(s, isControl) {
				return refuse(http.StatusBadRequest, nil)
			}
		}
	}
	return fields, nil
}

// readQuery reads the query of an address, which others may have mangled. What
// cannot be read is made readable, so that it can be shown and refused by name.
func readQuery(query string) url.Values {
	fields := url.Values{}
	for pair := range strings.SplitSeq(query, "&") {
		if pair == "" {
			continue
		}
		key, value, _ := strings.Cut(pair, "=")
		key, value = readable(key), readable(value)
		fields[key] = append(fields[key], value)
		if len(fields) > maxFields {
			break
		}
	}
	return fields
}

func readable(s string) string {
	if unescaped, err := url.QueryUnescape(s); err == nil {
		s = unescaped
	}
	return strings.Map(func(r rune) rune {
		if isControl(r) {
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(s, string(utf8.RuneError)))
}

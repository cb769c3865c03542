package web

import (
	"encoding/json"
	"net/http"

	"github.com/go-chi/chi/v5"

	"rolecompare/internal/comparison"
	"rolecompare/internal/recommend"
	"rolecompare/internal/site"
	"rolecompare/web/page"
	"rolecompare/web/prerender"
)

// What programs get: the questions, and what answers come to. These two addresses
// alone may be read by pages of other sites.

type questionnaireJSON struct {
	Questions []questionJSON `json:"questions"`
}

type questionJSON struct {
	ID      string       `json:"id"`
	Ask     string       `json:"ask"`
	Hint    string       `json:"hint,omitempty"`
	Options []optionJSON `json:"options"`
}

type optionJSON struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

type recommendationJSON struct {
	Outcome   string         `json:"outcome"`
	Headline  string         `json:"headline"`
	Certainty string         `json:"certainty"` // firm, close or open
	Roles     []roleJSON     `json:"roles"`
	DecidedBy []answerJSON   `json:"decided_by"`
	Reasons   []signJSON     `json:"reasons"` // every sign
	WhatIfs   []whatIfJSON   `json:"what_ifs"`
	AskNext   *string        `json:"ask_next"` // a question's id; null where nothing is open
	Possible  []possibleJSON `json:"possible"`
	Examples  []string       `json:"examples"` // ids of businesses that come to the same
	Version   string         `json:"version"`
}

type roleJSON struct {
	ID       string  `json:"id"`
	Standing *string `json:"standing"` // now, later or out; null where what is possible does not agree on it
	Met      int     `json:"met"`
	Total    int     `json:"total"`
}

type answerJSON struct {
	Question string `json:"question"`
	Answer   string `json:"answer"`
}

type signJSON struct {
	Sign  string `json:"sign"`
	Role  string `json:"role"`
	State string `json:"state"` // met, failed or open
	answerJSON
}

type whatIfJSON struct {
	Outcome string       `json:"outcome"`
	Changes []answerJSON `json:"changes"`
}

type possibleJSON struct {
	Outcome string `json:"outcome"`
	Ways    int    `json:"ways"`
}

// open lets pages of other sites read what a handler answers, a redirect or an
// error too: a browser that may not read a redirect does not follow it.
func open(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request, s *Snapshot) error {
		w.Header().Set(anyOrigin.name, anyOrigin.value)
		return h(w, r, s)
	}
}

// getQuestionnaireJSON answers with the questions and their options.
func getQuestionnaireJSON(w http.ResponseWriter, r *http.Request, s *Snapshot) error {
	c := s.site.Comparison(chi.URLParam(r, "slug"))
	if c == nil || r.URL.RawPath != "" {
		return elsewhere(w, r, s)
	}
	var out questionnaireJSON
	for _, q := range c.Questionnaire.Questions {
		one := questionJSON{ID: q.ID, Ask: q.Ask, Hint: q.Hint}
		for _, o := range q.Options {
			one.Options = append(one.Options, optionJSON{o.ID, o.Label})
		}
		out.Questions = append(out.Questions, one)
	}
	return s.serveJSON(w, r, out)
}

// getRecommendationJSON answers with what the answers in the address come to,
// whichever they are.
func getRecommendationJSON(w http.ResponseWriter, r *http.Request, s *Snapshot) error {
	c := s.site.Comparison(chi.URLParam(r, "slug"))
	if c == nil || r.URL.RawPath != "" {
		return elsewhere(w, r, s)
	}
	answers, ok := c.Engine.Read(r.URL.Query()).Answers()
	if !ok {
		return &httpError{status: http.StatusBadRequest}
	}
	if canonical := page.Query(c, answers, ""); canonical != r.URL.RawQuery {
		return redirect(w, r, http.StatusPermanentRedirect, r.URL.Path, canonical, cachePage)
	}
	return s.serveMade(w, r, http.StatusOK, func() (*prerender.Body, error) {
		return s.jsonBody(newRecommendationJSON(c, c.Engine.Recommend(answers)))
	})
}

func newRecommendationJSON(c *site.Comparison, r recommend.Recommendation) recommendationJSON {
	out := recommendationJSON{
		Outcome: r.Outcome.ID, Headline: r.Outcome.Headline, Certainty: r.Certainty.String(),
		DecidedBy: []answerJSON{}, WhatIfs: []whatIfJSON{}, Examples: []string{}, Version: c.Engine.Version(),
	}
	undecided := r.Outcome.ID == comparison.Undecided
	answer := func(a recommend.Answer) answerJSON {
		q := c.Questionnaire.Questions[a.Question]
		if a.Option < 0 {
			return answerJSON{Question: q.ID}
		}
		return answerJSON{q.ID, q.Options[a.Option].ID}
	}
	for i, role := range c.Roles {
		met, total := r.Tally(i)
		one := roleJSON{ID: role.ID, Met: met, Total: total}
		standing, known := r.Outcome.Recommends[i], true
		if undecided {
			standing, known = r.Agreed(i)
		}
		if known {
			one.Standing = new(standing.String())
		}
		out.Roles = append(out.Roles, one)
		for _, s := range r.Signs[i] {
			out.Reasons = append(out.Reasons, signJSON{s.Sign.ID, role.ID, s.State.String(), answer(recommend.Answer{Question: s.Question, Option: s.Option})})
		}
	}
	for _, reason := range r.DecidedBy {
		for _, a := range reason.Answers {
			out.DecidedBy = append(out.DecidedBy, answer(a))
		}
	}
	for _, w := range r.WhatIfs {
		if undecided {
			break // what is open comes first
		}
		one := whatIfJSON{Outcome: w.Outcome.ID}
		for _, change := range w.Changes {
			one.Changes = append(one.Changes, answer(change.Answer))
		}
		out.WhatIfs = append(out.WhatIfs, one)
	}
	if len(r.Ask) > 0 {
		out.AskNext = &c.Questionnaire.Questions[r.Ask[0].Question].ID
	}
	for _, p := range r.Possible {
		out.Possible = append(out.Possible, possibleJSON{p.Outcome.ID, p.Ways})
	}
	for _, e := range c.Examples.Items {
		if e.Outcome.ID == r.Outcome.ID {
			out.Examples = append(out.Examples, e.ID)
		}
	}
	return out
}

func (s *Snapshot) serveJSON(w http.ResponseWriter, r *http.Request, v any) error {
	return s.serveMade(w, r, http.StatusOK, func() (*prerender.Body, error) { return s.jsonBody(v) })
}

func (s *Snapshot) jsonBody(v any) (*prerender.Body, error) {
	content, err := json.Marshal(v)
	return prerender.New("application/json", content, s.fields(cachePage, noIndex, crossOrigin)), err
}

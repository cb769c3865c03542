package web

import (
	"encoding/json"
	"net/http"

	"rolecompare/internal/comparison"
	"rolecompare/internal/recommend"
	"rolecompare/internal/site"
	"rolecompare/web/page"
	"rolecompare/web/prerender"
)

// What programs get: the questions, and what answers come to. These two addresses
// alone may be read by pages of other sites.

type object = map[string]any

// open lets pages of other sites read what a handler answers, a redirect or an
// error too: a browser that may not read a redirect does not follow it.
func open(h handler) handler {
	return func(w http.ResponseWriter, r *http.Request, s *Snapshot) error {
		w.Header().Set(anyOrigin.name, anyOrigin.value)
		return h(w, r, s)
	}
}

func getQuestionnaireJSON(w http.ResponseWriter, r *http.Request, s *Snapshot, c *site.Comparison) error {
	var questions []object
	for _, q := range c.Questionnaire.Questions {
		var options []object
		for _, o := range q.Options {
			options = append(options, object{"id": o.ID, "label": o.Label})
		}
		one := object{"id": q.ID, "ask": q.Ask, "options": options}
		if q.Hint != "" {
			one["hint"] = q.Hint
		}
		questions = append(questions, one)
	}
	return s.serveJSON(w, r, object{"questions": questions})
}

// getRecommendationJSON answers with what the answers in the address come to,
// whichever they are.
func getRecommendationJSON(w http.ResponseWriter, r *http.Request, s *Snapshot, c *site.Comparison) error {
	answers, ok := c.Engine.Read(r.URL.Query()).Answers()
	if !ok {
		return &httpError{status: http.StatusBadRequest}
	}
	if canonical := page.Query(c, answers, ""); canonical != r.URL.RawQuery {
		return redirect(w, r, http.StatusPermanentRedirect, r.URL.Path, canonical, cachePage)
	}
	return s.serveMade(w, r, http.StatusOK, func() (*prerender.Body, error) {
		return s.jsonBody(recommendationJSON(c, c.Engine.Recommend(answers)))
	})
}

func recommendationJSON(c *site.Comparison, r recommend.Recommendation) object {
	answer := func(a recommend.Answer) object {
		q := c.Questionnaire.Questions[a.Question]
		if a.Option < 0 {
			return object{"question": q.ID, "answer": ""}
		}
		return object{"question": q.ID, "answer": q.Options[a.Option].ID}
	}
	undecided := r.Outcome.ID == comparison.Undecided
	var roles, reasons, possible []object
	for i, role := range c.Roles {
		met, total := r.Tally(i)
		one := object{"id": role.ID, "met": met, "total": total, "standing": nil} // null where what is possible does not agree on it
		if !undecided {
			one["standing"] = r.Outcome.Recommends[i].String()
		} else if standing, agreed := r.Agreed(i); agreed {
			one["standing"] = standing.String()
		}
		roles = append(roles, one)
		for _, s := range r.Signs[i] {
			reason := answer(recommend.Answer{Question: s.Question, Option: s.Option})
			reason["sign"], reason["role"], reason["state"] = s.Sign.ID, role.ID, s.State.String()
			reasons = append(reasons, reason)
		}
	}
	decidedBy, whatIfs, examples := []object{}, []object{}, []string{} // never null
	for _, reason := range r.DecidedBy {
		for _, a := range reason.Answers {
			decidedBy = append(decidedBy, answer(a))
		}
	}
	for _, w := range r.WhatIfs {
		if undecided {
			break // what is open comes first
		}
		var changes []object
		for _, change := range w.Changes {
			changes = append(changes, answer(change.Answer))
		}
		whatIfs = append(whatIfs, object{"outcome": w.Outcome.ID, "changes": changes})
	}
	for _, p := range r.Possible {
		possible = append(possible, object{"outcome": p.Outcome.ID, "ways": p.Ways})
	}
	for _, e := range c.Examples.Items {
		if e.Outcome.ID == r.Outcome.ID {
			examples = append(examples, e.ID)
		}
	}
	var next any // null where nothing is open
	if len(r.Ask) > 0 {
		next = c.Questionnaire.Questions[r.Ask[0].Question].ID
	}
	return object{
		"outcome": r.Outcome.ID, "headline": r.Outcome.Headline, "certainty": r.Certainty.String(), "version": c.Engine.Version(),
		"roles": roles, "decided_by": decidedBy, "reasons": reasons, "what_ifs": whatIfs,
		"ask_next": next, "possible": possible, "examples": examples,
	}
}

func (s *Snapshot) serveJSON(w http.ResponseWriter, r *http.Request, v any) error {
	return s.serveMade(w, r, http.StatusOK, func() (*prerender.Body, error) { return s.jsonBody(v) })
}

func (s *Snapshot) jsonBody(v any) (*prerender.Body, error) {
	content, err := json.Marshal(v)
	return prerender.New("application/json", content, s.fields(cachePage, noIndex, crossOrigin)), err
}

package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"rolecompare/internal/comparison"
	"rolecompare/internal/site"
	"rolecompare/web"
	"rolecompare/web/page"
)

// recommended is what a program gets of a recommendation.
type recommended struct {
	Outcome, Headline, Certainty string
	Roles                        []struct {
		ID         string
		Standing   *string
		Met, Total int
	}
	DecidedBy []struct{ Question, Answer string } `json:"decided_by"`
	Reasons   []struct{ Sign, Role, State, Question, Answer string }
	WhatIfs   []struct {
		Outcome string
		Changes []struct{ Question, Answer string }
	} `json:"what_ifs"`
	AskNext  *string `json:"ask_next"`
	Possible []struct {
		Outcome string
		Ways    int
	}
	Examples []string
	Version  string
}

// fetch asks a server for what programs get, and decodes it. Nothing may be in it
// that is not known here.
func fetch[T any](t *testing.T, server *web.Server, address string) (v T) {
	t.Helper()
	w := ask(server, address)
	if kind := w.Header().Get("Content-Type"); w.Code != http.StatusOK || kind != "application/json" {
		t.Fatalf("%s: %d, %s", address, w.Code, kind)
	}
	in := json.NewDecoder(w.Body)
	in.DisallowUnknownFields()
	if err := in.Decode(&v); err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	return v
}

// differ says in what a program and a visitor are told different things.
func differ(s *page.Site, one *site.Comparison, got recommended, read result) (out []string) {
	words := &s.Words
	same := func(what string, program, visitor any) {
		if p, v := fmt.Sprint(program), fmt.Sprint(visitor); p != v {
			out = append(out, fmt.Sprintf("%s is %s to a program, and %s to a visitor", what, p, v))
		}
	}
	title := func(outcome string) string {
		if o := one.Outcome(outcome); o != nil {
			return o.Title
		}
		return "none: " + outcome
	}
	same("the outcome", got.Outcome, read.outcome)
	same("the certainty", got.Certainty, read.certainty)
	same("the headline", got.Headline, read.headline)

	standings, tallies, signs := map[string]string{}, map[string]string{}, map[string][]string{}
	for _, r := range got.Roles {
		role := one.Roles[slices.IndexFunc(one.Roles[:], func(role comparison.Candidate) bool { return role.ID == r.ID })]
		if r.Standing != nil {
			standings[role.Name] = map[string]page.Phrase{
				"now": words.OnRecommendation.Now, "later": words.OnRecommendation.Later, "out": words.OnRecommendation.Out,
			}[*r.Standing].String()
		}
		tallies[role.Name] = words.Signs.Tally.With("n", r.Met, "total", r.Total)
		met := 0
		for _, reason := range got.Reasons {
			if reason.Role != r.ID {
				continue
			}
			if reason.State == "met" {
				met++
			}
			pile := role.Name + ": " + map[string]page.Phrase{"met": words.Signs.Met, "failed": words.Signs.Failed, "open": words.Signs.Open}[reason.State].String()
			sign, _ := one.Sign(reason.Sign)
			signs[pile] = append(signs[pile], sign.Text.Text)
		}
		same("the number of signs met for "+role.Name, r.Met, met)
	}
	same("how the roles stand", standings, read.standings)
	same("the tallies", tallies, read.tallies)
	same("the signs", signs, read.signs)

	var reasons []string
	for _, r := range got.DecidedBy {
		reasons = append(reasons, r.Question)
	}
	slices.Sort(reasons)
	visitor := slices.Clone(read.reasons)
	slices.Sort(visitor)
	same("what decided", reasons, visitor)

	var whatIfs []lead
	answers, _ := one.Engine.Read(queryOf(read.changes)).Answers()
	for _, w := range got.WhatIfs {
		for _, change := range w.Changes {
			q := slices.IndexFunc(one.Questionnaire.Questions, func(q comparison.Question) bool { return q.ID == change.Question })
			o := one.Questionnaire.Questions[q].Option(change.Answer)
			changed := answers.With(q, o)
			same("what "+change.Answer+" would change", w.Outcome, one.Engine.Outcome(changed).ID)
			whatIfs = append(whatIfs, lead{
				words.OnRecommendation.If.With("if", one.Questionnaire.Questions[q].Options[o].If), page.RecommendationPath(one, changed), title(w.Outcome),
			})
		}
	}
	same("what would change it", whatIfs, read.whatIfs)

	next := "none"
	if got.AskNext != nil {
		next = *got.AskNext
	}
	asked := "none"
	for _, q := range one.Questionnaire.Questions {
		if len(read.asks) > 0 && q.Ask == read.asks[0] {
			asked = q.ID
		}
	}
	same("the question that would tell most", next, asked)

	total, possible := 0, map[string]string{}
	for _, p := range got.Possible {
		total += p.Ways
	}
	for _, p := range got.Possible {
		if got.Outcome == comparison.Undecided {
			possible[title(p.Outcome)] = comparison.Number(p.Ways) + " " + words.OnMethod.Percent.With("n", (200*p.Ways+total)/(2*total))
		}
	}
	same("what is possible", possible, read.possible)
	var examples []string
	for _, e := range one.Examples.Items {
		if e.Headline == read.headline {
			examples = append(examples, e.ID)
		}
	}
	same("the businesses that come to the same", got.Examples, examples)
	same("the version", got.Version, one.Engine.Version())
	return out
}

// queryOf is the query of the first of some addresses.
func queryOf(addresses []string) url.Values {
	for _, address := range addresses {
		if u, err := url.Parse(address); err == nil {
			return u.Query()
		}
	}
	return nil
}

// TestQuestionnaireJSON: a program is asked what a visitor is.
func TestQuestionnaireJSON(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		type question struct {
			ID, Ask, Hint string
			Options       []struct{ ID, Label string }
		}
		for _, one := range c.site.Comparisons {
			form := "/compare/" + one.Slug + "/questionnaire"
			got := fetch[struct{ Questions []question }](t, s.server, form+".json")
			if len(got.Questions) != len(one.Questionnaire.Questions) {
				t.Fatalf("%s: %d questions", one.Slug, len(got.Questions))
			}
			for _, q := range got.Questions {
				root, err := html.Parse(strings.NewReader(s.post(t, form, q.ID+"=none").body)) // so that it is asked
				if err != nil {
					t.Fatal(err)
				}
				shown := question{ID: q.ID}
				for n := range root.Descendants() {
					if !within(n, "fieldset#"+q.ID) || within(n, "details") {
						continue
					}
					switch {
					case n.Data == "legend":
						shown.Ask = without(n, "number")
					case classed(n, "hint"):
						shown.Hint = text(n)
					case n.Data == "label":
						shown.Options = append(shown.Options, struct{ ID, Label string }{Label: text(n)})
					case n.Data == "input":
						shown.Options[len(shown.Options)-1].ID = attribute(n, "value")
					}
				}
				if fmt.Sprint(shown) != fmt.Sprint(q) {
					t.Errorf("a visitor is asked %+v, and a program %+v", shown, q)
				}
			}
		}
	})
}

// TestPrograms: what is there for programs may be read by pages of other sites,
// redirects and refusals too, and nothing else may.
func TestPrograms(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		one := c.site.Comparisons[0]
		base := "/compare/" + one.Slug
		fields := answerFields(one, one.Engine.Combinations()/2)
		answers := strings.Join(fields, "&")
		name, first, _ := strings.Cut(fields[0], "=")
		open := func(got answer) bool {
			t.Helper()
			v := got.Header["Access-Control-Allow-Origin"]
			if len(v) > 0 && !slices.Equal(v, []string{"*"}) {
				t.Errorf("%s: Access-Control-Allow-Origin: %q", got.Request.URL, v)
			}
			return len(v) > 0
		}
		for _, address := range append(c.addresses(), base+"/nothing.json", "/readyz") {
			path, _, _ := strings.Cut(address, "?")
			programs := strings.HasSuffix(path, "/questionnaire.json") || strings.HasSuffix(path, "/recommendation.json")
			if got := s.get(t, address); open(got) != programs {
				t.Errorf("%s may be read by pages of other sites: %v", address, !programs)
			}
		}
		for _, address := range []string{base + "/questionnaire", base + "/recommendation?" + fields[0] + "&" + name + "=none"} {
			if open(s.post(t, address, fields[0])) || open(s.get(t, address)) {
				t.Errorf("%s may be read by pages of other sites", address)
			}
		}

		address := base + "/recommendation.json?" + answers
		got := s.get(t, address)
		if got.Header.Get("X-Robots-Tag") != "noindex" || !strings.Contains(got.Header.Get("Cache-Control"), "public") {
			t.Errorf("%s: %v", address, got.Header)
		}
		if head := s.do(t, http.MethodHead, address, ""); head.StatusCode != http.StatusOK || head.body != "" || head.Header.Get("Etag") != got.Header.Get("Etag") || !open(head) {
			t.Errorf("HEAD: %s, %d bytes, %v", head.Status, len(head.body), head.Header)
		}
		if again := s.get(t, address, "If-None-Match: "+got.Header.Get("Etag")); again.StatusCode != http.StatusNotModified || again.body != "" || !open(again) {
			t.Errorf("again: %s, %d bytes", again.Status, len(again.body))
		}
		for query, want := range map[string]string{
			strings.Join(append(slices.Clone(fields[1:]), fields[0]), "&"): answers,
			answers + "&v=" + one.Engine.Version():                         answers,
			answers + "&utm_source=x":                                      answers,
			"gone=x":                                                       "",
			fields[0] + "&" + fields[0]:                                    fields[0],
		} {
			got := s.get(t, base+"/recommendation.json?"+query)
			to := base + "/recommendation.json"
			if want != "" {
				to += "?" + want
			}
			if got.StatusCode != http.StatusPermanentRedirect || got.Header.Get("Location") != to || !open(got) {
				t.Errorf("%s: %s to %q, want %q", query, got.Status, got.Header.Get("Location"), to)
			} else if next := s.get(t, to); next.StatusCode != http.StatusOK {
				t.Errorf("%s leads to %s: %s", query, to, next.Status)
			}
		}
		for _, query := range []string{name + "=none", name + "=%ff", fields[0] + "&" + name + "=not-sure", name + "=" + first + "x&" + strings.Join(fields[1:], "&")} {
			got := s.get(t, base+"/recommendation.json?"+query)
			if got.StatusCode != http.StatusBadRequest || got.Header.Get("Cache-Control") != "no-store" || !strings.Contains(got.body, "<h1") || !open(got) {
				t.Errorf("%s: %s, %v", query, got.Status, got.Header)
			}
		}
		// Nothing at all is an answer, too.
		if got := fetch[recommended](t, s.server, base+"/recommendation.json"); got.Outcome != comparison.Undecided || got.AskNext == nil {
			t.Errorf("of nothing: %+v", got)
		}
		for _, address := range []string{"/compare/nothing/questionnaire.json", "/compare/nothing/recommendation.json", base + "/questionnaire%2Ejson"} {
			if got := s.get(t, address); got.StatusCode != http.StatusNotFound {
				t.Errorf("%s: %s", address, got.Status)
			}
		}
		if got := s.get(t, base+"/questionnaire.json/"); got.StatusCode != http.StatusPermanentRedirect {
			t.Errorf("with a slash: %s", got.Status)
		}
	})
}

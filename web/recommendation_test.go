package web_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"rolecompare/internal/comparison"
	"rolecompare/internal/recommend"
	"rolecompare/internal/site"
	"rolecompare/web"
	"rolecompare/web/page"
)

// result is a recommendation as a visitor reads it.
type result struct {
	outcome, certainty string
	headline           string
	unsure             bool                // the headline is not set in the largest size
	disclosed          bool                // it says what the publisher sells
	parts              []string            // its headings, in their order, and "" for the standings
	reasons            []string            // the questions that decided, by their ids
	lines              []reason            // what decided, a line each
	standings, tallies map[string]string   // in words, by the role's name
	here               []string            // the stages that are marked
	introduced         string              // what introduces what would change it
	whatIfs            []lead              // what would change it
	asks               []string            // the questions that it asks
	leads              []lead              // their answers
	possible           map[string]string   // by the outcome's title, what is said of it
	signs              map[string][]string // by role and words for how they stand
	changes            []string            // every link to the form
	unanswered         int                 // how many answers say that they were not asked for
}

// reason is a reason, and the questions that it links to.
type reason struct {
	text      string
	questions []string
}

// lead is a link to another result, and what it is said to come to.
type lead struct{ words, address, outcome string }

// classed reports whether a node is an element of a class.
func classed(n *html.Node, class string) bool {
	return slices.Contains(strings.Fields(attribute(n, "class")), class)
}

// without is what a node says, but for what is of a class.
func without(n *html.Node, class string) string {
	var said []string
	for c := range n.ChildNodes() {
		if !classed(c, class) {
			if c.Type == html.TextNode {
				said = append(said, strings.Fields(c.Data)...)
			} else {
				said = append(said, text(c))
			}
		}
	}
	return strings.Join(said, " ")
}

func readResult(t *testing.T, s *page.Site, body string) result {
	t.Helper()
	words := &s.Words
	_, main, _ := strings.Cut(body, "<main")
	main, _, _ = strings.Cut(main, "</main>")
	root, err := html.Parse(strings.NewReader("<main" + main + "</main>"))
	if err != nil {
		t.Fatal(err)
	}
	r := result{standings: map[string]string{}, tallies: map[string]string{}, possible: map[string]string{}, signs: map[string][]string{}}
	var role, state, group, part string // the headings above
	var visit func(n *html.Node, classes string)
	visit = func(n *html.Node, classes string) { // of the elements around it
		in := func(class string) bool { return strings.Contains(classes, " "+class+" ") }
		own := attribute(n, "class")
		switch {
		case n.Data == "main":
			r.outcome, r.certainty = attribute(n, "data-outcome"), attribute(n, "data-certainty")
		case n.Data == "header":
			r.unsure = own == "opening unsure"
		case n.Data == "h1":
			r.headline = text(n)
		case n.Data == "h2":
			part = text(n)
			r.parts = append(r.parts, part)
		case own == "note disclosure" && in("opening"):
			r.disclosed = text(n) == s.Organization.Disclosure
		case n.Data == "a" && in("reasons"):
			_, id, _ := strings.Cut(attribute(n, "href"), "#")
			r.reasons = append(r.reasons, id)
			last := &r.lines[len(r.lines)-1]
			last.questions = append(last.questions, id)
		case n.Data == "li" && in("reasons"):
			r.lines = append(r.lines, reason{text: text(n)})
		case own == "standings":
			r.parts = append(r.parts, "")
		case in("standings") && n.Data == "dt":
			role = text(n)
		case in("standings") && n.Data == "dd":
			r.standings[role] = without(n, "note")
		case in("stages") && n.Data == "strong" && attribute(n.Parent.Parent, "aria-current") == "step":
			r.here = append(r.here, text(n))
		case part == words.OnRecommendation.WhatIfs.String() && n.Data == "p":
			r.introduced = text(n)
		case in("what-ifs") && n.Data == "dt":
			group = text(n)
		case in("what-ifs") && n.Data == "a":
			r.whatIfs = append(r.whatIfs, lead{text(n), attribute(n, "href"), group})
		case in("asks") && n.Data == "h3":
			r.asks = append(r.asks, text(n))
		case in("leads") && n.Data == "a":
			r.leads = append(r.leads, lead{words: text(n), address: attribute(n, "href")})
		case in("leads") && n.Data == "strong":
			r.leads[len(r.leads)-1].outcome = text(n)
		case part == words.OnRecommendation.Possible.String() && n.Data == "th":
			group = text(n)
		case part == words.OnRecommendation.Possible.String() && n.Data == "td":
			r.possible[group] = text(n)
		case in("every") && n.Data == "h3":
			role = text(n)
		case own == "tally":
			r.tallies[role] = text(n)
		case in("every") && n.Data == "h4":
			state = text(n)
		case in("marked") && n.Data == "p":
			r.signs[role+": "+state] = append(r.signs[role+": "+state], without(n, "because"))
		case in("answers") && n.Data == "dd" && text(n) == words.OnRecommendation.NotAsked.String():
			r.unanswered++
		}
		if href := attribute(n, "href"); strings.Contains(href, "/questionnaire?") {
			r.changes = append(r.changes, href)
		}
		if own != "" {
			classes += " " + own + " "
		}
		for c := range n.ChildNodes() {
			if c.Type == html.ElementNode {
				visit(c, classes)
			}
		}
	}
	visit(root, "")
	return r
}

// partsOf are the headings that a result must have, in their order.
func partsOf(s *page.Site, c *site.Comparison, r recommend.Recommendation) (out []string) {
	words := &s.Words.OnRecommendation
	when := func(there bool, parts ...string) {
		if there {
			out = append(out, parts...)
		}
	}
	undecided := r.Outcome.ID == comparison.Undecided
	when(true, "")
	when(len(r.DecidedBy) > 0, words.Decided.String())
	when(undecided, words.Ask.String(), words.Possible.String())
	when(!undecided, r.Outcome.StepsTitle, words.Here.String(), words.WhatIfs.String())
	when(!undecided && r.Ask != nil, words.Ask.String())
	when(true, words.Signs.String())
	when(len(r.Outcome.FAQ) > 0, words.Questions.String())
	when(len(r.Outcome.Onward) > 0, words.Onward.String())
	when(len(r.Outcome.Services) > 0, words.ServicesName.String())
	when(true, words.Answers.String(), words.Keep.String())
	return out
}

// some are combinations of answers: of the fixture all, of the real content one in
// nineteen. In every other one, what is not sure was not asked.
func some(c content, one *site.Comparison) (out []recommend.Answers) {
	step := 19
	if c.name == "fixture" {
		step = 1
	}
	for n := 0; n < one.Engine.Combinations(); n += step {
		a := one.Engine.Answers(n)
		given := nothing(one)
		for q, o := range a {
			if o < len(one.Questionnaire.Questions[q].Options)-1 {
				given[q] = o
			}
		}
		if n/step%2 == 1 && page.Query(one, given, "") != "" {
			a = given
		}
		out = append(out, a)
	}
	return out
}

// TestResults holds what a visitor reads against what the engine says, and what a
// program gets against what the visitor reads.
func TestResults(t *testing.T) {
	t.Parallel()
	for _, c := range []content{realContent(), fixture()} {
		server := web.NewServer(c.snapshot, unlimited)
		for _, one := range c.site.Comparisons {
			outcomes := map[string]bool{}
			for _, a := range some(c, one) {
				address := "/compare/" + one.Slug + "/recommendation"
				query := page.Query(one, a, "")
				read := readResult(t, c.site, ask(server, address+"?"+query).Body.String())
				got := fetch[recommended](t, server, address+".json?"+query)
				for _, fault := range append(wrong(c.site, one, one.Engine.Recommend(a), read), differ(c.site, one, got, read)...) {
					t.Errorf("%s?%s: %s", one.Slug, query, fault)
				}
				outcomes[read.outcome] = true
			}
			if len(outcomes) != len(one.Outcomes.All()) {
				t.Errorf("%s: only %v were seen", one.Slug, outcomes)
			}
		}
	}
}

// TestUnsure: who is sure of nothing gets no verdict, and the two questions that tell most.
func TestUnsure(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		for _, one := range c.site.Comparisons {
			read := readResult(t, c.site, s.get(t, "/compare/"+one.Slug+"/recommendation?"+query(one, one.Engine.Combinations()-1)).body)
			if read.outcome != comparison.Undecided || read.headline != one.Outcomes.Undecided.Headline || !read.unsure || len(read.asks) != 2 || len(read.reasons)+len(read.whatIfs) > 0 {
				t.Errorf("%s: %+v", one.Slug, read)
			}
		}
	})
}

// wrong holds a page against the engine.
func wrong(s *page.Site, one *site.Comparison, r recommend.Recommendation, read result) (faults []string) {
	fault := func(format string, values ...any) { faults = append(faults, fmt.Sprintf(format, values...)) }
	words := &s.Words.OnRecommendation
	undecided := r.Outcome.ID == comparison.Undecided
	if want := partsOf(s, one, r); !slices.Equal(read.parts, want) {
		fault("the page has %q, in this order; want %q", read.parts, want)
	}
	if open := r.Certainty == recommend.StillOpen; read.unsure != open {
		fault("the headline is set as unsure: %v, want %v", read.unsure, open)
	}
	// Of the stages of the figure one is marked, wherever there is one, at which just
	// those roles are at work that are needed now; and none at which others are.
	marked := false
	for _, stage := range one.Together.Stages {
		fits := !undecided
		for role, at := range stage.Roles {
			fits = fits && at == (r.Outcome.Recommends[role] == comparison.Now)
		}
		marked = marked || fits
		if slices.Contains(read.here, stage.Name) && !fits {
			fault("it is said to be at the stage %q", stage.Name)
		}
	}
	if marked != (len(read.here) > 0) {
		fault("it is said to be at the stages %q", read.here)
	}
	introduced := map[recommend.Certainty]page.Phrase{recommend.Firm: words.Firm, recommend.Close: words.Close, recommend.StillOpen: words.StillOpen}[r.Certainty]
	if r.Certainty == recommend.Firm && len(r.WhatIfs) > 0 {
		introduced = words.FirmFacts
	}
	if !undecided && read.introduced != introduced.String() {
		fault("what would change it is introduced by %q, want %q", read.introduced, introduced)
	}
	known := false
	for q, o := range r.Answers {
		known = known || o >= 0 && o < len(one.Questionnaire.Questions[q].Options)-1
	}
	// A reason that counts a role's signs names the answers that meet them, and no
	// other; the others stand alone.
	for _, l := range read.lines {
		counted := false
		for role, signs := range r.Signs {
			n, of := r.Tally(role)
			before, _ := page.Phrase(words.Counted.With("n", n, "total", of, "role", one.Roles[role].Indefinite)).Around("reasons")
			if !strings.HasPrefix(l.text, before) {
				continue
			}
			counted = true
			met := 0
			for _, sign := range signs {
				if sign.State == recommend.Met && slices.Contains(l.questions, one.Questionnaire.Questions[sign.Question].ID) {
					met++
				}
			}
			for _, id := range l.questions {
				if !slices.ContainsFunc(signs, func(s recommend.SignState) bool {
					return s.State == recommend.Met && one.Questionnaire.Questions[s.Question].ID == id
				}) {
					met = -1
				}
			}
			if met != n {
				fault("%q is said because of the answers to %q", l.text, l.questions)
			}
		}
		if !counted && len(l.questions) != 1 {
			fault("%q is said because of the answers to %q", l.text, l.questions)
		}
	}
	var questions []string
	var leads []lead
	for _, ask := range r.Ask {
		question := one.Questionnaire.Questions[ask.Question]
		questions = append(questions, question.Ask)
		for o := range len(question.Options) - 1 {
			a := r.Answers.With(ask.Question, o)
			leads = append(leads, lead{question.Options[o].Label, page.RecommendationPath(one, a), one.Engine.Outcome(a).Title})
		}
	}
	if !slices.Equal(read.asks, questions) || !slices.Equal(read.leads, leads) {
		fault("it asks %q, with %q, want %q, with %q", read.asks, read.leads, questions, leads)
	}
	sold := false
	for role := range one.Roles {
		standing, agreed := r.Outcome.Recommends[role], true
		if undecided {
			standing, agreed = r.Agreed(role)
		}
		sold = sold || agreed && standing != comparison.Out && s.Organization.Sold(one.Roles[role].ID)
	}
	if read.disclosed != sold {
		fault("it says what %s sells: %v, and recommends it: %v", s.Organization.Name, read.disclosed, sold)
	}
	// Whatever was answered can be changed, and nothing else.
	for _, address := range read.changes {
		if slices.ContainsFunc(r.Outcome.Onward, func(o comparison.Onward) bool { return strings.HasPrefix(address, "/compare/"+o.To.ID+"/") }) {
			continue
		}
		query, id, _ := strings.Cut(strings.TrimPrefix(address, "/compare/"+one.Slug+"/questionnaire?"), "#")
		answered := slices.ContainsFunc(strings.Split(query, "&"), func(f string) bool { return strings.HasPrefix(f, id+"=") })
		if query != page.Query(one, r.Answers, "") || !answered {
			fault("an answer is changed at %s", address)
		}
	}
	for q, o := range r.Answers {
		id := one.Questionnaire.Questions[q].ID
		if o < 0 {
			read.unanswered--
		} else if !slices.ContainsFunc(read.changes, func(address string) bool { return strings.HasSuffix(address, "#"+id) }) {
			fault("the answer to %s cannot be changed", id)
		}
	}
	if read.unanswered != 0 {
		fault("of the questions that were not asked, %d too few are said to be", -read.unanswered)
	}
	return faults
}

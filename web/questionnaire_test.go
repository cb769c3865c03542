package web_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"rolecompare/internal/comparison"
	"rolecompare/internal/recommend"
	"rolecompare/internal/site"
	"rolecompare/web"
	"rolecompare/web/page"
)

// step is a step of the form as a browser has it.
type step struct {
	asks    []string   // the questions that are asked now
	folded  []string   // those that stand folded beside them, to be changed
	offered url.Values // every answer to each of both
	checked url.Values // those that are chosen
	button  url.Values // what its button sends along
	numbers []string   // what the asked questions say of how far the visitor is
	errors  []string   // where the summary of errors leads
}

func readStep(t *testing.T, body string) step {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	s := step{offered: url.Values{}, checked: url.Values{}, button: url.Values{}}
	for n := range root.Descendants() {
		switch {
		case n.Data == "fieldset" && within(n, "details"):
			s.folded = append(s.folded, attribute(n, "id"))
		case n.Data == "fieldset":
			s.asks = append(s.asks, attribute(n, "id"))
		case n.Data == "button" && within(n, "form") && within(n, "details"): // what changes an answer asks for no other
			if attribute(n, "type") != "submit" || attribute(n, "name") != page.AskedKey || attribute(n, "value") != "" {
				t.Errorf("a button beside an answer sends %s=%q", attribute(n, "name"), attribute(n, "value"))
			}
		case n.Data == "button" && within(n, "form"):
			s.button.Add(attribute(n, "name"), attribute(n, "value"))
		case n.Data == "input" && within(n, "fieldset#"+attribute(n, "name")):
			s.offered.Add(attribute(n, "name"), attribute(n, "value"))
			if hasAttribute(n, "checked") {
				s.checked.Add(attribute(n, "name"), attribute(n, "value"))
			}
		case attribute(n, "class") == "number":
			s.numbers = append(s.numbers, text(n))
		case n.Data == "a" && within(n, "div#error-summary"):
			s.errors = append(s.errors, attribute(n, "href"))
		}
	}
	return s
}

// sent is what a browser posts of the step, with these answers chosen besides.
func (s step) sent(answers ...string) string {
	fields := url.Values{}
	for _, some := range []url.Values{s.checked, s.button} {
		for name, values := range some {
			fields[name] = values
		}
	}
	for _, a := range answers {
		name, value, _ := strings.Cut(a, "=")
		fields.Set(name, value)
	}
	return fields.Encode()
}

// left is how many questions the step says can still come after it.
func (s step) left(t *testing.T, words *page.QuestionnaireWords) int {
	t.Helper()
	if len(s.numbers) != 1 {
		t.Fatalf("the step has the numbers %q", s.numbers)
	}
	_, after, _ := strings.Cut(s.numbers[0], " · ")
	for n := 1; n < 100; n++ {
		if after == words.Left.With("n", n) {
			return n
		}
	}
	if after != words.Last.String() {
		t.Fatalf("the step says %q", after)
	}
	return 0
}

// within reports whether a node is in an element, named by its tag or by tag#id.
func within(n *html.Node, element string) bool {
	tag, id, _ := strings.Cut(element, "#")
	for p := range n.Ancestors() {
		if p.Data == tag && (id == "" || attribute(p, "id") == id) {
			return true
		}
	}
	return false
}

func hasAttribute(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// text is what a node says, its white space made one.
func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// option is an answer as a field of a form.
func option(c *site.Comparison, q, o int) string {
	question := c.Questionnaire.Questions[q]
	return question.ID + "=" + question.Options[o].ID
}

// nothing is no answers at all.
func nothing(c *site.Comparison) recommend.Answers {
	a, _ := c.Engine.Read(nil).Answers()
	return a
}

// answerFields are the fields of a form with a combination of answers.
func answerFields(c *site.Comparison, n int) []string {
	return strings.Split(page.Query(c, c.Engine.Answers(n), ""), "&")
}

// full are the combinations in which nothing is unsure.
func full(c *site.Comparison) (out []recommend.Answers) {
	for n := range c.Engine.Combinations() {
		a := c.Engine.Answers(n)
		unsure := false
		for q, o := range a {
			unsure = unsure || o == len(c.Questionnaire.Questions[q].Options)-1
		}
		if !unsure {
			out = append(out, a)
		}
	}
	return out
}

// TestForm: the first step asks one question, with nothing chosen, and an address
// may choose beforehand, in whatever company.
func TestForm(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		for _, one := range c.site.Comparisons {
			form := "/compare/" + one.Slug + "/questionnaire"
			questions := one.Questionnaire.Questions
			first := questions[one.Engine.Next(nothing(one))[0]]
			got := readStep(t, s.get(t, form).body)
			if len(got.checked) > 0 || !slices.Equal(got.asks, []string{first.ID}) || len(got.folded) > 0 || got.button.Get(page.AskedKey) != first.ID {
				t.Errorf("%s: %+v, want nothing but the question %s", form, got, first.ID)
			}
			for i, o := range first.Options {
				if len(got.offered[first.ID]) != len(first.Options) || got.offered[first.ID][i] != o.ID {
					t.Fatalf("%s: question %s offers %q", form, first.ID, got.offered[first.ID])
				}
			}
			// Links to each question lead here from elsewhere, whether it is asked or not.
			for _, q := range questions {
				if !slices.Contains(readPage(s.get(t, form)).ids, q.ID) {
					t.Errorf("%s has no place #%s", form, q.ID)
				}
			}

			fields := answerFields(one, 0)
			chosen, last := fields[0], questions[len(questions)-1].ID
			for _, query := range []string{chosen, chosen + "&utm_source=mail", "x=%zz&" + chosen, chosen + "&" + last + "=nonsense%ff"} {
				got := s.get(t, form+"?"+query)
				if checked := readStep(t, got.body).checked; got.StatusCode != http.StatusOK || checked.Encode() != chosen {
					t.Errorf("%s?%s: %s, chosen: %s", form, query, got.Status, checked.Encode())
				}
				if got.Header.Get("X-Robots-Tag") != "noindex" {
					t.Errorf("%s?%s may be indexed", form, query)
				}
			}
			whole := s.get(t, form+"?"+strings.Join(fields, "&"))
			if got := readStep(t, whole.body); len(got.checked) != len(questions) || len(got.asks) > 0 || len(got.folded) != len(questions) {
				t.Errorf("with all answers: %+v", got)
			}
			if plain, tagged := s.get(t, form), s.get(t, form+"?utm_source=mail"); plain.body != tagged.body || tagged.Header.Get("X-Robots-Tag") != "" {
				t.Errorf("%s is another page for a query that is none of ours", form)
			}
		}
	})
}

// walk answers the form as a browser does, until it comes to a recommendation,
// whose address it returns, or asks what has no answer. It counts the questions
// that were answered.
func walk(t *testing.T, s listening, one *site.Comparison, words *page.QuestionnaireWords, answers recommend.Answers) (to string, asked int) {
	t.Helper()
	form := "/compare/" + one.Slug + "/questionnaire"
	given := nothing(one)
	left := len(given) + 1
	for at := form; ; asked++ {
		got := s.get(t, at)
		now := readStep(t, got.body)
		next := one.Engine.Next(given)
		if got.StatusCode != http.StatusOK || len(next) == 0 || !slices.Equal(now.asks, []string{one.Questionnaire.Questions[next[0]].ID}) {
			t.Fatalf("%s: %s, asks %q, and could ask %v", at, got.Status, now.asks, next)
		}
		if said := now.left(t, words); said != len(next)-1 || said >= left {
			t.Fatalf("%s: %d questions are said to remain, of %d that could, and %d were said before", at, said, len(next)-1, left)
		} else {
			left = said
		}
		if want := strconv.Itoa(asked + 1); !regexp.MustCompile(`\b` + want + `\b`).MatchString(now.numbers[0]) {
			t.Errorf("%s: question %s is numbered %q", at, want, now.numbers[0])
		}
		if len(now.folded) != asked || page.Query(one, given, "") != page.Query(one, one.Engine.Read(now.checked).Choice, "") {
			t.Fatalf("%s: %q stand beside it and %q is chosen, after %q", at, now.folded, now.checked.Encode(), page.Query(one, given, ""))
		}
		if answers[next[0]] < 0 {
			return "", asked
		}
		posted := s.post(t, form, now.sent(option(one, next[0], answers[next[0]])))
		given = given.With(next[0], answers[next[0]])
		to = posted.Header.Get("Location")
		want := form + "?" + page.Query(one, given, "")
		done := len(one.Engine.Next(given)) == 0
		if done {
			want = page.RecommendationPath(one, given)
		}
		if posted.StatusCode != http.StatusSeeOther || to != want {
			t.Fatalf("%s, answered %s: %s to %q, want %q", at, option(one, next[0], answers[next[0]]), posted.Status, to, want)
		}
		if done {
			return to, asked + 1
		}
		at = to
	}
}

// TestSteps walks through the form as a browser does, for each example and a
// sample of the full combinations.
func TestSteps(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		for _, one := range c.site.Comparisons {
			all := full(one)
			for i := 0; i < len(all); i += len(all)/24 + 1 {
				to, _ := walk(t, s, one, &c.site.Words.OnQuestionnaire, all[i])
				want := fmt.Sprintf(`data-outcome="%s"`, one.Engine.Outcome(all[i]).ID)
				if got := s.get(t, to); got.StatusCode != http.StatusOK || !strings.Contains(got.body, want) {
					t.Errorf("%v: %s: %s, which lacks %s", all[i], to, got.Status, want)
				}
			}
		}
	})
}

// TestOnlyWhatNeedsAsking goes every way that answers can lead through the form,
// "not sure" among them. No question is asked that can no longer change the
// outcome; how many are said to remain goes down with each; and what the visitor
// gets is what any further answers would have come to.
func TestOnlyWhatNeedsAsking(t *testing.T) {
	t.Parallel()
	for _, c := range []content{realContent(), fixture()} {
		for _, one := range c.site.Comparisons {
			engine, questions := one.Engine, one.Questionnaire.Questions
			// matters is told by trying all: two ways to go on, which differ in the
			// question alone, come to two outcomes.
			var matters func(a recommend.Answers, question, from int) bool
			matters = func(a recommend.Answers, question, from int) bool {
				for q := from; q < len(a); q++ {
					if a[q] >= 0 || q == question {
						continue
					}
					for o := range questions[q].Options {
						if matters(a.With(q, o), question, q+1) {
							return true
						}
					}
					return false
				}
				for o := range questions[question].Options {
					if engine.Outcome(a.With(question, o)) != engine.Outcome(a.With(question, 0)) {
						return true
					}
				}
				return false
			}
			asked, sure := 0, 0
			var walk func(a recommend.Answers, before int, unsure bool)
			walk = func(a recommend.Answers, before int, unsure bool) {
				next := engine.Next(a)
				if len(next) >= before {
					t.Fatalf("%s: %d questions remain, of %d before", page.Query(one, a, ""), len(next), before)
				}
				for q := range questions {
					if can := slices.Contains(next, q); can && a[q] >= 0 || len(next) > 0 && a[q] < 0 && can != matters(a, q, 0) {
						t.Fatalf("%s: it is said that %s can still change the outcome: %v", page.Query(one, a, ""), questions[q].ID, can)
					}
				}
				if len(next) == 0 {
					asked++
					if !unsure {
						sure++
					}
					return
				}
				last := len(questions[next[0]].Options) - 1
				for o := range last + 1 {
					walk(a.With(next[0], o), len(next), unsure || o == last)
				}
			}
			walk(nothing(one), len(questions)+1, false)
			if sure < 2 || asked <= sure {
				t.Errorf("%s: only %d ways lead through the form, %d of them sure", one.Slug, asked, sure)
			}
			for _, a := range full(one) {
				given := nothing(one)
				for next := engine.Next(given); len(next) > 0; next = engine.Next(given) {
					given = given.With(next[0], a[next[0]])
				}
				if got, want := engine.Outcome(given), engine.Outcome(a); got != want {
					t.Errorf("%s comes to %s, and all answers to %s", page.Query(one, given, ""), got.ID, want.ID)
				}
			}
		}
	}
}

// TestSkipped sends each step without an answer, and with one that cannot be used.
// The step comes again with what is wrong, a link to the question, and all that
// was answered before.
func TestSkipped(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		words := &c.site.Words.OnQuestionnaire
		for _, one := range c.site.Comparisons {
			form := "/compare/" + one.Slug + "/questionnaire"
			all := full(one)
			answers, most := all[0], 0
			for _, a := range all { // the longest way
				n, given := 0, nothing(one)
				for next := one.Engine.Next(given); len(next) > 0; next = one.Engine.Next(given) {
					given = given.With(next[0], a[next[0]])
					n++
				}
				if n > most {
					answers, most = a, n
				}
			}
			given := nothing(one)
			for next := one.Engine.Next(given); len(next) > 0; next = one.Engine.Next(given) {
				question := one.Questionnaire.Questions[next[0]]
				address := form
				if query := page.Query(one, given, ""); query != "" {
					address += "?" + query
				}
				now := readStep(t, s.get(t, address).body)
				// Whoever changes an answer need not answer this question first.
				if len(now.checked) > 0 {
					changed := s.post(t, form, now.sent(page.AskedKey+"="))
					if changed.StatusCode != http.StatusSeeOther || changed.Header.Get("Location") != address {
						t.Errorf("%s, an answer changed: %s to %q", address, changed.Status, changed.Header.Get("Location"))
					}
				}
				for sent, message := range map[string]string{
					now.sent():                                words.Missing.With("question", question.ID),
					now.sent(question.ID + "="):               words.Missing.With("question", question.ID),
					now.sent(question.ID + "=<script>"):       words.Unknown.With("question", question.ID, "answer", "<script>"),
					now.sent(question.ID + "=nonsense\ufffd"): words.Unknown.With("question", question.ID, "answer", "nonsense\ufffd"),
					now.sent() + "&" + option(one, next[0], 0) + "&" + option(one, next[0], 1): words.Unknown.With("question", question.ID, "answer", question.Options[0].ID+", "+question.Options[1].ID),
				} {
					message = strings.Replace(message, question.ID, question.Ask, 1)
					got := s.post(t, form, sent)
					again := readStep(t, got.body)
					if got.StatusCode != http.StatusUnprocessableEntity || !slices.Equal(again.asks, now.asks) {
						t.Errorf("%s, posted %s: %s, asks %q", address, sent, got.Status, again.asks)
					}
					target := question.ID + "-" + question.Options[0].ID
					if !slices.Equal(again.errors, []string{"#" + target}) || !slices.Contains(readPage(got).ids, target) {
						t.Errorf("%s, posted %s: the summary leads to %q", address, sent, again.errors)
					}
					if n := strings.Count(got.body, html.EscapeString(message)); n != 2 { // in the summary, and at the question
						t.Errorf("%s, posted %s: it is said %d times that %q", address, sent, n, message)
					}
					if again.checked.Encode() != now.checked.Encode() || again.button.Encode() != now.button.Encode() || !slices.Equal(again.numbers, now.numbers) {
						t.Errorf("%s, posted %s: chosen is %s, sent along %s, number %q", address, sent, again.checked.Encode(), again.button.Encode(), again.numbers)
					}
					if strings.Contains(got.body, "<script>") || got.Header.Get("X-Robots-Tag") != "noindex" {
						t.Errorf("%s, posted %s: what was sent is markup, or the page may be indexed", address, sent)
					}
				}
				given = given.With(next[0], answers[next[0]])
			}
		}
	})
}

// TestPostAtOnce: whoever sends any of the answers, as the first edition's form
// sent all of them, goes on from there.
func TestPostAtOnce(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		for _, one := range c.site.Comparisons {
			form := "/compare/" + one.Slug + "/questionnaire"
			post := func(fields ...string) answer { t.Helper(); return s.post(t, form, strings.Join(fields, "&")) }
			for n := 0; n < one.Engine.Combinations(); n += one.Engine.Combinations()/9 + 1 {
				fields := answerFields(one, n)
				whole := "/compare/" + one.Slug + "/recommendation?" + query(one, n)
				if got := post(fields...); got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != whole {
					t.Errorf("posted %q: %s to %q", fields, got.Status, got.Header.Get("Location"))
				}
				reversed := slices.Clone(fields)
				slices.Reverse(reversed)
				if got := post(append(append(reversed, fields...), "extra=x", page.AskedKey+"=")...); got.Header.Get("Location") != whole { // twice the same is once
					t.Errorf("posted twice, in another order: %s to %q", got.Status, got.Header.Get("Location"))
				}
				// All but one, of whatever was asked: the rest is asked, or the outcome is
				// settled.
				for i := range fields {
					but := one.Engine.Answers(n).With(i, -1)
					want := form + "?" + page.Query(one, but, "")
					if len(one.Engine.Next(but)) == 0 {
						want = page.RecommendationPath(one, but)
					}
					if got := post(slices.Delete(slices.Clone(fields), i, i+1)...); got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != want {
						t.Errorf("posted without %s: %s to %q, want %q", fields[i], got.Status, got.Header.Get("Location"), want)
					}
				}
				// Two that are wrong are both asked.
				first, last := one.Questionnaire.Questions[0].ID, one.Questionnaire.Questions[len(fields)-1].ID
				got := post(append(fields[1:len(fields)-1:len(fields)-1], first+"=x", last+"=x")...)
				now := readStep(t, got.body)
				if got.StatusCode != http.StatusUnprocessableEntity || !slices.Equal(now.asks, []string{first, last}) || len(now.errors) != 2 || len(now.checked) != len(fields)-2 {
					t.Errorf("two wrong: %s, %+v", got.Status, now)
				}
				if len(now.numbers) == 2 && now.numbers[0] == now.numbers[1] {
					t.Errorf("two questions are numbered %q", now.numbers[0])
				}
			}
			first := one.Questionnaire.Questions[one.Engine.Next(nothing(one))[0]].ID
			for _, fields := range []string{"", page.AskedKey + "=" + first, page.AskedKey + "=", "unasked=x", first + "="} {
				got := post(fields)
				if now := readStep(t, got.body); got.StatusCode != http.StatusUnprocessableEntity || !slices.Equal(now.asks, []string{first}) || len(now.errors) != 1 {
					t.Errorf("posted %q: %s, %+v", fields, got.Status, now)
				}
			}
		}
	})
}

// TestBadForms: whatever no browser makes of the form gets a clear answer.
func TestBadForms(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		one := c.site.Comparisons[0]
		form := "/compare/" + one.Slug + "/questionnaire"
		whole := query(one, 0)
		var many strings.Builder
		for i := range 1000 {
			fmt.Fprintf(&many, "f%d=x&", i)
		}
		for _, bad := range []struct {
			name, kind, body string
			status           int
		}{
			{"nothing", "application/x-www-form-urlencoded", "", 422},
			{"charset", "application/x-www-form-urlencoded; charset=UTF-8", whole, 303},
			{"multipart", "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--x--\r\n", 415},
			{"json", "application/json", "{}", 415},
			{"no type", "", whole, 415},
			{"odd type", "; ;", whole, 415},
			{"invalid UTF-8", "application/x-www-form-urlencoded", "a=%ff", 422},
			{"raw invalid UTF-8", "application/x-www-form-urlencoded", "a=\xff", 422},
			{"control character", "application/x-www-form-urlencoded", "a=%00", 422},
			{"malformed escape", "application/x-www-form-urlencoded", "a=%zz", 400},
			{"semicolons", "application/x-www-form-urlencoded", "a=b;c=d", 400},
			{"a thousand fields", "application/x-www-form-urlencoded", many.String(), 413},
			{"a megabyte", "application/x-www-form-urlencoded", "a=" + strings.Repeat("b", 1<<20), 413},
			{"an answer of 60 KB", "application/x-www-form-urlencoded", one.Questionnaire.Questions[0].ID + "=" + strings.Repeat("b", 60<<10), 422},
		} {
			got := s.do(t, http.MethodPost, form, bad.body, "Content-Type: "+bad.kind)
			if got.StatusCode != bad.status || bad.status >= 400 && !strings.Contains(got.body, "<h1") {
				t.Errorf("%s: %s, want %d", bad.name, got.Status, bad.status)
			}
		}
		if got := s.get(t, form); got.StatusCode != http.StatusOK {
			t.Errorf("and then: %s", got.Status)
		}
	})
}

func TestCrossOriginPost(t *testing.T) {
	t.Parallel()
	c := fixture()
	s := serve(t, c, unlimited)
	one := c.site.Comparisons[0]
	form := "/compare/" + one.Slug + "/questionnaire"
	whole := query(one, 0)
	for header, status := range map[string]int{
		"Sec-Fetch-Site: cross-site":     403,
		"Sec-Fetch-Site: same-site":      403,
		"Sec-Fetch-Site: same-origin":    303,
		"Sec-Fetch-Site: none":           303,
		"Origin: https://evil.example":   403,
		"Origin: null":                   403,
		"Origin: " + s.URL:               303,
		"Origin: " + baseURL:             303, // behind a proxy that asks for another host
		"X-Requested-With: a-script-too": 303,
	} {
		got := s.post(t, form, whole, header)
		if got.StatusCode != status {
			t.Errorf("%s: %s, want %d", header, got.Status, status)
		}
		if status == 403 && !strings.Contains(got.body, `href="`+form+`"`) {
			t.Errorf("%s: the page does not lead to the form", header)
		}
	}
}

func TestPostLimit(t *testing.T) {
	t.Parallel()
	c := fixture()
	form := "/compare/" + c.site.Comparisons[0].Slug + "/questionnaire"
	trusting := web.Limits{PostsPerMinute: 3, TrustedProxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8")}}
	for _, test := range []struct {
		name    string
		limits  web.Limits
		headers []string // of the posts, one after the other
		last    int      // the status of the last
	}{
		{"within", web.Limits{PostsPerMinute: 3}, []string{"A: a", "A: a", "A: a"}, 422},
		{"beyond", web.Limits{PostsPerMinute: 3}, []string{"A: a", "A: a", "A: a", "A: a"}, 429},
		{"nobody is trusted", web.Limits{PostsPerMinute: 3}, []string{"X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: 192.0.2.2", "X-Forwarded-For: 192.0.2.3", "X-Forwarded-For: 192.0.2.4"}, 429},
		{"clients of a proxy", trusting, []string{"X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: 192.0.2.4"}, 422},
		{"one client of a proxy", trusting, []string{"X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: 192.0.2.1, 10.1.1.1", "X-Forwarded-For: 192.0.2.1", "X-Forwarded-For: 192.0.2.1"}, 429},
		{"a client that claims to be others", trusting, []string{"X-Forwarded-For: 192.0.2.2, 192.0.2.1", "X-Forwarded-For: 192.0.2.3, 192.0.2.1", "X-Forwarded-For: 192.0.2.4, 192.0.2.1", "X-Forwarded-For: 192.0.2.5, 192.0.2.1"}, 429},
		{"one IPv6 network", trusting, []string{"X-Forwarded-For: 2001:db8::1", "X-Forwarded-For: 2001:db8::2", "X-Forwarded-For: 2001:db8::3", "X-Forwarded-For: 2001:db8::4"}, 429},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, c, web.Options{Limits: test.limits})
			var last answer
			for _, header := range test.headers {
				last = s.post(t, form, "", header)
			}
			if last.StatusCode != test.last {
				t.Errorf("the last post: %s, want %d", last.Status, test.last)
			}
			if test.last == 429 && (last.Header.Get("Retry-After") != "60" || !strings.Contains(last.body, "<h1")) {
				t.Errorf("Retry-After: %q", last.Header.Get("Retry-After"))
			}
			if got := s.get(t, form); got.StatusCode != http.StatusOK {
				t.Errorf("GET: %s", got.Status)
			}
		})
	}
}

// TestPostLimitKeepsAnswers: who has to wait finds every answer in the form again.
func TestPostLimitKeepsAnswers(t *testing.T) {
	both(t, func(t *testing.T, c content, _ listening) {
		s := serve(t, c, web.Options{Limits: web.Limits{PostsPerMinute: 1}})
		one := c.site.Comparisons[0]
		form, answers := "/compare/"+one.Slug+"/questionnaire", page.Query(one, one.Engine.Answers(0), "")
		s.post(t, form, answers)
		got := s.post(t, form, answers+"&"+page.AskedKey+"=&extra=1")
		again := form + "?" + answers
		if got.StatusCode != http.StatusTooManyRequests || !strings.Contains(html.UnescapeString(got.body), `href="`+again+`"`) {
			t.Errorf("%s: no link leads to %s", got.Status, again)
		}
		if n := strings.Count(s.get(t, again).body, " checked"); n != len(one.Questionnaire.Questions) {
			t.Errorf("%d answers are kept, want %d", n, len(one.Questionnaire.Questions))
		}
	})
}

// TestUnknownProxies: what an address that is not trusted says of others is not
// believed, and the operator hears of it, once.
func TestUnknownProxies(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		trusted []netip.Prefix
		header  string
		warned  int
	}{
		"nobody is trusted":        {nil, "X-Forwarded-For: 192.0.2.1", 1},
		"others are trusted":       {[]netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, "X-Forwarded-For: 192.0.2.1", 1},
		"the proxy is trusted":     {[]netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, "X-Forwarded-For: 192.0.2.1", 0},
		"nobody speaks for others": {nil, "A: a", 0},
	} {
		log := new(buffer)
		s := serve(t, fixture(), web.Options{Limits: web.Limits{TrustedProxies: test.trusted}, Logger: slog.New(slog.NewTextHandler(log, nil))})
		for range 3 {
			s.get(t, "/", test.header)
		}
		if got := strings.Count(log.String(), "level=WARN msg=\"X-Forwarded-For comes from"); got != test.warned || strings.Contains(log.String(), "127.0.0.1") {
			t.Errorf("%s: %d warnings:\n%s", name, got, log)
		}
	}
}

// TestRecommendation: there is one address for each combination of answers, and
// whatever else an address says leads to it, or to the form.
func TestRecommendation(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		for _, one := range c.site.Comparisons {
			base := "/compare/" + one.Slug + "/recommendation"
			number := one.Engine.Combinations() / 2
			whole := query(one, number)
			fields, v := answerFields(one, number), one.Engine.Version()
			answers := strings.Join(fields, "&")
			name, first, _ := strings.Cut(fields[0], "=")
			allBut := strings.Join(fields[1:], "&")
			others := slices.Clone(one.Questionnaire.Questions[0].Options)
			others = slices.DeleteFunc(others, func(o comparison.Option) bool { return o.ID == first })
			outcome := `data-outcome="` + one.Engine.Outcome(one.Engine.Answers(number)).ID + `"`

			for _, query := range []string{whole, answers, answers + "&v=00000000"} {
				got := s.get(t, base+"?"+query)
				if got.StatusCode != http.StatusOK || !strings.Contains(got.body, outcome) || got.Header.Get("X-Robots-Tag") != "noindex" {
					t.Errorf("%s: %s", query, got.Status)
				}
				markdown := s.get(t, base+".md?"+query)
				if markdown.StatusCode != http.StatusOK || !strings.HasPrefix(markdown.Header.Get("Content-Type"), "text/markdown") {
					t.Errorf("%s as Markdown: %s", query, markdown.Status)
				}
				if named := s.get(t, base+"?"+query, "Accept: text/markdown"); named.body != markdown.body {
					t.Errorf("%s: Accept: text/markdown gets something else than .md", query)
				}
			}
			stale := html.EscapeString(c.site.Words.OnRecommendation.Stale.String())
			for query, says := range map[string]bool{whole: false, answers: false, answers + "&v=00000000": true} {
				if got := s.get(t, base+"?"+query).body; strings.Contains(got, stale) != says {
					t.Errorf("%s: that the rules have changed is said: %v", query, !says)
				}
			}

			for query, want := range map[string]string{
				"gone=x&" + allBut:              allBut,
				allBut + "&" + fields[0]:        answers,
				"v=" + v + "&" + answers:        whole,
				answers + "&utm_source=x":       answers,
				answers + "&" + fields[0]:       answers,
				whole + "&":                     whole,
				answers + "&v=" + v + "&v=" + v: whole,
				"&" + answers:                   answers,
				answers + "&&v=00000000":        answers + "&v=00000000",
				answers + "&v=odd%20one":        answers,
				answers + "&v=" + v[:6]:         answers, // cut off on its way
				fmt.Sprintf("%s=%%%02x%s&%s", name, first[0], first[1:], allBut): answers,
			} {
				got := s.get(t, base+"?"+query)
				if to := got.Header.Get("Location"); got.StatusCode != http.StatusPermanentRedirect || to != base+"?"+want {
					t.Errorf("%s: %s to %q, want %q", query, got.Status, to, want)
				} else if next := s.get(t, to); next.StatusCode != http.StatusOK {
					t.Errorf("%s leads to %s: %s", query, to, next.Status)
				}
			}

			// What is not answered counts as unsure.
			some := one.Engine.Answers(number).With(0, -1)
			got := s.get(t, base+"?"+allBut)
			if want := `data-outcome="` + one.Engine.Outcome(some).ID + `"`; got.StatusCode != http.StatusOK || !strings.Contains(got.body, want) {
				t.Errorf("%s: %s, want %s", allBut, got.Status, want)
			}

			// What cannot be used leads to the form, with the rest.
			for query, kept := range map[string]string{
				"":                             "",
				"?":                            "",
				"?gone=x":                      "",
				"?v=" + v:                      "",
				"?" + name + "=":               "",
				"?%zz":                         "",
				"?a=%ff%00":                    "",
				"?=":                           "",
				"?;":                           "",
				"?" + name + "=gone&" + allBut: allBut,
				"?" + name + "=%ff":            "",
				"?" + answers + "&" + name + "=" + others[0].ID: allBut,
			} {
				got := s.get(t, base+query)
				now := readStep(t, got.body)
				if got.StatusCode != http.StatusOK || page.Query(one, one.Engine.Read(now.checked).Choice, "") != kept || len(now.errors) > 0 || strings.Contains(got.body, "data-outcome") {
					t.Errorf("%s: %s, %+v", base+query, got.Status, now)
				}
				if bad := strings.Contains(query, name+"=gone") || strings.Contains(query, others[0].ID) || strings.Contains(query, "ff"); bad && !strings.Contains(query, "%00") && !slices.Equal(now.asks, []string{name}) {
					t.Errorf("%s: it asks %q, want %q", base+query, now.asks, name)
				}
				if got.Header.Get("X-Robots-Tag") != "noindex" {
					t.Errorf("%s may be indexed", base+query)
				}
			}
		}
	})
}

// TestFormerAnswers: an answer that has another id now is understood by its former
// one, wherever it comes.
func TestFormerAnswers(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		former := 0
		for _, one := range c.site.Comparisons {
			base := "/compare/" + one.Slug
			for q, question := range one.Questionnaire.Questions {
				for o, option := range question.Options {
					for _, alias := range option.Aliases {
						former++
						a := one.Engine.Answers(0).With(q, o)
						today := page.Query(one, a, "")
						old := strings.Replace(today, question.ID+"="+option.ID, question.ID+"="+alias.ID, 1)
						for from, to := range map[string]string{
							"/recommendation?" + old + "&v=00000000": "/recommendation?" + today + "&v=00000000",
							"/recommendation.md?" + old:              "/recommendation.md?" + today,
							"/recommendation.json?" + old:            "/recommendation.json?" + today,
						} {
							if got := s.get(t, base+from); old == today || got.StatusCode != http.StatusPermanentRedirect || got.Header.Get("Location") != base+to {
								t.Errorf("%s: %s to %q, want %q", from, got.Status, got.Header.Get("Location"), to)
							}
						}
						if got := s.post(t, base+"/questionnaire", old); got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != page.RecommendationPath(one, a) {
							t.Errorf("posted %s: %s to %q", old, got.Status, got.Header.Get("Location"))
						}
						if got := readStep(t, s.get(t, base+"/questionnaire?"+old).body).checked; !slices.Equal(got[question.ID], []string{option.ID}) {
							t.Errorf("the form with %s has chosen %q", old, got[question.ID])
						}
					}
				}
			}
		}
		if former == 0 {
			t.Error("no answer had another id")
		}
	})
}

// TestEveryOutcome: the page of each outcome exists, and says which it is.
func TestEveryOutcome(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		for _, one := range c.site.Comparisons {
			engine := one.Engine
			seen := map[*comparison.Outcome]bool{}
			for n := range engine.Combinations() {
				a := engine.Answers(n)
				o := engine.Outcome(a)
				if seen[o] {
					continue
				}
				seen[o] = true
				got := s.get(t, "/compare/"+one.Slug+"/recommendation?"+query(one, n))
				want := fmt.Sprintf(`data-outcome="%s"`, o.ID)
				certainty := fmt.Sprintf(`data-certainty="%s"`, engine.Recommend(a).Certainty)
				if !strings.Contains(got.body, want) || !strings.Contains(got.body, certainty) {
					t.Errorf("%s lacks %s or %s", query(one, n), want, certainty)
				}
			}
			if len(seen) != len(one.Outcomes.All()) {
				t.Errorf("%d of %d outcomes were seen", len(seen), len(one.Outcomes.All()))
			}
		}
	})
}

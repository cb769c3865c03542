package web_test

import (
	"fmt"
	"net/http"
	"net/netip"
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

// chosen returns the answers that the form on a page has chosen, and every
// answer it offers.
func chosen(t *testing.T, body string) (checked, offered url.Values) {
	t.Helper()
	checked, offered = url.Values{}, url.Values{}
	for in := html.NewTokenizer(strings.NewReader(body)); ; {
		kind := in.Next()
		if kind == html.ErrorToken {
			return checked, offered
		}
		token := in.Token()
		attributes := map[string]string{}
		for _, a := range token.Attr {
			attributes[a.Key] = a.Val
		}
		if token.Data != "input" || attributes["type"] != "radio" {
			continue
		}
		offered.Add(attributes["name"], attributes["value"])
		if _, ok := attributes["checked"]; ok {
			checked.Add(attributes["name"], attributes["value"])
		}
	}
}

// answerFields are the fields of a form with a combination of answers.
func answerFields(c *site.Comparison, n int) []string {
	return strings.Split(page.Query(c, c.Engine.Answers(n), ""), "&")
}

func TestForm(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		for _, one := range c.site.Comparisons {
			form := "/compare/" + one.Slug + "/questionnaire"
			questions := one.Questionnaire.Questions
			checked, offered := chosen(t, s.get(t, form).body)
			if len(checked) > 0 {
				t.Errorf("%s: %v is chosen beforehand", form, checked)
			}
			for _, q := range questions {
				for i, o := range q.Options {
					if len(offered[q.ID]) != len(q.Options) || offered[q.ID][i] != o.ID {
						t.Fatalf("%s: question %s offers %q", form, q.ID, offered[q.ID])
					}
				}
			}

			// Prefilled by the address, in whatever company.
			fields := answerFields(one, 0)
			first, last := fields[0], questions[len(questions)-1].ID
			for _, query := range []string{first, first + "&utm_source=mail", "x=%zz&" + first, first + "&" + last + "=nonsense%ff"} {
				got := s.get(t, form+"?"+query)
				if checked, _ := chosen(t, got.body); got.StatusCode != http.StatusOK || checked.Encode() != first {
					t.Errorf("%s?%s: %s, chosen: %s", form, query, got.Status, checked.Encode())
				}
			}
			if plain, tagged := s.get(t, form), s.get(t, form+"?utm_source=mail"); plain.body != tagged.body || tagged.Header.Get("X-Robots-Tag") != "" {
				t.Errorf("%s is another page for a query that is none of ours", form)
			}

			// All but the last answer: the form again, with everything kept.
			answers := strings.Join(fields, "&")
			allBut := strings.Join(fields[:len(fields)-1], "&")
			partial := allBut + "&unasked=x"
			got := s.post(t, form, partial)
			checked, _ = chosen(t, got.body)
			if got.StatusCode != http.StatusUnprocessableEntity || len(checked) != len(questions)-1 || checked.Has(last) {
				t.Errorf("posted %s: %s, chosen: %s", partial, got.Status, checked.Encode())
			}
			if !strings.Contains(got.body, `href="#`+last) {
				t.Errorf("posted %s: no link to the question that is missing", partial)
			}
			if got.Header.Get("X-Robots-Tag") != "noindex" {
				t.Errorf("posted %s: may be indexed", partial)
			}

			// An answer given twice, differently, or that is none.
			for _, wrong := range []string{
				answers + "&" + last + "=not-sure",
				allBut + "&" + last + "=%3Cscript%3E",
			} {
				got := s.post(t, form, wrong)
				if got.StatusCode != http.StatusUnprocessableEntity || strings.Contains(got.body, "<script>") {
					t.Errorf("posted %s: %s", wrong, got.Status)
				}
			}
			// Twice the same is once.
			if got := s.post(t, form, answers+"&"+answers); got.StatusCode != http.StatusSeeOther {
				t.Errorf("posted twice the same: %s", got.Status)
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
			{"invalid UTF-8", "application/x-www-form-urlencoded", "a=%ff", 400},
			{"raw invalid UTF-8", "application/x-www-form-urlencoded", "a=\xff", 400},
			{"control character", "application/x-www-form-urlencoded", "a=%00", 400},
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
			if today, stale := s.get(t, base+"?"+whole), s.get(t, base+"?"+answers+"&v=00000000"); today.body == stale.body {
				t.Errorf("the page does not say that the rules have changed")
			}

			for query, want := range map[string]string{
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

			for _, query := range []string{
				"", "?", "?" + allBut, "?gone=x&" + allBut, "?" + name + "=gone&" + allBut,
				"?" + answers + "&" + name + "=" + others[0].ID, "?%zz", "?a=%ff%00", "?=", "?;",
			} {
				got := s.get(t, base+query)
				_, offered := chosen(t, got.body)
				if got.StatusCode != http.StatusOK || len(offered) != len(one.Questionnaire.Questions) || strings.Contains(got.body, "data-outcome") {
					t.Errorf("%s: %s, %d questions", base+query, got.Status, len(offered))
				}
				if got.Header.Get("X-Robots-Tag") != "noindex" {
					t.Errorf("%s may be indexed", base+query)
				}
			}
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
			if len(seen) != len(one.Outcomes.Items) {
				t.Errorf("%d of %d outcomes were seen", len(seen), len(one.Outcomes.Items))
			}
		}
	})
}

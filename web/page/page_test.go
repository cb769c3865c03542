package page_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"rolecompare/internal/comparison"
	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/internal/recommend"
	"rolecompare/internal/site"
	"rolecompare/web/page"
)

// statuses are those that have words of their own, and one that has not.
var statuses = []int{400, 403, 404, 405, 406, 408, 413, 415, 429, 500, 503}

// states are all pages of a site, the form in each of its states, and a
// recommendation of each kind.
func states(t *testing.T, site *page.Site) map[string]page.View {
	t.Helper()
	out := map[string]page.View{
		"index":               page.Index{Site: site},
		"index, nothing told": page.Index{Site: site, Nothing: true},
		"roles":               page.RoleTable{Site: site},
		"services":            page.Services{Site: site},
	}
	for _, r := range site.Roles {
		out["role "+r.ID] = page.RoleProfile{Site: site, Role: r}
	}
	for _, s := range site.Services {
		out["service "+s.ID] = page.Service{Site: site, Service: s}
	}
	for _, p := range site.Pages {
		out["plain "+p.ID] = page.Plain{Site: site, Page: p}
	}
	for _, status := range statuses {
		out["problem "+strconv.Itoa(status)] = page.Problem{Site: site, Status: status, RequestID: "abc123", Path: "/compare"}
	}
	for _, c := range site.Comparisons {
		out[c.Slug] = page.Comparison{Site: site, Comparison: c}
		out[c.Slug+" method"] = page.Method{Site: site, Comparison: c}
		for i, item := range c.FAQ.Items {
			out[fmt.Sprint(c.Slug, " question ", i)] = page.FAQ{Site: site, Comparison: c, Item: item}
		}
		for name, v := range forms(site, c) {
			out[c.Slug+" form "+name] = v
		}
		for name, v := range recommendations(site, c) {
			out[c.Slug+" recommendation "+name] = v
		}
	}
	return out
}

// forms is the form in each of its states: each step, from the first to the one
// where nothing is left to ask; steps that were sent and cannot be taken; and
// addresses that cannot be used as they are.
func forms(s *page.Site, c *site.Comparison) map[string]page.Questionnaire {
	questions := c.Questionnaire.Questions
	out := map[string]page.Questionnaire{}
	nothing, _ := c.Engine.Read(nil).Answers()
	for step, a := 0, nothing; ; step++ {
		fields, _ := url.ParseQuery(page.Query(c, a, ""))
		form := page.Questionnaire{Site: s, Comparison: c, Submission: c.Engine.Read(fields)}
		out[fmt.Sprint("step ", step)] = form
		next := c.Engine.Next(a)
		if len(next) == 0 {
			break
		}
		form.Submitted, form.Skipped = true, next[:1]
		out[fmt.Sprint("step ", step, " skipped")] = form
		a = longest(c, a)
	}
	wrong := url.Values{questions[0].ID: {"<wrong>"}, "extra": {"1"}}
	wrong[questions[1].ID] = []string{questions[1].Options[0].ID, questions[1].Options[1].ID}
	form := page.Questionnaire{Site: s, Comparison: c, Submission: c.Engine.Read(wrong), Submitted: true}
	out["wrong"] = form
	form.Submitted, form.Dropped = false, true
	out["dropped"] = form
	form.Submission = c.Engine.Read(url.Values{questions[0].ID: {strings.Repeat("long ", 50)}})
	out["dropped long"] = form
	return out
}

// longest answers the next question so that as many as possible are left.
func longest(c *site.Comparison, a recommend.Answers) recommend.Answers {
	q := c.Engine.Next(a)[0]
	most, best := -1, a
	for o := range len(c.Questionnaire.Questions[q].Options) - 1 {
		if left := len(c.Engine.Next(a.With(q, o))); left > most {
			most, best = left, a.With(q, o)
		}
	}
	return best
}

// recommendations is one of each kind, that is of each outcome and certainty, and
// with and without each part that a page may lack. Every other one is stale.
func recommendations(s *page.Site, c *site.Comparison) map[string]page.Recommendation {
	out := map[string]page.Recommendation{}
	add := func(a recommend.Answers) {
		r := c.Engine.Recommend(a)
		count := false
		for _, reason := range r.DecidedBy {
			count = count || reason.Condition != nil && reason.Condition.Role >= 0
		}
		agreed := 0
		for role := range c.Roles {
			if _, ok := r.Agreed(role); ok {
				agreed++
			}
		}
		kind := fmt.Sprint(r.Outcome.ID, " ", r.Certainty, " ", len(r.WhatIfs) > 0, " ", len(r.Ask), " ", count, " ", agreed)
		if _, seen := out[kind]; !seen {
			out[kind] = page.Recommendation{Site: s, Comparison: c, Result: r, Stale: len(out)%2 == 0}
		}
	}
	for n := range c.Engine.Combinations() {
		add(c.Engine.Answers(n))
	}
	for _, e := range c.Examples.Items {
		r := c.Engine.Recommend(examined(c, e))
		out["of "+e.ID] = page.Recommendation{Site: s, Comparison: c, Result: r}
	}
	nothing, _ := c.Engine.Read(nil).Answers()
	out["of nothing"] = page.Recommendation{Site: s, Comparison: c, Result: c.Engine.Recommend(nothing)}
	return out
}

// examined are an example's answers.
func examined(c *site.Comparison, e comparison.Example) recommend.Answers {
	return site.AnswersOf(c.Comparison, e)
}

// today is the day of these tests.
var today = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func read(t testing.TB, fsys fs.FS) *page.Site {
	t.Helper()
	site, found := page.Load(fsys, today)
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return site
}

// parsed renders a page and parses it.
func parsed(t *testing.T, f page.Frame, v page.View) *html.Node {
	t.Helper()
	document, err := html.Parse(strings.NewReader(rendered(t, f, v)))
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func attribute(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// named returns what a node is called: its label, or else its words.
func named(n *html.Node) string {
	if label, ok := attribute(n, "aria-label"); ok {
		return label
	}
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}

// TestPages checks of every page in every state what no browser is needed for.
func TestPages(t *testing.T) {
	t.Parallel()
	for name, fsys := range map[string]fs.FS{"content": os.DirFS("../../content"), "fixture": markdowntest.Fixture()} {
		site := read(t, fsys)
		for state, v := range states(t, site) {
			t.Run(name+"/"+state, func(t *testing.T) {
				t.Parallel()
				document := parsed(t, page.Frame{Site: site, BaseURL: "https://example.com"}, v)
				var (
					ids      = map[string]bool{}
					pointed  []string // ids that something points at
					headings []int
				)
				for n := range document.Descendants() {
					if n.Type != html.ElementNode {
						continue
					}
					for _, a := range n.Attr {
						switch {
						case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
							t.Errorf("<%s> has %s=%q, which the content security policy forbids", n.Data, a.Key, a.Val)
						case a.Key == "id" && ids[a.Val]:
							t.Errorf("the id %q is there twice", a.Val)
						case a.Key == "id":
							ids[a.Val] = true
						case a.Key == "for" || a.Key == "aria-labelledby" || a.Key == "aria-describedby":
							pointed = append(pointed, strings.Fields(a.Val)...)
						case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
							pointed = append(pointed, a.Val[1:])
						}
					}
					switch n.Data {
					case "h1", "h2", "h3", "h4":
						headings = append(headings, int(n.Data[1]-'0'))
						fallthrough
					case "a", "button", "legend", "th", "caption", "label", "title":
						if named(n) == "" {
							t.Errorf("a <%s> has no name", n.Data)
						}
					case "script":
						if _, ok := attribute(n, "src"); !ok && n.FirstChild != nil {
							if kind, _ := attribute(n, "type"); kind != "application/ld+json" {
								t.Errorf("there is an inline script")
							}
						}
					}
				}
				for _, id := range pointed {
					if !ids[id] {
						t.Errorf("something points at #%s, which is not there", id)
					}
				}
				if n := len(slices.DeleteFunc(slices.Clone(headings), func(h int) bool { return h != 1 })); n != 1 {
					t.Errorf("there are %d main headings", n)
				}
				for i, h := range headings {
					if i > 0 && h > headings[i-1]+1 || i == 0 && h > 2 {
						t.Errorf("the headings skip a level: %v", headings)
						break
					}
				}
				head := v.Head()
				if head.Title == "" || head.Description == "" {
					t.Errorf("the head lacks a title or a description: %+v", head)
				}
			})
		}
	}
}

// TestNoRoleIsKnown renders a pair of roles that has nothing to do with the one
// this site began with. The words of the interface, which are the authors', do not
// matter here.
func TestNoRoleIsKnown(t *testing.T) {
	t.Parallel()
	site := read(t, markdowntest.Fixture())
	name(reflect.ValueOf(&site.Words).Elem(), "")
	known := regexp.MustCompile(`(?i)assistant|manager|belay|office|\bva\b`)
	for state, v := range states(t, site) {
		document := rendered(t, page.Frame{Site: site, BaseURL: "https://example.com"}, v)
		if words := known.FindAllString(document, -1); words != nil {
			t.Errorf("%s speaks of %q", state, words)
		}
	}
}

// TestMarksAreTheRoles gives the roles each other's marks: then every mark on every
// page is the other's, wherever its role stands, and nothing that is said changes.
func TestMarksAreTheRoles(t *testing.T) {
	t.Parallel()
	fsys := markdowntest.Fixture()
	before := read(t, fsys)
	for role, mark := range map[string]string{"gardener": "3", "landscaper": "1", "florist": "2"} {
		file := fsys["roles/"+role+".md"]
		file.Data = regexp.MustCompile(`(?m)^mark: \d$`).ReplaceAll(file.Data, []byte("mark: "+mark))
	}
	after := read(t, fsys)
	other := map[string]string{"1": "2", "2": "3", "3": "1"}
	marks := regexp.MustCompile(`data-role="([^"]*)"`)
	markup := regexp.MustCompile(`<[^>]*>`)
	pages, count := states(t, after), 0
	for name, v := range states(t, before) {
		was, is := rendered(t, page.Frame{Site: before}, v), rendered(t, page.Frame{Site: after}, pages[name])
		if !slices.Equal(strings.Fields(markup.ReplaceAllString(was, " ")), strings.Fields(markup.ReplaceAllString(is, " "))) {
			t.Errorf("%s says something else", name)
		}
		now := marks.FindAllStringSubmatch(is, -1)
		for i, m := range marks.FindAllStringSubmatch(was, -1) {
			if count++; i >= len(now) || now[i][1] != other[m[1]] {
				t.Errorf("%s: mark %d was %s and is not %s", name, i+1, m[1], other[m[1]])
				break
			}
		}
	}
	if count < 100 {
		t.Errorf("only %d marks were seen", count)
	}
}

// TestEveryPhraseIsShown looks for each phrase of the interface: one that no page
// shows is of no use to its authors.
func TestEveryPhraseIsShown(t *testing.T) {
	t.Parallel()
	// The fixture has no occasion for these; tests of their own have.
	elsewhere := []string{"dates months", "comparison neither", "recommendation close-together", "method at-most", "method at-least-of", "method at-most-of", "method less-than-one"}
	site := read(t, markdowntest.Fixture())
	var all strings.Builder
	for _, v := range states(t, site) {
		all.WriteString(rendered(t, page.Frame{Site: site}, v))
	}
	shown := all.String()
	var check func(v reflect.Value, key string)
	check = func(v reflect.Value, key string) {
		for i := range v.NumField() {
			own, _ := comparison.Key(v.Type().Field(i))
			key := strings.TrimSpace(key + " " + own)
			if slices.Contains(elsewhere, key) {
				continue
			}
			if v.Field(i).Kind() == reflect.Struct {
				check(v.Field(i), key)
				continue
			}
			said := false
			for form := range strings.SplitSeq(v.Field(i).String(), " | ") {
				parts := regexp.MustCompile(`\{[a-z]+\}`).Split(html.EscapeString(form), -1)
				for j := range parts {
					parts[j] = regexp.QuoteMeta(parts[j])
				}
				said = said || regexp.MustCompile(strings.Join(parts, `[^{}]*`)).MatchString(shown)
			}
			if !said {
				t.Errorf("no page shows the words of %s: %q", key, v.Field(i))
			}
		}
	}
	check(reflect.ValueOf(site.Words), "")
}

var (
	literal  = regexp.MustCompile(`templruntime\.WriteString\(templ_7745c5c3_Buffer, \d+, ("(?:[^"\\]|\\.)*")\)`)
	element  = regexp.MustCompile(`<[^>]*>`)
	labelled = regexp.MustCompile(`(?:aria-label|alt|title|placeholder)=\\?"[^"\\]`)
)

// TestNoWordsInTemplates reads what the templates write of themselves: there is
// markup, and no word for a visitor.
func TestNoWordsInTemplates(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*_templ.go")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no templates", err)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var written strings.Builder
		for _, m := range literal.FindAllStringSubmatch(string(source), -1) {
			s, err := strconv.Unquote(m[1])
			if err != nil {
				t.Fatal(err)
			}
			written.WriteString(s)
		}
		if words := regexp.MustCompile(`\pL[\pL ]*`).FindAllString(element.ReplaceAllString(written.String(), ""), -1); words != nil {
			t.Errorf("%s writes words of its own: %q", file, words)
		}
		if labels := labelled.FindAllString(written.String(), -1); labels != nil {
			t.Errorf("%s writes a label of its own: %q", file, labels)
		}
	}
}

// TestStylesheetFits checks that the classes of the pages and those of the
// stylesheet are the same.
func TestStylesheetFits(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("../../static/site.css")
	if err != nil {
		t.Fatal(err)
	}
	css := regexp.MustCompile(`(?s)/\*.*?\*/|"[^"]*"`).ReplaceAllString(string(b), "")
	styled := map[string]bool{}
	for _, rule := range regexp.MustCompile(`([^{};]*)\{`).FindAllStringSubmatch(css, -1) {
		if strings.Contains(rule[1], "@layer") {
			continue
		}
		for _, m := range regexp.MustCompile(`\.([a-z][a-z-]*)`).FindAllStringSubmatch(rule[1], -1) {
			styled[m[1]] = true
		}
	}
	used := map[string]bool{}
	for _, fsys := range []fs.FS{os.DirFS("../../content"), markdowntest.Fixture()} {
		site := read(t, fsys)
		for _, v := range states(t, site) {
			for n := range parsed(t, page.Frame{Site: site}, v).Descendants() {
				classes, _ := attribute(n, "class")
				for _, c := range strings.Fields(classes) {
					used[c] = true
				}
			}
		}
	}
	for c := range used {
		if !styled[c] {
			t.Errorf("the stylesheet has no rule for .%s", c)
		}
	}
	for c := range styled {
		if !used[c] {
			t.Errorf("the stylesheet has a rule for .%s, which no page has", c)
		}
	}
}

// TestMatrix: a task that both roles have in the same words is there once, between
// those of the first and those of the second, and is either's.
func TestMatrix(t *testing.T) {
	t.Parallel()
	fsys := markdowntest.Fixture()
	for _, role := range []string{"gardener", "landscaper"} {
		file := fsys["roles/"+role+".md"]
		file.Data = bytes.Replace(file.Data, []byte("\n- "), []byte("\n- sweeping up\n- "), 1)
	}
	site := read(t, fsys)
	c := site.Comparisons[0]
	var got, want []string
	for n := range parsed(t, page.Frame{Site: site}, page.Comparison{Site: site, Comparison: c}).Descendants() {
		if class, _ := attribute(n.Parent, "class"); n.Data != "tr" || n.Parent.Data != "tbody" || class != "" {
			continue
		}
		if class, _ := attribute(n.Parent.Parent, "class"); class == "tasks" {
			var row []string
			for cell := range n.ChildNodes() {
				if cell.Type == html.ElementNode {
					row = append(row, named(cell))
				}
			}
			got = append(got, strings.Join(row, "|"))
		}
	}
	does := site.Words.OnComparison.Does.String()
	for _, d := range c.Roles[0].Duties.Items[1:] {
		want = append(want, d.Text+"|"+does+"|")
	}
	want = append(want, "sweeping up|"+does+"|"+does)
	for _, d := range c.Roles[1].Duties.Items[1:] {
		want = append(want, d.Text+"||"+does)
	}
	if !slices.Equal(got, want) {
		t.Errorf("the tasks are %q, want %q", got, want)
	}
}

func TestHead(t *testing.T) {
	t.Parallel()
	site := read(t, markdowntest.Fixture())
	site.Language = "pt-br"
	site.Words.OnQuestionnaire.ErrorTitle = "Wrong: {title}"
	all := states(t, site)
	slug, item := site.Comparisons[0].Slug, site.Comparisons[0].FAQ.Items[0]
	recommendation := slices.Sorted(maps.Keys(all))[slices.IndexFunc(slices.Sorted(maps.Keys(all)), func(s string) bool {
		return strings.HasPrefix(s, slug+" recommendation")
	})]
	for _, test := range []struct {
		state, base string
		has, lacks  []string
	}{
		{slug, "https://example.com",
			[]string{`rel="canonical" href="https://example.com/compare/` + slug + `"`, `property="og:image" content="https://example.com/og/compare/` + slug + `.png"`, `type="text/markdown" href="/compare/` + slug + `.md"`, `aria-current="page"`},
			[]string{"noindex"}},
		{slug, "", nil, []string{"canonical", "og:image", "og:url"}},
		{slug, "https://example.com",
			[]string{`"@type":"FAQPage"`, `"@type":"Service"`, `"@type":"Organization"`, `"dateModified":"2026-11-02"`, `name="twitter:card"`, `property="og:description"`, `name="theme-color"`, `rel="icon"`},
			nil},
		{slug + " method", "https://example.com", []string{`"@type":"BreadcrumbList"`, `"dateModified":"2026-11-02"`}, nil},
		{"service " + site.Services[0].ID, "https://example.com",
			[]string{`"@type":"Service"`, `content="https://example.com/og/services/` + site.Services[0].ID + `.png"`}, nil},
		// Phones share the canonical address, and chats look at og:url: pages that
		// are not to be indexed have neither, so that what is shared is what is seen.
		{slug + " question 0", "https://example.com",
			[]string{"noindex", `property="og:image" content="https://example.com/og/compare/` + slug + `/faq/` + item.ID + `.png"`, `name="description" content="` + item.Answer.Text[:30]},
			[]string{`rel="canonical"`, "og:url"}},
		{recommendation, "https://example.com",
			[]string{"noindex", `property="og:image" content="https://example.com/og/compare/` + slug + `/outcome/`},
			[]string{`rel="canonical"`, "og:url"}},
		{slug + " form wrong", "", []string{"<title>Wrong: "}, nil},
		{slug + " form dropped", "", nil, []string{"<title>Wrong: "}},
		{"problem 404", "https://example.com", []string{"noindex", `<html lang="pt-br">`}, []string{"canonical"}},
	} {
		document := rendered(t, page.Frame{Site: site, BaseURL: test.base}, all[test.state])
		for _, s := range test.has {
			if !strings.Contains(document, s) {
				t.Errorf("%s lacks %s", test.state, s)
			}
		}
		for _, s := range test.lacks {
			if strings.Contains(document, s) {
				t.Errorf("%s has %s", test.state, s)
			}
		}
	}
}

// TestErrors follows each entry of the summary to the first answer of its
// question, and finds the same words there.
func TestErrors(t *testing.T) {
	t.Parallel()
	s := read(t, markdowntest.Fixture())
	c := s.Comparisons[0]
	all := forms(s, c)
	first := c.Engine.Next(all["step 0"].Submission.Choice)[0]
	second := c.Engine.Next(all["step 1"].Submission.Choice)[0]
	for state, questions := range map[string][]int{"wrong": {0, 1}, "step 0 skipped": {first}, "step 1 skipped": {second}} {
		document := rendered(t, page.Frame{Site: s}, all[state])
		summary, form, ok := strings.Cut(document, "<h1")
		if !ok || !regexp.MustCompile(`id="error-summary" tabindex="-1">\s*<div role="alert">\s*<h2>`).MatchString(summary) {
			t.Fatalf("%s: there is no summary above the heading that is told at once", state)
		}
		if n := strings.Count(summary, `<a href="#`); n != len(questions) {
			t.Errorf("%s: the summary has %d entries, want %d", state, n, len(questions))
		}
		for _, i := range questions {
			q := c.Questionnaire.Questions[i]
			m := regexp.MustCompile(`<a href="#` + q.ID + `-` + q.Options[0].ID + `">([^<]+)</a>`).FindStringSubmatch(summary)
			if m == nil {
				t.Errorf("%s: the summary does not lead to %q", state, q.Ask)
				continue
			}
			_, question, _ := strings.Cut(form, `<fieldset id="`+q.ID+`"`)
			question, _, _ = strings.Cut(question, "</fieldset>")
			words := `<p class="error" id="` + q.ID + `--error"><span class="visually-hidden">` + s.Words.OnQuestionnaire.Error.String() + `</span> ` + m[1] + `</p>`
			if !strings.Contains(question, words) || !strings.Contains(question, `id="`+q.ID+`-`+q.Options[0].ID+`"`) {
				t.Errorf("%s: the question %q does not say %q", state, q.Ask, m[1])
			}
			if !regexp.MustCompile(`^[^>]*aria-describedby="[^"]*` + q.ID + `--error"`).MatchString(question) {
				t.Errorf("%s: the question %q is not described by what is wrong", state, q.Ask)
			}
		}
		if strings.Contains(document, "<wrong>") {
			t.Error("what the visitor sent is not escaped")
		}
	}
}

func BenchmarkRender(b *testing.B) {
	site := read(b, markdowntest.Fixture())
	c := site.Comparisons[0]
	for name, v := range map[string]page.View{
		"comparison":     page.Comparison{Site: site, Comparison: c},
		"recommendation": page.Recommendation{Site: site, Comparison: c, Result: c.Engine.Recommend(c.Engine.Answers(0))},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := page.Render(discard{}, page.Frame{Site: site}, v); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

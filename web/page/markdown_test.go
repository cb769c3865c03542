package page_test

import (
	"bytes"
	stdhtml "html"
	"io/fs"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"
	"golang.org/x/tools/txtar"

	"rolecompare/internal/comparison"
	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/web/page"
)

// facts is a page and what it must say.
type facts struct {
	name string
	view page.View
	says []string
}

// pages are all pages of a site that have a Markdown form, with what the
// authors wrote for each, and every outcome once.
func pages(t *testing.T, fsys fs.FS) (*page.Site, []facts) {
	t.Helper()
	site := read(t, fsys)
	var out []facts
	add := func(v page.View, said ...any) {
		var says []string
		for _, s := range said {
			says = append(says, written(reflect.ValueOf(s))...)
		}
		out = append(out, facts{reflect.TypeOf(v).Name() + " " + v.Head().Path, v, says})
	}
	add(page.Index{Site: site}, site.Name, site.Summary, site.Intro)
	for _, c := range site.Comparisons {
		roles := []any{} // what introduces their duties stands on pages of their own
		for _, r := range c.Roles {
			roles = append(roles, r.Name, r.Summary, r.When, r.Duties.Name, r.Duties.Items, r.Duties.Question, r.Duties.Outro, r.Duties.Wont)
		}
		add(page.Comparison{Site: site, Comparison: c}, append(roles,
			c.Title, c.Summary, c.Sources, c.Overview, c.Differences, c.Responsibilities, c.Signs,
			c.Together, c.Provider, c.FAQ, c.Closing)...)
		for _, item := range c.FAQ.Items {
			add(page.FAQ{Site: site, Comparison: c, Item: item}, item)
		}
		method := []any{c.Title, c.Signs.Roles[0].Items, c.Signs.Roles[1].Items}
		for _, q := range c.Questionnaire.Questions {
			method = append(method, q.Ask)
			for _, o := range q.Options {
				method = append(method, o.Label)
			}
		}
		for _, o := range c.Outcomes.Items {
			method = append(method, o.Title, o.ReasonTitle, o.Reason)
		}
		for _, e := range c.Examples.Items {
			method = append(method, e.Title, e.Text, c.Outcome(e.Outcome.ID).Headline)
		}
		add(page.Method{Site: site, Comparison: c}, method...)

		all := recommendations(site, c)
		for _, kind := range slices.Sorted(maps.Keys(all)) {
			v := all[kind]
			r := v.Result
			o := r.Outcome
			said := []any{o.Headline, o.Why, o.Advice, o.StepsTitle, o.Steps, c.Signs.Roles[0].Items, c.Signs.Roles[1].Items}
			for q, question := range c.Questionnaire.Questions {
				said = append(said, question.Ask)
				if r.Answers[q] >= 0 {
					said = append(said, question.Options[r.Answers[q]].Label)
				}
			}
			for _, reason := range r.DecidedBy {
				for _, a := range reason.Answers {
					said = append(said, c.Questionnaire.Questions[a.Question].Options[a.Option].Because)
				}
			}
			for _, w := range r.WhatIfs {
				if o.ID == comparison.Undecided {
					break // what is open comes first
				}
				for _, change := range w.Changes {
					said = append(said, w.Outcome.Title, c.Questionnaire.Questions[change.Question].Options[change.Option].If)
				}
			}
			for _, ask := range r.Ask {
				said = append(said, c.Questionnaire.Questions[ask.Question].Ask)
				for _, lead := range ask.Leads {
					said = append(said, lead.Outcome.Title)
				}
			}
			add(v, said...)
		}
	}
	var sideBySide []any
	for _, r := range site.Roles {
		sideBySide = append(sideBySide, r.Name, r.Need, r.Summary, r.Duties.Question)
	}
	add(page.RoleTable{Site: site}, sideBySide...)
	for _, r := range site.Roles {
		add(page.RoleProfile{Site: site, Role: r}, r.Name, r.Need, r.Summary, r.Duties)
	}
	var services []any
	for _, s := range site.Services {
		services = append(services, s.Title, s.Summary)
	}
	add(page.Services{Site: site}, services...)
	for _, s := range site.Services {
		add(page.Service{Site: site, Service: s}, s.Title, s.Summary, s.Body)
	}
	for _, p := range site.Pages {
		add(page.Plain{Site: site, Page: p}, p.Title, p.Summary, p.Body)
	}
	return site, out
}

// markdown is a page as Markdown.
func markdown(t *testing.T, f page.Frame, v page.View) string {
	t.Helper()
	b, err := page.Markdown(f, v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// shown are the fields whose text visitors read.
var shown = map[string]bool{
	"Title": true, "Text": true, "Name": true, "Summary": true, "When": true, "Publisher": true,
	"Caption": true, "Detail": true, "Headline": true, "Why": true,
}

// written returns what the authors wrote in a part of the model, a block of
// prose at a time.
func written(v reflect.Value) []string {
	if !v.IsValid() {
		return nil
	}
	switch x := v.Interface().(type) {
	case string:
		return []string{x}
	case comparison.Prose:
		return strings.Split(x.Text, "\n")
	}
	var out []string
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return written(v.Elem())
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			out = append(out, written(v.Index(i))...)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if v.Field(i).Kind() != reflect.String || shown[f.Name] {
				if f.Name != "At" && f.Name != "Aliases" {
					out = append(out, written(v.Field(i))...)
				}
			}
		}
	}
	return out
}

// letters is a text without everything but its letters and digits: what is the
// same however it is set.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

var (
	mainElement = regexp.MustCompile(`(?s)<main.*</main>`)
	unread      = regexp.MustCompile(`(?s)<(script|style)[^>]*>.*?</(script|style)>`)
	tag         = regexp.MustCompile(`(?s)<[^>]*>`)
	parts       = regexp.MustCompile(`\n|→|\||·`) // what the Markdown puts side by side
	numbering   = regexp.MustCompile(`^ *[0-9]+\. `)
	destination = regexp.MustCompile(`\]\([^)]*\)`)
)

func rendered(t *testing.T, f page.Frame, v page.View) string {
	t.Helper()
	var b bytes.Buffer
	if err := page.Render(&b, f, v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func textOf(document string) string {
	return letters(stdhtml.UnescapeString(tag.ReplaceAllString(unread.ReplaceAllString(document, ""), " ")))
}

// blocks are the texts of the smallest blocks of a document's main element, a row
// of a table being one: so the Markdown must have them whole, and a table's sides
// in their order. Left out is what is of use on a page alone.
func blocks(t *testing.T, v page.View, document string) (out []string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	block := map[string]bool{"p": true, "li": true, "dt": true, "dd": true, "tr": true, "h1": true, "h2": true, "h3": true, "h4": true, "figcaption": true}
	ofThePage := func(n *html.Node) bool {
		switch n.Data {
		case "nav", "caption", "button", "output", "svg", "script":
			return true
		case "a":
			href, _ := attribute(n, "href")
			_, labelled := attribute(n, "aria-label")                            // it changes an answer
			return labelled && n.Parent.Data != "p" || href == v.Head().Markdown // to this very Markdown
		}
		class, _ := attribute(n, "class")
		return class == "address" // there is a link instead
	}
	var text func(n *html.Node) string
	text = func(n *html.Node) string {
		if n.Type == html.TextNode {
			return n.Data
		}
		if ofThePage(n) {
			return ""
		}
		var b strings.Builder
		for c := range n.ChildNodes() {
			b.WriteString(text(c))
		}
		return b.String()
	}
	inner := func(n *html.Node) bool {
		for d := range n.Descendants() {
			if block[d.Data] {
				return true
			}
		}
		return false
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.ElementNode && ofThePage(n):
		case n.Type == html.ElementNode && block[n.Data] && !inner(n):
			out = append(out, text(n))
		default:
			for c := range n.ChildNodes() {
				walk(c)
			}
		}
	}
	for n := range root.Descendants() {
		if n.Data == "main" {
			walk(n)
		}
	}
	return out
}

// TestMarkdownSaysTheSame compares each page's Markdown with its HTML: what the
// authors wrote for the page is in both, sentence for sentence.
func TestMarkdownSaysTheSame(t *testing.T) {
	t.Parallel()
	for name, fsys := range map[string]fs.FS{"content": os.DirFS("../../content"), "fixture": markdowntest.Fixture()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			site, all := pages(t, fsys)
			for _, p := range all {
				md := markdown(t, page.Frame{Site: site}, p.view)
				inHTML := textOf(mainElement.FindString(rendered(t, page.Frame{Site: site}, p.view)))
				inMarkdown := letters(destination.ReplaceAllString(md, "]"))
				if len(p.says) == 0 {
					t.Errorf("%s: the test knows nothing that it says", p.name)
				}
				for _, s := range p.says {
					if !strings.Contains(inHTML, letters(s)) {
						t.Errorf("%s: the HTML does not say %q", p.name, s)
					}
					if !strings.Contains(inMarkdown, letters(s)) {
						t.Errorf("%s: the Markdown does not say %q", p.name, s)
					}
				}
				for _, s := range parts.Split(destination.ReplaceAllString(md, "]"), -1) {
					if !strings.Contains(inHTML, letters(numbering.ReplaceAllString(s, ""))) {
						t.Errorf("%s: the HTML does not say %q, as the Markdown does", p.name, s)
					}
				}
				for _, block := range blocks(t, p.view, rendered(t, page.Frame{Site: site}, p.view)) {
					if !strings.Contains(inMarkdown, letters(block)) {
						t.Errorf("%s: the Markdown does not say %q, as the HTML does", p.name, block)
					}
				}
				if !strings.HasPrefix(md, "# ") || strings.Count(md, "\n# ") > 0 {
					t.Errorf("%s: the Markdown does not begin with its one title", p.name)
				}
				if strings.Contains(md, "\n\n\n") || strings.Contains(md, "<nil>") || strings.Contains(md, "%!") || strings.ContainsAny(md, "{}") {
					t.Errorf("%s: the Markdown is badly written:\n%s", p.name, md)
				}
			}
		})
	}
}

// TestMarkdownReads holds the Markdown of a page of each kind against the one kept,
// since only people can tell whether it reads well. The words of the interface are
// their keys, so that the authors may change them.
func TestMarkdownReads(t *testing.T) {
	t.Parallel()
	const file = "testdata/markdown.txtar"
	kept, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	site, all := pages(t, markdowntest.Fixture())
	name(reflect.ValueOf(&site.Words).Elem(), "")
	now := &txtar.Archive{Comment: kept.Comment}
	seen := map[string]bool{}
	for _, p := range all {
		kind := reflect.TypeOf(p.view).Name()
		if r, ok := p.view.(page.Recommendation); ok && r.Result.Outcome.ID == comparison.Undecided {
			kind += ", undecided"
		}
		if !seen[kind] {
			seen[kind] = true
			md := markdown(t, page.Frame{Site: site, BaseURL: "https://example.com"}, p.view)
			now.Files = append(now.Files, txtar.File{Name: p.name, Data: []byte(md)})
		}
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(now), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if got := txtar.Format(now); !bytes.Equal(got, txtar.Format(kept)) {
		t.Errorf("the Markdown is now\n%s\nIf it reads well, run this test with -update.", got)
	}
}

// name has each phrase say what it is, and what is filled in.
func name(words reflect.Value, key string) {
	for i := range words.NumField() {
		own, _ := comparison.Key(words.Type().Field(i))
		key := strings.TrimSpace(key + " " + own)
		if words.Field(i).Kind() == reflect.Struct {
			name(words.Field(i), key)
			continue
		}
		for held := range strings.FieldsFuncSeq(words.Type().Field(i).Tag.Get("holds"), func(r rune) bool { return r == ',' }) {
			key += " {" + held + "}"
		}
		words.Field(i).SetString("‹" + key + "›")
	}
}

// TestMarkdownLinks checks that the links of a page's Markdown are those of its
// HTML: whole addresses or absolute paths, which lead somewhere from wherever the
// Markdown is read.
func TestMarkdownLinks(t *testing.T) {
	t.Parallel()
	site, all := pages(t, markdowntest.Fixture())
	links := regexp.MustCompile(`\]\(([^)\s]*)`)
	rooted := regexp.MustCompile(`\]\(/`)
	for _, p := range all {
		document := stdhtml.UnescapeString(rendered(t, page.Frame{Site: site}, p.view))
		md := markdown(t, page.Frame{Site: site}, p.view)
		for _, m := range links.FindAllStringSubmatch(md, -1) {
			if !regexp.MustCompile(`^(/|https://|mailto:)`).MatchString(m[1]) {
				t.Errorf("%s: the link to %q leads nowhere from elsewhere", p.name, m[1])
			}
			// The HTML links to places on the same page by their fragment alone.
			if !strings.Contains(document, `"`+m[1]+`"`) && !strings.Contains(document, `"`+strings.TrimPrefix(m[1], p.view.Head().Path)+`"`) {
				t.Errorf("%s: the HTML has no link to %q", p.name, m[1])
			}
		}
		whole := markdown(t, page.Frame{Site: site, BaseURL: "https://example.com"}, p.view)
		if whole != rooted.ReplaceAllString(md, "](https://example.com/") {
			t.Errorf("%s: where the site knows its address, more changes than links to it, or less:\n%s", p.name, whole)
		}
		for _, link := range heading.FindAllString(md, -1) {
			t.Errorf("%s: a heading links to itself: %s", p.name, link)
		}
	}
}

var heading = regexp.MustCompile(`(?m)^#+ .*\]\(.*`)

// TestMarkdownShowsWordsAsTheyAre reads Markdown as others do, and finds words
// that look like markup as they were written.
func TestMarkdownShowsWordsAsTheyAre(t *testing.T) {
	t.Parallel()
	const words = "1. Rakes *and* [hoes] | <b>_spades_</b> `code` # 2) \\&c."
	site := read(t, markdowntest.Fixture())
	c, model := *site.Comparisons[0], *site.Comparisons[0].Comparison
	c.Comparison = &model
	c.Title = words
	c.Differences.Items = slices.Clone(c.Differences.Items)
	c.Differences.Items[0].Title = words
	c.Differences.Items[0].Sides[0].HTML = "<p>All of these:</p><ul><li>beds</li><li>borders</li></ul>" // a cell has one line
	gfm := goldmark.New(goldmark.WithExtensions(extension.GFM))
	for where, v := range map[string]page.View{
		"a": page.FAQ{Site: site, Comparison: &c, Item: c.FAQ.Items[0]}, "h1": page.Comparison{Site: site, Comparison: &c}, "td": page.Comparison{Site: site, Comparison: &c},
	} {
		var b bytes.Buffer
		if err := gfm.Convert([]byte(markdown(t, page.Frame{Site: site}, v)), &b); err != nil {
			t.Fatal(err)
		}
		root, err := html.Parse(&b)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for n := range root.Descendants() {
			found = found || n.Data == where && named(n) == words
		}
		if !found {
			t.Errorf("no %s is %s:\n%s", where, words, markdown(t, page.Frame{Site: site}, v))
		}
	}
}

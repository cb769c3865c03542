package markdown_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"rolecompare/internal/comparison"
	"rolecompare/internal/markdown"
	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/internal/site"
)

func TestContent(t *testing.T) {
	t.Parallel()
	valid(t, os.DirFS("../../content"))
}

func TestFixture(t *testing.T) {
	t.Parallel()
	site := valid(t, markdowntest.Fixture())
	var got []string
	for _, c := range site.Comparisons {
		got = append(got, c.Slug)
	}
	if want := []string{"gardener-vs-landscaper", "gardener-vs-florist"}; !slices.Equal(got, want) {
		t.Errorf("comparisons %v, want %v: those with a smaller order come first", got, want)
	}
	if s := site.Services; s[0].ID != "cut-flowers" || s[1].ID != "lawn-care" {
		t.Errorf("services %s, %s: those with a smaller order come first", s[0].ID, s[1].ID)
	}
	c := site.Comparisons[0]
	if got, want := c.Roles[1].Name, "Landscaper"; got != want {
		t.Errorf("second role %q, want %q", got, want)
	}
	if got, want := c.Reviewed.Format("2006-01-02"), "2026-11-02"; got != want {
		t.Errorf("reviewed %s, want %s", got, want)
	}
	if got, want := c.Together.Stages[1].Roles, (comparison.AtWork{true, true}); got != want {
		t.Errorf("roles at work %v, want %v", got, want)
	}
	if d := c.Roles[0].Duties; d.Question.HTML != "What does the garden need today?" || d.Items[2].HTML != "<em>compost</em>, always" {
		t.Errorf("question %q, item %q: they are inline", d.Question.HTML, d.Items[2].HTML)
	}
	if got := site.Pages[0].Order; got != math.MaxInt32 {
		t.Errorf("order %d of a page that has none: it comes last", got)
	}
	sign, role := c.Sign("new-structure")
	if sign == nil || role != 1 || sign.Text.Text != "you want paths, walls or a terrace" {
		t.Errorf("sign %+v of role %d", sign, role)
	}
	o := c.Outcomes.Items[0]
	if o.Recommends != (comparison.Standings{comparison.Later, comparison.Now}) || o.StepsTitle != "What to do next" ||
		len(o.Steps) != 2 || o.ReasonTitle != "Why the ground comes first" || o.Reason.IsZero() {
		t.Errorf("outcome %+v", o)
	}
	if u := c.Outcomes.Undecided; u.ID != comparison.Undecided || u.Headline != "Tell us a little more" || len(u.FAQ) != 1 || len(u.Advice.Links) != 1 ||
		len(u.Rule) > 0 || len(c.Outcomes.Items) != 3 {
		t.Errorf("undecided: %+v", u)
	}
	if w := c.Roles[0].Duties.Wont; w.Title != "What a Gardener won’t do" || len(w.Items) != 2 || w.Items[1].HTML != "Decide <em>where</em> the terrace goes" {
		t.Errorf("what the first role won't do: %+v", w)
	}
	if q := c.Questionnaire.Questions; !q[0].Fact || q[0].Amount || q[1].Fact || q[1].Amount || q[2].Fact || !q[2].Amount ||
		q[1].Options[2].Because != "you don’t know yet what you want" || q[2].Options[2].Aliases[1].ID != "never" {
		t.Errorf("questions: %+v", q)
	}
	if o := site.Organization; o.Disclosure == "" || !o.Sold("gardener") || o.Sold("landscaper") {
		t.Errorf("the publisher: %+v", o)
	}
	e := c.Examples
	if e.ID != "examples" || e.Body.IsZero() || len(e.Items) != 4 || len(site.Comparisons[1].Examples.Items) > 0 {
		t.Errorf("examples: %+v", e)
	}
	at := func(line, column int) comparison.Position {
		return comparison.Position{File: "comparisons/gardener-vs-landscaper/examples.md", Line: line, Column: column}
	}
	rose := e.Items[0]
	if got, want := rose.Answers[1], (comparison.Given{At: at(12, 3), Question: "plans", Label: "The garden I have, kept well"}); got != want {
		t.Errorf("answer %+v, want %+v", got, want)
	}
	if rose.ID != "rose-garden" || rose.Recommends != (comparison.Standings{comparison.Now, comparison.Out}) || rose.Met != (comparison.Tally{2, 0}) ||
		rose.Certainty != "close" || rose.Why == "" || len(rose.Decided) != 3 || !strings.Contains(rose.Text.HTML, "<em>every</em>") {
		t.Errorf("example %+v", rose)
	}
	if got, want := rose.Changes[1], (comparison.WhatElse{At: at(27, 5), If: "your ground flooded", Outcome: comparison.Ref{At: at(28, 14), ID: "landscaper"}}); got != want {
		t.Errorf("what else %+v, want %+v", got, want)
	}
	if got, want := e.Items[2].Answers[1].Label, "Something else, and I can’t say what yet"; got != want {
		t.Errorf("label %q, want %q: it is typeset as the questionnaire is", got, want)
	}
	if got, want := c.Outcomes.Items[1].Rule[3], (comparison.Line{
		At:   comparison.Position{File: "comparisons/gardener-vs-landscaper/outcomes.md", Line: 40, Column: 1},
		Text: "weekly-care is met",
	}); got != want {
		t.Errorf("line of a rule %+v, want %+v", got, want)
	}
	if got, want := site.Published[1], (comparison.Link{
		At: comparison.Position{File: "links.txt", Line: 2, Column: 1}, URL: "/compare/gardener-vs-landscaper#intro",
	}); got != want {
		t.Errorf("published %+v, want %+v", got, want)
	}
	want := []comparison.Link{
		{At: comparison.Position{File: "site.md", Line: 15, Column: 62}, URL: "/compare/gardener-vs-florist"},
	}
	if got := site.Intro.Links; !slices.Equal(got, want) {
		t.Errorf("links %+v, want %+v", got, want)
	}
}

// A question that is written elsewhere has its words from there, and means here
// what is said here.
func TestSharedQuestions(t *testing.T) {
	t.Parallel()
	site, found := read(markdowntest.Fixture())
	if len(found) > 0 {
		t.Fatal(found)
	}
	whole, taken := site.Comparisons[0].Questionnaire.Questions[2], site.Comparisons[1].Questionnaire.Questions[2]
	if taken.Ask != whole.Ask || !taken.Amount || len(taken.Options) != 4 || taken.Option("rarely") != 2 || taken.Options[1].Label != whole.Options[1].Label {
		t.Errorf("%+v has not the words of %+v", taken, whole)
	}
	if o := taken.Options; o[0].Meets[0].ID != "growing" || len(o[1].Meets)+len(o[1].Fails) > 0 || o[2].Fails[0].ID != "growing" || whole.Options[0].Meets[0].ID != "weekly-care" {
		t.Errorf("the answers mean %+v", o)
	}
}

func TestLanguage(t *testing.T) {
	t.Parallel()
	fsys := markdowntest.Fixture()
	if got := valid(t, fsys).Language; got != "en" {
		t.Errorf("without a language the site is in %q, want English", got)
	}
	fsys["site.md"].Data = bytes.Replace(fsys["site.md"].Data, []byte("contact:"), []byte("language: pt-br\ncontact:"), 1)
	if got := valid(t, fsys).Language; got != "pt-br" {
		t.Errorf("the language is %q, want pt-br", got)
	}
}

// TestExamples proves that the examples in the README for authors make a valid
// content folder.
func TestExamples(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../content/README.md")
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{"words.md": markdowntest.Fixture()["words.md"]}
	for _, fence := range []string{"```", "````"} { // the longer where the example has a fence itself
		example := regexp.MustCompile(`(?s)<!-- example: (\S+) -->\n` + fence + `markdown\n(.*?\n)` + fence + `\n`)
		for _, m := range example.FindAllSubmatch(readme, -1) {
			fsys[string(m[1])] = &fstest.MapFile{Data: m[2]}
		}
	}
	if len(fsys) < 14 {
		t.Errorf("the README has %d examples, fewer than there are files", len(fsys)-1)
	}
	valid(t, fsys)
}

// valid reads a content folder in which nothing may be wrong, nor in its rules,
// nor in its examples.
func valid(t *testing.T, fsys fs.FS) *comparison.Site {
	t.Helper()
	s, found := site.Load(fsys, site.Options{})
	if len(found) > 0 {
		t.Fatal(found)
	}
	return s.Site
}

// TestFiles tries what no text file can show: bytes that are no text, and
// files and folders that are none.
func TestFiles(t *testing.T) {
	t.Parallel()
	const file = "comparisons/gardener-vs-landscaper/closing.md"
	for name, c := range map[string]struct {
		data string
		want string // of the first line of the report; empty: none
	}{
		"windows":         {"\ufeff# Still deciding? {#still-deciding}\r\n\r\nLook.\r\n", ""},
		"windows, fault":  {"\ufeff# Still deciding?\r\n\r\nLook.\r\n", file + ":1:1: the heading has no id; end it with one in braces: {#still-deciding}"},
		"no last newline": {"# Still deciding? {#still-deciding}\n\nLook.", ""},
		"NUL":             {"# Still deciding? {#still-deciding}\n\nDürf\x00en.\n", file + ":3:5: there is a character here that shows nothing (U+0000); remove it, or save the file again with the encoding UTF-8"},
		"escape":          {"# Still deciding? {#still-deciding}\n\n\x1b[31mLook.\n", file + ":3:1: there is a character here that shows nothing (U+001B); remove it, or save the file again with the encoding UTF-8"},
		"turned":          {"# Still deciding? {#still-deciding}\n\nLook\u202e.\n", file + ":3:5: there is a character here that shows nothing (U+202E); remove it, or save the file again with the encoding UTF-8"},
		"latin 1":         {"# Still deciding? {#still-deciding}\n\nD\xfcrfen.\n", file + ":3:2: there is a character here that shows nothing (U+FFFD); remove it, or save the file again with the encoding UTF-8"},
		"too large":       {"# Still deciding? {#still-deciding}\n\n" + strings.Repeat("Look.\n", 50_000), file + ": the file is larger than 256 KiB; is it the right one? If so, make it smaller"},
		"blank":           {" \n\n", file + ": the file is empty; write it; the README of the content folder shows how"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fsys := markdowntest.Fixture()
			fsys[file] = &fstest.MapFile{Data: []byte(c.data)}
			_, found := read(fsys)
			if strings.ContainsFunc(found.Error(), func(r rune) bool { return unicode.IsControl(r) && r != '\n' || r == '\u202e' }) {
				t.Errorf("the report would garble a terminal: %q", found.Error())
			}
			got, _, _ := strings.Cut(found.Error(), "\n")
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestFolders tries folders on disk that are not as they should be.
func TestFolders(t *testing.T) {
	t.Parallel()
	const closing = "comparisons/gardener-vs-landscaper/closing.md"
	for name, c := range map[string]struct {
		change func(dir string) error
		want   string
	}{
		"missing": {os.RemoveAll, ".: the content folder cannot be read: no such file or directory; name the folder that holds site.md and comparisons"},
		"a file": {func(dir string) error {
			if err := os.RemoveAll(dir); err != nil {
				return err
			}
			return os.WriteFile(dir, nil, 0o600)
		}, ".: the content folder cannot be read: not a directory; name the folder that holds site.md and comparisons"},
		"empty": {func(dir string) error {
			if err := os.RemoveAll(dir); err != nil {
				return err
			}
			return os.Mkdir(dir, 0o700)
		}, ".: this is no content folder: it has no site.md, no words.md and no comparisons; name the folder that has them"},
		"linked file": {func(dir string) error {
			if err := os.Rename(filepath.Join(dir, closing), filepath.Join(dir, "..", "closing.md")); err != nil {
				return err
			}
			return os.Symlink(filepath.Join(dir, "..", "closing.md"), filepath.Join(dir, closing))
		}, closing + ": this is no file or folder, but perhaps a link to one, and links are not followed; put the file itself here"},
		"linked folder": {func(dir string) error {
			return os.Symlink("gardener-vs-landscaper", filepath.Join(dir, "comparisons", "gardener-vs-mole"))
		}, "comparisons/gardener-vs-mole: this is no file or folder, but perhaps a link to one, and links are not followed; put the file itself here"},
		"folder for a file": {func(dir string) error {
			if err := os.Remove(filepath.Join(dir, closing)); err != nil {
				return err
			}
			return os.Mkdir(filepath.Join(dir, closing), 0o700)
		}, closing + ": a folder of this name is not expected here; remove it"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if runtime.GOOS == "windows" {
				return
			}
			dir := filepath.Join(t.TempDir(), "content")
			if err := os.CopyFS(dir, markdowntest.Fixture()); err != nil {
				t.Fatal(err)
			}
			if err := c.change(dir); err != nil {
				t.Fatal(err)
			}
			_, found := read(os.DirFS(dir))
			if got := found.Error(); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// FuzzRead puts any text in the place of each kind of file.
func FuzzRead(f *testing.F) {
	fixture := markdowntest.Fixture()
	names := []string{"links.txt", "site.md", "words.md", "services/lawn-care.md"}
	for name := range fixture {
		if strings.HasPrefix(name, "comparisons/gardener-vs-landscaper/") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for i, name := range names {
		f.Add(uint8(i), fixture[name].Data)
	}
	for _, s := range []string{
		"---\na: &a [*a]\n---\n", "# {#", "- {#a}\n  - \t{#b}", "> # a {#b}\n", "a\n={#b}\n===", "![[](<)](", "<!-->\n<!-- --> -->", "---\n---\n---", "\t- a {#b aliases=\" c  d\te\"}",
	} {
		for i := range names {
			f.Add(uint8(i), []byte(s))
		}
	}
	f.Fuzz(func(t *testing.T, i uint8, data []byte) {
		name := names[int(i)%len(names)]
		fsys := fstest.MapFS{}
		for n, file := range fixture {
			fsys[n] = file
		}
		fsys[name] = &fstest.MapFile{Data: data}
		site, found := read(fsys)
		if site == nil {
			t.Fatal("no site")
		}
		for _, d := range found {
			if d.At.File == "" || d.Message == "" || d.Hint == "" || d.At.Line > 0 && d.At.Column < 1 {
				t.Errorf("%+v", d)
			}
		}
		for _, c := range site.Comparisons {
			for _, p := range []comparison.Prose{c.Overview.Body, c.Closing.Body, c.Provider.Body} {
				for _, bad := range []string{"<script", "javascript:", "<!--", "style=", "onerror=\""} {
					if html := p.HTML; strings.Contains(html, bad) && found.Err() == nil {
						t.Errorf("%q in %q", bad, html)
					}
				}
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	for _, n := range []int{1, 100, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			fsys := markdowntest.Fixture()
			var size int64
			for name, file := range markdowntest.Fixture() {
				rest, ok := strings.CutPrefix(name, "comparisons/gardener-vs-landscaper/")
				for i := 0; ok && i < n; i++ {
					fsys[fmt.Sprintf("comparisons/gardener-vs-landscaper-%d/%s", i, rest)] = file
					size += int64(len(file.Data))
				}
			}
			dir := b.TempDir()
			if err := os.CopyFS(dir, fsys); err != nil {
				b.Fatal(err)
			}
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				if site, found := markdown.Read(os.DirFS(dir), nil); len(found) > 0 || len(site.Comparisons) != n+2 {
					b.Fatal("not all were read", found)
				}
			}
		})
	}
}

// TestLinksAreKept counts the links of the fixture's files, wherever they stand.
func TestLinksAreKept(t *testing.T) {
	t.Parallel()
	fsys := markdowntest.Fixture()
	site, _ := markdown.Read(fsys, nil)
	written := map[string]int{}
	for name, file := range fsys {
		written[path.Dir(name)] += strings.Count(string(file.Data), "](")
	}
	kept := map[string]int{}
	for _, c := range site.Comparisons {
		kept[path.Dir(c.At.File)] += len(c.Links)
	}
	for _, r := range site.Roles {
		kept["roles"] += len(r.Links)
	}
	for folder, n := range kept {
		if n != written[folder] {
			t.Errorf("of the %d links in %s, %d are kept", written[folder], folder, n)
		}
	}
	if kept["roles"] == 0 || kept["comparisons/gardener-vs-landscaper"] == 0 {
		t.Errorf("the fixture has no links to keep: %v", kept)
	}
}

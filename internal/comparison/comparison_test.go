package comparison

import (
	"strings"
	"testing"
)

func TestIsID(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]bool{
		"a": true, "a-b": true, "a1-2b": true, "404": true,
		"": false, "-": false, "a-": false, "-a": false, "a--b": false, "A": false, "a b": false, "ä": false, "a_b": false, "a\n": false,
		strings.Repeat("a", 81): false,
	} {
		if got := IsID(id); got != want {
			t.Errorf("IsID(%q) = %v", id, got)
		}
	}
}

func TestMakeID(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"Primary focus":          "primary-focus",
		"When it's needed?":      "when-its-needed",
		"  Größe – Überblick!  ": "grosse-uberblick",
		"日本":                     "id",
		"":                       "id",
		"Can a very long question, of the kind that people ask, be an id?": "can-a-very-long-question-of-the-kind",
	} {
		got := MakeID(words)
		if got != want {
			t.Errorf("MakeID(%q) = %q, want %q", words, got, want)
		}
		if !IsID(got) {
			t.Errorf("MakeID(%q) = %q is no id", words, got)
		}
	}
}

func TestSuggest(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		wrote string
		known []string
		want  string
	}{
		{"editon", []string{"title", "edition"}, "did you mean “edition”?"},
		{"Title", []string{"title", "edition"}, "did you mean “title”?"},
		{"tilte", []string{"title", "edition"}, "did you mean “title”?"},
		{"colour", []string{"title", "edition"}, "it may be “title”, “edition”"},
		{"colour", nil, "remove it"},
		{"colour", strings.Split(strings.Repeat("something-else ", 13), " "), "check how it is spelt"},
	} {
		if got := Suggest(c.wrote, c.known); got != c.want {
			t.Errorf("Suggest(%q, %q) = %q, want %q", c.wrote, c.known, got, c.want)
		}
	}
}

func TestNumber(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 11520: "11,520", 1234567: "1,234,567"} {
		if got := Number(n); got != want {
			t.Errorf("%d is written %q, want %q", n, got, want)
		}
	}
}

func TestDiagnostics(t *testing.T) {
	t.Parallel()
	var found Diagnostics
	found.Add(Position{"b.md", 2, 3}, "wrong", "mend it")
	found.Warn(Position{"a.md", 1, 2}, "doubtful", "")
	if found.Err() == nil {
		t.Error("a mistake is no error")
	}
	found.Add(Position{File: "b.md"}, "missing", "write it")
	found.Add(Position{"b.md", 2, 3}, "wrong", "mend it")
	found = found.Causes()
	found.Sort()
	for i := range found {
		found[i].Source = "\täß"
	}
	if got, want := found.Error(), "a.md:1:2: warning: doubtful\n     äß\n     ^\nb.md: missing; write it\nb.md:2:3: wrong; mend it\n     äß\n      ^"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if err := found[:1].Err(); err != nil {
		t.Errorf("a warning is an error: %v", err)
	}
}

// What needs what was lost, or misses what another misses, follows from it.
func TestCauses(t *testing.T) {
	t.Parallel()
	at := func(file string) Position { return Position{File: file, Line: 1, Column: 1} }
	for name, c := range map[string]struct {
		find func(ds *Diagnostics)
		want string
	}{
		"what was lost": {func(ds *Diagnostics) {
			ds.Lose(at("a/faq.md"), "broken", "")
			ds.Miss(at("a/outcomes.md"), "no such question", "", "a/q", "a/faq.md")
			ds.Miss(at("links.txt"), "leads nowhere", "", "a/r", "a/")
			ds.Miss(at("b/outcomes.md"), "no such question", "", "b/q", "b/faq.md")
		}, "a/faq.md:1:1: broken (and 2 that follow from this)\nb/outcomes.md:1:1: no such question"},
		"what loses nothing": {func(ds *Diagnostics) {
			ds.Add(at("a/faq.md"), "too long", "")
			ds.Miss(at("a/outcomes.md"), "no such question", "", "a/q", "a/faq.md")
		}, "a/faq.md:1:1: too long\na/outcomes.md:1:1: no such question"},
		"a folder as a whole": {func(ds *Diagnostics) {
			ds.Lose(Position{File: "a"}, "files are missing", "")
			ds.Miss(at("links.txt"), "leads nowhere", "", "", "a/faq.md")
			ds.Miss(at("links.txt"), "leads astray", "", "", "ab/faq.md")
		}, "a: files are missing (and 1 that follows from this)\nlinks.txt:1:1: leads astray"},
		"what others miss, too": {func(ds *Diagnostics) {
			ds.Miss(at("b.md"), "no such sign", "", "sign")
			ds.Miss(at("a.md"), "no such sign", "", "sign")
			ds.Miss(at("a.md"), "no such role", "", "role")
		}, "b.md:1:1: no such sign (and 1 that follows from this)\na.md:1:1: no such role"},
		"what follows from what follows": {func(ds *Diagnostics) {
			ds.Lose(at("signs.md"), "broken", "")
			ds.Miss(at("questionnaire.md"), "no such sign", "", "sign", "signs.md")
			(*ds)[1].Lost = true
			ds.Miss(at("outcomes.md"), "never reached", "", "", "questionnaire.md")
		}, "signs.md:1:1: broken (and 2 that follow from this)"},
		"a warning": {func(ds *Diagnostics) {
			ds.Lose(at("signs.md"), "broken", "")
			ds.Warn(at("outcomes.md"), "not examined", "")
			ds.Need("signs.md")
		}, "signs.md:1:1: broken\n    not examined"},
		"what was found before": {func(ds *Diagnostics) {
			ds.Miss(at("a.md"), "no such sign", "", "", "b.md")
			ds.Lose(at("b.md"), "broken", "")
		}, "a.md:1:1: no such sign\nb.md:1:1: broken"},
	} {
		var found Diagnostics
		c.find(&found)
		if got := found.Causes().Error(); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

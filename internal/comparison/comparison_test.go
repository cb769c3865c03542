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
		"Can a very long question, of the kind that people ask, be an id?": "can-a-very-long-question-of-the-kind-that-people-ask-be-an",
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

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

func TestCheckAddress(t *testing.T) {
	t.Parallel()
	for address, ok := range map[string]bool{
		"#place": true, "/": true, "/services/a#b": true, "https://example.com": true, "https://example.com:8443/a?b=c#d": true,
		"mailto:a@example.com": true, "mailto:a@example.com?subject=Hello": true,
		"": false, "place": false, "place.md": false, "../a": false, "//example.com": false, "http://example.com": false,
		"https://": false, "https:example.com": false, "https://example": false, "https://a@example.com": false, "https://.com": false,
		"https://example..com": false, "https://exa mple.com": false, "mailto:": false, "mailto:a": false, "javascript:alert(1)": false,
		"JavaScript:alert(1)": false, "data:text/html,x": false, "ftp://example.com": false, "https://[::1": false, "\x00": false,
	} {
		what, do := CheckAddress(address)
		if (what == "") != ok || (do == "") != ok {
			t.Errorf("CheckAddress(%q) = %q, %q", address, what, do)
		}
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	var fs Faults
	fs.Add(Place{"b.md", 2, 3}, "wrong", "mend it")
	fs.Warn(Place{"a.md", 1, 2}, "doubtful", "")
	if fs.Err() == nil {
		t.Error("a fault is no error")
	}
	fs.Add(Place{File: "b.md"}, "missing", "write it")
	fs.Add(Place{"b.md", 2, 3}, "wrong", "mend it")
	fs.Sort()
	for i := range fs {
		fs[i].Source = "\täß"
	}
	if got, want := fs.Error(), "a.md:1:2: warning: doubtful\n     äß\n     ^\nb.md: missing; write it\nb.md:2:3: wrong; mend it\n     äß\n      ^"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if err := fs[:1].Err(); err != nil {
		t.Errorf("a warning is an error: %v", err)
	}
}

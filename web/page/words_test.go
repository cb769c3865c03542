package page

import (
	"testing"
)

func TestPhraseSet(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, holds, want string }{
		{"{n} question of {total} | {n} questions of {total}", "n,total", ""},
		{"Let’s go", "", ""},
		{"{count} of {total}", "n,total", "the phrase cannot use {count}; it may use {n}, {total}"},
		{"{n}", "", "the phrase cannot use {n}; it may use none; remove it"},
		{"{} of {n}", "n", "the phrase cannot use {}; it may use {n}"},
		{"None {", "", "a brace in the phrase is never closed; write the word that is filled in between { and }"},
		{"{n} of {total", "n,total", "a brace in the phrase is never closed; write the word that is filled in between { and }"},
		{"one | two | three", "n", "the phrase has more than two forms; write one for 1 and one for any other number, with one “ | ” between them"},
	} {
		var p Phrase
		got := ""
		if err := p.Set(c.text, c.holds); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%q that may use %q: %q, want %q", c.text, c.holds, got, c.want)
		}
		if c.want == "" && p.String() != c.text {
			t.Errorf("%q is kept as %q", c.text, p)
		}
	}
}

func TestPhraseWith(t *testing.T) {
	t.Parallel()
	const p Phrase = "{n} question of {total} | {n} questions of {total}"
	for _, c := range []struct {
		p     Phrase
		pairs []any
		want  string
	}{
		{p, []any{"n", 1, "total", 7}, "1 question of 7"},
		{p, []any{"n", 0, "total", 7}, "0 questions of 7"},
		{p, []any{"n", "1,200", "total", 7}, "1,200 questions of 7"},
		{"{title}, {title}", []any{"title", "{n}"}, "{n}, {n}"},
		{"{n} of {total}", []any{"n", 3}, "3 of {total}"},
		{"as it is", nil, "as it is"},
	} {
		if got := c.p.With(c.pairs...); got != c.want {
			t.Errorf("%q with %v is %q, want %q", c.p, c.pairs, got, c.want)
		}
	}
	if before, after := Phrase("by {date}.").Around("date"); before != "by " || after != "." {
		t.Errorf("around the date stand %q and %q", before, after)
	}
}

package comparison

import (
	"fmt"
	"strings"
)

// Phrase is a piece of the interface's wording, kept in content/words.md so
// that its authors own it too. Words in braces, "{n} questions", are filled in
// when it is shown. A phrase of two forms parted by " | " is for one and for
// any other number: "{n} question | {n} questions".
type Phrase string

// With fills the phrase in: With("n", 7, "role", "Gardener"). The form for one
// is chosen where "n" is 1.
func (p Phrase) With(pairs ...any) string {
	s := string(p)
	if one, many, ok := strings.Cut(s, " | "); ok {
		s = many
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == "n" && pairs[i+1] == 1 {
				s = one
			}
		}
	}
	fill := make([]string, 0, len(pairs))
	for i := 0; i+1 < len(pairs); i += 2 {
		fill = append(fill, fmt.Sprintf("{%v}", pairs[i]), fmt.Sprint(pairs[i+1]))
	}
	return strings.NewReplacer(fill...).Replace(s)
}

func (p Phrase) String() string { return string(p) }

// Words is every word of the interface that belongs to no comparison: labels,
// headings, messages. The key in words.md is the yaml tag; the holds tag lists
// the words in braces that a phrase may use.
type Words struct {
	Frame FrameWords `yaml:"frame"`
}

// FrameWords are the words around every page.
type FrameWords struct {
	SkipLink Phrase `yaml:"skip-link"`
}

package markdown

import (
	"fmt"
	"strings"
	"testing"

	"rolecompare/internal/comparison"
)

// phrase is text that judges itself.
type phrase struct {
	At   comparison.Position
	Text string
}

func (p *phrase) Set(text, _ string) error {
	p.Text = text
	if strings.Contains(p.Text, "one | two") {
		return fmt.Errorf("“%s” has two forms; write one of them", text)
	}
	return nil
}

// TestWords decodes words for an interface of its own, so that no case depends
// on the words of the real one.
func TestWords(t *testing.T) {
	t.Parallel()
	type words struct {
		Form struct {
			Count phrase `yaml:"count"`
			Send  phrase `yaml:"send"`
		} `yaml:"form"`
		Errors struct {
			NotFound phrase   `yaml:"404"`
			Hints    []phrase `yaml:"hints,omitempty"`
		} `yaml:"errors"`
	}
	for name, c := range map[string]struct{ front, want string }{
		"valid": {`
form:
  # A note.
  count: "{n} question of {total} | {n} questions of {total}"
  send: Let's go
errors:
  404: 'There is no "page" here'
  hints: ["See {path}"]
`, ""},
		"two forms": {`
form:
  count: one | two
  send: Go
errors:
  404: None
  hints: [one, one | two]
`, `words.md:3:10: “one | two” has two forms; write one of them
words.md:7:16: “one | two” has two forms; write one of them`},
		"not text": {`
form:
  count: 2
  send: [Go]
errors:
  404: true
`, `words.md:3:10: “count” must be text; put it in double quotes: "2"
words.md:4:9: “send” must be text; write it on the line of its key; text that begins with a bracket goes in double quotes
words.md:6:8: “404” must be text; put it in double quotes: "true"`},
		"missing and unknown": {`
form:
  count: None
  sent: Go
errors: None
`, `words.md:4:3: the key “sent” is unknown; did you mean “send”?
words.md:5:9: “errors” must be keys with values; write them on the lines below it, indented, one “key: value” a line`},
		"empty": {`
form:
  count: ""
  send: " "
errors:
  404:
`, `words.md:3:10: “count” has no value; write one, or remove the key if it may be left out
words.md:4:9: “send” has no value; write one, or remove the key if it may be left out
words.md:6:7: “404” has no value; write one, or remove the key if it may be left out`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var found comparison.Diagnostics
			f := newFile("words.md", []byte("---"+c.front+"---\n"), &found)
			var w words
			f.frontMatter(&w)
			found.Sort()
			if got := found.Error(); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			if c.want != "" {
				return
			}
			if got, want := w.Form.Count.Text, "{n} question of {total} | {n} questions of {total}"; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
			if got, want := w.Errors.NotFound.Text, "There is no “page” here"; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
			if got, want := w.Form.Send.Text, "Let’s go"; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
			if got, want := w.Errors.Hints[0].At, (comparison.Position{File: "words.md", Line: 8, Column: 11}); got != want {
				t.Errorf("at %s, want %s", got, want)
			}
		})
	}
}

// Whatever is wrong with the YAML itself, its author hears of it in words of
// their own.
func TestSyntax(t *testing.T) {
	t.Parallel()
	for _, front := range []string{
		"a: 'it's'", "a: @x", "a: `x`", "a: %x", "a: b: c", "a: [b", "a: {b", "a: [b]]", "a: \"b", "- a\nb: c", "a: - b", "a: b\n c: d", "a: *b", "%YAML 9",
		"\ta: b", "a:\n\t- b", "a: |x", "a: \"\\q\"", "? a", "a: !<", "{", "}", "]", ": a", "a: &", "...\na: b", "--- a: b", "a: >\nb", "[a]: b",
	} {
		var found comparison.Diagnostics
		f := newFile("x.md", []byte("---\n"+front+"\n---\n"), &found)
		var v comparison.Page
		f.frontMatter(&v)
		if found.Err() == nil {
			t.Errorf("%q is no mistake", front)
		}
		for _, d := range found {
			for _, word := range []string{"token", "scann", "mapping", "scalar", "node", "yaml", "flow", "!!", "struct", "parser"} {
				if strings.Contains(d.String(), word) {
					t.Errorf("%q: %s", front, d)
				}
			}
			if d.At.Line < 1 || d.At.Line > strings.Count(front, "\n")+3 || d.At.Column < 1 {
				t.Errorf("%q: no such place: %s", front, d)
			}
		}
	}
}

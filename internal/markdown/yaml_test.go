package markdown

import (
	"strings"
	"testing"

	"rolecompare/internal/comparison"
)

// TestWords decodes words for an interface of its own, so that no case depends
// on the words of the real one.
func TestWords(t *testing.T) {
	t.Parallel()
	type words struct {
		Form struct {
			Count comparison.Phrase `yaml:"count" holds:"n,total"`
			Send  comparison.Phrase `yaml:"send"`
		} `yaml:"form"`
		Errors struct {
			NotFound comparison.Phrase   `yaml:"404"`
			Hints    []comparison.Phrase `yaml:"hints,omitempty" holds:"path"`
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
		"unknown brace": {`
form:
  count: "{n} of {count}"
  send: "{n}"
errors:
  404: None {
`, `words.md:3:10: “count” cannot use {count}; it may use {n}, {total}
words.md:4:9: “send” cannot use {n}; it may use none; remove it
words.md:6:8: a brace in “404” is never closed; write the word that is filled in between { and }`},
		"three forms": {`
form:
  count: one | two | three
  send: Go
errors:
  404: None
`, `words.md:3:10: “count” has more than two forms; write one for 1 and one for any other number, with one “ | ” between them`},
		"missing and unknown": {`
form:
  count: None
  sent: Go
errors: None
`, `words.md:3:3: the key “send” is missing from this part of “form”; add a line “send: …”
words.md:4:3: the key “sent” is unknown; did you mean “send”?
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
			var faults comparison.Faults
			f := newFile("words.md", []byte("---"+c.front+"---\n"), &faults)
			var w words
			f.decodeFront(&w)
			faults.Sort()
			if got := faults.Error(); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			if c.want != "" {
				return
			}
			if got, want := w.Form.Count.With("n", 1, "total", 7), "1 question of 7"; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
			if got, want := string(w.Errors.NotFound), "There is no “page” here"; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
			if got, want := string(w.Form.Send), "Let’s go"; got != want {
				t.Errorf("got %q, want %q", got, want)
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
		var faults comparison.Faults
		f := newFile("x.md", []byte("---\n"+front+"\n---\n"), &faults)
		var v pageFront
		f.decodeFront(&v)
		if faults.Err() == nil {
			t.Errorf("%q is no fault", front)
		}
		for _, fault := range faults {
			for _, word := range []string{"token", "scann", "mapping", "scalar", "node", "yaml", "flow", "!!", "struct", "parser"} {
				if strings.Contains(fault.String(), word) {
					t.Errorf("%q: %s", front, fault)
				}
			}
			if fault.At.Line < 1 || fault.At.Line > strings.Count(front, "\n")+3 || fault.At.Column < 1 {
				t.Errorf("%q: no such place: %s", front, fault)
			}
		}
	}
}

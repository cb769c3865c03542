package comparison

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Position is where an author wrote something: a file of the content folder, and
// the line and column in it, both counted from 1. The column counts characters,
// not bytes. A zero Line means the file as a whole.
type Position struct {
	File   string
	Line   int
	Column int
}

func (p Position) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Diagnostic is one mistake in the content, in the words of whoever wrote it.
type Diagnostic struct {
	At      Position
	Message string // what is wrong
	Hint    string // what to do about it; may be empty
	Warning bool   // worth an author's look, but no reason to refuse the content
	Source  string // the line at At as written; empty where there is none
}

func (d Diagnostic) String() string {
	s := d.At.String() + ": "
	if d.Warning {
		s += "warning: "
	}
	s += d.Message
	if d.Hint != "" {
		s += "; " + d.Hint
	}
	return s
}

// Diagnostics is everything wrong with a whole content folder. As an error it
// reports all of it, one a line, each followed by its line of source and a caret.
type Diagnostics []Diagnostic

// Add appends a mistake.
func (ds *Diagnostics) Add(at Position, message, hint string) {
	*ds = append(*ds, Diagnostic{At: at, Message: message, Hint: hint})
}

// Warn appends a warning.
func (ds *Diagnostics) Warn(at Position, message, hint string) {
	*ds = append(*ds, Diagnostic{At: at, Message: message, Hint: hint, Warning: true})
}

// Sort orders the diagnostics by file, line, column and message, and drops repeats.
func (ds *Diagnostics) Sort() {
	slices.SortStableFunc(*ds, func(a, b Diagnostic) int {
		return cmp.Or(
			strings.Compare(a.At.File, b.At.File),
			cmp.Compare(a.At.Line, b.At.Line),
			cmp.Compare(a.At.Column, b.At.Column),
			strings.Compare(a.Message, b.Message),
		)
	})
	*ds = slices.Compact(*ds)
}

// Err returns ds as an error if any of them is more than a warning, else nil.
func (ds Diagnostics) Err() error {
	for _, d := range ds {
		if !d.Warning {
			return ds
		}
	}
	return nil
}

func (ds Diagnostics) Error() string {
	var b strings.Builder
	for i, d := range ds {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(d.String())
		if d.Source != "" && d.At.Line > 0 {
			// Tabs are shown as single spaces so that the caret stands under its character.
			b.WriteString("\n    " + strings.ReplaceAll(d.Source, "\t", " "))
			b.WriteString("\n    " + strings.Repeat(" ", max(d.At.Column-1, 0)) + "^")
		}
	}
	return b.String()
}

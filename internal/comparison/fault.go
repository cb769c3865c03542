package comparison

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Place is where an author wrote something: a file of the content folder, and
// the line and column in it, both counted from 1. The column counts characters,
// not bytes. A zero Line means the file as a whole.
type Place struct {
	File   string
	Line   int
	Column int
}

func (p Place) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Fault is one mistake in the content, in the words of the person who wrote
// it: what is wrong, and what to do about it. It never names a Go type.
type Fault struct {
	At      Place
	What    string
	Do      string
	Warning bool   // worth an author's look, but no reason to refuse the content
	Source  string // the line at At as written; empty where there is none
}

func (f Fault) String() string {
	s := f.At.String() + ": "
	if f.Warning {
		s += "warning: "
	}
	s += f.What
	if f.Do != "" {
		s += "; " + f.Do
	}
	return s
}

// Faults is every fault of a whole content folder. As an error it reports all
// of them, one a line, each followed by its line of source and a caret.
type Faults []Fault

// Add appends a fault.
func (fs *Faults) Add(at Place, what, do string) {
	*fs = append(*fs, Fault{At: at, What: what, Do: do})
}

// Warn appends a warning.
func (fs *Faults) Warn(at Place, what, do string) {
	*fs = append(*fs, Fault{At: at, What: what, Do: do, Warning: true})
}

// Sort orders the faults by file, line and column, so that the same content
// always gives the same report, and drops repeats.
func (fs *Faults) Sort() {
	slices.SortStableFunc(*fs, func(a, b Fault) int {
		return cmp.Or(
			strings.Compare(a.At.File, b.At.File),
			cmp.Compare(a.At.Line, b.At.Line),
			cmp.Compare(a.At.Column, b.At.Column),
			strings.Compare(a.What, b.What),
		)
	})
	*fs = slices.Compact(*fs)
}

// Err returns fs as an error if any of them is more than a warning, else nil.
func (fs Faults) Err() error {
	for _, f := range fs {
		if !f.Warning {
			return fs
		}
	}
	return nil
}

func (fs Faults) Error() string {
	var b strings.Builder
	for i, f := range fs {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(f.String())
		if f.Source != "" && f.At.Line > 0 {
			// Tabs are shown as single spaces so that the caret stands under its character.
			b.WriteString("\n    " + strings.ReplaceAll(f.Source, "\t", " "))
			b.WriteString("\n    " + strings.Repeat(" ", max(f.At.Column-1, 0)) + "^")
		}
	}
	return b.String()
}

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
	Details string // more about it, in lines; may be empty
	Warning bool   // worth an author's look, but no reason to refuse the content
	Source  string // the line at At as written; empty where there is none
	Example bool   // an example comes to something else, which an author at work may want to see on the site
	Follow  int    // how many others follow from it, and are not reported

	Lost    bool     // what stands in its file, and others may need, is not all there because of it
	Needs   []string // files or folders: it follows from whatever is lost in one of them
	Missing string   // names what it does not find: it follows from the first that does not either
}

func (d Diagnostic) String() string {
	if d.Warning {
		return d.At.String() + ": warning: " + d.Text()
	}
	return d.At.String() + ": " + d.Text()
}

// Text is the message, the hint, and how many others follow.
func (d Diagnostic) Text() string {
	s := d.Message
	if d.Hint != "" {
		s += "; " + d.Hint
	}
	switch {
	case d.Follow == 1:
		s += " (and 1 that follows from this)"
	case d.Follow > 1:
		s += fmt.Sprintf(" (and %d that follow from this)", d.Follow)
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

// Lose appends a mistake that costs its file something which others may need.
func (ds *Diagnostics) Lose(at Position, message, hint string) {
	*ds = append(*ds, Diagnostic{At: at, Message: message, Hint: hint, Lost: true})
}

// Miss appends a mistake about something that is not there. The rest says what,
// and where it would stand.
func (ds *Diagnostics) Miss(at Position, message, hint, missing string, needs ...string) {
	*ds = append(*ds, Diagnostic{At: at, Message: message, Hint: hint, Missing: missing, Needs: needs})
}

// loseAll appends mistakes each of which costs its file something.
func (ds *Diagnostics) loseAll(found Diagnostics) {
	for _, d := range found {
		d.Lost = true
		*ds = append(*ds, d)
	}
}

// Need adds to what all of them need.
func (ds Diagnostics) Need(files ...string) {
	for i := range ds {
		ds[i].Needs = append(ds[i].Needs, files...)
	}
}

// Warn appends a warning.
func (ds *Diagnostics) Warn(at Position, message, hint string) {
	*ds = append(*ds, Diagnostic{At: at, Message: message, Hint: hint, Warning: true})
}

// Causes returns the diagnostics without those that follow from one that was found
// before them, or repeat it. The mistakes among them are counted there; the warnings
// are added to its details.
func (ds Diagnostics) Causes() Diagnostics {
	var out Diagnostics
	causes := make([]int, len(ds)) // where in out each is, or what it follows from
	for i, d := range ds {
		first := slices.IndexFunc(ds[:i], d.follows)
		if first < 0 {
			causes[i] = len(out)
			out = append(out, d)
			continue
		}
		causes[i] = causes[first]
		if cause := &out[causes[i]]; d.Warning {
			cause.Details += d.Message + "\n"
		} else if !d.repeats(ds[first]) {
			cause.Follow++
		}
	}
	return out
}

func (d Diagnostic) follows(c Diagnostic) bool {
	within := func(file string) bool {
		return file != "" && (strings.HasPrefix(c.At.File, file) || strings.HasPrefix(file, c.At.File+"/"))
	}
	return c.Lost && slices.ContainsFunc(d.Needs, within) || d.Missing != "" && d.Missing == c.Missing || d.repeats(c)
}

func (d Diagnostic) repeats(c Diagnostic) bool { return d.At == c.At && d.Message == c.Message }

// Sort orders the diagnostics by file, line, column and message.
func (ds *Diagnostics) Sort() {
	slices.SortStableFunc(*ds, func(a, b Diagnostic) int {
		return cmp.Or(
			strings.Compare(a.At.File, b.At.File),
			cmp.Compare(a.At.Line, b.At.Line),
			cmp.Compare(a.At.Column, b.At.Column),
			strings.Compare(a.Message, b.Message),
		)
	})
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
		for line := range strings.Lines(d.Details) {
			b.WriteString("\n    " + strings.TrimRight(line, "\n"))
		}
	}
	return b.String()
}

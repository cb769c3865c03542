package markdown

import (
	"bytes"
	"fmt"
	"regexp"
	"unicode/utf8"

	"rolecompare/internal/comparison"
)

// file is a file of the content folder.
type file struct {
	name  string
	src   []byte                  // as normalize returns it
	front []byte                  // between the lines of ---, nil if there is no front matter
	body  int                     // offset at which the text begins
	roles [2]comparison.Candidate // of the comparison it belongs to, as far as they are known
	links []comparison.Link       // every one in its text so far
	found *comparison.Diagnostics

	pictures map[string]*comparison.Picture // that texts may show
}

var (
	frontBlock  = regexp.MustCompile(`(?ms)\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\z)`)
	frontBegins = regexp.MustCompile(`\A---[ \t]*\n`)
	notBlank    = regexp.MustCompile(`\S.*\S|\S`)
)

// newFile makes sense of a file's bytes. If they are no text at all, or the
// front matter has no end, it says so and returns nil.
func newFile(name string, src []byte, found *comparison.Diagnostics) *file {
	f := &file{name: name, src: normalize(src), found: found}
	if i := bytes.IndexFunc(f.src, isControl); i >= 0 {
		r, _ := utf8.DecodeRune(f.src[i:])
		found.Lose(f.position(i), fmt.Sprintf("there is a character here that shows nothing (U+%04X)", r), "remove it, or save the file again with the encoding UTF-8")
		return nil
	}
	front := frontBlock.FindSubmatchIndex(f.src)
	switch {
	case len(bytes.TrimSpace(f.src)) == 0:
		found.Lose(comparison.Position{File: name}, "the file is empty", "write it; the README of the content folder shows how")
		return nil
	case front != nil:
		f.front, f.body = f.src[front[2]:front[3]], front[1]
	case frontBegins.Match(f.src):
		found.Lose(f.position(0), "the front matter that begins here does not end", "close it with a line of three hyphens: ---")
		return nil
	}
	return f
}

// normalize removes a byte order mark, and has lines end in \n.
func normalize(src []byte) []byte {
	return bytes.ReplaceAll(bytes.TrimPrefix(src, []byte("\ufeff")), []byte("\r\n"), []byte("\n"))
}

// isControl reports whether r does something instead of showing something, or is no
// character at all.
func isControl(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 ||
		r >= '\u2028' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || r == '\ufeff' || r == utf8.RuneError
}

// position is the place of an offset.
func (f *file) position(offset int) comparison.Position {
	before := f.src[:offset]
	line := before[bytes.LastIndexByte(before, '\n')+1:]
	return comparison.Position{File: f.name, Line: bytes.Count(before, []byte("\n")) + 1, Column: utf8.RuneCount(line) + 1}
}

// end is behind the last thing in the text: where what is missing would stand.
func (f *file) end() comparison.Position { return f.position(len(bytes.TrimRight(f.src, " \t\n"))) }

// lines are the lines of a stretch of the file, but for blank ones.
func (f *file) lines(from, to int) []comparison.Line {
	var out []comparison.Line
	for _, at := range notBlank.FindAllIndex(f.src[from:to], -1) {
		out = append(out, comparison.Line{At: f.position(from + at[0]), Text: string(f.src[from:to][at[0]:at[1]])})
	}
	return out
}

// must reports what is wrong at a place unless it is as it must be.
func (f *file) must(ok bool, at comparison.Position, message, hint string) {
	if !ok {
		f.found.Lose(at, message, hint)
	}
}

// misplaced reports what does not stand where it must below some place. Where one
// thing is misplaced others are, too, and the first is told.
func (f *file) misplaced(at, below comparison.Position, message, hint string) {
	*f.found = append(*f.found, comparison.Diagnostic{At: at, Message: message, Hint: hint, Lost: true, Missing: "the order below " + below.String()})
}

// rolesKnown reports whether what names a role can be understood.
func (f *file) rolesKnown() bool {
	first, second := f.roles[0].Role, f.roles[1].Role
	return first != second && first.At.File != "" && second.At.File != ""
}

package markdown

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"rolecompare/internal/comparison"
)

// maxSize is how many bytes a file may have. It is far more than anybody
// writes by hand, and little enough that a wrong file does no harm.
const maxSize = 256 << 10

// file is a file of the content folder, with whatever is wrong in it.
type file struct {
	name   string
	src    []byte // UTF-8, lines ending in \n, no byte order mark
	starts []int  // offset at which each line begins
	front  []byte // between the lines of ---, nil if there is no front matter
	body   int    // offset at which the text begins
	faults *comparison.Faults
}

// newFile makes sense of a file's bytes. If they are no text at all it says so
// and returns nil.
func newFile(name string, src []byte, faults *comparison.Faults) *file {
	whole := comparison.Place{File: name}
	if len(src) > maxSize {
		faults.Add(whole, fmt.Sprintf("the file is larger than %d KiB", maxSize>>10), "is it the right one? If so, shorten it")
		return nil
	}
	f := lines(name, src)
	f.faults = faults
	src = f.src
	if !utf8.Valid(src) {
		i := 0
		for {
			r, size := utf8.DecodeRune(src[i:])
			if r == utf8.RuneError && size <= 1 {
				break
			}
			i += size
		}
		at := f.place(i)
		faults.Add(comparison.Place{File: name}, fmt.Sprintf("the file is not UTF-8 text (see line %d, character %d)", at.Line, at.Column),
			"save it again with the encoding UTF-8")
		return nil
	}
	for i, r := range string(src) {
		if control(r) {
			faults.Add(f.place(i), fmt.Sprintf("there is an invisible control character here (U+%04X)", r), "remove it")
			return nil
		}
	}
	if len(bytes.TrimSpace(src)) == 0 {
		faults.Add(whole, "the file is empty", "write it; the README of the content folder shows how")
		return nil
	}
	if !f.split() {
		return nil
	}
	return f
}

// lines finds the lines of a text, whatever program it was written with.
func lines(name string, src []byte) *file {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	f := &file{name: name, src: src, starts: []int{0}}
	for i, b := range src {
		if b == '\n' {
			f.starts = append(f.starts, i+1)
		}
	}
	return f
}

// control reports whether r is a character that does something instead of
// showing something, and that no text needs.
func control(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 ||
		r >= '\u2028' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || r == '\ufeff'
}

// split finds the front matter. It reports false if it has no end.
func (f *file) split() bool {
	if len(f.starts) < 2 || f.line(1) != "---" {
		return true
	}
	for n := 2; n <= len(f.starts); n++ {
		if f.line(n) == "---" {
			f.front = f.src[f.starts[1]:f.starts[n-1]]
			f.body = len(f.src)
			if n < len(f.starts) {
				f.body = f.starts[n]
			}
			return true
		}
	}
	f.faults.Add(f.place(0), "the front matter that begins here does not end", "close it with a line of three hyphens: ---")
	return false
}

// line returns the nth line, counted from 1, without space at its end.
func (f *file) line(n int) string {
	end := len(f.src)
	if n < len(f.starts) {
		end = f.starts[n]
	}
	return strings.TrimRight(string(f.src[f.starts[n-1]:end]), " \t\n")
}

// place turns an offset into a place.
func (f *file) place(offset int) comparison.Place {
	offset = min(max(offset, 0), len(f.src))
	n, found := slices.BinarySearch(f.starts, offset)
	if !found {
		n--
	}
	return comparison.Place{File: f.name, Line: n + 1, Column: utf8.RuneCount(f.src[f.starts[n]:offset]) + 1}
}

// fault reports what is wrong at an offset.
func (f *file) fault(offset int, what, do string) { f.faults.Add(f.place(offset), what, do) }

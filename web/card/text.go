package card

import (
	"image"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomedium"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// typeface is one of the Go fonts, read once.
type typeface func() *opentype.Font

func read(ttf []byte) typeface {
	return sync.OnceValue(func() *opentype.Font {
		f, err := opentype.Parse(ttf)
		if err != nil {
			panic("card: the font of golang.org/x/image cannot be read: " + err.Error())
		}
		return f
	})
}

var (
	regular = read(goregular.TTF)
	medium  = read(gomedium.TTF)
	bold    = read(gobold.TTF)
)

// at returns the typeface at a size in pixels. A face is no good to more than
// one goroutine, so each card makes its own.
func (t typeface) at(size float64) font.Face {
	f, err := opentype.NewFace(t(), &opentype.FaceOptions{Size: size, DPI: 72})
	if err != nil {
		panic("card: " + err.Error())
	}
	return hyphenated{f}
}

// em is the size at which text is measured: without hinting all widths grow in
// step, so one measuring serves every size.
const em = 1000

// capHeight is the height of the Go fonts' capitals at size 1.
const capHeight = 0.72

// lookalikes stand in for characters that the Go fonts lack but that writers
// use without noticing.
var lookalikes = map[rune]rune{
	'\u2010': '-', '\u2011': '-', '\u2012': '–',
	'\u2007': nobreak, '\u202f': nobreak,
	'\u02bc': '’',
}

// clean returns s on one line, in characters that the Go fonts have: a few
// others have a lookalike; pictographs, and marks that stand on other
// characters, are left out; a letter of another script becomes an empty box,
// so that nobody takes what is left for the whole word. A space that does not
// break stays one.
func clean(s string) string {
	f := bold()
	var buf sfnt.Buffer
	s = strings.Map(func(r rune) rune {
		if r == '\u00ad' { // a soft hyphen of the author's, which is not to be seen
			return -1
		}
		if l, ok := lookalikes[r]; ok {
			return l
		}
		if unicode.IsSpace(r) && r != nobreak {
			return ' '
		}
		if g, err := f.GlyphIndex(&buf, r); err == nil && g != 0 {
			return r
		}
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return '□'
		}
		return -1
	}, s)
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' }), " ")
}

const nobreak = '\u00a0'

// hyphenated draws a hyphen for "-". The Go fonts keep theirs at the soft hyphen;
// what they have at "-" is a minus, wider than a dash.
type hyphenated struct{ font.Face }

func glyphOf(r rune) rune {
	if r == '-' {
		return '\u00ad'
	}
	return r
}

func (f hyphenated) Glyph(dot fixed.Point26_6, r rune) (image.Rectangle, image.Image, image.Point, fixed.Int26_6, bool) {
	return f.Face.Glyph(dot, glyphOf(r))
}

func (f hyphenated) GlyphBounds(r rune) (fixed.Rectangle26_6, fixed.Int26_6, bool) {
	return f.Face.GlyphBounds(glyphOf(r))
}

func (f hyphenated) GlyphAdvance(r rune) (fixed.Int26_6, bool) {
	return f.Face.GlyphAdvance(glyphOf(r))
}

func (f hyphenated) Kern(a, b rune) fixed.Int26_6 { return f.Face.Kern(glyphOf(a), glyphOf(b)) }

// glue returns text in which no line ends within a role's name, unless the
// name is too long to be held together.
func glue(text string, roles [2]Role) string {
	for _, r := range roles {
		for _, name := range r.names() {
			if utf8.RuneCountInString(name) <= 24 {
				text = strings.ReplaceAll(text, name, unbroken(name))
			}
		}
	}
	return text
}

func unbroken(name string) string { return strings.ReplaceAll(name, " ", string(nobreak)) }

// measured is text ready to be set: its words and their widths.
type measured struct {
	face  typeface
	text  string
	words []word
	space float64 // the width of a space, in ems
}

// word is a piece of text that is never parted: its place in the text, and its
// width in ems.
type word struct {
	start, end int
	width      float64
	space      bool // a space stands before it
}

// measure cleans s and parts it where a line may break: at spaces, and behind
// hyphens, dashes and slashes.
func (t typeface) measure(s string) measured {
	f := t.at(em)
	defer f.Close()
	s = clean(s)
	m := measured{face: t, text: s}
	a, _ := f.GlyphAdvance(' ')
	m.space = ems(a)
	for start := 0; start < len(s); {
		w := word{start: start}
		if s[start] == ' ' {
			w.start++
			w.space = true
		}
		w.end = len(s)
		for i, r := range s[w.start:] {
			if r == ' ' {
				w.end = w.start + i
				break
			}
			if next := w.start + i + utf8.RuneLen(r); i > 0 && strings.ContainsRune("-–—/", r) && next < len(s) {
				w.end = next
				break
			}
		}
		w.width = ems(font.MeasureString(f, s[w.start:w.end]))
		m.words = append(m.words, w)
		start = w.end
	}
	return m
}

func ems(width fixed.Int26_6) float64 { return float64(width) / 64 / em }

// widest is the width of the longest word.
func (m measured) widest() float64 {
	var w float64
	for _, v := range m.words {
		w = max(w, v.width)
	}
	return w
}

// sentence is m up to its word n, and said to be whole if that ends a sentence.
func (m measured) sentence(n int) (measured, bool) {
	end := m.words[n-1].end
	short := m
	short.text, short.words = m.text[:end], m.words[:n]
	return short, end == len(m.text) || (m.words[n].space && endsSentence(m.text[:end], m.text[end+1:]))
}

// cut is m up to its word n, with an ellipsis.
func (m measured) cut(n int) measured {
	f := m.face.at(em)
	defer f.Close()
	last := m.words[n-1]
	m.text = strings.TrimRight(m.text[:last.end], ",;:–—.?! ") + "…"
	last.start = min(last.start, len(m.text)-len("…"))
	last.end = len(m.text)
	last.width = ems(font.MeasureString(f, m.text[last.start:]))
	m.words = append(slices.Clone(m.words[:n-1]), last)
	return m
}

// box is the room that a passage has, and the sizes at which it may be set.
type box struct {
	width, height int
	max, min      float64 // the preferred size, and the smallest that is comfortable
	leading       float64 // from line to line, in ems
	lines         int     // at most so many; 0 for as many as there is room for
}

// passage is text set in lines.
type passage struct {
	face    typeface
	text    string
	lines   [][2]int // where each line stands in the text
	size    float64
	leading float64
}

// height is from the top of the first line's capitals to the last baseline.
func (p passage) height() int {
	if len(p.lines) == 0 {
		return 0
	}
	return int(math.Ceil(p.size * (capHeight + p.leading*float64(len(p.lines)-1))))
}

// smallest is the size below which nothing is set.
const smallest = 16

// fit sets s as large as the box allows: see measured.fit.
func (t typeface) fit(s string, b box) passage { return t.measure(s).fit(b) }

// fit sets the text as large as the box allows. What is too long for the box
// at its smallest comfortable size ends earlier, at the end of a sentence or
// else of a word; a single word too long for the box is set smaller still.
func (m measured) fit(b box) passage {
	if p, ok := m.largest(b); ok {
		return p
	}
	size, longest := b.min, m.widest()
	for size > smallest && longest > float64(b.width)/size {
		size--
	}
	if p, ok := m.set(size, b); ok {
		return p
	}
	var best passage
	for n := len(m.words) - 1; n > 0 && len(best.lines) == 0; n-- {
		if m.words[n].space {
			best, _ = m.cut(n).set(size, b)
		}
	}
	for n := len(m.words) - 1; n > 0; n-- {
		short, ok := m.sentence(n)
		if len(short.text) < len(best.text)/2 {
			break // a sentence so short would waste the room
		}
		if !ok {
			continue
		}
		if p, ok := short.set(size, b); ok {
			return p
		}
	}
	if len(best.lines) == 0 {
		return m.run(b)
	}
	return best
}

// largest sets the text as large as the box allows, and reports whether it
// fits.
func (m measured) largest(b box) (passage, bool) {
	for size := b.max; size >= b.min; size -= 2 {
		if p, ok := m.set(size, b); ok {
			return p, true
		}
	}
	return passage{}, false
}

// set sets the text at one size, in lines of about the same length, and
// reports whether it fits.
func (m measured) set(size float64, b box) (passage, bool) {
	width, longest := float64(b.width)/size, m.widest()
	p := passage{face: m.face, text: m.text, size: size, leading: b.leading, lines: m.wrap(width)}
	if longest > width || p.height() > b.height || (b.lines > 0 && len(p.lines) > b.lines) {
		return passage{}, false
	}
	// The narrowest measure that gives as many lines evens them out.
	low, high := longest, width
	for range 12 {
		if mid := (low + high) / 2; len(m.wrap(mid)) <= len(p.lines) {
			high = mid
		} else {
			low = mid
		}
	}
	p.lines = m.wrap(high)
	return p, true
}

// wrap lays the words out in lines no wider than width, where a word allows it.
func (m measured) wrap(width float64) [][2]int {
	var lines [][2]int
	var used float64
	for i, w := range m.words {
		add := w.width
		if w.space {
			add += m.space
		}
		// Widths are sums of rounded ones: a hair's breadth is no overflow.
		if i > 0 && used+add <= width+1e-6 {
			used += add
			lines[len(lines)-1][1] = w.end
			continue
		}
		used = w.width
		lines = append(lines, [2]int{w.start, w.end})
	}
	return lines
}

// run sets text that has a word too long for a line even at the smallest size:
// it runs on in the next line.
func (m measured) run(b box) passage {
	p := passage{face: m.face, text: m.text, size: smallest, leading: b.leading}
	f := m.face.at(smallest)
	defer f.Close()
	for start := 0; start < len(m.text); {
		end, x := start, fixed.Int26_6(0)
		for _, r := range m.text[start:] {
			a, _ := f.GlyphAdvance(r)
			if x += a; end > start && x.Ceil() > b.width {
				break
			}
			end += utf8.RuneLen(r)
		}
		p.lines = append(p.lines, [2]int{start, end})
		if p.height() > b.height {
			p.lines = p.lines[:len(p.lines)-1]
			break
		}
		start = end
	}
	return p
}

// endsSentence reports whether a sentence ends between the two. A short word
// before the full stop is taken for an abbreviation, as in "vs. Them".
func endsSentence(before, after string) bool {
	before = strings.TrimRight(before, `"'”’)`)
	last := before[strings.LastIndexByte(before, ' ')+1:]
	next, _ := utf8.DecodeRuneInString(after)
	switch {
	case strings.HasSuffix(last, "?"), strings.HasSuffix(last, "!"):
		return true
	case strings.HasSuffix(last, "."):
		return utf8.RuneCountInString(last) > 4 && !unicode.IsLower(next)
	}
	return false
}

// draw sets the passage with the top of its first capitals at y. With right,
// lines end at x rather than begin there. The inks are one a byte of the text,
// or a single one for all of it.
func (p passage) draw(c canvas, x, y int, right bool, inks ...ink) {
	if len(p.lines) == 0 {
		return
	}
	f := p.face.at(p.size)
	defer f.Close()
	for i, l := range p.lines {
		s := p.text[l[0]:l[1]]
		dot := fixed.Point26_6{
			X: fixed.I(x),
			Y: fixed.Int26_6(64 * math.Round(float64(y)+p.size*(capHeight+p.leading*float64(i)))),
		}
		if right {
			dot.X -= font.MeasureString(f, s)
		}
		previous := rune(-1)
		for at, r := range s {
			if previous >= 0 {
				dot.X += f.Kern(previous, r)
			}
			k := inks[0]
			if len(inks) > 1 {
				k = inks[l[0]+at]
			}
			c.glyph(f, dot, r, k)
			a, _ := f.GlyphAdvance(r)
			dot.X += a
			previous = r
		}
	}
}

// tint returns an ink for each byte of the text: black, but for the roles'
// names, each in its role's own colour.
func tint(text string, roles [2]Role) []ink {
	out := make([]ink, len(text)+1) // more than one, which would be the ink of all
	painted := make([]int, len(text))
	for i, r := range roles {
		for _, name := range r.names() {
			for from := 0; name != ""; {
				at, size := index(text[from:], name)
				if at < 0 {
					break
				}
				at, from = from+at, from+at+size
				before, _ := utf8.DecodeLastRuneInString(text[:at])
				after, _ := utf8.DecodeRuneInString(text[from:])
				// A name that is part of the other's is that one's there.
				if unicode.IsLetter(before) || unicode.IsLetter(after) || painted[at] > len(name) {
					continue
				}
				for j := at; j < from; j++ {
					out[j], painted[j] = first+ink(i), len(name)
				}
			}
		}
	}
	return out
}

// index returns where name begins in text, glued or not, and how long it is
// there.
func index(text, name string) (at, size int) {
	at, size = strings.Index(text, name), len(name)
	if glued := unbroken(name); at < 0 {
		at, size = strings.Index(text, glued), len(glued)
	}
	return at, size
}

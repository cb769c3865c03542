package card

import (
	_ "embed"
	"image"
	"image/color"
	"image/draw"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// newsreader is made by web/browsertest/fonts.mjs. Its license is in static.
//
//go:embed newsreader.ttf
var newsreader []byte

// typeface is the pages' own. It has one weight: size and colour tell what is what.
var typeface = func() *opentype.Font {
	f, err := opentype.Parse(newsreader)
	if err != nil {
		panic("card: the program's own font cannot be read: " + err.Error())
	}
	return f
}()

// leading is how far it is from one baseline to the next, in ems.
type leading float64

const (
	tight leading = 1.08 // of titles
	loose leading = 1.34 // of text
)

// kerned is the typeface in one size, with its own distances between pairs of
// letters. Those that [opentype.Face] gives do not grow with the size.
type kerned struct {
	font.Face
	size float64
}

// Kern implements [font.Face].
func (k kerned) Kern(a, b rune) fixed.Int26_6 {
	left, _ := typeface.GlyphIndex(nil, a)
	right, _ := typeface.GlyphIndex(nil, b)
	distance, _ := typeface.Kern(nil, left, right, fixed.Int26_6(k.size*64), font.HintingNone)
	return distance
}

// lookalikes stand in for what writers use without noticing and fonts often lack.
var lookalikes = strings.NewReplacer("\u00ad", "", "\u2010", "-", "\u2011", "-", "\u2012", "–",
	"\u2007", "\u00a0", "\u202f", "\u00a0", "\u02bc", "’")

// clean returns s in characters that the typeface has. A letter of another script
// becomes a bullet, so that nobody takes what is left for the whole word;
// pictographs are left out.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		glyph, _ := typeface.GlyphIndex(nil, r)
		switch {
		case glyph != 0:
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			return '•'
		}
		return -1
	}, lookalikes.Replace(s))
}

// passage is text set in lines.
type passage struct {
	lines     []string
	face      font.Face
	cap, step int  // the height of a capital, and from one baseline to the next
	wide      bool // a word is wider than a line may be
}

// height is from the top of the first line's capitals to the last baseline.
func (p passage) height() int { return max(0, p.cap+p.step*(len(p.lines)-1)) }

func (p passage) measure(s string) int { return font.MeasureString(p.face, s).Ceil() }

// set breaks text into lines, each as full as can be.
func (l leading) set(text string, width int, size float64) passage {
	face, _ := opentype.NewFace(typeface, &opentype.FaceOptions{Size: size, DPI: 72}) // never fails
	p := passage{face: kerned{face, size}, cap: face.Metrics().CapHeight.Ceil(), step: int(size * float64(l))}
	space, used := p.measure(" "), 0
	for i, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' }) {
		w := p.measure(word)
		p.wide = p.wide || w > width
		if used += space + w; i > 0 && used <= width {
			p.lines[len(p.lines)-1] += " " + word
			continue
		}
		p.lines = append(p.lines, word)
		used = w
	}
	return p
}

// fit sets text as large as it fits, from size down to smallest, into a height that
// has room for a line at least. What does not fit at the smallest ends early. Words
// stay whole: for one that is wider than a line, everything is set smaller still.
func (l leading) fit(text string, width, height int, size, smallest float64) passage {
	text = clean(text)
	p := l.set(text, width, size)
	for p.wide || p.height() > height {
		if p.wide || size > smallest {
			size -= 2
		} else {
			text = shorten(strings.Join(p.lines[:(height-p.cap)/p.step+1], " "))
		}
		p = l.set(text, width, size)
	}
	// The narrowest width that takes no more lines evens them out.
	for even := p; len(even.lines) == len(p.lines) && !even.wide && width > 0; width -= 16 {
		p, even = even, l.set(text, width, size)
	}
	return p
}

// sentences are as many whole sentences as a text begins with. A short word
// before a full stop is taken for an abbreviation, as in "vs. Them".
var sentences = regexp.MustCompile(`^.*(?:[^. ]{4}\.|[?!])["”’)]*(?: |$)`)

// shorten ends text with a sentence or, if that leaves too little, before its last word.
func shorten(text string) string {
	if whole := sentences.FindString(text); len(whole) > len(text)/2 {
		return strings.TrimSpace(whole)
	}
	if last := strings.LastIndex(text, " "); last > 0 {
		text = text[:last]
	}
	return strings.TrimRight(text, ",;:–—.?!… ") + "…"
}

// draw draws the passage with the top of its first capitals at y.
func (p passage) draw(c draw.Image, x, y int, ink color.Color) {
	for i, line := range p.lines {
		d := font.Drawer{Dst: c, Src: image.NewUniform(ink), Face: p.face, Dot: fixed.P(x, y+p.cap+i*p.step)}
		d.DrawString(line)
	}
}

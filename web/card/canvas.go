package card

import (
	"image"
	"image/color"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
)

// Width and Height are a card's size in pixels.
const (
	Width  = 1200
	Height = 630
)

// paper is what every card is drawn on: paperProperty of the stylesheet's light theme.
var paper = color.RGBA{0xfb, 0xf9, 0xf4, 0xff}

const paperProperty = "--paper"

// ink is one of the few colours that a card is drawn in.
type ink uint8

const (
	black  ink = iota // text
	quiet             // text of the second rank
	line              // hairlines
	first             // whatever is the first role's
	second            // whatever is the second role's
)

// inks are the stylesheet's custom properties of the light theme; a test
// compares the two.
var inks = [...]struct {
	property string
	colour   color.RGBA
}{
	black:  {"--ink", color.RGBA{0x1c, 0x1a, 0x17, 0xff}},
	quiet:  {"--quiet", color.RGBA{0x55, 0x50, 0x48, 0xff}},
	line:   {"--line", color.RGBA{0xcf, 0xc8, 0xba, 0xff}},
	first:  {"--first", color.RGBA{0x0b, 0x55, 0x63, 0xff}},
	second: {"--second", color.RGBA{0x8a, 0x35, 0x12, 0xff}},
}

// shades is how many steps lead from the paper to each ink. Everything is
// drawn on bare paper, so that these ramps are all the colours there are, and
// a card needs one byte a pixel, most of them the same.
const shades = 24

var palette = func() color.Palette {
	p := color.Palette{paper}
	mix := func(from, to uint8, i int) uint8 {
		return uint8((int(from)*(shades-i) + int(to)*i + shades/2) / shades)
	}
	for _, k := range inks {
		for i := 1; i <= shades; i++ {
			p = append(p, color.RGBA{
				mix(paper.R, k.colour.R, i),
				mix(paper.G, k.colour.G, i),
				mix(paper.B, k.colour.B, i),
				0xff,
			})
		}
	}
	return p
}()

// canvas is a card being drawn.
type canvas struct{ *image.Paletted }

func newCanvas() canvas {
	return canvas{image.NewPaletted(image.Rect(0, 0, Width, Height), palette)}
}

// rect fills a rectangle, whose edges lie on whole pixels.
func (c canvas) rect(k ink, x0, y0, x1, y1 int) {
	full := uint8(k)*shades + shades
	for y := max(y0, 0); y < min(y1, Height); y++ {
		row := c.Pix[y*c.Stride : (y+1)*c.Stride]
		for x := max(x0, 0); x < min(x1, Width); x++ {
			row[x] = full
		}
	}
}

// rule draws a role's bar: solid for the first role, double for the second, as
// on the pages, so that colour is never all that tells them apart.
func (c canvas) rule(k ink, x0, y0, x1, y1 int) {
	if k != second {
		c.rect(k, x0, y0, x1, y1)
		return
	}
	third := (y1 - y0 + 1) / 3
	c.rect(k, x0, y0, x1, y0+third)
	c.rect(k, x0, y1-third, x1, y1)
}

// glyph draws one character with its origin at dot.
func (c canvas) glyph(f font.Face, dot fixed.Point26_6, r rune, k ink) {
	dr, mask, from, _, ok := f.Glyph(dot, r)
	if !ok {
		return
	}
	alpha := mask.(*image.Alpha)
	in := dr.Intersect(c.Rect)
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			a := int(alpha.AlphaAt(from.X+x-dr.Min.X, from.Y+y-dr.Min.Y).A)
			shade := (a*shades + 127) / 255
			// Where two characters touch, the darker pixel stays.
			at, there := y*c.Stride+x, 0
			if i := int(c.Pix[y*c.Stride+x]); i > 0 {
				there = (i-1)%shades + 1
			}
			if shade > there {
				c.Pix[at] = uint8(int(k)*shades + shade)
			}
		}
	}
}

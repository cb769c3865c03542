package card

import (
	"image"
	"image/color"
	"image/draw"
)

// Width and Height are a card's size in pixels.
const Width, Height = 1200, 630

// The colours are those of the stylesheet's light theme; a test compares them.
var (
	paper = color.RGBA{0xfb, 0xf9, 0xf4, 0xff}
	black = color.RGBA{0x1c, 0x1a, 0x17, 0xff} // text
	quiet = color.RGBA{0x55, 0x50, 0x48, 0xff} // text of the second rank
	line  = color.RGBA{0xcf, 0xc8, 0xba, 0xff} // hairlines

	// Whatever is a role's, by its mark; none has the first.
	inks = [...]color.RGBA{black, {0x0b, 0x55, 0x63, 0xff}, {0x8a, 0x35, 0x12, 0xff}, {0x4a, 0x3a, 0x8c, 0xff}}
)

// palette is the paper, and a few steps from it to each ink, which smooth the
// edges of letters. With so few colours a card's file is small.
var palette = func() color.Palette {
	const steps = 8
	p := color.Palette{paper}
	for _, k := range []color.RGBA{quiet, line, inks[0], inks[1], inks[2], inks[3]} {
		for i := 1; i <= steps; i++ {
			mix := func(from, to uint8) uint8 { return uint8((int(from)*(steps-i) + int(to)*i) / steps) }
			p = append(p, color.RGBA{mix(paper.R, k.R), mix(paper.G, k.G), mix(paper.B, k.B), 0xff})
		}
	}
	return p
}()

func fill(c draw.Image, ink color.Color, x0, y0, x1, y1 int) {
	draw.Draw(c, image.Rect(x0, y0, x1, y1), image.NewUniform(ink), image.Point{}, draw.Src)
}

// rule draws a role's bar: solid for the first mark, double for the second, dashed
// for the third, as on the pages, so that colour is never all that tells them apart.
func rule(c draw.Image, mark, x0, y0, x1, y1 int) {
	fill(c, inks[mark], x0, y0, x1, y1)
	switch third := (y1 - y0 + 1) / 3; mark {
	case 2:
		fill(c, paper, x0, y0+third, x1, y1-third)
	case 3:
		for x := x0 + 2*(y1-y0); x < x1; x += 3 * (y1 - y0) {
			fill(c, paper, x, y0, min(x+y1-y0, x1), y1)
		}
	}
}

// Package card draws the pictures that chats and social networks show beside a
// link: PNG files of 1200 by 630 pixels, from the same data as the pages.
//
// A card is drawn on paper, in ink, and in the roles' colours, which mean
// here what they mean on the pages; all of them are the stylesheet's. The same
// card always gives the same bytes, so that every replica of the server
// answers alike. Any number of goroutines may draw at once.
package card

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strings"

	"rolecompare/internal/comparison"
)

// Card is what a card says. Any part may be empty, and any may be long: text
// is set smaller, then in more lines, and at last ends early, at the end of a
// sentence or of a word.
type Card struct {
	Head  [2]string // above the title, at the left and at the right
	Title string
	Text  string    // below the title
	Foot  [2]string // where the card leads, at the left, and whose it is, at the right

	Roles   []*comparison.Role // that it is about; the edge has their colours
	Columns [2]string          // what stands below the names of two roles, side by side; empty for none
}

// Site is the card of the site as a whole, and of every page without its own. The
// roles are those that visitors see.
func Site(s *comparison.Site, roles []*comparison.Role) Card {
	k := Page(s, s.Name, s.Summary, roles...)
	var titles []string
	for _, c := range s.Comparisons {
		if !c.Draft {
			titles = append(titles, c.Title)
		}
	}
	k.Foot[0] = strings.Join(titles, " · ")
	return k
}

// Page is the card of a page that belongs to no comparison.
func Page(s *comparison.Site, title, text string, roles ...*comparison.Role) Card {
	return Card{Head: [2]string{s.Organization.Name}, Title: title, Text: text, Foot: [2]string{s.Name}, Roles: roles}
}

// Comparison is the card of a comparison's page.
func Comparison(s *comparison.Site, c *comparison.Comparison) Card {
	k := about(s, c, c.Title, "")
	k.Head[0], k.Foot[1] = s.Organization.Name, ""
	k.Columns = [2]string{c.Roles[0].Summary, c.Roles[1].Summary}
	return k
}

// FAQ is the card of a question and its answer.
func FAQ(s *comparison.Site, c *comparison.Comparison, item comparison.FAQItem) Card {
	return about(s, c, item.Title, item.Answer.Text)
}

// Outcome is the card of every recommendation that comes to this outcome. It
// shows nothing of the answers. The word for a standing is what stands says.
func Outcome(s *comparison.Site, c *comparison.Comparison, o *comparison.Outcome, stands func(comparison.Standing) string) Card {
	k := about(s, c, o.Headline, o.Why)
	if o.ID != comparison.Undecided {
		k.Columns = [2]string{stands(o.Recommends[0]), stands(o.Recommends[1])}
	}
	return k
}

// about is what all cards of a comparison share.
func about(s *comparison.Site, c *comparison.Comparison, title, text string) Card {
	head, foot := [2]string{c.Title, c.Edition}, [2]string{s.Name, s.Organization.Name}
	return Card{Head: head, Title: title, Text: text, Foot: foot, Roles: []*comparison.Role{c.Roles[0].Role, c.Roles[1].Role}}
}

// The layout, in pixels.
const (
	margin = 76
	inner  = Width - 2*margin
	band   = 14          // the coloured edge at the top
	top    = 138         // where the title may begin
	foot   = Height - 86 // the line over the foot
	bottom = foot - 34   // where the figure, or the text, ends
)

// PNG draws the card.
func (k Card) PNG() ([]byte, error) {
	c := image.NewPaletted(image.Rect(0, 0, Width, Height), palette)
	fill(c, black, 0, 0, Width, band)
	for i, r := range k.Roles {
		rule(c, r.Mark, i*Width/len(k.Roles), 0, (i+1)*Width/len(k.Roles), band)
	}
	edges(c, 66, k.Head, quiet)
	if k.Foot != [2]string{} {
		fill(c, line, margin, foot, Width-margin, foot+2)
		edges(c, foot+30, k.Foot, black)
	}
	end := bottom
	if k.Columns != [2]string{} {
		end = k.columns(c) - 44
	}
	k.words(c, end-top)

	var b bytes.Buffer
	err := png.Encode(&b, c)
	return b.Bytes(), err
}

// edges draws a small line at each edge; the left one's ink is given.
func edges(c draw.Image, y int, lines [2]string, ink color.Color) {
	loose.fit(lines[0], inner*5/8, 30, 28, 22).draw(c, margin, y, ink)
	p := loose.fit(lines[1], inner*5/16, 30, 28, 22)
	p.draw(c, Width-margin-p.measure(strings.Join(p.lines, "")), y, quiet)
}

// words draws the title and the text in so much height: the title as large as it
// can be while the text is whole and easy to read, and then the text.
func (k Card) words(c draw.Image, height int) {
	room, gap := height, 0
	if k.Text != "" {
		gap = 52
		least := loose.fit(k.Text, inner, height*3/5-gap, 32, 28)
		room = min(height*11/20, height-gap-least.height())
	}
	title := tight.fit(k.Title, inner, room, 100, 40)
	text := loose.fit(k.Text, inner, height-gap-title.height(), 40, 28)
	y := top + (height-title.height()-gap-text.height())*2/5
	title.draw(c, margin, y, black)
	text.draw(c, margin, y+title.height()+gap, black)
}

// columns draws the roles side by side and returns where they begin.
func (k Card) columns(c draw.Image) int {
	const gutter, width = 56, (inner - 56) / 2
	var heads, texts [2]passage
	var head, text int // the taller one's height
	room := 124
	if k.Text != "" {
		room = 40 // a line, for the text needs the rest
	}
	for i, r := range k.Roles {
		heads[i] = tight.fit(r.Name, width, 70, 38, 26)
		texts[i] = loose.fit(k.Columns[i], width, room, 32, 26)
		head, text = max(head, heads[i].height()), max(text, texts[i].height())
	}
	y := bottom - text - 26 - head - 32
	for i, r := range k.Roles {
		x := margin + i*(width+gutter)
		rule(c, r.Mark, x, y, x+width, y+9)
		heads[i].draw(c, x, y+32, inks[r.Mark])
		texts[i].draw(c, x, bottom-text, black)
	}
	return y
}

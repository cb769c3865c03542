// Package card draws the pictures that chats and social networks show beside a
// link: PNG files of 1200 by 630 pixels, from the same data as the pages.
//
// A card is drawn on paper, in ink, and in the two role colours, which mean
// here what they mean on the pages; all of them are the stylesheet's. The same
// card always gives the same bytes, so that every replica of the server
// answers alike. Drawing one takes some milliseconds and no shared state: any
// number of goroutines may draw at once.
package card

import (
	"bytes"
	"fmt"
	"image/png"
	"strings"

	"rolecompare/internal/comparison"
)

// Card is what a card says. Any part may be empty, and any may be long: text
// is set smaller, then in more lines, and at last ends early, at the end of a
// sentence or of a word.
type Card struct {
	Kicker string // above the title, at the left
	Note   string // beside the kicker, at the right
	Title  string
	Text   string  // below the title
	Pair   bool    // about pairs of roles: the edge has both colours
	Roles  [2]Role // without names where the card is about no single pair
	Figure Figure  // what is drawn of the roles
	Footer string  // at the bottom, at the left: where the card leads
	Maker  string  // at the bottom, at the right
}

// Role is a role as a card shows it.
type Role struct {
	Name     string
	Plural   string
	Text     string              // for Columns
	Standing comparison.Standing // for Lanes
	When     string              // the same in a word
}

func (r Role) names() []string { return []string{r.Name, r.Plural} }

// Figure is what a card draws of its two roles.
type Figure uint8

const (
	// None: only the colours say that there are two.
	None Figure = iota
	// Columns: each role's name over its text, side by side.
	Columns
	// Lanes: each role's name, when it is needed, and a bar from today to later,
	// which begins where the role does, and is missing where the role is not
	// recommended.
	Lanes
)

// Site is the card of the site as a whole, and of every page without its own.
func Site(s *comparison.Site) Card {
	var titles []string
	for _, c := range s.Comparisons {
		if !c.Draft {
			titles = append(titles, c.Title)
		}
	}
	return Card{
		Kicker: s.Organization.Name,
		Title:  s.Name,
		Text:   s.Summary,
		Pair:   true,
		Footer: strings.Join(titles, " · "),
	}
}

// Comparison is the card of a comparison's page.
func Comparison(s *comparison.Site, c *comparison.Comparison) Card {
	k := about(c)
	k.Kicker = s.Organization.Name
	k.Title = c.Title
	k.Figure = Columns
	k.Footer = s.Name
	return k
}

// FAQ is the card of a question and its answer.
func FAQ(s *comparison.Site, c *comparison.Comparison, i int) Card {
	k := about(c)
	k.Kicker = c.Title
	k.Footer, k.Maker = s.Name, s.Organization.Name
	k.Title = c.FAQ.Items[i].Title
	k.Text = c.FAQ.Items[i].Answer.Text
	return k
}

// Outcome is the card of every recommendation that comes to this outcome. It
// shows nothing of the answers.
func Outcome(s *comparison.Site, c *comparison.Comparison, o *comparison.Outcome) Card {
	k := about(c)
	k.Kicker = c.Title
	k.Footer, k.Maker = s.Name, s.Organization.Name
	k.Title = o.Headline
	k.Text = o.Why
	k.Figure = Lanes
	words := s.Words.Recommendation
	for i := range k.Roles {
		k.Roles[i].Standing = o.Recommends[i]
		k.Roles[i].When = [...]comparison.Phrase{words.Out, words.Later, words.Now}[o.Recommends[i]].String()
	}
	return k
}

// Service is the card of a related service.
func Service(s *comparison.Site, v *comparison.Service) Card {
	return Card{Kicker: s.Organization.Name, Title: v.Title, Text: v.Summary, Footer: s.Name}
}

// about is what all cards of a comparison share.
func about(c *comparison.Comparison) Card {
	k := Card{Note: c.Edition, Pair: true}
	for i, r := range c.Roles {
		k.Roles[i] = Role{Name: r.Name, Plural: r.Plural, Text: r.Purpose}
	}
	return k
}

// The layout, in pixels.
const (
	margin = 76
	band   = 14 // the coloured edge at the top
	gutter = 56 // between the columns
)

// PNG draws the card.
func (k Card) PNG() ([]byte, error) {
	c := newCanvas()
	k.draw(c)
	var b bytes.Buffer
	b.Grow(48 << 10)
	if err := png.Encode(&b, c.Paletted); err != nil {
		return nil, fmt.Errorf("drawing the card of %q: %w", k.Title, err)
	}
	return b.Bytes(), nil
}

func (k Card) draw(c canvas) {
	const inner = Width - 2*margin

	if k.Pair {
		c.rule(first, 0, 0, Width/2, band)
		c.rule(second, Width/2, 0, Width, band)
	} else {
		c.rect(black, 0, 0, Width, band)
	}

	// Above the title, and at the foot, small lines.
	small := box{height: 30, max: 28, min: 22, leading: 1}
	left, right := small, small
	left.width, right.width = inner*5/8, inner*5/16
	medium.fit(k.Kicker, left).draw(c, margin, 66, false, quiet)
	medium.fit(k.Note, right).draw(c, Width-margin, 66, true, quiet)
	foot := Height - 86
	if k.Footer != "" || k.Maker != "" {
		c.rect(line, margin, foot, Width-margin, foot+2)
		bold.fit(k.Footer, left).draw(c, margin, foot+30, false, black)
		medium.fit(k.Maker, right).draw(c, Width-margin, foot+30, true, quiet)
	}

	top, bottom := 138, foot-34
	switch k.Figure {
	case Columns:
		bottom = k.columns(c, bottom) - 44
	case Lanes:
		bottom = k.lanes(c, bottom) - 46
	}

	title, text := k.words(bottom - top)
	gap := int(26 + title.size/4)
	spare := bottom - top - title.height()
	if k.Text != "" {
		spare -= gap + text.height()
	}
	y := top + max(spare, 0)*2/5
	title.draw(c, margin, y, false, tint(title.text, k.Roles)...)
	text.draw(c, margin, y+title.height()+gap, false, black)
}

// words sets the title and the text in so much height. The title is as large as
// it can be while the text is whole and easy to read, and keeps to two lines
// if it can.
func (k Card) words(height int) (title, text passage) {
	const width = Width - 2*margin
	t, s := bold.measure(glue(k.Title, k.Roles)), regular.measure(glue(k.Text, k.Roles))
	head := box{width: width, height: height, max: 92, min: 40, leading: 1.12}
	body := box{width: width - 60, max: 40, min: 32, leading: 1.34}
	if k.Text == "" {
		return t.fit(head), text
	}
	for _, lines := range []int{2, 3, 4} {
		try := head
		try.lines = lines
		for try.min = try.max; try.max >= 84-12*float64(lines); try.max, try.min = try.max-4, try.min-4 {
			title, ok := t.largest(try)
			if !ok {
				continue
			}
			body.height = height - title.height() - int(26+title.size/4)
			if text, ok := s.largest(body); ok {
				return title, text
			}
		}
	}
	head.height = height * 2 / 3
	title = t.fit(head)
	body.height, body.min = height-title.height()-int(26+title.size/4), 28
	return title, s.fit(body)
}

// columns draws the roles side by side, ending at bottom, and returns where
// they begin.
func (k Card) columns(c canvas, bottom int) int {
	const width = (Width - 2*margin - gutter) / 2
	var names, texts [2]passage
	var name, text int // the taller one's height
	for i, r := range k.Roles {
		names[i] = bold.fit(r.Name, box{width: width, height: 70, max: 34, min: 26, leading: 1.15})
		texts[i] = regular.fit(r.Text, box{width: width, height: 124, max: 32, min: 26, leading: 1.32})
		name, text = max(name, names[i].height()), max(text, texts[i].height())
	}
	top := bottom - text - 26 - name - 32
	for i := range k.Roles {
		x, k := margin+i*(width+gutter), first+ink(i)
		c.rule(k, x, top, x+width, top+9)
		names[i].draw(c, x, top+32, false, k)
		texts[i].draw(c, x, top+32+name+26, false, black)
	}
	return top
}

// lanes draws a bar for each role, ending at bottom, and returns where they
// begin. Where the role is not at work the lane is dashed.
func (k Card) lanes(c canvas, bottom int) int {
	const label, word, step, thick = 330, 130, 48, 22
	const from, to = margin + label + word, Width - margin
	top := bottom - step - thick
	for i, r := range k.Roles {
		y, k := top+i*step, first+ink(i)
		name := bold.fit(r.Name, box{width: label - 24, height: thick, max: 30, min: 20, leading: 1})
		name.draw(c, margin, y+(thick-name.height())/2, false, k)
		when := medium.fit(r.When, box{width: word - 24, height: thick, max: 28, min: 18, leading: 1})
		when.draw(c, margin+label, y+(thick-when.height())/2, false, quiet)
		begin := to
		switch r.Standing {
		case comparison.Now:
			begin = from
		case comparison.Later:
			begin = from + (to-from)/2
		}
		for x := from; x < begin; x += 20 {
			c.rect(quiet, x, y+thick/2-2, min(x+10, begin), y+thick/2+2)
		}
		c.rule(k, begin, y, to, y+thick)
	}
	return top
}

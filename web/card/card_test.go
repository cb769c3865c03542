package card

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/image/font"
	"rolecompare/internal/comparison"
)

// site is a site about another pair of roles than the real one.
func site() (*comparison.Site, *comparison.Comparison) {
	c := &comparison.Comparison{
		Slug:    "gardener-vs-landscaper",
		Title:   "Gardener vs. Landscaper",
		Edition: "2026",
		Roles: [2]comparison.Role{
			{ID: "gardener", Name: "Gardener", Plural: "Gardeners", Purpose: "Keeps a garden growing, week by week."},
			{ID: "landscaper", Name: "Landscaper", Plural: "Landscapers", Purpose: "Builds the garden, from the drains up."},
		},
	}
	c.FAQ.Items = []comparison.FAQItem{{
		Name:   comparison.Name{ID: "terrace", Title: "Can a Gardener build a terrace?"},
		Answer: comparison.Prose{Text: "A small one, perhaps.\n\nAnything that holds back earth needs a Landscaper."},
	}}
	c.Outcomes.Items = []comparison.Outcome{
		{Name: comparison.Name{ID: "both"}, Headline: "Call a Landscaper now, a Gardener later", Why: "The ground has to change first.", Recommends: [2]comparison.Standing{comparison.Later, comparison.Now}},
		{Name: comparison.Name{ID: "wait"}, Headline: "Wait a season", Why: "Nothing presses yet."},
	}
	s := &comparison.Site{
		Name:         "Garden trades",
		Summary:      "Two garden trades side by side, so that you can choose the right help.",
		Organization: comparison.Organization{Name: "Hazel & Sons"},
		Words:        comparison.Words{Recommendation: comparison.RecommendationWords{Now: "Today", Later: "By and by", Out: "No"}},
		Comparisons:  []*comparison.Comparison{c},
		Services:     []*comparison.Service{{ID: "lawn", Title: "Lawn care", Summary: "Mowing, feeding and mending, from the first warm week to the last."}},
	}
	return s, c
}

const longWord = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"

// cards are cards of every kind, and some that are hard to fit.
func cards() map[string]Card {
	s, c := site()
	long := strings.Repeat("Anything that holds back earth, or water, or a neighbour's wall needs somebody who has done it before. ", 12)
	many := about(c)
	many.Figure, many.Kicker, many.Note, many.Title, many.Footer, many.Maker = Columns, long, long, long, long, long
	many.Roles[0] = Role{Name: longWord, Plural: longWord + "s", Text: long}
	many.Roles[1] = Role{Name: "Landscaper of terraced gardens on steep ground by the sea", Text: longWord + longWord}
	lanes := many
	lanes.Figure, lanes.Text = Lanes, long
	return map[string]Card{
		"site":       Site(s),
		"comparison": Comparison(s, c),
		"faq":        FAQ(s, c, 0),
		"later":      Outcome(s, c, &c.Outcomes.Items[0]),
		"none":       Outcome(s, c, &c.Outcomes.Items[1]),
		"service":    Service(s, s.Services[0]),
		"empty":      {},
		"long":       {Kicker: long, Note: long, Title: long, Text: long, Footer: long, Maker: long},
		"long word":  {Title: longWord + longWord + longWord, Text: longWord},
		"columns":    many,
		"lanes":      lanes,
		"scripts":    {Title: "Čo je „záhradník“? Кто это? Ποια είναι; 🎉 庭師", Text: "Ça coûte 1 000 € – naïveté, ½ × Łódź…"},
	}
}

func TestCardsAreSmallAndAlike(t *testing.T) {
	t.Parallel()
	for name, k := range cards() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, err := k.PNG()
			if err != nil {
				t.Fatal(err)
			}
			if len(b) > 100<<10 {
				t.Errorf("the card has %d bytes; at most %d are wanted", len(b), 100<<10)
			}
			if again, _ := k.PNG(); !bytes.Equal(b, again) {
				t.Error("drawn again, the card has other bytes")
			}
			m, err := png.Decode(bytes.NewReader(b))
			if err != nil {
				t.Fatal(err)
			}
			if m.Bounds() != image.Rect(0, 0, Width, Height) {
				t.Errorf("the card's size is %v", m.Bounds())
			}
			// Nothing may be drawn over the margins, but for the edge at the top
			// and the overhang of a letter.
			for y := band; y < Height; y++ {
				for x := range Width {
					if x < margin-6 || x >= Width-margin+6 || y >= Height-20 {
						if m.(*image.Paletted).ColorIndexAt(x, y) != 0 {
							t.Fatalf("something is drawn over the margin at %d, %d", x, y)
						}
					}
				}
			}
		})
	}
}

func TestPartsDoNotTouch(t *testing.T) {
	t.Parallel()
	// Between the words and the figure below them there is a row of bare paper,
	// however long the words are.
	for _, name := range []string{"comparison", "later", "columns", "lanes"} {
		c, figure := newCanvas(), newCanvas()
		k := cards()[name]
		k.draw(c)
		bottom := Height - 86 - 34
		var top int
		if k.Figure == Columns {
			top = k.columns(figure, bottom)
		} else {
			top = k.lanes(figure, bottom)
		}
		for y := top - 8; y < top; y++ {
			for x := range Width {
				if c.ColorIndexAt(x, y) != figure.ColorIndexAt(x, y) {
					t.Fatalf("%s: the words reach the figure at %d, %d", name, x, y)
				}
			}
		}
	}
}

// TestWordsStayWhole checks that text is only ever broken between words, never
// wider than its box, and shortened at the end of a sentence or a word.
func TestWordsStayWhole(t *testing.T) {
	t.Parallel()
	const text = "A gardener looks after what grows, and well-kept borders/beds are the proof of it. A landscaper, who shapes the ground it grows in, comes before the gardener—if at all. Nobody needs both at once."
	for width := 150; width <= 1000; width += 50 {
		for height := 60; height <= 400; height += 34 {
			b := box{width: width, height: height, max: 60, min: 28, leading: 1.2}
			p := regular.fit(text, b)
			if p.height() > b.height {
				t.Errorf("%d×%d: the passage is %d high", width, height, p.height())
			}
			f := p.face.at(p.size)
			for _, l := range p.lines {
				line := p.text[l[0]:l[1]]
				if w := font.MeasureString(f, line).Ceil(); w > b.width+1 {
					t.Errorf("%d×%d: the line %q is %d wide", width, height, line, w)
				}
				if l[0] > 0 && !strings.ContainsAny(p.text[l[0]-1:l[0]], " -/") && !strings.HasSuffix(p.text[:l[0]], "—") {
					t.Errorf("%d×%d: a line begins within a word: %q", width, height, line)
				}
			}
			whole := strings.TrimSuffix(p.text, "…")
			rest, ok := strings.CutPrefix(text, whole)
			if !ok {
				t.Fatalf("%d×%d: %q is no beginning of the text", width, height, p.text)
			}
			if rest != "" && !strings.ContainsAny(rest[:1], " ,.—") {
				t.Errorf("%d×%d: the text ends within a word: %q", width, height, p.text)
			}
			if p.text != text && whole == p.text && !strings.HasSuffix(whole, ".") {
				t.Errorf("%d×%d: the text was shortened without saying so: %q", width, height, p.text)
			}
		}
	}
}

func TestLongWordLosesNothing(t *testing.T) {
	t.Parallel()
	// A word that can be made to fit by setting it smaller stays in one line.
	p := bold.fit(longWord, box{width: 1040, height: 300, max: 90, min: 44, leading: 1.1})
	if len(p.lines) != 1 || p.text != longWord {
		t.Errorf("the long word is set in %d lines", len(p.lines))
	}
	// One that can't runs on, every letter of it.
	endless := strings.Repeat(longWord, 5)
	p = bold.fit(endless, box{width: 1040, height: 300, max: 90, min: 44, leading: 1.1})
	var b strings.Builder
	for _, l := range p.lines {
		b.WriteString(p.text[l[0]:l[1]])
	}
	if b.String() != endless {
		t.Errorf("of the endless word only %q is shown", b.String())
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"two\n\nblocks":        "two blocks",
		" spaces\t at ends ":   "spaces at ends",
		"non‑breaking":         "non-breaking",
		"naïve Łódź, Αθήνα, Я": "naïve Łódź, Αθήνα, Я",
		"party 🎉 time":         "party time",
		"庭師":                   "□□",
		"1\u202f000":           "1\u00a0000",
	} {
		if got := clean(in); got != want {
			t.Errorf("clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestRoleNamesHoldTogetherInTheirColours(t *testing.T) {
	t.Parallel()
	roles := [2]Role{{Name: "Head Gardener", Plural: "Head Gardeners"}, {Name: "Gardenerist", Plural: "Gardenerists"}}
	text := glue("Head Gardeners, a Head Gardener and a Gardenerist; no Head Gardenering.", roles)
	if n := strings.Count(text, string(nobreak)); n != 3 {
		t.Errorf("%d names are held together: %q", n, text)
	}
	shown := func(want ink) (s string) {
		for i, k := range tint(text, roles)[:len(text)] {
			if k == want {
				s += text[i : i+1]
			}
		}
		return strings.ReplaceAll(s, string(nobreak), " ")
	}
	if got := shown(first); got != "Head GardenersHead Gardener" {
		t.Errorf("in the first role's colour: %q", got)
	}
	if got := shown(second); got != "Gardenerist" {
		t.Errorf("in the second role's colour: %q", got)
	}
}

func TestOutcomeShowsOnlyTheOutcome(t *testing.T) {
	t.Parallel()
	s, c := site()
	k := Outcome(s, c, &c.Outcomes.Items[0])
	if k.Title != c.Outcomes.Items[0].Headline || k.Text != c.Outcomes.Items[0].Why {
		t.Errorf("the card says %q, %q", k.Title, k.Text)
	}
	// The lanes show what is recommended when: the second role's from the left,
	// the first role's from the middle.
	cv := newCanvas()
	k.draw(cv)
	begins := func(i ink) int {
		for x := Width / 3; x < Width; x++ {
			for y := Height / 2; y < Height-86; y++ {
				if cv.ColorIndexAt(x, y) == uint8(i)*shades+shades {
					return x
				}
			}
		}
		return Width
	}
	if a, b := begins(first), begins(second); b >= a || a >= Width {
		t.Errorf("the lanes begin at %d and %d", a, b)
	}
}

// TestColoursAreTheStylesheets compares the cards' colours with the custom
// properties of the pages' light theme.
func TestColoursAreTheStylesheets(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("../../static/site.css")
	if err != nil {
		t.Fatal(err)
	}
	css := map[string]string{}
	for _, m := range regexp.MustCompile(`(?m)^\s*(--[a-z0-9-]+):\s*(?:light-dark\(\s*)?(#[0-9a-fA-F]{3,6})`).FindAllStringSubmatch(string(b), -1) {
		if _, ok := css[m[1]]; !ok {
			css[m[1]] = strings.ToLower(m[2])
		}
	}
	hex := func(c color.RGBA) string {
		return "#" + strconv.FormatInt(int64(c.R)<<16|int64(c.G)<<8|int64(c.B)|1<<24, 16)[1:]
	}
	if css[paperProperty] != hex(paper) {
		t.Errorf("the card's paper is %s, the stylesheet's %s is %q", hex(paper), paperProperty, css[paperProperty])
	}
	for _, k := range inks {
		if css[k.property] != hex(k.colour) {
			t.Errorf("the card has %s, the stylesheet's %s is %q", hex(k.colour), k.property, css[k.property])
		}
	}
}

func TestContrast(t *testing.T) {
	t.Parallel()
	light := func(c color.RGBA) float64 {
		f := func(v uint8) float64 {
			x := float64(v) / 255
			if x <= 0.04045 {
				return x / 12.92
			}
			return math.Pow((x+0.055)/1.055, 2.4)
		}
		return 0.2126*f(c.R) + 0.7152*f(c.G) + 0.0722*f(c.B)
	}
	for _, i := range []ink{black, quiet, first, second} {
		a, b := light(paper), light(inks[i].colour)
		if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < 7 {
			t.Errorf("%s has a contrast of %.1f to the paper; text needs 7", inks[i].property, ratio)
		}
	}
}

func BenchmarkPNG(b *testing.B) {
	all := cards()
	for _, name := range []string{"site", "comparison", "faq", "later", "service", "long", "lanes"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			var size int
			for b.Loop() {
				p, err := all[name].PNG()
				if err != nil {
					b.Fatal(err)
				}
				size = len(p)
			}
			b.ReportMetric(float64(size), "bytes")
		})
	}
}

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

	"rolecompare/internal/comparison"
)

// site is a site about another pair of roles than the real one.
func site() (*comparison.Site, *comparison.Comparison) {
	c := &comparison.Comparison{
		Slug:    "gardener-vs-landscaper",
		Title:   "Gardener vs. Landscaper",
		Edition: "2026",
		Roles: [2]comparison.Candidate{
			{Role: &comparison.Role{ID: "gardener", Name: "Gardener", Summary: "Keeps a garden growing, week by week.", Mark: 3}},
			{Role: &comparison.Role{ID: "landscaper", Name: "Landscaper", Summary: "Builds the garden, from the drains up.", Mark: 2}},
		},
	}
	c.FAQ.Items = []comparison.FAQItem{{
		Name:   comparison.Name{ID: "terrace", Title: "Can a Gardener build a terrace?"},
		Answer: comparison.Prose{Text: "A small one, perhaps.\n\nAnything that holds back earth needs a Landscaper."},
	}}
	c.Outcomes.Items = []comparison.Outcome{
		{Name: comparison.Name{ID: "both"}, Headline: "Call a Landscaper now, a Gardener later", Why: "The ground has to change first.", Recommends: comparison.Standings{comparison.Later, comparison.Now}},
		{Name: comparison.Name{ID: "wait"}, Headline: "Wait a season", Why: "Nothing presses yet."},
	}
	s := &comparison.Site{
		Name:         "Garden trades",
		Summary:      "Two garden trades side by side, so that you can choose the right help.",
		Organization: comparison.Organization{Name: "Hazel & Sons"},
		Roles:        []*comparison.Role{c.Roles[0].Role, c.Roles[1].Role},
		Comparisons:  []*comparison.Comparison{c, {Title: "Florist vs. Gardener", Draft: true}},
		Services:     []*comparison.Page{{ID: "lawn", Title: "Lawn care", Summary: "Mowing, feeding and mending, from the first warm week to the last."}},
	}
	return s, c
}

// stands are the words for a standing.
func stands(s comparison.Standing) string { return [...]string{"No", "By and by", "Today"}[s] }

const longWord = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"

// cards are cards of every kind, and some that are hard to fit.
func cards() map[string]Card {
	s, c := site()
	long := strings.Repeat("Anything that holds back earth, or water, or a neighbour's wall needs somebody who has done it before. ", 12)
	many := Comparison(s, c)
	many.Head, many.Title, many.Text, many.Foot = [2]string{long, long}, long, long, [2]string{long, long}
	second := &comparison.Role{Name: "Landscaper of terraced gardens on steep ground by the sea", Mark: 1}
	many.Roles = []*comparison.Role{{Name: longWord}, second}
	many.Columns = [2]string{long, longWord + longWord}
	crowded := many
	crowded.Columns[0] = strings.Repeat("earth and water and stone and ", 12)
	return map[string]Card{
		"site":       Site(s, s.Roles),
		"comparison": Comparison(s, c),
		"faq":        FAQ(s, c, c.FAQ.Items[0]),
		"later":      Outcome(s, c, &c.Outcomes.Items[0], stands),
		"none":       Outcome(s, c, &c.Outcomes.Items[1], stands),
		"service":    Page(s, s.Services[0].Title, s.Services[0].Summary),
		"empty":      {},
		"blank":      {Roles: []*comparison.Role{{}, {}}, Columns: [2]string{"", "Today"}},
		"long":       {Head: [2]string{long, long}, Title: long, Text: long, Foot: [2]string{long, long}},
		"long word":  {Title: longWord + longWord + longWord, Text: longWord},
		"columns":    many,
		"crowded":    crowded,
		"scripts":    {Title: "Čo je „záhradník“? Кто это? Ποια είναι; 🎉 庭師", Text: "Ça coûte 1 000 € – naïveté, ½ × Łódź…"},
	}
}

// drawn is a card's file, and the picture in it.
func drawn(t *testing.T, k Card) ([]byte, *image.Paletted) {
	t.Helper()
	b, err := k.PNG()
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return b, m.(*image.Paletted)
}

// index is a colour's place in the palette.
func index(c color.RGBA) uint8 { return uint8(palette.Index(c)) }

func TestCardsAreSmallAndAlike(t *testing.T) {
	t.Parallel()
	for name, k := range cards() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, m := drawn(t, k)
			if len(b) > 64<<10 {
				t.Errorf("the card has %d bytes; at most %d are wanted", len(b), 64<<10)
			}
			if again, _ := k.PNG(); !bytes.Equal(b, again) {
				t.Error("drawn again, the card has other bytes")
			}
			if m.Bounds() != image.Rect(0, 0, 1200, 630) {
				t.Errorf("the card's size is %v", m.Bounds())
			}
			// Nothing may be drawn over the margins, but for the edge at the top
			// and the overhang of a letter.
			for y := band; y < Height; y++ {
				for x := range Width {
					if x < margin-6 || x >= Width-margin+6 || y >= Height-20 {
						if m.ColorIndexAt(x, y) != 0 {
							t.Fatalf("something is drawn over the margin at %d, %d", x, y)
						}
					}
				}
			}
		})
	}
}

// TestPartsDoNotTouch checks that between the head, the words, the figure and the
// foot there are rows of bare paper, however long each is.
func TestPartsDoNotTouch(t *testing.T) {
	t.Parallel()
	for name, k := range cards() {
		_, m := drawn(t, k)
		bare := func(where string, from, to int) {
			for i, k := range m.Pix[from*m.Stride : to*m.Stride] {
				if k != 0 {
					t.Errorf("%s: %s is not bare at %d, %d", name, where, i%m.Stride, from+i/m.Stride)
					return
				}
			}
		}
		bare("what is below the head", 102, 114)
		bare("what is above the foot", foot-12, foot)
		figure := image.NewPaletted(m.Rect, palette)
		if k.Columns != [2]string{} {
			y := k.columns(figure)
			bare("what is above the columns", y-12, y)
		}
	}
}

// TestWordsStayWhole checks that text is only ever broken between words, never
// wider than its lines, and shortened at the end of a sentence or a word.
func TestWordsStayWhole(t *testing.T) {
	t.Parallel()
	const text = "A gardener looks after what grows, and well-kept borders/beds are the proof of that. A landscaper, who shapes the ground it grows in, comes before the gardener—if ever. Nobody needs both at once."
	var whole, sentence, word int
	for width := 150; width <= 1000; width += 50 {
		for height := 60; height <= 400; height += 34 {
			p := loose.fit(text, width, height, 60, 28)
			if p.height() > height {
				t.Errorf("%d×%d: the passage is %d high", width, height, p.height())
			}
			for _, line := range p.lines {
				if w := p.measure(line); w > width {
					t.Errorf("%d×%d: the line %q is %d wide", width, height, line, w)
				}
			}
			shown := strings.Join(p.lines, " ")
			kept, cut := strings.CutSuffix(shown, "…")
			rest, ok := strings.CutPrefix(text, kept)
			switch {
			case !ok:
				t.Fatalf("%d×%d: %q is no beginning of the text", width, height, shown)
			case rest == "":
				whole++
			case !cut:
				sentence++
				if !strings.HasSuffix(kept, ".") {
					t.Errorf("%d×%d: the text was shortened without saying so: %q", width, height, shown)
				}
			default:
				word++
				if !strings.ContainsAny(rest[:1], " ,.") {
					t.Errorf("%d×%d: the text ends within a word: %q", width, height, shown)
				}
			}
		}
	}
	if whole == 0 || sentence == 0 || word == 0 {
		t.Errorf("%d texts were whole, %d ended with a sentence and %d with a word; all are wanted", whole, sentence, word)
	}
}

func TestShorten(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"It depends. Anything that is heavy needs a crane, and": "It depends. Anything that is heavy needs a crane…",
		"It depends on the ground. Anything that":               "It depends on the ground.",
		"Does it depend on “the ground?” Anything":              "Does it depend on “the ground?”",
		"A Gardener vs. Them":                                   "A Gardener vs…",
		"Landscapers":                                           "Landscapers…",
	} {
		if got := shorten(in); got != want {
			t.Errorf("shorten(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTitleIsAsLargeAsItFits(t *testing.T) {
	t.Parallel()
	sized := func(text string) passage { return tight.fit(text, inner, 200, 92, 40) }
	if p := sized("Wait"); p.cap != tight.set("", inner, 92).cap {
		t.Errorf("a short title has capitals %d high", p.cap)
	}
	p := sized("Call a Landscaper now, and a Gardener as soon as the ground is as you want it to be")
	if n := len(p.lines); n != 3 || p.step*n > 240 || p.step*n < 180 {
		t.Errorf("a long title is set in %d lines, %d from one to the next", n, p.step)
	}
	// The lines are about as long as one another.
	for _, line := range p.lines {
		if p.measure(line) < inner*2/3 {
			t.Errorf("the line %q is only %d wide", line, p.measure(line))
		}
	}
}

func TestLongWordLosesNothing(t *testing.T) {
	t.Parallel()
	for _, word := range []string{longWord, strings.Repeat(longWord, 5)} {
		p := tight.fit(word, 1040, 300, 90, 44)
		if len(p.lines) != 1 || p.lines[0] != word || p.measure(word) > 1040 {
			t.Errorf("of the long word %q is shown", p.lines)
		}
	}
	// Before the long word gives way, the others do.
	if p := tight.fit("Landscapers of terraced gardens", 200, 30, 30, 20); strings.Join(p.lines, "") != "Landscapers…" {
		t.Errorf("of the long name %q is shown", p.lines)
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"two\n\nblocks":          "two blocks",
		" spaces\t at ends ":     "spaces at ends",
		"non\u2011breaking":      "non-breaking",
		"soft\u00adly":           "softly",
		"naïve façade, €½, Łódź": "naïve façade, €½, •ód•",
		"party 🎉 time":           "party time",
		"庭師":                     "••",
		"1\u202f000":             "1\u00a0000",
		"a Gardener\u02bcs work": "a Gardener’s work",
	} {
		if got := strings.Join(loose.fit(in, 1000, 100, 20, 20).lines, "|"); got != want {
			t.Errorf("%q is shown as %q, want %q", in, got, want)
		}
	}
	if p := loose.set("", 1000, 100); p.measure("-") >= p.measure("–") {
		t.Errorf("a hyphen is %d wide, no less than a dash", p.measure("-"))
	}
}

// TestKerning: letters stand as close to each other in a large size as in a small
// one.
func TestKerning(t *testing.T) {
	t.Parallel()
	closer := func(size float64) int {
		p := tight.set("", 1000, size)
		return p.measure("T") + p.measure("o") - p.measure("To")
	}
	if small, large := closer(100), closer(800); small < 3 || large < 7*small || large > 9*small {
		t.Errorf("“To” is %d pixels closer at 100, and %d at 800", small, large)
	}
}

// TestRolesHaveTheirForms checks that the rule of the first mark is solid, the
// second's double and the third's dashed, wherever the role stands.
func TestRolesHaveTheirForms(t *testing.T) {
	t.Parallel()
	m := image.NewPaletted(image.Rect(0, 0, 50, 12), palette)
	rule(m, 1, 0, 0, 1, 12)
	rule(m, 2, 1, 0, 2, 12)
	rule(m, 3, 2, 0, 50, 12)
	for x := 2; x < 50; x++ {
		want := inks[3]
		if x >= 26 && x < 38 {
			want = paper
		}
		if m.ColorIndexAt(x, 6) != index(want) {
			t.Errorf("the rule of the third mark is %v at %d", m.At(x, 6), x)
		}
	}
	for y := range 12 {
		if m.ColorIndexAt(0, y) != index(inks[1]) {
			t.Errorf("the first mark's rule is %v at %d", m.At(0, y), y)
		}
		want := inks[2]
		if y >= 4 && y < 8 {
			want = paper
		}
		if m.ColorIndexAt(1, y) != index(want) {
			t.Errorf("the second mark's rule is %v at %d", m.At(1, y), y)
		}
	}
	// A card about pairs has both at its edge, any other has neither.
	s, _ := site()
	for _, c := range []struct {
		card  Card
		edges [3]color.RGBA // at the left, at the right, and in the right one's middle
	}{
		{Site(s, s.Roles), [3]color.RGBA{inks[3], inks[2], paper}},
		{Page(s, s.Services[0].Title, s.Services[0].Summary), [3]color.RGBA{black, black, black}},
	} {
		_, m := drawn(t, c.card)
		for i, at := range []image.Point{{0, 0}, {Width - 1, 0}, {Width - 1, band / 2}} {
			if m.ColorIndexAt(at.X, at.Y) != index(c.edges[i]) {
				t.Errorf("%s: the edge is %v at %v", c.card.Title, m.At(at.X, at.Y), at)
			}
		}
	}
}

func TestSiteNamesWhatIsPublished(t *testing.T) {
	t.Parallel()
	s, c := site()
	if k := Site(s, s.Roles); k.Foot[0] != c.Title {
		t.Errorf("at the foot of the site's card stands %q", k.Foot[0])
	}
}

func TestOutcomeShowsOnlyTheOutcome(t *testing.T) {
	t.Parallel()
	s, c := site()
	k := Outcome(s, c, &c.Outcomes.Items[0], stands)
	if k.Title != c.Outcomes.Items[0].Headline || k.Text != c.Outcomes.Items[0].Why {
		t.Errorf("the card says %q, %q", k.Title, k.Text)
	}
	if k.Columns != [2]string{"By and by", "Today"} {
		t.Errorf("below the roles' names stands %q", k.Columns)
	}
	undecided := comparison.Outcome{Name: comparison.Name{ID: comparison.Undecided}}
	if k := Outcome(s, c, &undecided, stands); k.Columns != [2]string{} {
		t.Errorf("where nothing is decided, the card says %q of the roles", k.Columns)
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
	for property, c := range map[string]color.RGBA{
		"--paper": paper, "--ink": black, "--quiet": quiet, "--line": line, "--first": inks[1], "--second": inks[2], "--third": inks[3],
	} {
		hex := "#" + strconv.FormatInt(int64(c.R)<<16|int64(c.G)<<8|int64(c.B)|1<<24, 16)[1:]
		if css[property] != hex {
			t.Errorf("the card has %s, the stylesheet's %s is %q", hex, property, css[property])
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
	for _, ink := range append(inks[:], quiet) {
		a, b := light(paper), light(ink)
		if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < 7 {
			t.Errorf("%v has a contrast of %.1f to the paper; text needs 7", ink, ratio)
		}
	}
}

func BenchmarkPNG(b *testing.B) {
	all := cards()
	for _, name := range []string{"site", "comparison", "faq", "later", "service", "long", "crowded"} {
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

//go:build browser

package browsertest

import (
	"bytes"
	"flag"
	"html/template"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"rolecompare/content"
)

// looks are the ways in which pages are pictured.
var looks = []look{
	{"320-light", 320, 640, []string{"prefers-color-scheme=light"}},
	{"320-dark", 320, 640, []string{"prefers-color-scheme=dark"}},
	{"390-light", 390, 844, []string{"prefers-color-scheme=light"}},
	{"768-light", 768, 1024, []string{"prefers-color-scheme=light"}},
	{"768-dark", 768, 1024, []string{"prefers-color-scheme=dark"}},
	{"1024-light", 1024, 768, []string{"prefers-color-scheme=light"}},
	{"1440-light", 1440, 900, []string{"prefers-color-scheme=light"}},
	{"1440-dark", 1440, 900, []string{"prefers-color-scheme=dark"}},
	{"1440-forced", 1440, 900, []string{"forced-colors=active", "prefers-color-scheme=dark"}},
	{"print", 794, 1123, []string{"print"}},
}

// TestGallery pictures every page and state, for people to look at, and writes a
// sheet that shows them all: gallery/index.html. It does so when it is run by
// name, "-run Gallery"; among the others it pictures one, elsewhere, to see that
// it could.
func TestGallery(t *testing.T) {
	t.Parallel()
	dir, whole := t.TempDir(), strings.Contains(flag.Lookup("test.run").Value.String(), "Gallery")
	if whole {
		dir = "gallery"
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	served := serve(t, content.FS)
	all := served.states()
	if !whole {
		all = all[:1]
	}
	b := open(t, served.URL)
	b.visit("/") // the typeface may be late for the first page
	var states []string
	for _, s := range all {
		b.picture(s, dir)
		states = append(states, s.name)
	}
	var out bytes.Buffer
	if err := sheet.Execute(&out, map[string][]string{"States": states, "Looks": names(looks)}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "index.html"), out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// picture pictures a state in every look.
func (b *tab) picture(s state, dir string) {
	b.t.Helper()
	for _, l := range looks {
		b.as(l)
		b.visit(s.path)
		p := devtools.CaptureScreenshotParams{CaptureBeyondViewport: new(true), Format: devtools.CaptureScreenshotFormatPng}
		p.Clip = &devtools.Viewport{Width: float64(l.width), Height: eval[float64](b, "document.documentElement.scrollHeight"), Scale: 1}
		picture, err := chromedp.Call(b.ctx, devtools.CaptureScreenshot, p)
		if err != nil {
			b.t.Fatal(err)
		}
		if !bytes.HasPrefix(picture.Data, []byte("\x89PNG")) {
			b.t.Fatalf("%s, %s: what comes is no picture", s.name, l.name)
		}
		if err := os.WriteFile(filepath.Join(dir, s.name+"-"+l.name+".png"), picture.Data, 0o644); err != nil {
			b.t.Fatal(err)
		}
	}
}

func names(looks []look) (out []string) {
	for _, l := range looks {
		out = append(out, l.name)
	}
	return out
}

var sheet = template.Must(template.New("").Parse(`<!doctype html>
<meta charset="utf-8">
<title>Gallery</title>
<style>
	body { font: 14px system-ui; background: #888 }
	section { display: flex; gap: 1rem; align-items: start; overflow-x: auto }
	img { block-size: 40rem; inline-size: auto }
</style>
{{range $state := .States}}<h2>{{$state}}</h2>
<section>{{range $.Looks}}<a href="{{$state}}-{{.}}.png"><img loading="lazy" alt="{{.}}" src="{{$state}}-{{.}}.png"></a>{{end}}</section>
{{end}}`))

// TestPrint: a comparison prints as a handout, a recommendation on one sheet with
// what is folded on the screen, and the addresses of links to elsewhere are
// printed with them. As long as a sheet holds 700 words, what ships takes two and
// one; authors may write more.
func TestPrint(t *testing.T) {
	t.Parallel()
	served := serve(t, content.FS)
	b := open(t, served.URL)
	for _, s := range served.states() {
		handout := strings.HasPrefix(s.name, "comparison-")
		if !handout && !strings.HasPrefix(s.name, "recommendation-") {
			continue
		}
		b.visit(s.path)
		b.media("print")
		most := 1 + eval[int](b, `document.body.innerText.split(/\s+/).length`)/700
		for paper, size := range map[string]chromedp.PaperSize{"A4": chromedp.PaperA4, "Letter": chromedp.PaperLetter} {
			pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFPaper(size), chromedp.PDFPreferCSSPageSize()))
			if err != nil {
				t.Fatal(err)
			}
			if got := len(leaf.FindAll(pdf, -1)); got < 1 || got > most {
				t.Errorf("%s prints on %d sheets of %s, want %d at most", s.name, got, paper, most)
			}
		}
		if handout && !eval[bool](b, `getComputedStyle(document.querySelector("main a[href^='https:']"), "::after").content.includes("attr") || getComputedStyle(document.querySelector("main a[href^='https:']"), "::after").content.includes("http")`) {
			t.Errorf("%s does not print where its links lead", s.name)
		}
		if !handout && !eval[bool](b, `[...document.querySelectorAll(".every li, .reasons li, .standings dd")].every((e) => e.checkVisibility() && e.getBoundingClientRect().height > 0)`) {
			t.Errorf("%s prints without its signs or reasons", s.name)
		}
		if !eval[bool](b, `[...document.querySelectorAll(".stages > li")].every((e) => e.querySelector(".lanes").checkVisibility() && e.scrollHeight <= e.clientHeight + 1)`) {
			t.Errorf("%s prints its figure without the lanes, or over what follows", s.name)
		}
		b.media()
	}
}

// leaf is a page of a PDF file.
var leaf = regexp.MustCompile(`/Type\s*/Page\b[^s]`)

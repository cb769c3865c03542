package markdown_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"

	"rolecompare/internal/markdown"
	"rolecompare/internal/markdown/markdowntest"
)

// TestPictures: what lies beside a text can be shown in it.
func TestPictures(t *testing.T) {
	t.Parallel()
	const closing = "comparisons/gardener-vs-landscaper/closing.md"
	var small, photo bytes.Buffer
	if err := png.Encode(&small, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 4, 5)), nil); err != nil {
		t.Fatal(err)
	}
	fsys := markdowntest.Fixture()
	add := func(name, text string) {
		fsys[name].Data = append(fsys[name].Data, "\n"+text+"\n"...)
	}
	fsys["comparisons/gardener-vs-landscaper/beds.png"] = &fstest.MapFile{Data: small.Bytes()}
	fsys["services/lawn.jpg"] = &fstest.MapFile{Data: photo.Bytes()}
	add(closing, "![Two *beds*](beds.png)")
	add("services/lawn-care.md", "![A lawn](lawn.jpg)")
	site, found := markdown.Read(fsys, nil)
	if len(found) > 0 && !strings.Contains(found.Error(), "words.md") || len(found) > 1 {
		t.Fatal(found)
	}
	html := site.Comparisons[0].Closing.Body.HTML + site.Services[0].Body.HTML + site.Services[1].Body.HTML
	if len(site.Pictures) != 2 {
		t.Fatalf("%d pictures are served, want 2", len(site.Pictures))
	}
	for i, want := range []string{` alt="Two beds" width="3" height="2" loading="lazy">`, ` alt="A lawn" width="4" height="5" loading="lazy">`} {
		p := site.Pictures[i]
		if !strings.Contains(html, `<img src="`+p.Address+`"`+want) {
			t.Errorf("%s of %s is not shown in %s", p.Address, p.MediaType, html)
		}
	}
	if strings.Contains(site.Comparisons[0].Closing.Body.Text, "beds") {
		t.Error("what a picture shows is taken for words of the text")
	}
	alone := fsys[closing].Data
	add(closing, "Among words ![there](beds.png)")
	fsys["pages/unused.webp"] = &fstest.MapFile{Data: small.Bytes()}
	_, found = markdown.Read(fsys, nil)
	for _, want := range []string{":7:13: a picture cannot stand here; give it a paragraph of its own", "pages/unused.webp: warning: no text shows this picture; show it with ![what it shows](unused.webp), or remove it"} {
		if !strings.Contains(found.Error(), want) {
			t.Errorf("the report has no %q:\n%v", want, found)
		}
	}
	fsys[closing].Data = alone
	before := site.Pictures[0].Address
	fsys["comparisons/gardener-vs-landscaper/beds.png"] = fsys["services/lawn.jpg"]
	if site, _ := markdown.Read(fsys, nil); site.Pictures[0].Address == before || site.Pictures[0].MediaType != "image/jpeg" {
		t.Error("another picture has the same address")
	}
}

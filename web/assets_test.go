package web_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"image"
	"image/png"
	"io/fs"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"

	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/static"
	"rolecompare/web"
)

var hashed = regexp.MustCompile(`^/static/([a-z0-9-]+)\.([0-9a-f]{10})\.([a-z0-9]+)$`)

// TestAssets: pages name their assets by addresses that change with the
// content, which may so be kept for ever.
func TestAssets(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		found := map[string]bool{}
		for _, link := range readPage(s.get(t, "/")).links {
			m := hashed.FindStringSubmatch(link)
			if m == nil {
				continue
			}
			found[m[3]] = true
			got := s.get(t, link)
			want, err := static.FS.ReadFile(m[1] + "." + m[3])
			if err != nil || got.body != string(want) || got.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" {
				t.Errorf("%s: %s, %v", link, got.Status, err)
			}
			if shown := got.Header.Get("Cross-Origin-Resource-Policy") == "cross-origin"; shown != (m[3] == "svg" || m[3] == "png") {
				t.Errorf("%s: others may show it: %v", link, shown)
			}
			if sum := sha256.Sum256(want); hex.EncodeToString(sum[:5]) != m[2] {
				t.Errorf("%s is not named by its content", link)
			}
			// A page of another version asks for another hash.
			other := strings.Replace(link, m[2], "0123456789", 1)
			if got := s.get(t, other); got.StatusCode != http.StatusOK || got.body != string(want) || got.Header.Get("Cache-Control") != "no-cache" {
				t.Errorf("%s: %s, Cache-Control: %s", other, got.Status, got.Header.Get("Cache-Control"))
			}
		}
		if !found["js"] || !found["svg"] || !found["woff2"] {
			t.Errorf("the front page has only %v", found)
		}
	})
}

// TestStyle: the stylesheet stands in every page, and the policy allows it and
// no other.
func TestStyle(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		for _, address := range append(c.addresses(), "/nowhere") {
			got := s.get(t, address)
			if !strings.HasPrefix(got.Header.Get("Content-Type"), "text/html") {
				continue
			}
			_, rest, _ := strings.Cut(got.body, "<style>")
			css, _, ok := strings.Cut(rest, "</style>")
			sum := sha256.Sum256([]byte(css))
			want := []string{"'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"}
			if !ok || !strings.Contains(css, "@layer") || !slices.Equal(directives(got)["style-src"], want) {
				t.Errorf("%s: a style of %d bytes, want the policy to allow %q: %s", address, len(css), want, got.Header.Get("Content-Security-Policy"))
			}
		}
	})
}

// TestTypeface: the style names its fonts by their addresses, the policy allows
// them, and they are light and go nowhere without their license.
func TestTypeface(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		front, size := s.get(t, "/"), 0
		fonts := fontURL.FindAllStringSubmatch(front.body, -1)
		for _, font := range fonts {
			got := s.get(t, font[1])
			if !hashed.MatchString(font[1]) || got.StatusCode != http.StatusOK || got.Header.Get("Content-Type") != "font/woff2" ||
				got.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" || got.Header.Get("Cross-Origin-Resource-Policy") != "same-origin" {
				t.Errorf("%s: %s, %v", font[1], got.Status, got.Header)
			}
			size += len(got.body)
		}
		if len(fonts) != 2 || size > 45_000 {
			t.Errorf("%d fonts take %d bytes; a roman and an italic of 45,000 at most are wanted", len(fonts), size)
		}
		if got := directives(front)["font-src"]; !slices.Equal(got, []string{"'self'"}) {
			t.Errorf("the policy lets fonts come from %q", got)
		}
		if !strings.Contains(front.body, `<link rel="preload" href="`+fonts[0][1]+`" as="font" type="font/woff2" crossorigin>`) {
			t.Error("the roman is not asked for early")
		}
	})
	license, err := static.FS.ReadFile("newsreader-license.txt")
	if err != nil || !bytes.Contains(license, []byte("SIL OPEN FONT LICENSE")) {
		t.Error("the license of the fonts is missing:", err)
	}
}

var fontURL = regexp.MustCompile(`url\((.*?)\)`)

// TestWholeStyle: the style that is served says what the stylesheet says. Only
// its comments, and space between its words, are gone, and addresses are in the
// place of names.
func TestWholeStyle(t *testing.T) {
	t.Parallel()
	file, err := static.FS.ReadFile("site.css")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(ask(web.NewServer(fixture().snapshot, web.Options{}), "/").Body.String(), "<style>")
	served, _, _ := strings.Cut(rest, "</style>")
	got, comments := cssTokens(strings.Replace(fontURL.ReplaceAllString(served, "url()"), baseURL, "", 1))
	want, _ := cssTokens(fontURL.ReplaceAllString(string(file), "url()"))
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Fatalf("%q became %q", want[i:min(i+12, len(want))], got[i:min(i+12, len(got))])
		}
	}
	if len(got) != len(want) || len(got) < 100 {
		t.Errorf("%d of %d tokens are served", len(got), len(want))
	}
	if comments > 0 || len(served) >= len(file) {
		t.Errorf("%d comments in %d bytes are served; the file has %d bytes", comments, len(served), len(file))
	}
}

// cssTokens returns the strings of a stylesheet, each whole, what else stands
// between spaces and marks, and how many comments it has.
func cssTokens(css string) (tokens []string, comments int) {
	for _, part := range cssPart.FindAllString(css, -1) {
		if strings.HasPrefix(part, "/*") {
			comments++
		} else {
			tokens = append(tokens, part)
		}
	}
	return tokens, comments
}

var cssPart = regexp.MustCompile(`(?s)/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{}:;,]|[^\s"'/{}:;,]+|/`)

// TestAssetsAreSmall holds what every visitor has to load besides the words. The style
// has to serve figures, matrix, form and print; it comes with every page, and each of
// them still fits into the first round trip.
func TestAssetsAreSmall(t *testing.T) {
	t.Parallel()
	for name, most := range map[string]int{"site.css": 6600, "site.js": 1500} {
		content, err := static.FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		w := brotli.NewWriterLevel(&b, brotli.BestCompression)
		if _, err := w.Write(content); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil || b.Len() == 0 || b.Len() > most {
			t.Errorf("%s takes %d bytes as brotli, at most %d are allowed (%v)", name, b.Len(), most, err)
		}
	}
}

func TestManifest(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		var manifest struct {
			Name  string
			Start string `json:"start_url"`
			Icons []struct{ Src, Type, Sizes string }
		}
		got := s.get(t, "/site.webmanifest")
		if err := json.Unmarshal([]byte(got.body), &manifest); err != nil || manifest.Name != c.site.Name || manifest.Start != "/" || len(manifest.Icons) == 0 {
			t.Errorf("%v: %s", err, got.body)
		}
		for _, icon := range manifest.Icons {
			if got := s.get(t, icon.Src); got.StatusCode != http.StatusOK || got.Header.Get("Content-Type") != icon.Type {
				t.Errorf("%s: %s, %s", icon.Src, got.Status, got.Header.Get("Content-Type"))
			}
		}
	})
}

// TestPrefetch: a page names rules by which browsers may fetch the next one.
func TestPrefetch(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		address := strings.Trim(s.get(t, "/").Header.Get("Speculation-Rules"), `"`)
		got := s.get(t, address)
		if got.StatusCode != http.StatusOK || got.Header.Get("Content-Type") != "application/speculationrules+json" || !json.Valid([]byte(got.body)) {
			t.Errorf("%q: %s, %s", address, got.Status, got.Header.Get("Content-Type"))
		}
	})
}

// TestCards: the card that a page names is a picture, and nothing of the
// answers is in its address.
func TestCards(t *testing.T) {
	both(t, func(t *testing.T, c content, s listening) {
		cards := map[string]bool{}
		for _, address := range c.addresses() {
			for _, link := range readPage(s.get(t, address)).links {
				if card, ok := strings.CutPrefix(link, baseURL); ok && strings.HasPrefix(card, "/og/") {
					cards[card] = true
				}
			}
		}
		if len(cards) < 3 {
			t.Errorf("the pages name only %v", cards)
		}
		for card := range cards {
			got := s.get(t, card)
			if got.StatusCode != http.StatusOK || got.Header.Get("Content-Type") != "image/png" || len(got.body) > 100_000 || got.Header.Get("Cross-Origin-Resource-Policy") != "cross-origin" {
				t.Errorf("%s: %s, %s, %d bytes", card, got.Status, got.Header.Get("Content-Type"), len(got.body))
			}
			if again := s.get(t, card, "If-None-Match: "+got.Header.Get("Etag")); again.StatusCode != http.StatusNotModified {
				t.Errorf("%s again: %s", card, again.Status)
			}
		}
	})
}

// TestFaultyAssets: what cannot be read is refused at the start.
func TestFaultyAssets(t *testing.T) {
	t.Parallel()
	folder := fstest.MapFS{"site.css": {Mode: fs.ModeDir}}
	if _, err := web.NewSnapshot(fixture().loaded, folder, web.SnapshotOptions{}); err == nil {
		t.Error("a folder is taken for a stylesheet")
	}
}

// TestPicture: a picture in a text is served with its type, and may be kept.
func TestPicture(t *testing.T) {
	t.Parallel()
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	fsys := markdowntest.Fixture()
	fsys["pages/plan.png"] = &fstest.MapFile{Data: picture.Bytes()}
	fsys["pages/privacy.md"].Data = append(fsys["pages/privacy.md"].Data, "\n![A plan](plan.png)\n"...)
	s := serve(t, load("with a picture", fsys), unlimited)
	shown := regexp.MustCompile(`<img src="(/pictures/[^"]+)" alt="A plan" width="3" height="2" loading="lazy">`)
	found := shown.FindStringSubmatch(s.get(t, "/pages/privacy").body)
	if found == nil {
		t.Fatal("the page has no picture")
	}
	got := s.get(t, found[1])
	if got.StatusCode != http.StatusOK || got.body != picture.String() || got.Header.Get("Content-Type") != "image/png" ||
		!strings.Contains(got.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("%s: %s, %v", found[1], got.Status, got.Header)
	}
	if got := s.get(t, "/pictures/0123456789/plan.png"); got.StatusCode != http.StatusNotFound {
		t.Errorf("another picture: %s", got.Status)
	}
}

//go:build browser

package browsertest

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"rolecompare/content"
)

// TestFonts: the fonts in the program are those that fonts.mjs makes.
func TestFonts(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	node(t, nil, "fonts.mjs", dir)
	made, err := filepath.Glob(filepath.Join(dir, "static", "*"))
	if err != nil || len(made) != 3 {
		t.Fatalf("%q are made for the pages, two fonts and a license are wanted (%v)", made, err)
	}
	for _, path := range append(made, filepath.Join(dir, "web", "card", "newsreader.ttf")) {
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		ours := filepath.Join("..", "..", strings.TrimPrefix(path, dir))
		if got, err := os.ReadFile(ours); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what fonts.mjs makes: run node fonts.mjs in web/browsertest (%v)", ours, err)
		}
	}
}

// TestLateTypeface: where the fonts come after the page is shown, nothing moves,
// since what stands in for them stays. The next page is set in them, and lines
// are nearly as long as before.
func TestLateTypeface(t *testing.T) {
	t.Parallel()
	for _, l := range []look{phone, {"tablet", 768, 1024, nil}, light} {
		t.Run(l.name, func(t *testing.T) {
			served := serve(t, content.FS)
			site, shown := served.Config.Handler, make(chan struct{})
			show := sync.OnceFunc(func() { close(shown) })
			served.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				switch {
				case r.URL.Path == "/shown":
					show()
				case strings.HasSuffix(r.URL.Path, ".woff2"):
					<-shown
				}
				site.ServeHTTP(w, r)
			})
			t.Cleanup(show) // or a page that fails would never let the server close

			b := open(t, served.URL)
			b.as(l)
			b.before(`new PerformanceObserver(() => setTimeout(() => fetch("/shown"), 300)).observe({ type: "paint", buffered: true })`)
			const long = `document.querySelector("h1").firstElementChild.getBoundingClientRect().width`
			address := "/compare/" + served.Comparisons[0].Slug
			b.visit(address)
			b.faults(l.name, still)
			before := eval[float64](b, long)
			b.visit(address)
			if after := eval[float64](b, long); after == before || after < before*.97 || after > before*1.03 {
				t.Errorf("the title is %v pixels long at first, %v on the next page; only the typeface should differ, by little", before, after)
			}
		})
	}
}

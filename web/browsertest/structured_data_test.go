//go:build browser

package browsertest

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rolecompare/content"
	"rolecompare/internal/comparison"
	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/web/page"
)

// structuredData is what one page says to machines.
type structuredData struct {
	Page string          `json:"page"`
	Data json.RawMessage `json:"data"`
}

// TestStructuredData has every page's structured data checked against
// schema.org's vocabulary and the rules for rich results: that of the real
// content with the site's address known, that of a fixture without. Among them
// are mistakes, to show that the validators would see one.
func TestStructuredData(t *testing.T) {
	t.Parallel()
	var all []structuredData
	add := func(fsys fs.FS, base string) {
		s := load(t, fsys)
		for _, v := range views(s) {
			if d, ok := dataOf(t, page.Frame{Site: s, BaseURL: base}, v); ok {
				all = append(all, structuredData{base + v.Head().Path, d})
			} else if !v.Head().NoIndex {
				t.Errorf("%s has no structured data", v.Head().Path)
			}
		}
	}
	add(content.FS, "https://example.com")
	add(markdowntest.Fixture(), "")

	graph := func(nodes string) json.RawMessage {
		return json.RawMessage(`{"@context":"https://schema.org","@graph":[` + nodes + `]}`)
	}
	mistakes := []structuredData{
		{"unknown type", graph(`{"@type":"WebPagee","name":"A"}`)},
		{"unknown property", graph(`{"@type":"WebPage","reviewed":"2026-01-01"}`)},
		{"property of another type", graph(`{"@type":"Service","acceptedAnswer":{"@type":"Answer","text":"A"}}`)},
		{"value of a wrong type", graph(`{"@type":"WebPage","breadcrumb":{"@type":"Question","name":"A"}}`)},
		{"missing name", graph(`{"@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","position":1,"item":"https://example.com/"},{"@type":"ListItem","position":2}]}`)},
	}

	seen := map[string]bool{}
	for line := range strings.Lines(validate(t, append(all, mistakes...))) {
		page, _, _ := strings.Cut(line, ": ")
		seen[page] = true
		if !slices.ContainsFunc(mistakes, func(m structuredData) bool { return m.Page == page }) {
			t.Error(strings.TrimSpace(line))
		}
	}
	for _, m := range mistakes {
		if !seen[m.Page] {
			t.Errorf("%s: the validators saw nothing", m.Page)
		}
	}
	t.Logf("%d graphs and %d mistakes checked", len(all), len(mistakes))
}

// views are all pages of a site, and a recommendation for every outcome.
func views(s *page.Site) []page.View {
	var out []page.View
	for _, p := range s.AllPages() {
		out = append(out, p.View)
	}
	for _, c := range s.Comparisons {
		seen := map[*comparison.Outcome]bool{}
		for n := range c.Engine.Combinations() {
			a := c.Engine.Answers(n)
			if o := c.Engine.Outcome(a); !seen[o] {
				seen[o] = true
				out = append(out, page.Recommendation{Site: s, Comparison: c, Result: c.Engine.Recommend(a)})
			}
		}
	}
	return out
}

// validate returns the mistakes, one a line.
func validate(t *testing.T, all []structuredData) string {
	t.Helper()
	if _, err := os.Stat("node_modules"); err != nil {
		t.Fatal("the validators are not installed: run .ci/run, or npm ci in web/browsertest")
	}
	in, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "structured-data.mjs")
	cmd.Stdin = bytes.NewReader(in)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("the validator failed (%v); if something is missing, run npm ci in web/browsertest\n%s", err, stderr.Bytes())
	}
	return string(out)
}

var script = regexp.MustCompile(`(?s)<script[^>]*type="application/ld\+json"[^>]*>(.*?)</script>`)

// dataOf returns the structured data of a page as a browser would find it.
func dataOf(t *testing.T, f page.Frame, v page.View) (json.RawMessage, bool) {
	t.Helper()
	var b bytes.Buffer
	if err := page.Render(&b, f, v); err != nil {
		t.Fatal(err)
	}
	m := script.FindSubmatch(b.Bytes())
	if m == nil {
		return nil, false
	}
	if !json.Valid(m[1]) {
		t.Fatalf("%s: the structured data is no JSON: %s", v.Head().Path, m[1])
	}
	return m[1], true
}

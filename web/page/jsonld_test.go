package page_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/web/page"
)

var ldJSON = regexp.MustCompile(`(?s)<script[^>]*type="application/ld\+json"[^>]*>(.*?)</script>`)

// TestStructuredDataIsVisible checks that a page tells machines nothing that it
// does not show to people, and leads them only to addresses of the site.
func TestStructuredDataIsVisible(t *testing.T) {
	t.Parallel()
	const base = "https://example.com"
	for name, fsys := range map[string]fs.FS{"content": os.DirFS("../../content"), "fixture": markdowntest.Fixture()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			site, all := pages(t, fsys)
			for _, p := range all {
				if p.view.Head().NoIndex {
					if p.view.Head().Data != nil {
						t.Errorf("%s: not to be indexed, and has structured data", p.name)
					}
					continue
				}
				for _, base := range []string{base, ""} {
					document := rendered(t, page.Frame{Site: site, BaseURL: base}, p.view)
					text := textOf(document[strings.Index(document, "<body"):])
					m := ldJSON.FindStringSubmatch(document)
					if m == nil {
						t.Errorf("%s: there is no structured data", p.name)
						continue
					}
					var data any
					if err := json.Unmarshal([]byte(m[1]), &data); err != nil {
						t.Errorf("%s: %v", p.name, err)
					}
					ids, references := map[string]bool{}, map[string]bool{}
					var walk func(v any)
					walk = func(v any) {
						switch v := v.(type) {
						case []any:
							for _, e := range v {
								walk(e)
							}
						case map[string]any:
							if id, ok := v["@id"].(string); ok && len(v) == 1 {
								references[id] = true
							} else if ok {
								ids[id] = true
							}
							for key, e := range v {
								s, ok := e.(string)
								switch {
								case !ok:
									walk(e)
								case key == "name" || key == "description" || key == "text":
									if !strings.Contains(text, letters(s)) {
										t.Errorf("%s: the page does not show its %s %q", p.name, key, s)
									}
								case key == "dateModified":
									if !strings.Contains(document, `datetime="`+s+`"`) {
										t.Errorf("%s: the page does not show the day %s", p.name, s)
									}
								case key == "url" && s == site.Organization.URL.URL, key == "@type", key == "@context":
								default:
									if !strings.HasPrefix(s, base+"/") {
										t.Errorf("%s: the %s %q is no address of the site", p.name, key, s)
									}
								}
							}
						}
					}
					walk(data)
					for id := range references {
						if !ids[id] {
							t.Errorf("%s: nothing has the id %q", p.name, id)
						}
					}
				}
			}
		})
	}
}

package page

import (
	"testing"

	"rolecompare/internal/comparison"
	"rolecompare/internal/site"
)

func TestCheckLink(t *testing.T) {
	t.Parallel()
	m := siteMap{site: &site.Site{Site: &comparison.Site{}}, at: map[string]target{
		"/":           {known: true},
		"/here":       {known: true, places: []string{"place"}},
		"/services/a": {known: true, places: []string{"b"}},
	}}
	for address, ok := range map[string]bool{
		"#place": true, "/": true, "/services/a#b": true, "https://example.com": true, "https://example.com:8443/a?b=c#d": true,
		"mailto:a@example.com": true, "mailto:a@example.com?subject=Hello": true,
		"#top": true, "/services/a#main": true,
		"#other": false, "#short-answer": false, "/services/a#related-services": false, "/services": false, "/services/a#place": false,
		"": false, "#": false, "place": false, "place.md": false, "../a": false, "//example.com": false, "http://example.com": false,
		"https://": false, "https:example.com": false, "https://example": false, "https://a@example.com": false, "https://.com": false,
		"https://example..com": false, "https://exa mple.com": false, "mailto:": false, "mailto:a": false, "javascript:alert(1)": false,
		"JavaScript:alert(1)": false, "data:text/html,x": false, "ftp://example.com": false, "https://[::1": false, "\x00": false,
	} {
		var found comparison.Diagnostics
		m.check(Page{Path: "/here", links: []comparison.Link{{At: comparison.Position{File: "x.md"}, URL: address}}}, &found)
		switch {
		case ok && len(found) > 0:
			t.Errorf("the link to %q is well: %v", address, found)
		case !ok && (len(found) != 1 || found[0].Message == "" || found[0].Hint == ""):
			t.Errorf("the link to %q should be reported once, with a hint: %v", address, found)
		}
	}
}

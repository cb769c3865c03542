package browsertest

import (
	"io/fs"
	"testing"
	"time"

	"rolecompare/internal/comparison"
	"rolecompare/internal/markdown"
	"rolecompare/internal/recommend"
	"rolecompare/web/page"
)

// view is a page, and the site that it is a page of.
type view struct {
	page.View
	site *comparison.Site
}

// views are all pages of a site, with a recommendation for every outcome.
func views(t *testing.T, fsys fs.FS) []view {
	t.Helper()
	site, faults := markdown.Read(fsys, markdown.Options{Now: time.Now()})
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	var out []view
	add := func(v page.View) { out = append(out, view{v, site}) }
	add(page.Index{Site: site})
	for _, c := range site.Comparisons {
		engine, faults := recommend.Compile(c)
		if err := faults.Err(); err != nil {
			t.Fatal(err)
		}
		add(page.Comparison{Site: site, Comparison: c, Engine: engine})
		add(page.Questionnaire{Site: site, Comparison: c, Reading: engine.Read(nil)})
		add(page.Method{Site: site, Comparison: c, Engine: engine})
		for i := range c.FAQ.Items {
			add(page.FAQ{Site: site, Comparison: c, Item: i})
		}
		seen := map[*comparison.Outcome]bool{}
		for n := range engine.Combinations() {
			a := engine.Answers(n)
			if o := engine.Outcome(a); !seen[o] {
				seen[o] = true
				add(page.Recommendation{Site: site, Comparison: c, Engine: engine, Result: engine.Recommend(a)})
			}
		}
	}
	add(page.Services{Site: site})
	for _, s := range site.Services {
		add(page.Service{Site: site, Service: s})
	}
	for _, p := range site.Pages {
		add(page.Plain{Site: site, Page: p})
	}
	return out
}

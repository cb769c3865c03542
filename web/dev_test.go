package web_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"rolecompare/internal/comparison"
	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/web"
	"rolecompare/web/page"
)

// TestWork: in dev, and there alone, an author is told what a change of the rules
// does, with an example as it was and as it is.
func TestWork(t *testing.T) {
	t.Parallel()
	const slug = "gardener-vs-landscaper"
	before := edited(t)
	fsys := markdowntest.Fixture()
	outcomes := fsys["comparisons/"+slug+"/outcomes.md"]
	outcomes.Data = bytes.Replace(outcomes.Data, []byte("at least 1 landscaper sign is met"), []byte("at least 2 landscaper signs are met"), 1)
	changed, _ := page.Load(fsys, time.Time{}) // an example comes to something else now
	after := content{loaded: changed}
	for _, c := range []content{before, after} {
		c.loaded.Comparison(slug).Decisions = string(before.loaded.Comparison(slug).Engine.Decisions())
	}
	dev := web.SnapshotOptions{Dev: true, Editor: "editor:{path}", Warnings: comparison.Diagnostics{{Message: "look", Warning: true}}}

	server := web.NewServer(before.another(t, dev), web.Options{})
	var work struct {
		Editor      string
		Warnings    comparison.Diagnostics
		Comparisons []struct {
			Slug, Kept, Now string
			Changed         comparison.Diagnostics
			Before          bool
		}
	}
	read := func() {
		t.Helper()
		work.Comparisons = nil
		if err := json.Unmarshal(ask(server, "/dev/work.json").Body.Bytes(), &work); err != nil {
			t.Fatal(err)
		}
	}
	read()
	if got := work.Comparisons[0]; work.Editor != "editor:{path}" || len(work.Warnings) != 1 || got.Slug != slug || got.Changed != nil || got.Now != got.Kept {
		t.Errorf("before the change it says %+v", work)
	}
	server.Publish(after.another(t, dev))
	read()
	if got := work.Comparisons[0]; len(got.Changed) != 1 || got.Now == got.Kept || !got.Before {
		t.Errorf("after the change it says %+v", work)
	}
	const answer = "?ground=wet"
	for address, want := range map[string]string{"/dev/before/" + slug + answer: "landscaper", "/compare/" + slug + "/recommendation" + answer: "undecided"} {
		if got := ask(server, address); got.Code != http.StatusOK || !strings.Contains(got.Body.String(), `data-outcome="`+want+`"`) {
			t.Errorf("%s: %d, want the outcome %s", address, got.Code, want)
		}
	}

	var rules struct {
		Outcome  string
		Outcomes []comparison.Outcome
		Holding  [][]int
		Ways     int
	}
	if err := json.Unmarshal(ask(server, "/dev/decisions/"+slug+".json"+answer).Body.Bytes(), &rules); err != nil {
		t.Fatal(err)
	}
	if rules.Outcome != "undecided" || rules.Ways != 9 || rules.Outcomes[0].Rule[0].At.Line != 13 || rules.Holding[0][0] != 3 {
		t.Errorf("the rules are %+v", rules)
	}
	if got := ask(server, "/dev/decisions/"+slug); got.Code != http.StatusOK || !strings.Contains(got.Body.String(), "/static/dev.") {
		t.Errorf("the page of decisions: %d", got.Code)
	}

	production := web.NewServer(before.another(t, web.SnapshotOptions{}), web.Options{})
	for _, address := range []string{"/dev/work.json", "/dev/decisions/" + slug, "/dev/decisions/" + slug + ".json", "/dev/before/" + slug + answer} {
		if got := ask(production, address).Code; got != http.StatusNotFound {
			t.Errorf("in production, %s: %d", address, got)
		}
	}
	for _, address := range []string{"/dev/decisions/nothing", "/dev/decisions/nothing.json", "/dev/before/nothing"} {
		if got := ask(server, address).Code; got != http.StatusNotFound {
			t.Errorf("%s: %d", address, got)
		}
	}
}

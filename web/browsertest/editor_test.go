//go:build browser

package browsertest

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"rolecompare/internal/markdown/markdowntest"
)

// desk is an author at work: a content folder, the program that shows it, and a
// browser.
type desk struct {
	*tab
	program, folder string
}

// work starts the program in dev on a folder of the fixture, as it is kept.
func work(t *testing.T) desk {
	t.Helper()
	program, folder := filepath.Join(t.TempDir(), "rolecompare"), filepath.Join(t.TempDir(), "content")
	if said, err := exec.Command("go", "build", "-o", program, "rolecompare/cmd/rolecompare").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	if err := os.CopyFS(folder, markdowntest.Fixture()); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.Command(program, "check", "--content", folder, "--update").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	serve := exec.Command(program, "serve", "--addr", "127.0.0.1:0", "--content", folder, "--dev", "--editor", "editor:{path}#{line}")
	log, err := serve.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = serve.Process.Kill()
		_ = serve.Wait()
	})
	lines := bufio.NewScanner(log)
	for lines.Scan() {
		if found := regexp.MustCompile(`msg=serving open=(\S+)`).FindStringSubmatch(lines.Text()); found != nil {
			go func() {
				for lines.Scan() { // or else the program would wait for its log to be read
				}
			}()
			return desk{open(t, found[1]), program, folder}
		}
	}
	t.Fatal("the program does not serve")
	return desk{}
}

// save changes a file as an editor does, in one step.
func (d desk) save(file, before, after string) {
	d.t.Helper()
	path := filepath.Join(d.folder, file)
	text, err := os.ReadFile(path)
	if err == nil && !strings.Contains(string(text), before) {
		d.t.Fatalf("%s has no %q", file, before)
	}
	if err == nil {
		err = os.WriteFile(path+"~", []byte(strings.Replace(string(text), before, after, 1)), 0o644)
	}
	if err == nil {
		err = os.Rename(path+"~", path)
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

// reads waits until what a selector finds first says something that matches.
func (d desk) reads(selector, pattern string) {
	d.t.Helper()
	matches := regexp.MustCompile(pattern)
	said := ""
	for range 200 {
		// The page may be on its way to the next one, and then there is nothing to ask.
		found, err := chromedp.Run(d.ctx, chromedp.Evaluate[string](`new Promise((done) => setTimeout(() => done(document.querySelector("`+selector+`")?.innerText ?? ""), 25))`, chromedp.EvalAwaitPromise))
		if said = found; err == nil && matches.MatchString(said) {
			return
		}
	}
	d.t.Fatalf("%s says %q, want %s", selector, said, pattern)
}

// TestEditorSeesWhatAnEditDoes: a rule is edited, the panel read, an example
// followed, a mistake made, and all of it mended.
func TestEditorSeesWhatAnEditDoes(t *testing.T) {
	t.Parallel()
	d := work(t)
	const comparison = "gardener-vs-landscaper"
	const outcomes, before, after = "comparisons/" + comparison + "/outcomes.md", "at least 1 landscaper sign is met", "at least 2 landscaper signs are met"
	d.visit("/compare/" + comparison)
	d.reads(".dev-panel", "No decision changed")

	saved := time.Now()
	d.save(outcomes, before, after)
	d.reads(".dev-panel", `(?s)Decisions changed, 2 failing examples.*33 of 64 results change.*13 from “landscaper” to “wait”, for example when .*: before, now.*“A hillside” comes to another outcome`)
	t.Logf("from saving to seeing: %v", time.Since(saved).Round(time.Millisecond))

	d.follow(chromedp.Click(chromedp.CSS(`.dev-panel a[href^="/dev/before/"]`)))
	d.reads("main h1, main .headline", "Landscaper")
	d.reads(".dev-panel", "as it was before the change")
	d.follow(chromedp.Click(chromedp.CSS(`.dev-panel a[href^="/compare/` + comparison + `/recommendation?"]`)))
	if got := eval[string](d.tab, `document.querySelector("main").dataset.outcome`); got == "landscaper" {
		t.Error("what an example comes to now is what it came to before")
	}

	d.follow(chromedp.Click(chromedp.CSS(`.dev-panel a[href="/dev/decisions/` + comparison + `"]`)))
	d.reads(".dev-decisions", "(?s)What decides a combination.*Every way to answer every question")
	eval[chromedp.Void](d.tab, `(() => { const s = document.querySelector("select"); s.value = "wet"; s.dispatchEvent(new Event("change")) })()`)
	d.reads(".dev-decisions .rule", `at least 2 landscaper signs are met holds in \d+ of \d+ ways`)

	d.save(outcomes, after, "at least 2 landscaping signs are met")
	d.reads(".dev-faults", "(?s)1 fault.*outcomes.md:13:12.*there is no role “landscaping”.*did you mean “landscaper”")
	if got, want := eval[string](d.tab, `document.querySelector(".dev-faults a").href`), "editor:"+filepath.Join(d.folder, outcomes)+"#13"; got != want {
		t.Errorf("the fault leads to %s, want %s", got, want)
	}
	if eval[bool](d.tab, `document.querySelector(".dev-faults").scrollWidth > document.querySelector(".dev-faults").clientWidth`) {
		t.Error("the report of faults does not wrap")
	}

	d.save(outcomes, "at least 2 landscaping signs are met", before)
	d.reads(".dev-panel.closed", "No decision changed")
	if eval[bool](d.tab, `document.querySelector(".dev-faults") !== null`) {
		t.Error("what is mended is still reported")
	}
	d.do(chromedp.Click(chromedp.CSS(".dev-panel button")))
	d.reads(".dev-panel", `(?s)It decides as decisions.tsv has it.*landscaper\s+56 %`)
	d.do(chromedp.Click(chromedp.CSS(".dev-panel button")))
	d.save(outcomes, before, after)
	d.reads(".dev-panel.closed", "Decisions changed") // it stays as its author left it
}

// TestDraftsAreMarked wherever their authors come upon them.
func TestDraftsAreMarked(t *testing.T) {
	t.Parallel()
	d := work(t)
	const draft = "/compare/tailor-vs-weaver"
	d.visit("/")
	if said, err := exec.Command(d.program, "new", "tailor-vs-weaver", "--first", "Tailor", "--second", "Weaver", "--content", d.folder).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	d.reads(`main a[href='`+draft+`']`, `(?i)draft$`)
	d.reads(`footer a[href='`+draft+`']`, `(?i)draft$`)
	if eval[bool](d.tab, `document.querySelector("main a[href='/compare/gardener-vs-landscaper'] .dev-draft") !== null`) {
		t.Error("what is no draft is marked as one")
	}
	d.visit(draft)
	d.reads("h1", `(?i)draft$`)
}

package browsertest

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"rolecompare/content"
)

// journey is what the walks below have in common: a comparison and its form.
type journey struct {
	*tab
	*site
	base string
}

func begin(t *testing.T) journey {
	t.Helper()
	s := serve(t, content.FS)
	return journey{open(t, s.URL), s, "/compare/" + s.Comparisons[0].Slug}
}

func (j journey) title() string { return eval[string](j.tab, "document.title") }

func (j journey) outcome() string {
	return eval[string](j.tab, `document.querySelector("main").dataset.outcome ?? ""`)
}

// choose clicks on the options, each "question-option".
func (j journey) choose(options ...string) {
	j.t.Helper()
	for _, o := range options {
		j.do(chromedp.Click(chromedp.CSS(`label:has(#` + o + `)`)))
	}
}

func (j journey) submit() int {
	j.t.Helper()
	return j.follow(chromedp.Click(chromedp.CSS(`form button[type="submit"]`)))
}

// controls are the words on the buttons that are offered.
func (j journey) controls() string {
	return eval[string](j.tab, `[...document.querySelectorAll("button")].filter((b) => b.checkVisibility()).map((b) => b.textContent).join()`)
}

// TestJourney is a visitor's: read the page, follow a question's anchor, fill in
// the form wrongly, mend it, get the recommendation, change an answer.
func TestJourney(t *testing.T) {
	t.Parallel()
	for name, media := range map[string][]string{
		"still":          {"prefers-reduced-motion=reduce"},
		"moving":         {"prefers-reduced-motion=no-preference"},
		"forced colours": {"prefers-reduced-motion=reduce", "forced-colors=active"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := begin(t)
			j.media(media...)
			j.walk()
		})
	}
}

func (j journey) walk() {
	t := j.t
	j.size(390, 844)
	j.visit("/")
	if got, want := eval[string](j.tab, `document.querySelector("h1").innerText`), j.Comparisons[0].Title; strings.Join(strings.Fields(got), " ") != want {
		t.Errorf("the first heading is %q, want %q", got, want)
	}

	// A question's heading leads to itself, and lands where it can be seen.
	j.visit(j.base)
	id := j.Comparisons[0].FAQ.Items[3].ID
	j.visit(j.base + "#" + id)
	if !eval[bool](j.tab, `(() => {
		const target = document.querySelector(":target");
		const box = target.getBoundingClientRect();
		return target.id === "`+id+`" && box.top >= 0 && box.bottom <= innerHeight &&
			target.contains(document.elementFromPoint(box.left + 5, box.top + 5));
	})()`) {
		t.Errorf("#%s does not land on its heading in full view", id)
	}
	if got := eval[string](j.tab, `document.querySelector(":target a").hash`); got != "#"+id {
		t.Errorf("the heading of #%s leads to %q", id, got)
	}

	// The form, wrongly: two answers are missing.
	j.follow(chromedp.Click(chromedp.CSS(`main .action a`)))
	j.choose("workplace-hybrid", "tasks-piling-up", "help-many-tasks", "coordination-not-needed", "complexity-stable")
	if got := eval[string](j.tab, `getComputedStyle(document.querySelector(".answered"), "::before").content + getComputedStyle(document.querySelector(".progress")).display`); !strings.Contains(got, "counter") || strings.Contains(got, "none") {
		t.Errorf("progress is not shown: %s", got)
	}
	if status := j.submit(); status != 422 {
		t.Fatalf("an incomplete form gets %d, want 422", status)
	}
	if !strings.HasPrefix(j.title(), "Error: ") {
		t.Errorf("the title is %q, want it to begin with the error", j.title())
	}
	if got := eval[string](j.tab, `document.activeElement.id`); got != "error-summary" {
		t.Errorf("the focus is on %q, want it on the summary", got)
	}
	if !eval[bool](j.tab, `document.querySelector("#error-summary").compareDocumentPosition(document.querySelector("h1")) === Node.DOCUMENT_POSITION_FOLLOWING`) {
		t.Error("the summary is not above the heading")
	}
	if got := eval[string](j.tab, `[...document.querySelectorAll("#error-summary a")].map((a) => a.hash).join()`); got != "#facilities-weekly,#systems-need-structure" {
		t.Errorf("the summary leads to %s", got)
	}
	if got := eval[string](j.tab, `[...document.querySelectorAll("input:checked")].map((i) => i.id).join()`); got != "workplace-hybrid,tasks-piling-up,help-many-tasks,coordination-not-needed,complexity-stable" {
		t.Errorf("of the answers only %s are kept", got)
	}
	j.do(chromedp.Click(chromedp.CSS("#error-summary a")))
	if got := eval[string](j.tab, `document.activeElement.id`); got != "facilities-weekly" {
		t.Errorf("the summary's first link moves the focus to %q", got)
	}
	if !eval[bool](j.tab, `[...document.activeElement.closest("fieldset").querySelectorAll("legend, .error, input:focus")].every((e) => {
		const box = e.getBoundingClientRect();
		return box.top >= 0 && box.bottom <= innerHeight;
	})`) {
		t.Error("where the summary's first link lands, the question and what is wrong are out of view")
	}

	// Mended.
	j.choose("facilities-now-and-then", "systems-in-order")
	if status := j.submit(); status != 200 {
		t.Fatalf("a complete form leads to status %d", status)
	}
	if got := j.outcome(); got != "virtual-assistant-first" {
		t.Errorf("the outcome is %q", got)
	}

	// One answer changed.
	j.follow(chromedp.Click(chromedp.CSS(`.answers a`)))
	if got := eval[string](j.tab, `location.hash + [...document.querySelectorAll("input:checked")].length`); got != "#workplace7" {
		t.Errorf("Change leads to %s", got)
	}
	j.choose("workplace-remote")
	j.submit()
	if got := j.outcome(); got != "virtual-assistant" {
		t.Errorf("with no office the outcome is %q", got)
	}

	// Back, and back again: nothing is forgotten.
	j.do(chromedp.NavigateBack())
	if got := eval[int](j.tab, `document.querySelectorAll("input:checked").length`); got != 7 {
		t.Errorf("going back keeps %d answers of 7", got)
	}
}

// TestJourneyWithoutScript is the same for those who let no script run.
func TestJourneyWithoutScript(t *testing.T) {
	t.Parallel()
	j := begin(t)
	j.withoutScript()
	j.visit(j.base)
	j.follow(chromedp.Click(chromedp.CSS(`main .action a`)))
	j.choose("workplace-remote", "tasks-piling-up")
	if status := j.submit(); status != 422 {
		t.Fatalf("an incomplete form gets %d, want 422", status)
	}
	j.choose("help-many-tasks", "facilities-rarely", "coordination-not-needed", "systems-in-order", "complexity-stable")
	j.submit()
	if got := j.outcome(); got != "virtual-assistant" {
		t.Errorf("the outcome is %q", got)
	}
	if got := j.controls(); got != "" {
		t.Errorf("buttons are shown that do nothing: %s", got)
	}
}

// TestJourneyByKeyboard touches no mouse.
func TestJourneyByKeyboard(t *testing.T) {
	t.Parallel()
	j := begin(t)
	j.visit(j.base)
	press := func(keys string) { j.t.Helper(); j.do(chromedp.KeyEvent(keys)) }
	press("\t")
	if got := eval[string](j.tab, `document.activeElement.className + document.activeElement.checkVisibility()`); got != "skip-linktrue" {
		t.Errorf("the first stop is %q, want the link that skips to the content", got)
	}
	press("\r")
	for range 10 {
		press("\t")
		if eval[bool](j.tab, `document.activeElement.matches(".action a")`) {
			break
		}
	}
	j.follow(chromedp.KeyEvent("\r"))
	for !eval[bool](j.tab, `document.activeElement.type === "radio"`) {
		press("\t")
	}
	for range j.Comparisons[0].Questionnaire.Questions {
		press(" ")
		press("\t")
	}
	j.follow(chromedp.KeyEvent("\r"))
	if j.outcome() == "" {
		t.Errorf("the keyboard leads to %q, which is no recommendation", j.title())
	}
}

// TestControls: what the script adds does what it says, and says so where it
// can't. What would go to the system is caught on its way there.
func TestControls(t *testing.T) {
	t.Parallel()
	j := begin(t)
	words := j.Words.Controls
	engine := j.engines[j.Comparisons[0].Slug]
	result := j.base + "/recommendation?" + engine.Query(engine.Answers(0))
	caught := func(what string) string {
		return eval[string](j.tab, `caught.`+what+` ?? ""`)
	}

	j.before(`
		const caught = window.caught = {};
		Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => { caught.copied = text; if (caught.refuse) throw new DOMException("no", "NotAllowedError"); } } });
		navigator.share = async (data) => { caught.shared = data.title + " " + data.url; throw new DOMException("closed", "AbortError"); };
		window.print = () => { caught.printed = "yes"; };
	`)
	j.visit(result)
	if got, want := j.controls(), words.CopyLink.String()+","+words.Share.String()+","+words.Print.String(); got != want {
		t.Errorf("the controls are %q, want %q", got, want)
	}
	if got, want := eval[string](j.tab, `document.querySelector("[data-address]").textContent`), j.URL+result; got != want {
		t.Errorf("the address to share is %q, want %q", got, want)
	}
	j.do(chromedp.Click(chromedp.CSS("[data-print]")))
	if caught("printed") == "" {
		t.Error("nothing is printed")
	}
	copied := func() string {
		j.do(chromedp.Click(chromedp.CSS("[data-copy]")))
		return eval[string](j.tab, `document.querySelector("[data-copy] + output").textContent`)
	}
	if got := copied(); got != words.Copied.String() || caught("copied") != j.URL+result {
		t.Errorf("what is copied is %q, and what is said of it %q", caught("copied"), got)
	}
	eval[chromedp.Void](j.tab, `caught.refuse = "yes"`)
	if got := copied(); got != words.NotCopied.String() {
		t.Errorf("when copying is refused, what is said is %q", got)
	}

	// On the comparison's page the link to a question's own page shares it.
	j.visit(j.base)
	item := j.Comparisons[0].FAQ.Items[0]
	j.do(chromedp.Click(chromedp.CSS("a[data-share]")))
	if got, want := caught("shared"), item.Title+" "+j.URL+j.base+"/faq/"+item.ID; got != want {
		t.Errorf("what is shared is %q, want %q", got, want)
	}
}

// TestControlsUnable: a browser that can neither copy nor share is offered
// neither, and what would share is a link.
func TestControlsUnable(t *testing.T) {
	t.Parallel()
	j := begin(t)
	engine := j.engines[j.Comparisons[0].Slug]
	j.before(`for (const able of ["clipboard", "share"]) Object.defineProperty(navigator, able, { value: undefined })`)
	j.visit(j.base + "/recommendation?" + engine.Query(engine.Answers(0)))
	if got, want := j.controls(), j.Words.Controls.Print.String(); got != want {
		t.Errorf("the controls are %q, want %q", got, want)
	}
	j.visit(j.base)
	j.follow(chromedp.Click(chromedp.CSS("a[data-share]")))
	if got, want := eval[string](j.tab, "location.pathname"), j.base+"/faq/"+j.Comparisons[0].FAQ.Items[0].ID; got != want {
		t.Errorf("the link to a question's page leads to %s, want %s", got, want)
	}
}

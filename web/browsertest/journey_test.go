//go:build browser

package browsertest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"rolecompare/content"
	"rolecompare/internal/recommend"
	"rolecompare/internal/site"
	"rolecompare/web/page"
)

// journey is what the walks below have in common: a comparison and its form.
type journey struct {
	*tab
	*server
	comparison *site.Comparison
	base       string
}

func begin(t *testing.T) journey {
	t.Helper()
	s := serve(t, content.FS)
	c := s.Comparisons[0]
	return journey{open(t, s.URL), s, c, page.RouteComparison.Path(c.Slug)}
}

// recommendation is the address of one.
func (j journey) recommendation() string {
	return page.RecommendationPath(j.comparison, j.comparison.Engine.Answers(0))
}

// turn returns answers to every question, and the same with another to the first
// that comes to another outcome.
func (j journey) turn() (before, after recommend.Answers) {
	j.t.Helper()
	engine := j.comparison.Engine
	for n := range engine.Combinations() {
		for option := range j.comparison.Questionnaire.Questions[0].Options {
			before, after = engine.Answers(n), engine.Answers(n)
			after[0] = option
			if engine.Outcome(before) != engine.Outcome(after) {
				return before, after
			}
		}
	}
	j.t.Fatal("the first question changes nothing")
	return nil, nil
}

// ids are those of the options chosen, each "question-option".
func (j journey) ids(a recommend.Answers) (out []string) {
	for i, q := range j.comparison.Questionnaire.Questions {
		out = append(out, q.ID+"-"+q.Options[a[i]].ID)
	}
	return out
}

func (j journey) title() string { return eval[string](j.tab, "document.title") }

func (j journey) outcome() string {
	return eval[string](j.tab, `document.querySelector("main").dataset.outcome ?? ""`)
}

// comesTo: the page is the recommendation that these answers come to.
func (j journey) comesTo(a recommend.Answers) {
	j.t.Helper()
	if got, want := j.outcome(), j.comparison.Engine.Outcome(a).ID; got != want {
		j.t.Errorf("the outcome is %q, want %q", got, want)
	}
}

// choose clicks on the options with these ids.
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
	if got, want := eval[string](j.tab, `document.querySelector("h1").innerText`), j.AllPages()[0].View.Head().Title; strings.Join(strings.Fields(got), " ") != want {
		t.Errorf("the first heading is %q, want %q", got, want)
	}

	// A question's heading leads to itself, and lands where it can be seen.
	j.visit(j.base)
	items := j.comparison.FAQ.Items
	id := items[len(items)-1].ID
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
	answers, changed := j.turn()
	ids, questions := j.ids(answers), j.comparison.Questionnaire.Questions
	last := len(ids) - 1
	given := slices.Concat(ids[:1], ids[2:last])
	j.choose(given...)
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
	skipped := "#" + questions[1].ID + "-" + questions[1].Options[0].ID + ",#" + questions[last].ID + "-" + questions[last].Options[0].ID
	if got := eval[string](j.tab, `[...document.querySelectorAll("#error-summary a")].map((a) => a.hash).join()`); got != skipped {
		t.Errorf("the summary leads to %s", got)
	}
	if got := eval[string](j.tab, `[...document.querySelectorAll("input:checked")].map((i) => i.id).join()`); got != strings.Join(given, ",") {
		t.Errorf("of the answers only %s are kept", got)
	}
	j.do(chromedp.Click(chromedp.CSS("#error-summary a")))
	if got := eval[string](j.tab, `"#" + document.activeElement.id`); !strings.HasPrefix(skipped, got+",") {
		t.Errorf("the summary's first link moves the focus to %q", got)
	}
	if !eval[bool](j.tab, `[...document.activeElement.closest("fieldset").querySelectorAll("legend, .error, input:focus")].every((e) => {
		const box = e.getBoundingClientRect();
		return box.top >= 0 && box.bottom <= innerHeight;
	})`) {
		t.Error("where the summary's first link lands, the question and what is wrong are out of view")
	}

	// Mended.
	j.choose(ids[1], ids[last])
	if status := j.submit(); status != 200 {
		t.Fatalf("a complete form leads to status %d", status)
	}
	j.comesTo(answers)

	// One answer changed.
	j.follow(chromedp.Click(chromedp.CSS(`.answers a`)))
	if got := eval[string](j.tab, `location.hash + [...document.querySelectorAll("input:checked")].length`); got != fmt.Sprint("#", questions[0].ID, len(ids)) {
		t.Errorf("Change leads to %s", got)
	}
	j.choose(j.ids(changed)[0])
	j.submit()
	j.comesTo(changed)

	// Back, and back again: nothing is forgotten.
	j.do(chromedp.NavigateBack())
	if got := eval[int](j.tab, `document.querySelectorAll("input:checked").length`); got != len(ids) {
		t.Errorf("going back keeps %d answers of %d", got, len(ids))
	}
}

// TestJourneyWithoutScript is the same for those who let no script run.
func TestJourneyWithoutScript(t *testing.T) {
	t.Parallel()
	j := begin(t)
	j.withoutScript()
	j.visit(j.base)
	j.follow(chromedp.Click(chromedp.CSS(`main .action a`)))
	answers, _ := j.turn()
	ids := j.ids(answers)
	j.choose(ids[:2]...)
	if status := j.submit(); status != 422 {
		t.Fatalf("an incomplete form gets %d, want 422", status)
	}
	j.choose(ids[2:]...)
	j.submit()
	j.comesTo(answers)
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
	for range j.comparison.Questionnaire.Questions {
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
	result := j.recommendation()
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
	item := j.comparison.FAQ.Items[0]
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
	j.before(`for (const able of ["clipboard", "share"]) Object.defineProperty(navigator, able, { value: undefined })`)
	j.visit(j.recommendation())
	if got, want := j.controls(), j.Words.Controls.Print.String(); got != want {
		t.Errorf("the controls are %q, want %q", got, want)
	}
	j.visit(j.base)
	j.follow(chromedp.Click(chromedp.CSS("a[data-share]")))
	if got, want := eval[string](j.tab, "location.pathname"), j.base+"/faq/"+j.comparison.FAQ.Items[0].ID; got != want {
		t.Errorf("the link to a question's page leads to %s, want %s", got, want)
	}
}

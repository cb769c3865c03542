//go:build browser

package browsertest

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

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

// id is that of an option, "question-option".
func (j journey) id(question, option int) string {
	q := j.comparison.Questionnaire.Questions[question]
	return q.ID + "-" + q.Options[option].ID
}

// turn returns another answer to one of those given that comes to another outcome
// at once.
func (j journey) turn(a recommend.Answers) (question, option int) {
	j.t.Helper()
	engine := j.comparison.Engine
	for q, given := range a {
		for o := range len(j.comparison.Questionnaire.Questions[q].Options) - 1 {
			b := a.With(q, o)
			if given >= 0 && engine.Outcome(a) != engine.Outcome(b) && len(engine.Next(b)) == 0 {
				return q, o
			}
		}
	}
	j.t.Fatal("no answer changes anything")
	return 0, 0
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

// choose clicks on the option with this id.
func (j journey) choose(option string) {
	j.t.Helper()
	j.do(chromedp.Click(chromedp.CSS(`label:has(#` + option + `)`)))
}

func (j journey) submit() int {
	j.t.Helper()
	return j.follow(chromedp.Click(chromedp.CSS(`.asking button[type="submit"]`)))
}

// checked are the ids of the options chosen, in the order of the page, and the
// questions that are asked, by their ids.
func (j journey) checked() string {
	return eval[string](j.tab, `[...document.querySelectorAll("input:checked")].map((i) => i.id).join()`)
}

func (j journey) asked() string {
	return eval[string](j.tab, `[...document.querySelectorAll(".asking fieldset")].map((f) => f.id).join()`)
}

// given are the ids that checked is to return where these answers are given.
func (j journey) given(a recommend.Answers) string {
	var ids []string
	for q, o := range a {
		if o >= 0 {
			ids = append(ids, j.id(q, o))
		}
	}
	return strings.Join(ids, ",")
}

// back goes back in the tab's history, and waits until the page is there.
func (j journey) back() {
	j.t.Helper()
	j.do(chromedp.NavigateBack())
	j.turned()
}

// controls are the words on the buttons that are offered.
func (j journey) controls() string {
	return eval[string](j.tab, `[...document.querySelectorAll("button")].filter((b) => b.checkVisibility()).map((b) => b.textContent).join()`)
}

// forced reports whether the reader chooses all colours, and there are no shadows.
func (j journey) forced() bool {
	return eval[bool](j.tab, `matchMedia("(forced-colors: active)").matches`)
}

// TestJourney is a visitor's on a phone: read the page, follow a question's anchor,
// go through the form and skip a question, get the recommendation, change an
// answer, look at what else it could be.
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

	// The form, a step at a time. Each is sent without an answer first.
	j.follow(chromedp.Click(chromedp.CSS(`main .action a`)))
	way := steps(j.comparison)
	questions := j.comparison.Questionnaire.Questions
	for i, before := range way[:len(way)-1] {
		q := j.comparison.Engine.Next(before)[0]
		first := "#" + j.id(q, 0)
		if got := j.asked(); got != questions[q].ID {
			t.Fatalf("step %d asks %q, want %q", i+1, got, questions[q].ID)
		}
		if status := j.submit(); status != 422 {
			t.Fatalf("step %d without an answer gets %d, want 422", i+1, status)
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
		if got := eval[string](j.tab, `[...document.querySelectorAll("#error-summary a")].map((a) => a.hash).join()`); got != first {
			t.Errorf("the summary leads to %s, want %s", got, first)
		}
		if got, want := j.checked(), j.given(before); got != want {
			t.Errorf("of the answers %q are kept, want %q", got, want)
		}
		j.do(chromedp.Click(chromedp.CSS("#error-summary a")))
		if got := eval[string](j.tab, `"#" + document.activeElement.id`); got != first {
			t.Errorf("the summary's link moves the focus to %q, want %q", got, first)
		}
		if got := eval[string](j.tab, `getComputedStyle(document.activeElement.closest("label")).outlineStyle + " " + getComputedStyle(document.activeElement).boxShadow + " " +
			(getComputedStyle(document.activeElement.closest("fieldset").querySelector("legend")).boxShadow === "none")`); got != "solid none false" && !j.forced() {
			t.Errorf("where the summary's link lands, the focus and the question are not marked: %s", got)
		}
		if !eval[bool](j.tab, `[...document.activeElement.closest("fieldset").querySelectorAll("legend, .error, input:focus")].every((e) => {
			const box = e.getBoundingClientRect();
			return box.top >= 0 && box.bottom <= innerHeight;
		})`) {
			t.Error("where the summary's link lands, the question and what is wrong are out of view")
		}
		j.choose(j.id(q, way[i+1][q]))
		if status := j.submit(); status != 200 {
			t.Fatalf("step %d, mended, leads to status %d", i+1, status)
		}
	}
	answers := way[len(way)-1]
	j.comesTo(answers)

	// Every answer can be changed, where it stands, with all others kept.
	result := eval[string](j.tab, "location.pathname + location.search")
	for q := range questions {
		if answers[q] < 0 {
			continue
		}
		j.follow(chromedp.Click(chromedp.CSS(`.answers a[href$="#` + questions[q].ID + `"]`)))
		if !eval[bool](j.tab, `(() => {
			const question = document.querySelector(":target"), details = question.closest("details");
			const box = question.querySelector("label").getBoundingClientRect(), summary = details.querySelector("summary").getBoundingClientRect();
			return question.matches("fieldset#`+questions[q].ID+`") && details.open && summary.top >= 0 && box.bottom <= innerHeight &&
				document.querySelectorAll("details[open]").length === 1;
		})()`) {
			t.Errorf("Change does not open the form at %q, in view", questions[q].Ask)
		}
		if got, want := j.checked(), j.given(answers); got != want {
			t.Errorf("to change %s, %q are chosen, want %q", questions[q].ID, got, want)
		}
		j.visit(result)
	}
	q, o := j.turn(answers)
	j.follow(chromedp.Click(chromedp.CSS(`.answers a[href$="#` + questions[q].ID + `"]`)))
	j.choose(j.id(q, o))
	j.follow(chromedp.Click(chromedp.CSS(`details[open] button`)))
	j.comesTo(answers.With(q, o))

	// Back, and back again: nothing is forgotten.
	j.back()
	if got, want := j.checked(), j.given(answers.With(q, o)); got != want {
		t.Errorf("going back keeps %q, want %q", got, want)
	}
	j.back()
	j.comesTo(answers)

	// What would change it leads to that result, not to the form.
	said := eval[string](j.tab, `document.querySelector(".what-ifs dt").textContent.trim()`)
	j.follow(chromedp.Click(chromedp.CSS(`.what-ifs a`)))
	if o := j.comparison.Outcome(j.outcome()); o == nil || o.Title != said {
		t.Errorf("what is said to lead to %q leads to %q", said, j.outcome())
	}
	j.back()
	j.comesTo(answers)
}

// TestBack goes back through the form from its last step: each step has the answer
// that was given there, and those before. Then forth again.
func TestBack(t *testing.T) {
	t.Parallel()
	for name, script := range map[string]bool{"with script": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := begin(t)
			if !script {
				j.withoutScript()
			}
			j.visit(j.base)
			j.follow(chromedp.Click(chromedp.CSS(`main .action a`)))
			way := steps(j.comparison)
			for i, before := range way[:len(way)-1] {
				q := j.comparison.Engine.Next(before)[0]
				j.choose(j.id(q, way[i+1][q]))
				j.submit()
			}
			j.comesTo(way[len(way)-1])
			// chosen are the answers after a step, in the order of its page: what was
			// asked comes before what was said.
			chosen := func(i int) string {
				q := j.comparison.Engine.Next(way[i])[0]
				return strings.TrimSuffix(j.id(q, way[i+1][q])+","+j.given(way[i]), ",")
			}
			for i := len(way) - 2; i >= 0; i-- {
				j.back()
				if got := j.checked(); got != chosen(i) {
					t.Errorf("back at step %d, %q are chosen, want %q", i+1, got, chosen(i))
				}
			}
			for i := range way[:len(way)-1] {
				if got := j.checked(); got != chosen(i) {
					t.Errorf("again at step %d, %q are chosen, want %q", i+1, got, chosen(i))
				}
				j.do(chromedp.NavigateForward())
			}
			j.comesTo(way[len(way)-1])
		})
	}
}

// TestOnAgain goes back to the first step and on again: what was answered further on
// is not forgotten.
func TestOnAgain(t *testing.T) {
	t.Parallel()
	j := begin(t)
	j.visit(j.base + "/questionnaire")
	way := steps(j.comparison)
	for i, before := range way[:len(way)-1] {
		q := j.comparison.Engine.Next(before)[0]
		j.choose(j.id(q, way[i+1][q]))
		j.submit()
	}
	j.comesTo(way[len(way)-1])
	for range way[:len(way)-1] {
		j.back()
	}
	j.submit()
	j.comesTo(way[len(way)-1])
	if got, want := eval[string](j.tab, "location.pathname + location.search"), page.RecommendationPath(j.comparison, way[len(way)-1]); got != want {
		t.Errorf("going on leads to %s, want %s", got, want)
	}
}

// TestChangeByEnter changes an answer before the next question is answered, and
// presses Enter: nothing is missed.
func TestChangeByEnter(t *testing.T) {
	t.Parallel()
	j := begin(t)
	way := steps(j.comparison)
	q := j.comparison.Engine.Next(way[0])[0]
	j.visit(page.QuestionnairePath(j.comparison, way[1]) + "#" + j.comparison.Questionnaire.Questions[q].ID)
	o := (way[1][q] + 1) % (len(j.comparison.Questionnaire.Questions[q].Options) - 1)
	j.choose(j.id(q, o))
	if status := j.follow(enter); status != 200 {
		t.Fatalf("Enter leads to status %d", status)
	}
	if got, want := eval[string](j.tab, "location.search"), "?"+page.Query(j.comparison, way[1].With(q, o), ""); got != want {
		t.Errorf("Enter leads to %q, want %q", got, want)
	}
}

// TestJourneyWithoutScript is a visitor's who lets no script run.
func TestJourneyWithoutScript(t *testing.T) {
	t.Parallel()
	j := begin(t)
	j.withoutScript()
	j.visit(j.base)
	j.follow(chromedp.Click(chromedp.CSS(`main .action a`)))
	way := steps(j.comparison)
	for i, before := range way[:len(way)-1] {
		q := j.comparison.Engine.Next(before)[0]
		if i == 1 {
			if status := j.submit(); status != 422 {
				t.Fatalf("a step without an answer gets %d, want 422", status)
			}
			if got, want := j.checked(), j.given(before); got != want {
				t.Errorf("of the answers %q are kept, want %q", got, want)
			}
		}
		j.choose(j.id(q, way[i+1][q]))
		j.submit()
	}
	answers := way[len(way)-1]
	j.comesTo(answers)
	if got := j.controls(); got != "" {
		t.Errorf("buttons are shown that do nothing: %s", got)
	}
	q, o := j.turn(answers)
	j.follow(chromedp.Click(chromedp.CSS(`.answers a[href$="#` + j.comparison.Questionnaire.Questions[q].ID + `"]`)))
	j.choose(j.id(q, o))
	j.follow(chromedp.Click(chromedp.CSS(`details[open] button`)))
	j.comesTo(answers.With(q, o))
}

// enter presses Enter as a keyboard does: what goes down and is taken by a link, say,
// comes up as no character. (chromedp's own event would send the form in which the
// link puts the focus.)
var enter = chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
	key := input.DispatchKeyEventParams{Key: "Enter", Code: "Enter", WindowsVirtualKeyCode: 13}
	for _, key.Type = range []input.DispatchKeyEventType{input.DispatchKeyEventTypeRawKeyDown, input.DispatchKeyEventTypeChar, input.DispatchKeyEventTypeKeyUp} {
		key.Text = map[bool]string{true: "\r"}[key.Type == input.DispatchKeyEventTypeChar]
		if _, err := cdp.Call(ctx, t, input.DispatchKeyEvent, key); err != nil {
			return err
		}
	}
	return nil
})

// TestJourneyByKeyboard touches no mouse: the form, a skipped question, an answer
// changed, the signs unfolded.
func TestJourneyByKeyboard(t *testing.T) {
	t.Parallel()
	j := begin(t)
	j.visit(j.base)
	press := func(keys string) { j.t.Helper(); j.do(chromedp.KeyEvent(keys)) }
	tabTo := func(what string) {
		j.t.Helper()
		for range 60 {
			if eval[bool](j.tab, `document.activeElement.matches('`+what+`')`) {
				return
			}
			press("\t")
		}
		t.Fatalf("no stop is %s", what)
	}
	press("\t")
	if got := eval[string](j.tab, `document.activeElement.className + document.activeElement.checkVisibility()`); got != "skip-linktrue" {
		t.Errorf("the first stop is %q, want the link that skips to the content", got)
	}
	press("\r")
	tabTo(".action a")
	j.follow(chromedp.KeyEvent("\r"))

	way := steps(j.comparison)
	for i, before := range way[:len(way)-1] {
		q := j.comparison.Engine.Next(before)[0]
		if i == 1 { // skipped: Enter in the summary leads to the question
			tabTo(".asking button")
			if status := j.follow(chromedp.KeyEvent("\r")); status != 422 {
				t.Fatalf("a step without an answer gets %d, want 422", status)
			}
			tabTo("#error-summary a")
			j.do(enter)
		}
		tabTo(".asking input")
		press(" ")
		for range way[i+1][q] {
			press(kb.ArrowDown)
		}
		if got, want := eval[string](j.tab, "document.activeElement.id"), j.id(q, way[i+1][q]); got != want {
			t.Fatalf("the keyboard chooses %q, want %q", got, want)
		}
		j.follow(chromedp.KeyEvent("\r")) // as the button does
	}
	answers := way[len(way)-1]
	j.comesTo(answers)

	tabTo(".every summary")
	press("\r")
	if !eval[bool](j.tab, `document.querySelector(".every").open && document.querySelector(".every li").checkVisibility()`) {
		t.Error("the keyboard does not unfold the signs")
	}
	q, o := j.turn(answers)
	tabTo(`.answers a[href$="#` + j.comparison.Questionnaire.Questions[q].ID + `"]`)
	j.follow(chromedp.KeyEvent("\r"))
	press("\t") // the form is open at the question, and Tab goes on from there
	if got, want := eval[string](j.tab, "document.activeElement.id"), j.id(q, answers[q]); got != want {
		t.Errorf("after Change, Tab leads to %q, want %q", got, want)
	}
	for at := answers[q]; at != o; {
		key, step := kb.ArrowDown, 1
		if o < at {
			key, step = kb.ArrowUp, -1
		}
		press(key)
		at += step
	}
	j.follow(chromedp.KeyEvent("\r"))
	j.comesTo(answers.With(q, o))
}

// TestStepFits: on a phone each question is seen whole, with its button, without
// scrolling.
func TestStepFits(t *testing.T) {
	t.Parallel()
	j := begin(t)
	j.size(390, 844)
	engine := j.comparison.Engine
	seen := map[int]bool{}
	nothing, _ := engine.Read(nil).Answers()
	for queue := []recommend.Answers{nothing}; len(queue) > 0; queue = queue[1:] {
		a := queue[0]
		next := engine.Next(a)
		if len(next) == 0 || len(seen) == len(a) {
			continue
		}
		q := next[0]
		for o := range j.comparison.Questionnaire.Questions[q].Options {
			queue = append(queue, a.With(q, o))
		}
		if seen[q] {
			continue
		}
		seen[q] = true
		j.visit(page.QuestionnairePath(j.comparison, a))
		j.faults(j.comparison.Questionnaire.Questions[q].ID, `[...document.querySelectorAll(".asking legend, .asking .hint, .asking .option, .asking .button")].flatMap((e) => {
			const box = e.getBoundingClientRect();
			return box.top >= 0 && box.bottom <= innerHeight && box.height > 0 ? [] : ["out of view, from " + box.top + " to " + box.bottom + ": " + e.textContent.trim()];
		}).concat(scrollY ? ["it is scrolled"] : [])`)
	}
	for q, question := range j.comparison.Questionnaire.Questions {
		if !seen[q] {
			t.Errorf("the form never asks %q first", question.Ask)
		}
	}
}

// TestUnsureIsNotLarge: the headline of a result that is open is smaller than that
// of one that is not.
func TestUnsureIsNotLarge(t *testing.T) {
	t.Parallel()
	j := begin(t)
	for _, width := range []int64{390, 1440} {
		j.size(width, 900)
		sizes := map[bool]float64{}
		for _, s := range j.states() {
			if !strings.HasPrefix(s.name, "recommendation-") {
				continue
			}
			j.visit(s.path)
			open := eval[string](j.tab, `document.querySelector("main").dataset.certainty`) == "open"
			size := eval[float64](j.tab, `parseFloat(getComputedStyle(document.querySelector("h1")).fontSize)`)
			if sizes[open] != 0 && sizes[open] != size {
				t.Errorf("%s: a headline of %v pixels, and others of %v", s.name, size, sizes[open])
			}
			sizes[open] = size
		}
		if sizes[true] == 0 || sizes[true] >= .9*sizes[false] {
			t.Errorf("%d pixels wide, open results have headlines of %v pixels, others of %v", width, sizes[true], sizes[false])
		}
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

	// On the comparison's page it is the question's own page that is passed on.
	j.visit(j.base)
	item := j.comparison.FAQ.Items[0]
	j.do(chromedp.Click(chromedp.CSS("[data-share]")))
	if got, want := caught("shared"), item.Title+" "+j.URL+j.base+"/faq/"+item.ID; got != want {
		t.Errorf("what is shared is %q, want %q", got, want)
	}
	if got, want := copied(), words.Copied.String(); got != want || caught("copied") != j.URL+j.base+"/faq/"+item.ID {
		t.Errorf("what is copied is %q, and what is said of it %q", caught("copied"), got)
	}
}

// TestControlsUnable: a browser that can neither copy nor share is offered neither.
func TestControlsUnable(t *testing.T) {
	t.Parallel()
	j := begin(t)
	j.before(`for (const able of ["clipboard", "share"]) Object.defineProperty(navigator, able, { value: undefined })`)
	j.visit(j.recommendation())
	if got, want := j.controls(), j.Words.Controls.Print.String(); got != want {
		t.Errorf("the controls are %q, want %q", got, want)
	}
	j.visit(j.base)
	if got := j.controls(); got != "" {
		t.Errorf("the controls are %q, want none", got)
	}
}

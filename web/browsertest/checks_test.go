//go:build browser

package browsertest

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"
)

// look is one way to look at a page.
type look struct {
	name          string
	width, height int64
	media         []string
}

var (
	phone  = look{"phone", 320, 640, nil}
	light  = look{"light", 1280, 900, []string{"prefers-color-scheme=light"}}
	dark   = look{"dark", 1280, 900, []string{"prefers-color-scheme=dark"}}
	forced = look{"forced colours", 1280, 900, []string{"forced-colors=active", "prefers-color-scheme=dark"}}
)

func (b *tab) as(l look) {
	b.t.Helper()
	b.size(l.width, l.height)
	b.media(append([]string{"prefers-reduced-motion=reduce"}, l.media...)...)
}

// faults is a script's list of what is wrong with a page, each in words.
func (b *tab) faults(where, script string) {
	b.t.Helper()
	for _, f := range eval[[]string](b, script) {
		b.t.Errorf("%s: %s", where, f)
	}
}

// everyState opens a tab for each of both contents, and has each page and state
// checked in it, one after the other.
func everyState(t *testing.T, check func(b *tab, s state)) {
	t.Helper()
	for name, fsys := range contents() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			served := serve(t, fsys)
			b := open(t, served.URL)
			for _, s := range served.states() {
				check(b, s)
			}
		})
	}
}

// TestPages looks at every page, and has it checked in each look. A page is
// loaded once for a phone and once for a wide screen: its colours change while it
// is open, as a reader may change them.
func TestPages(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile(filepath.Join("node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal("axe is missing: run .ci/run, or npm ci in web/browsertest: ", err)
	}
	everyState(t, func(b *tab, s state) {
		check := func(l look, scripts ...string) {
			for _, script := range scripts {
				b.faults(s.name+", "+l.name, script)
			}
		}
		load := func(l look) {
			b.as(l)
			b.visit(s.path)
			check(l, still) // before anything else is done to it
			// What is injected by evaluation needs no permission of the policy.
			eval[chromedp.Void](b, string(source))
		}
		load(phone)
		check(phone, narrow, small, broken, axe, spaced)
		load(light)
		check(light, small, contrast, axe)
		b.as(dark)
		check(dark, contrast, axe)
		b.as(forced)
		check(forced, recoloured)
	})
}

// axe looks at a page by its rules for WCAG 2.2 A and AA and those for best
// practices.
const axe = `axe.run(document, {
	runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
	resultTypes: ["violations"],
}).then((r) => r.violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + v.help + ": " + n.html)))`

// narrow: at 320 pixels, which is also 400% zoom on a common screen, nothing has
// to be scrolled sideways, and nothing is cut off.
const narrow = `(() => {
	const faults = [];
	const name = (e) => e.outerHTML.slice(0, 120);
	const seen = (e) => e.checkVisibility() && !e.closest(".visually-hidden, .skip-link") && getComputedStyle(e.closest("thead") ?? e).clipPath === "none";
	if (document.scrollingElement.scrollWidth > innerWidth) faults.push("it scrolls sideways by " + (document.scrollingElement.scrollWidth - innerWidth) + " pixels");
	for (const e of document.body.querySelectorAll("*")) {
		if (!seen(e) || e.closest("svg")) continue;
		const box = e.getBoundingClientRect();
		if (box.width > 0 && (box.left < -1 || box.right > innerWidth + 1)) faults.push("it reaches beyond the screen: " + name(e));
		const style = getComputedStyle(e);
		if (style.overflow !== "visible" && style.overflowY !== "auto" && (e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1)) faults.push("its text is cut off: " + name(e));
	}
	return faults;
})()`

// spaced: nor is anything cut off when text is spaced as WCAG 1.4.12 asks.
const spaced = `(() => {
	const sheet = new CSSStyleSheet();
	sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }");
	document.adoptedStyleSheets = [sheet];
	return ` + narrow + `.map((fault) => "text spaced: " + fault);
})()`

// broken: no word is broken.
const broken = `(() => {
	const faults = [];
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walk.nextNode()) {
		const text = walk.currentNode, e = text.parentElement;
		if (!e.checkVisibility() || e.closest("code, script, .visually-hidden")) continue;
		for (const word of text.data.matchAll(/[\p{L}\p{N}]+/gu)) {
			const range = document.createRange();
			range.setStart(text, word.index);
			range.setEnd(text, word.index + word[0].length);
			if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) faults.push("a word is broken: " + word[0]);
		}
	}
	return faults;
})()`

// small: everything can be hit with a finger, or with a pointer.
const small = `(() => {
	const faults = [];
	const name = (e) => e.outerHTML.slice(0, 120);
	for (const e of document.querySelectorAll("a, button, input, summary, label.option")) {
		if (!e.checkVisibility() || e.closest(".visually-hidden, .skip-link")) continue;
		const inText = e.matches("a") && getComputedStyle(e).display === "inline" && e.parentElement.textContent.trim() !== e.textContent.trim();
		const target = e.matches("input") ? e.closest("label") : e;
		const box = target.getBoundingClientRect();
		const main = target.matches(".button, .option, .masthead li a, .imprint li a");
		if (!inText && Math.min(box.width, box.height) < 24 - .5) faults.push("it is too small to hit, " + Math.round(box.width) + " by " + Math.round(box.height) + ": " + name(target));
		if (main && box.height < 44 - .5) faults.push("it is lower than 44 pixels: " + name(target));
	}
	return faults;
})()`

// colours is what the checks of contrast have in common: the ratio of WCAG 2
// between two colours, and the colour behind an element.
const colours = `
	const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
	const painted = new Map();
	const rgba = (color) => {
		if (!painted.has(color)) {
			canvas.clearRect(0, 0, 1, 1);
			canvas.fillStyle = color;
			canvas.fillRect(0, 0, 1, 1);
			painted.set(color, canvas.getImageData(0, 0, 1, 1).data);
		}
		return painted.get(color);
	};
	const luminance = ([r, g, b]) => [r, g, b].map((c) => (c /= 255) <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
		.reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
	const ratio = (a, b) => { const [x, y] = [luminance(a), luminance(b)].sort((m, n) => n - m); return (x + .05) / (y + .05); };
	const behind = (e) => {
		for (; e; e = e.parentElement) {
			const c = rgba(getComputedStyle(e).backgroundColor);
			if (c[3] === 255) return c;
		}
		return rgba("white");
	};
`

// contrast is computed from what is rendered: text has 7:1 against what is
// behind it; what is drawn, and the borders that tell roles, choices and errors
// apart, 3:1.
const contrast = `(() => {` + colours + `
	const faults = [];
	const demand = (what, least, color, ground, e) => {
		const got = ratio(rgba(color), ground);
		if (got < least) faults.push(what + " of " + got.toFixed(2) + ":1: " + e.outerHTML.slice(0, 100));
	};
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walk.nextNode()) {
		const e = walk.currentNode.parentElement;
		if (!walk.currentNode.data.trim() || !e.checkVisibility() || e.closest("script")) continue;
		demand("text", 7, getComputedStyle(e).color, behind(e), e);
	}
	for (const e of document.querySelectorAll("body *")) {
		if (!e.checkVisibility()) continue;
		for (const pseudo of ["::before", "::after"]) {
			const style = getComputedStyle(e, pseudo);
			if (/["(]/.test(style.content) && style.content !== '""' && style.visibility === "visible") demand("text " + pseudo, 7, style.color, behind(e), e);
		}
	}
	// A tick is cut out of what is drawn below it.
	for (const e of document.querySelectorAll("svg :is(path, circle, rect, line):not(.check)")) {
		const style = getComputedStyle(e), shown = [style.fill, style.stroke].filter((c) => c !== "none" && rgba(c)[3] > 0);
		if (!shown.length && !e.closest("defs")) faults.push("a drawing without a colour: " + e.outerHTML.slice(0, 100));
		for (const color of shown) demand("a drawing", 3, color, behind(e.closest("svg").parentElement), e);
	}
	for (const e of document.querySelectorAll(".side, .option, .wrong, .error-summary, .notice, .differences th, .tasks td, .signs li, .lanes i")) {
		for (const style of [getComputedStyle(e), getComputedStyle(e, "::before")]) {
			for (const side of ["Top", "Left"]) {
				if (style["border" + side + "Style"] !== "none") demand("a border", 3, style["border" + side + "Color"], behind(e.parentElement), e);
			}
		}
	}
	return faults;
})()`

// still: nothing moves after it is first shown, neither while the page loads nor
// by any animation, and there is no style in the markup.
const still = `new Promise((done) => {
	const shifts = [];
	new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({ type: "layout-shift", buffered: true });
	requestAnimationFrame(() => requestAnimationFrame(() => {
		const faults = shifts.filter((s) => s.value > 0).map((s) => "it shifts by " + s.value + ": " + s.sources.map((o) => o.node?.outerHTML?.slice(0, 80) + " from " + JSON.stringify(o.previousRect) + " to " + JSON.stringify(o.currentRect) + " " + (innerWidth - document.documentElement.clientWidth)).join(" | "));
		if (document.getAnimations().some((a) => a.timeline === document.timeline && a.playState === "running")) faults.push("something moves");
		if (document.querySelector("[style], body style")) faults.push("it has style in its markup");
		done(faults);
	}));
})`

// recoloured: where the reader chooses all colours, roles and states can still be
// told apart, and every drawing and every word is seen.
const recoloured = `(() => {
	const faults = [], paper = getComputedStyle(document.documentElement).backgroundColor;
	for (const svg of document.querySelectorAll("svg")) {
		const shapes = [...svg.querySelectorAll("path, circle, rect, line")];
		const seen = (e) => { const style = getComputedStyle(e); return [style.fill, style.stroke].some((c) => c !== "none" && c !== paper); };
		if (svg.checkVisibility() && shapes.length && !shapes.some(seen)) faults.push("a drawing is not seen: " + svg.outerHTML.slice(0, 200));
	}
	// The browser puts the paper's colour behind all text that it recolours.
	const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (walk.nextNode()) {
		const e = walk.currentNode.parentElement, style = getComputedStyle(e);
		if (walk.currentNode.data.trim() && e.checkVisibility() && style.forcedColorAdjust === "auto" && style.color === paper) faults.push("words are not seen: " + e.outerHTML.slice(0, 100));
	}
	const sides = [...document.querySelectorAll(".side")];
	if (sides.length > 1 && new Set(sides.map((e) => getComputedStyle(e).borderBlockStartStyle)).size < 2) faults.push("the roles' rules are alike");
	return faults;
})()`

// TestKeyboard: Tab reaches everything that can be used, in the order in which
// it is read; what has the focus is in view, and has a ring of two pixels at
// least, which stands out from what is behind it.
func TestKeyboard(t *testing.T) {
	t.Parallel()
	scheme := map[bool]look{false: light, true: dark}
	i := atomic.Int64{} // by turns: what is reached is the same in both
	everyState(t, func(b *tab, s state) {
		b.as(scheme[i.Add(1)%2 == 0])
		b.visit(s.path)
		for i := range eval[int](b, stops) {
			b.do(chromedp.KeyEvent("\t"))
			b.faults(s.name, fmt.Sprintf("stop(%d)", i))
			if b.t.Failed() {
				return
			}
		}
	})
}

// stops is how many there are for Tab on a page. It leaves the function that
// checks one of them, and the focus at the top: an error summary takes it when
// its page opens.
const stops = `(() => {` + colours + `
	const stops = [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")].filter((e) => e.checkVisibility())
		.filter((e, i, all) => e.type !== "radio" || e === (all.find((o) => o.name === e.name && o.checked) ?? all.find((o) => o.name === e.name)));
	window.stop = (i) => {
		const e = document.activeElement, faults = [], name = e.outerHTML.slice(0, 120);
		if (e !== stops[i]) faults.push("Tab " + (i + 1) + " reaches " + name + " in place of " + stops[i].outerHTML.slice(0, 120));
		const ringed = e.matches(".option input") && getComputedStyle(e).outlineStyle === "none" ? e.closest("label") : e;
		const style = getComputedStyle(ringed);
		if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) faults.push("no ring is seen around " + name);
		const ground = behind(parseFloat(style.outlineOffset) < 0 ? ringed : ringed.parentElement);
		if (ratio(rgba(style.outlineColor), ground) < 3) faults.push("the ring does not stand out around " + name);
		const box = e.getClientRects()[0];
		const x = box.left + Math.min(box.width / 2, 8), y = box.top + box.height / 2;
		const top = document.elementFromPoint(x, y);
		if (!top || !(e.contains(top) || e.closest("label")?.contains(top))) faults.push("it has the focus, and is hidden: " + name);
		return faults;
	};
	document.activeElement.blur();
	window.focus();
	getSelection().removeAllRanges();
	document.body.tabIndex = -1;
	document.body.focus();
	document.body.removeAttribute("tabindex");
	return stops.length;
})()`

// TestStylesheet: every selector matches something on some page, in some state.
// What a selector says of pseudo-elements, and of pointers and the focus, is left
// out, and so is not found where it is no longer used.
func TestStylesheet(t *testing.T) {
	t.Parallel()
	unused := map[string]int{}
	sites := 0
	for name, fsys := range contents() {
		t.Run(name, func(t *testing.T) {
			served := serve(t, fsys)
			b := open(t, served.URL)
			b.as(light)
			sites++
			used := map[string]bool{}
			var all []string
			for _, s := range served.states() {
				b.visit(s.path)
				if all == nil {
					all = eval[[]string](b, selectors+`.map(([written]) => written)`)
				}
				for _, written := range eval[[]string](b, selectors+`.filter(([, bare]) => document.querySelector(bare)).map(([written]) => written)`) {
					used[written] = true
				}
			}
			for _, written := range all {
				if !used[written] {
					unused[written]++
				}
			}
			if len(all) < 50 {
				t.Fatalf("only %d selectors are found", len(all))
			}
		})
	}
	delete(unused, "img") // for authors: neither content has a picture today
	for written, n := range unused {
		if n == sites {
			t.Errorf("nothing on any page is matched by %s", written)
		}
	}
}

// selectors is every selector of the stylesheet, as written, and without what
// depends on a pointer, the focus, the address or an answer.
const selectors = `(() => {
	const out = [];
	const parts = (list) => {
		let depth = 0, part = "";
		const all = [];
		for (const c of list) {
			depth += c === "(" ? 1 : c === ")" ? -1 : 0;
			if (c === "," && depth === 0) { all.push(part); part = ""; } else part += c;
		}
		return [...all, part].map((p) => p.trim());
	};
	const fleeting = /:(?:hover|focus-visible|focus-within|focus|target-current|target-before|target-after|target|active|checked)/g;
	const inside = /:(?:not|has|is|where)\((?:[^()]|\([^()]*\))*\)/g;
	const bare = (selector) => selector
		.replace(/::[-\w]+(\([^)]*\))?/g, "")
		.replace(inside, (f) => f.match(fleeting) || f.startsWith(":not") ? "" : f)
		.replace(fleeting, "")
		.replace(/[>+~]\s*$/, "> *") || "*";
	const walk = (rules) => {
		for (const rule of rules) {
			if (rule.selectorText) for (const written of parts(rule.selectorText)) out.push([written, bare(written)]);
			if (rule.cssRules) walk(rule.cssRules);
		}
	};
	for (const sheet of document.styleSheets) walk(sheet.cssRules);
	return out;
})()`

// TestHTML has html-validate read every page as it is sent, by its recommended
// rules but for these: how white space and void elements are written is templ's
// affair; titles are as long as check lets their authors write them; the summary of
// errors stands above the first heading, as people know it from other forms; and
// integrity is asked for what comes from elsewhere, which nothing does.
func TestHTML(t *testing.T) {
	t.Parallel()
	for name, fsys := range contents() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			served, dir := serve(t, fsys), t.TempDir()
			for _, s := range served.states() {
				answer, err := http.Get(served.URL + s.path)
				if err != nil {
					t.Fatal(err)
				}
				body, err := io.ReadAll(answer.Body)
				answer.Body.Close()
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(dir, s.name+".html"), body, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			pages, err := filepath.Glob(filepath.Join(dir, "*.html"))
			if err != nil {
				t.Fatal(err)
			}
			out := node(t, nil, slices.Concat([]string{"node_modules/html-validate/bin/html-validate.mjs", "--config", "html-validate.json", "--formatter", "text"}, pages)...)
			for line := range strings.Lines(string(out)) {
				if strings.Contains(line, "error") || strings.Contains(line, "warning") {
					t.Error(strings.TrimPrefix(strings.TrimSpace(line), dir+"/"))
				}
			}
		})
	}
}

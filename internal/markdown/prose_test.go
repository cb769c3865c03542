package markdown

import (
	"strings"
	"testing"

	"rolecompare/internal/comparison"
)

// readProse reads a passage of the comparison "a-vs-b".
func readProse(t *testing.T, text string) (comparison.Prose, comparison.Faults) {
	t.Helper()
	var faults comparison.Faults
	f := newFile("text.md", []byte(text), &faults)
	if f == nil {
		return comparison.Prose{}, faults
	}
	d := f.parse("a-vs-b")
	return d.prose(d.blocks, 1), faults
}

func TestProse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, html, markdown, text string }{
		{"Plain.", "<p>Plain.</p>", "Plain.", "Plain."},
		{"A *b* __c__ `d<e` & f", "<p>A <em>b</em> <strong>c</strong> <code>d&lt;e</code> &amp; f</p>", "A *b* __c__ `d<e` & f", "A b c d<e & f"},
		{"one\n   two  \nthree", "<p>one two<br>\nthree</p>", "one two\\\nthree", "one two\nthree"},
		{"It's \"so *very* 'fine'\" -- isn't it...", "<p>It’s “so <em>very</em> ‘fine’” – isn’t it…</p>", "It’s “so *very* ‘fine’” – isn’t it…", "It’s “so very ‘fine’” – isn’t it…"},
		{"\\*kept\\* &copy; \\\"straight\\\" `\"code\"...`", "<p>*kept* © &quot;straight&quot; <code>&quot;code&quot;...</code></p>", "\\*kept\\* &copy; \\\"straight\\\" `\"code\"...`", "*kept* © \"straight\" \"code\"..."},
		{"\"[Quoted](#x)\"", "<p>“<a href=\"/compare/a-vs-b#x\">Quoted</a>”</p>", "“[Quoted](/compare/a-vs-b#x)”", "“Quoted”"},
		{"[a](/services/b \"A \\\"title\\\"\") <https://c.example/?d&e>", "<p><a href=\"/services/b\" title=\"A &quot;title&quot;\">a</a> <a href=\"https://c.example/?d&amp;e\">https://c.example/?d&amp;e</a></p>", "[a](/services/b \"A \\\"title\\\"\") <https://c.example/?d&e>", "a https://c.example/?d&e"},
		{"![A *walled* garden](/static/g.jpg)", "<p><img src=\"/static/g.jpg\" alt=\"A walled garden\"></p>", "![A walled garden](/static/g.jpg)", "A walled garden"},
		{"- a\n- b\n  1. c\n  2. d\n- e", "<ul>\n<li>a</li>\n<li>b\n<ol>\n<li>c</li>\n<li>d</li>\n</ol></li>\n<li>e</li>\n</ul>", "- a\n- b\n  1. c\n  2. d\n- e", "a\nb\nc\nd\ne"},
		{"3) a\n\n4) b", "<ol start=\"3\">\n<li><p>a</p></li>\n<li><p>b</p></li>\n</ol>", "3) a\n\n4) b", "a\nb"},
		{"> a\n>\n> b", "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>", "> a\n>\n> b", "a\n\nb"},
		{"## A \"b\" {#c aliases=\"d e\"}\n\nf", "<h3 id=\"c\"><span id=\"d\"></span><span id=\"e\"></span>A “b”</h3>\n<p>f</p>", "### A “b”\n\nf", "A “b”\n\nf"},
		{"a\n\n***\n\n```\nb <c>\n```", "<p>a</p>\n<hr>\n<pre><code>b &lt;c&gt;</code></pre>", "a\n\n***\n\n```\nb <c>\n```", "a\n\n\n\nb <c>"},
		{"a <!-- note --> b\n\n<!--\nnote\n-->\n\nc", "<p>a  b</p>\n<p>c</p>", "a  b\n\nc", "a  b\n\nc"},
		{"[a][b]\n\n[b]: https://c.example/d_(e)", "<p><a href=\"https://c.example/d_(e)\">a</a></p>", "[a](<https://c.example/d_(e)>)", "a"},
		{"Größe ñ 中文 \"ü\"", "<p>Größe ñ 中文 “ü”</p>", "Größe ñ 中文 “ü”", "Größe ñ 中文 “ü”"},
	} {
		p, faults := readProse(t, c.in)
		if len(faults) > 0 {
			t.Errorf("%q: %v", c.in, faults)
		}
		if p.HTML != c.html || p.Markdown != c.markdown || p.Text != c.text {
			t.Errorf("%q:\nHTML     %q\nwant     %q\nMarkdown %q\nwant     %q\nText     %q\nwant     %q", c.in, p.HTML, c.html, p.Markdown, c.markdown, p.Text, c.text)
		}
		// What is written as Markdown reads the same; ids are for pages only.
		if again, _ := readProse(t, strings.Replace(p.Markdown, "###", "##", 1)); !strings.Contains(c.html, "id=") && again.HTML != p.HTML {
			t.Errorf("%q: read again it is %q", p.Markdown, again.HTML)
		}
	}
}

func TestTypeset(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`plain`:                      `plain`,
		`don't`:                      `don’t`,
		`'tis the '90s`:              `’tis the ’90s`,
		`"a" ("b") 'c'`:              `“a” (“b”) ‘c’`,
		`the owners' "own 'way'"`:    `the owners’ “own ‘way’”`,
		`2--3 --- so...`:             `2–3 — so…`,
		`\"as is\" \'too\' \... x`:   `\"as is\" \'too\' \... x`,
		`{n} of {total} "{role}"`:    `{n} of {total} “{role}”`,
		`"'Nested' at the beginning`: `“‘Nested’ at the beginning`,
		`ends with \`:                `ends with \`,
	} {
		if got := typeset(in, 0); got != want {
			t.Errorf("typeset(%q) = %q, want %q", in, got, want)
		}
	}
}

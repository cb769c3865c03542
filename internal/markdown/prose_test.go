package markdown

import (
	"slices"
	"testing"

	"rolecompare/internal/comparison"
)

func readProse(t *testing.T, text string) (comparison.Prose, comparison.Diagnostics) {
	t.Helper()
	var found comparison.Diagnostics
	f := newFile("text.md", []byte(text), &found)
	if f == nil {
		return comparison.Prose{}, found
	}
	d := f.parse()
	return d.prose(d.blocks, inSection), found
}

func TestProse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, html, text string }{
		{"Plain.", "<p>Plain.</p>", "Plain."},
		{"A *b* __c__ `d<e` & f", "<p>A <em>b</em> <strong>c</strong> <code>d&lt;e</code> &amp; f</p>", "A b c d<e & f"},
		{"one\n   two  \nthree", "<p>one\ntwo<br>\nthree</p>", "one two\nthree"},
		{"It's \"so *very* 'fine'\" -- isn't it...", "<p>It’s “so <em>very</em> ‘fine’” – isn’t it…</p>", "It’s “so very ‘fine’” – isn’t it…"},
		{"*\"In\"* emphasis, \"**and** *around*\"", "<p><em>“In”</em> emphasis, “<strong>and</strong> <em>around</em>”</p>", "“In” emphasis, “and around”"},
		{"a \"b\"\n'c' d", "<p>a “b”\n‘c’ d</p>", "a “b” ‘c’ d"},
		{"\\*kept\\* &copy; \\\"straight\\\" `\"code\"...\\&amp;`", "<p>*kept* © &quot;straight&quot; <code>&quot;code&quot;...\\&amp;amp;</code></p>", "*kept* © \"straight\" \"code\"...\\&amp;"},
		{"\"[Quoted](#x)\"", "<p>“<a href=\"#x\">Quoted</a>”</p>", "“Quoted”"},
		{"[a](/services/b \"A \\\"title\\\"\") <https://c.example/?d&e> <f@g.example>", "<p><a href=\"/services/b\" title=\"A &quot;title&quot;\">a</a> <a href=\"https://c.example/?d&amp;e\">https://c.example/?d&amp;e</a> <a href=\"mailto:f@g.example\">f@g.example</a></p>", "a https://c.example/?d&e f@g.example"},
		{"- a\n- b\n  1. c\n  2. d\n- e", "<ul>\n<li>a</li>\n<li>b\n<ol>\n<li>c</li>\n<li>d</li>\n</ol>\n</li>\n<li>e</li>\n</ul>", "a\nb\nc\nd\ne"},
		{"3) a\n\n4) b", "<ol start=\"3\">\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ol>", "a\nb"},
		{"> a\n>\n> b", "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>", "a\n\nb"},
		{"## A \"b\" {#c aliases=\"d e\"}\n\nf", "<h3 id=\"c\"><span id=\"d\"></span><span id=\"e\"></span>A “b”</h3>\n<p>f</p>", "A “b”\n\nf"},
		{"A *b*\n{#c} ##\n---\n\n###### d \\{#e} {#f} ##", "<h3>A <em>b</em>\n{#c} ##</h3>\n<h6 id=\"f\">d {#e}</h6>", "A b {#c} ##\n\nd {#e}"},
		{"a {#b} c\\{#d} {n}\n`{#e}` {f}", "<p>a {#b} c{#d} {n}\n<code>{#e}</code> {f}</p>", "a {#b} c{#d} {n} {#e} {f}"},
		{"a\n\n***\n\n```\nb <c> {#d}\n  e\n```", "<p>a</p>\n<hr>\n<pre><code>b &lt;c&gt; {#d}\n  e\n</code></pre>", "a\n\nb <c> {#d}\n  e"},
		{"a <!-- note --> b\n\n<!--\nnote {#n}\n-->\n\n  <!-- note -->\nc", "<p>a  b</p>\n<p>c</p>", "a  b\n\nc"},
		{"[a][b]\n\n[b]: https://c.example/d_(e)", "<p><a href=\"https://c.example/d_(e)\">a</a></p>", "a"},
		{"Größe ñ 中文 \"ü\"", "<p>Größe ñ 中文 “ü”</p>", "Größe ñ 中文 “ü”"},
	} {
		p, found := readProse(t, c.in)
		if len(found) > 0 {
			t.Errorf("%q: %v", c.in, found)
		}
		if p.HTML != c.html || p.Text != c.text {
			t.Errorf("%q:\nHTML     %q\nwant     %q\nText     %q\nwant     %q", c.in, p.HTML, c.html, p.Text, c.text)
		}
	}
}

// Links stand in the HTML as their authors wrote them, and so they do in Links.
func TestLinks(t *testing.T) {
	t.Parallel()
	p, found := readProse(t, "[a](#b), <https://ü.example/c>\n\n- *[d][e]* <f@g.example>\n\n[e]: /h\"i \"Title\"\n")
	if len(found) > 0 {
		t.Error(found)
	}
	at := func(line, column int) comparison.Position {
		return comparison.Position{File: "text.md", Line: line, Column: column}
	}
	want := []comparison.Link{
		{At: at(1, 1), URL: "#b"}, {At: at(1, 10), URL: "https://%C3%BC.example/c"},
		{At: at(3, 4), URL: "/h%22i"}, {At: at(3, 12), URL: "mailto:f@g.example"},
	}
	if !slices.Equal(p.Links, want) {
		t.Errorf("got  %+v\nwant %+v", p.Links, want)
	}
}

// Headings are one level lower than their authors wrote them, and known by name.
func TestNames(t *testing.T) {
	t.Parallel()
	p, found := readProse(t, "## A {#a aliases=\"old older\"}\n\n### No id\n\n### *B*'s {#b}\n")
	if len(found) > 0 {
		t.Error(found)
	}
	if len(p.Names) != 2 || p.Names[0].Title != "A" || p.Names[1].Title != "B’s" || p.Names[1].ID != "b" || p.Names[1].At.Line != 5 {
		t.Errorf("names %+v", p.Names)
	}
	want := comparison.Ref{At: comparison.Position{File: "text.md", Line: 1, Column: 23}, ID: "older"}
	if got := p.Names[0].Aliases; len(got) != 2 || got[1] != want {
		t.Errorf("aliases %+v", got)
	}
}

func TestTypeset(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`plain`:                       `plain`,
		`don't`:                       `don’t`,
		`'tis the '90s`:               `’tis the ’90s`,
		`"a" ("b") 'c'`:               `“a” (“b”) ‘c’`,
		`the owners' "own 'way'"`:     `the owners’ “own ‘way’”`,
		`2--3 --- so...`:              `2–3 — so…`,
		`\"as is\" \'too\' \... x`:    `"as is" 'too' ... x`,
		`{n} of {total} "{role}"`:     `{n} of {total} “{role}”`,
		`"'Nested' at the beginning`:  `“‘Nested’ at the beginning`,
		`"A 'way'"`:                   `“A ‘way’”`,
		`# *a* _b_ <c> [d](e) - {#f}`: `# *a* _b_ <c> [d](e) - {#f}`,
		`ends with \`:                 `ends with \`,
	} {
		if got := typeset(in); got != want {
			t.Errorf("typeset(%q) = %q, want %q", in, got, want)
		}
	}
}

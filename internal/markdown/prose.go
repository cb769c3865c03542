package markdown

import (
	"bytes"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"rolecompare/internal/comparison"
)

// writer writes a passage in its three forms at once, so that they always say
// the same. What it has no case for never leaves the site.
type writer struct {
	*document
	forms
	headings int // what is added to the levels of headings; negative: none may stand here
	links    []comparison.Link
	images   []comparison.Link
	names    []comparison.Name
}

type forms struct{ html, markdown, text strings.Builder }

// noHeadings is for passages that are part of something under a heading.
const noHeadings = -1

// prose turns blocks into prose.
func (d *document) prose(blocks []ast.Node, headings int) comparison.Prose {
	if len(blocks) == 0 {
		return comparison.Prose{}
	}
	w := &writer{document: d, headings: headings}
	w.blocks(&w.forms, blocks)
	return w.done(blocks[0])
}

// line turns the words of one paragraph into inline prose.
func (d *document) line(n ast.Node) comparison.Prose {
	w := &writer{document: d}
	w.inline(&w.forms, n)
	return w.done(n)
}

// words returns the words of a paragraph or heading.
func (d *document) words(n ast.Node) string {
	w := &writer{document: d}
	w.inline(&w.forms, n)
	return strings.Join(strings.Fields(w.text.String()), " ")
}

func (w *writer) done(first ast.Node) comparison.Prose {
	p := comparison.Prose{
		At:       w.placeOf(first),
		HTML:     strings.TrimSpace(w.html.String()),
		Markdown: strings.TrimSpace(w.markdown.String()),
		Text:     strings.TrimSpace(w.text.String()),
		Links:    w.links,
		Images:   w.images,
		Names:    w.names,
	}
	// Passages are kept for as long as the site runs, so each gets no more
	// memory than it needs, and the forms share it where they are the same.
	p.Text = strings.Clone(p.Text)
	for _, form := range []*string{&p.Markdown, &p.HTML} {
		if *form == p.Text {
			*form = p.Text
		} else {
			*form = strings.Clone(*form)
		}
	}
	return p
}

func children(n ast.Node) []ast.Node {
	var out []ast.Node
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		out = append(out, c)
	}
	return out
}

// blocks writes blocks one after the other.
func (w *writer) blocks(to *forms, blocks []ast.Node) {
	var last ast.Node
	for _, n := range blocks {
		if n.Kind() == ast.KindLinkReferenceDefinition || w.isComment(n) {
			continue
		}
		if last != nil {
			between := "\n\n"
			if last.Kind() == ast.KindTextBlock {
				between = "\n"
				to.html.WriteString(between)
			}
			to.markdown.WriteString(between)
			to.text.WriteString(between)
			if list, ok := n.(*ast.List); ok {
				if before, ok := last.(*ast.List); ok && before.Marker == list.Marker {
					to.markdown.WriteString("<!-- -->\n\n") // or the two would be one
				}
			}
		}
		w.block(to, n)
		last = n
	}
}

func (w *writer) block(to *forms, n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		w.noTail(n)
		to.html.WriteString("<p>")
		w.inline(to, n)
		to.html.WriteString("</p>\n")
	case *ast.TextBlock:
		w.noTail(n)
		w.inline(to, n)
	case *ast.Heading:
		w.heading(to, n)
	case *ast.List:
		w.list(to, n)
	case *ast.Blockquote:
		var inner forms
		w.blocks(&inner, children(n))
		to.html.WriteString("<blockquote>\n" + inner.html.String() + "</blockquote>\n")
		to.markdown.WriteString(indent(inner.markdown.String(), "> ", "> "))
		to.text.WriteString(inner.text.String())
	case *ast.ThematicBreak:
		to.html.WriteString("<hr>\n")
		to.markdown.WriteString("***")
	case *ast.FencedCodeBlock:
		w.code(to, n.Lines().Value(w.src))
	case *ast.CodeBlock:
		w.code(to, n.Lines().Value(w.src))
	case *ast.HTMLBlock:
		w.noHTML(n)
	case *east.Table:
		w.faultAt(n, "tables are not shown on this site", "write a list instead")
	default:
		w.faultAt(n, "this cannot be shown on this site", "use paragraphs, lists, links, emphasis, quotations and images")
	}
}

func (w *writer) noHTML(n ast.Node) {
	w.faultAt(n, "HTML cannot be used here", "write it in Markdown; to show the sign itself, put a backslash before it: \\<")
}

// closes reports whether n is a closing tag after an opening one, which was
// reported.
func (w *writer) closes(n *ast.RawHTML) bool {
	if !bytes.HasPrefix(n.Segments.Value(w.src), []byte("</")) {
		return false
	}
	for before := n.PreviousSibling(); before != nil; before = before.PreviousSibling() {
		if before.Kind() == ast.KindRawHTML && !w.isComment(before) {
			return true
		}
	}
	return false
}

// noTail reports an id where none is read.
func (w *writer) noTail(n ast.Node) {
	if start, stop := w.braces(n); start >= 0 && bytes.HasPrefix(w.src[start:stop], []byte("{#")) {
		w.faults.Add(w.file.place(w.body+start), "an id has no meaning here", "only headings and signs have one; remove it")
	}
}

func (w *writer) heading(to *forms, h *ast.Heading) {
	if w.headings < 0 {
		w.faultAt(h, "a heading cannot stand here", "write a paragraph, with **bold** words if need be")
		return
	}
	if _, ok := h.Parent().(*ast.Document); !ok {
		w.faultAt(h, "a heading cannot stand in a list or quotation", "write a paragraph, with **bold** words if need be")
		return
	}
	start, _ := w.braces(h)
	name := w.name(h, start >= 0)
	if name.ID != "" {
		w.names = append(w.names, name)
	}
	level := strconv.Itoa(min(h.Level+w.headings, 6))
	to.html.WriteString("<h" + level)
	if name.ID != "" {
		to.html.WriteString(` id="` + name.ID + `"`)
	}
	to.html.WriteString(">")
	// Links to a former id must still arrive, so it marks an empty place.
	for _, a := range name.Aliases {
		to.html.WriteString(`<span id="` + a.ID + `"></span>`)
	}
	to.markdown.WriteString(strings.Repeat("#", min(h.Level+w.headings, 6)) + " ")
	w.inline(to, h)
	to.html.WriteString("</h" + level + ">\n")
}

func (w *writer) list(to *forms, l *ast.List) {
	open, end := "<ul>\n", "</ul>\n"
	if l.IsOrdered() {
		open, end = "<ol>\n", "</ol>\n"
		if l.Start != 1 {
			open = fmt.Sprintf("<ol start=\"%d\">\n", l.Start)
		}
	}
	to.html.WriteString(open)
	number := l.Start
	for i, item := range children(l) {
		if i > 0 {
			to.markdown.WriteString("\n")
			to.text.WriteString("\n")
			if !l.IsTight {
				to.markdown.WriteString("\n")
			}
		}
		mark := string(l.Marker) + " "
		if l.IsOrdered() {
			mark = strconv.Itoa(number) + mark
			number++
		}
		var inner forms
		w.blocks(&inner, children(item))
		to.html.WriteString("<li>" + strings.TrimSuffix(inner.html.String(), "\n") + "</li>\n")
		to.markdown.WriteString(indent(inner.markdown.String(), mark, strings.Repeat(" ", len(mark))))
		to.text.WriteString(inner.text.String())
	}
	to.html.WriteString(end)
}

// indent puts first before the first line of s, and rest before the others.
func indent(s, first, rest string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		prefix := rest
		if i == 0 {
			prefix = first
		}
		lines[i] = strings.TrimRight(prefix+line, " ")
	}
	return strings.Join(lines, "\n")
}

func (w *writer) code(to *forms, code []byte) {
	s := strings.TrimRight(string(code), "\n")
	to.html.WriteString("<pre><code>" + escape(s) + "</code></pre>\n")
	fence := fence(s, 3)
	to.markdown.WriteString(fence + "\n" + s + "\n" + fence)
	to.text.WriteString(s)
}

// fence is a row of backticks longer than any in s.
func fence(s string, n int) string {
	for strings.Contains(s, strings.Repeat("`", n)) {
		n++
	}
	return strings.Repeat("`", n)
}

// inline writes what stands in a paragraph, heading, link and so on.
func (w *writer) inline(to *forms, parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			w.write(to, n.Segment.Value(w.src))
			switch {
			case n.HardLineBreak():
				to.html.WriteString("<br>\n")
				to.markdown.WriteString("\\\n")
				to.text.WriteByte('\n')
			case n.SoftLineBreak():
				to.html.WriteByte(' ')
				to.markdown.WriteByte(' ')
				to.text.WriteByte(' ')
			}
		case *ast.String:
			w.write(to, n.Value)
		case *ast.CodeSpan:
			w.codeSpan(to, n)
		case *ast.Emphasis:
			tag := "em"
			if n.Level == 2 {
				tag = "strong"
			}
			mark := strings.Repeat("*", n.Level)
			if at := n.Pos(); at >= 0 && at < len(w.src) && w.src[at] == '_' {
				mark = strings.Repeat("_", n.Level)
			}
			to.html.WriteString("<" + tag + ">")
			to.markdown.WriteString(mark)
			w.inline(to, n)
			to.html.WriteString("</" + tag + ">")
			to.markdown.WriteString(mark)
		case *ast.Link:
			w.link(to, n)
		case *ast.AutoLink:
			w.autoLink(to, n)
		case *ast.Image:
			w.image(to, n)
		case *ast.RawHTML:
			if !w.isComment(n) && !w.closes(n) {
				w.noHTML(n)
			}
		default:
			w.faultAt(n, "this cannot be shown on this site", "use plain words, links, emphasis and images")
		}
	}
}

// write writes words of the source, which may hold entities and backslashes.
func (w *writer) write(to *forms, source []byte) {
	if len(source) == 0 {
		return
	}
	before := rune(0)
	if s := to.text.String(); s != "" {
		before, _ = utf8.DecodeLastRuneInString(s)
	}
	s := typeset(string(source), before)
	plain := plain(s)
	to.html.WriteString(escape(plain))
	to.markdown.WriteString(s)
	to.text.WriteString(plain)
}

// plain resolves entities and backslashes.
func plain(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	var out []byte
	b := []byte(s)
	for len(b) > 0 {
		i := bytes.IndexByte(b, '\\')
		if i < 0 || i+1 >= len(b) {
			i = len(b)
		}
		out = append(out, util.ResolveEntityNames(util.ResolveNumericReferences(b[:i]))...)
		if b = b[i:]; len(b) == 0 {
			break
		}
		if !util.IsPunct(b[1]) {
			out = append(out, '\\')
			b = b[1:]
			continue
		}
		out = append(out, b[1])
		b = b[2:]
	}
	return string(out)
}

func escape(s string) string { return string(util.EscapeHTML([]byte(s))) }

func (w *writer) codeSpan(to *forms, n *ast.CodeSpan) {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(bytes.ReplaceAll(t.Segment.Value(w.src), []byte("\n"), []byte(" ")))
		}
	}
	s := b.String()
	to.html.WriteString("<code>" + escape(s) + "</code>")
	fence := fence(s, 1)
	pad := ""
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		pad = " "
	}
	to.markdown.WriteString(fence + pad + s + pad + fence)
	to.text.WriteString(s)
}

func (w *writer) link(to *forms, n *ast.Link) {
	dest := string(util.URLEscape(n.Destination, true))
	at := w.placeOf(n)
	if fault, do := comparison.CheckAddress(dest); fault != "" {
		w.faults.Add(at, fault, do)
	}
	if strings.HasPrefix(dest, "#") && w.slug != "" {
		dest = "/compare/" + w.slug + dest
	}
	var inner forms
	w.inlineAfter(&inner, to, n)
	if strings.TrimSpace(inner.text.String()) == "" && n.FirstChild() == nil {
		w.faults.Add(at, "the link has no words", "write them in the square brackets")
	}
	title := plain(string(n.Title))
	to.html.WriteString(`<a href="` + escape(dest) + `"`)
	if title != "" {
		to.html.WriteString(` title="` + escape(title) + `"`)
	}
	to.html.WriteString(">" + inner.html.String() + "</a>")
	to.markdown.WriteString("[" + inner.markdown.String() + "](" + destination(dest) + titled(n.Title) + ")")
	to.text.WriteString(inner.text.String())
	w.links = append(w.links, comparison.Link{At: at, Label: inner.text.String(), URL: dest})
}

// inlineAfter writes what stands in n apart, as a continuation of to, so that
// quotation marks turn the right way.
func (w *writer) inlineAfter(inner, to *forms, n ast.Node) {
	before, _ := utf8.DecodeLastRuneInString(to.text.String())
	if to.text.Len() > 0 {
		inner.text.WriteRune(before)
	}
	w.inline(inner, n)
	if to.text.Len() > 0 {
		s := strings.TrimPrefix(inner.text.String(), string(before))
		inner.text.Reset()
		inner.text.WriteString(s)
	}
}

// destination writes an address as Markdown has it.
func destination(s string) string {
	if s == "" || strings.ContainsAny(s, "() ") {
		return "<" + s + ">"
	}
	return s
}

func titled(title []byte) string {
	if len(title) == 0 {
		return ""
	}
	return ` "` + strings.ReplaceAll(strings.ReplaceAll(string(title), `\"`, `"`), `"`, `\"`) + `"`
}

func (w *writer) autoLink(to *forms, n *ast.AutoLink) {
	label := string(n.Label(w.src))
	dest := string(util.URLEscape(n.URL(w.src), false))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(dest), "mailto:") {
		dest = "mailto:" + dest
	}
	at := w.placeOf(n)
	if fault, do := comparison.CheckAddress(dest); fault != "" {
		w.faults.Add(at, fault, do)
	}
	to.html.WriteString(`<a href="` + escape(dest) + `">` + escape(label) + "</a>")
	to.markdown.WriteString("<" + label + ">")
	to.text.WriteString(label)
	w.links = append(w.links, comparison.Link{At: at, Label: label, URL: dest})
}

func (w *writer) image(to *forms, n *ast.Image) {
	dest := string(util.URLEscape(n.Destination, true))
	at := w.placeOf(n)
	alt := w.words(n)
	if alt == "" {
		w.faults.Add(at, "the image has no description", "say in the square brackets what it shows: ![A walled garden](/static/garden.jpg)")
	}
	if u, err := url.Parse(dest); err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(u.Path, "/static/") {
		w.faults.Add(at, fmt.Sprintf("the image “%s” is not one of this site's", dest),
			"put it in the folder static and write its address from there: /static/garden.jpg")
	}
	title := plain(string(n.Title))
	to.html.WriteString(`<img src="` + escape(dest) + `" alt="` + escape(alt) + `"`)
	if title != "" {
		to.html.WriteString(` title="` + escape(title) + `"`)
	}
	to.html.WriteString(">")
	to.markdown.WriteString("![" + escapeWords(alt) + "](" + destination(dest) + titled(n.Title) + ")")
	to.text.WriteString(alt)
	w.images = append(w.images, comparison.Link{At: at, Label: alt, URL: dest})
}

// escapeWords writes plain words so that Markdown reads them as they are.
func escapeWords(s string) string {
	return strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`, "*", `\*`, "_", `\_`, "`", "\\`", "<", `\<`, "&", `\&`, "!", `\!`).Replace(s)
}

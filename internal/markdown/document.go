package markdown

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"rolecompare/internal/comparison"
)

// commonMark reads and renders plain Markdown. Tables are read only so that they
// can be refused with a message.
var commonMark = goldmark.New(
	goldmark.WithExtensions(extension.Table),
	goldmark.WithParserOptions(parser.WithInlineParsers(util.Prioritized(typographer, 9999), util.Prioritized(idParser{}, 1000))),
)

// typographer replaces what a keyboard has by what a printer would set: curly
// quotation marks and apostrophes, dashes for -- and ---, an ellipsis for three dots.
var typographer = extension.NewTypographerParser(extension.WithTypographicSubstitutions(map[extension.TypographicPunctuation]string{
	extension.LeftSingleQuote: "‘", extension.RightSingleQuote: "’", extension.Apostrophe: "’",
	extension.LeftDoubleQuote: "“", extension.RightDoubleQuote: "”",
	extension.EnDash: "–", extension.EmDash: "—", extension.Ellipsis: "…",
	extension.LeftAngleQuote: "<<", extension.RightAngleQuote: ">>",
}))

// plainText reads text that is not Markdown.
var plainText = parser.NewParser(
	parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1000)),
	parser.WithInlineParsers(util.Prioritized(typographer, 9999)),
)

// typeset sets the punctuation of a line that is not Markdown.
func typeset(s string) string {
	d := document{file: &file{src: []byte(s)}}
	return d.text(plainText.Parse(text.NewReader(d.src)))
}

// idParser finds ids in braces, {#id aliases="old older"}, which end headings
// and signs. What it leaves in their place is a text of no length.
type idParser struct{}

var (
	braces     = regexp.MustCompile(`^\{[^{}\n]*\}`)
	inBraces   = regexp.MustCompile(`^\{#[^\s"=#]+(\s+aliases="?[^"=]*"?)?\s*\}$`)
	idInBraces = regexp.MustCompile(`[^\s{}"=#]+`)
)

func (idParser) Trigger() []byte { return []byte("{") }

func (idParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, here := block.PeekLine()
	n := len(braces.Find(line))
	if n == 0 || len(bytes.TrimSpace(line[n:])) > 0 || line[1] != '#' && parent.Kind() != ast.KindHeading {
		return nil
	}
	block.Advance(n)
	return ast.NewTextSegment(text.NewSegment(here.Start, here.Start))
}

// isID reports whether a node is what idParser left of an id.
func (d *document) isID(n ast.Node) bool {
	t, ok := n.(*ast.Text)
	return ok && t.Segment.Len() == 0 && bytes.HasPrefix(d.src[t.Segment.Start:], []byte("{"))
}

// document is the text of a file, as Markdown, without notes from author to
// author. Offsets of nodes count from the beginning of the file.
type document struct {
	*file
	blocks []ast.Node
}

// parse reads the text of a file below its front matter.
func (f *file) parse() *document {
	d := &document{file: f}
	src := bytes.Clone(f.src)
	copy(src, bytes.Repeat([]byte("\n"), f.body))
	root := commonMark.Parser().Parse(text.NewReader(src))
	var unseen []ast.Node
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && (n.Kind() == ast.KindLinkReferenceDefinition || d.isComment(n)) {
			unseen = append(unseen, n)
		}
		return ast.WalkContinue, nil
	})
	for _, n := range unseen {
		n.Parent().RemoveChild(n.Parent(), n)
	}
	d.blocks = children(root)
	return d
}

var comment = regexp.MustCompile(`\A<!--(?s:.*?)-->[ \t]*(\n|\z)`)

// isComment reports whether a node is an HTML comment and nothing else.
func (d *document) isComment(n ast.Node) bool {
	switch n.Kind() {
	case ast.KindHTMLBlock:
		return comment.Match(d.src[n.Pos():])
	case ast.KindRawHTML:
		return bytes.HasPrefix(d.src[n.Pos():], []byte("<!--"))
	}
	return false
}

func children(n ast.Node) []ast.Node {
	var out []ast.Node
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		out = append(out, c)
	}
	return out
}

// at is where a node begins.
func (d *document) at(n ast.Node) comparison.Position { return d.position(max(n.Pos(), 0)) }

// part is a heading and what stands below it.
type part struct {
	comparison.Name
	blocks []ast.Node
}

// titled splits off the file's own # heading, with its id.
func (d *document) titled() (comparison.Name, []ast.Node) {
	if len(d.blocks) == 0 {
		d.found.Lose(d.end(), "the text is missing", "begin it with a heading and its id: # Heading {#id}")
		return comparison.Name{At: d.end()}, nil
	}
	first := d.at(d.blocks[0])
	for i, n := range d.blocks {
		if h, ok := n.(*ast.Heading); ok && h.Level == 1 {
			d.must(i == 0, first, "this stands above the # heading", "move it below")
			return d.name(h, true), d.blocks[i+1:]
		}
	}
	d.found.Lose(first, "the text must begin with its heading", "write it with one # and its id: # Heading {#id}")
	return comparison.Name{At: first}, nil
}

// levels reports headings that skip a level, and # headings below the first.
func (d *document) levels(blocks []ast.Node) {
	level := 1
	for _, n := range blocks {
		if h, ok := n.(*ast.Heading); ok && h.Level == 1 {
			d.found.Lose(d.at(h), "the page has its # heading already", "begin this one with ##")
		} else if ok {
			d.must(h.Level <= level+1, d.at(h), fmt.Sprintf("this heading skips a level: it has %d # and the one above it %d", h.Level, level),
				"begin it with "+strings.Repeat("#", level+1))
			level = h.Level
		}
	}
}

// split parts blocks at the headings of a level, which must have ids or must
// not. What stands before the first is the introduction.
func (d *document) split(blocks []ast.Node, level int, ids bool) (intro []ast.Node, parts []part) {
	for _, n := range blocks {
		if h, ok := n.(*ast.Heading); ok && h.Level == level {
			parts = append(parts, part{Name: d.name(h, ids)})
		} else if len(parts) == 0 {
			intro = append(intro, n)
		} else {
			p := &parts[len(parts)-1]
			p.blocks = append(p.blocks, n)
		}
	}
	return intro, parts
}

// name reads a heading, which must have an id or must not: its words, and its id.
func (d *document) name(h *ast.Heading, id bool) comparison.Name {
	for _, c := range children(h) {
		words := slices.Contains([]ast.NodeKind{ast.KindText, ast.KindString, ast.KindEmphasis, ast.KindCodeSpan}, c.Kind())
		d.must(words, d.at(c), "a heading holds words only", "move links to the text below it, and leave out HTML")
	}
	name, braces := d.id(h)
	name.Title = strings.Join(strings.Fields(d.text(h)), " ")
	comparison.CheckLength(d.found, name.At, "the heading", name.Title, 110)
	if name.Title == "" {
		d.found.Lose(name.At, "the heading has no words", "write some after the #")
	} else if braces < 0 {
		d.must(!id, name.At, "the heading has no id", fmt.Sprintf("end it with one in braces: {#%s}", comparison.MakeID(name.Title)))
	} else {
		d.must(id, d.position(braces), "a heading of this kind has no id", "remove it")
	}
	return name
}

// id reads and removes the braces at the end of a heading or sign. It returns
// their offset, or -1 if there are none.
func (d *document) id(n ast.Node) (name comparison.Name, offset int) {
	name.At = d.at(n)
	last := n.LastChild()
	if !d.isID(last) {
		return name, -1
	}
	n.RemoveChild(n, last)
	if t, ok := n.LastChild().(*ast.Text); ok {
		t.Segment = t.Segment.TrimRightSpace(d.src)
	}
	s := braces.Find(d.src[last.Pos():])
	if !inBraces.Match(s) {
		d.found.Lose(d.at(last), fmt.Sprintf("what stands in braces cannot be read: %s", s), `write {#id}, or {#id aliases="old-id older-id"}`)
		return name, last.Pos()
	}
	for i, w := range idInBraces.FindAllIndex(s, -1) {
		id, at := string(s[w[0]:w[1]]), d.position(last.Pos()+w[0])
		switch {
		case i == 1: // the word aliases
		case !comparison.IsID(id):
			d.found.Lose(at, fmt.Sprintf("“%s” is no id", id), comparison.AdviseID(id))
		case i == 0:
			name.ID = id
		default:
			name.Aliases = append(name.Aliases, comparison.Ref{At: at, ID: id})
		}
	}
	return name, last.Pos()
}

// lineEnds is how the renderer ends lines, and how a text without HTML does.
var lineEnds = strings.NewReplacer("<br>\n", "\n", "\n", " ")

// text returns the words of a node alone, its blocks parted by a blank line, the
// items of a list by a line break.
func (d *document) text(n ast.Node) string {
	between := ""
	switch n := n.(type) {
	case *ast.Text, *ast.String:
		var b strings.Builder
		_ = commonMark.Renderer().Render(&b, d.src, n)
		return html.UnescapeString(lineEnds.Replace(b.String()))
	case *ast.AutoLink:
		return string(n.Label(d.src))
	case *ast.Image:
		return ""
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		return strings.TrimRight(string(n.Lines().Value(d.src)), "\n")
	case *ast.Heading: // a space may stand before its id
		return strings.TrimSpace(d.texts(children(n), ""))
	case *ast.Blockquote:
		between = "\n\n"
	case *ast.List, *ast.ListItem:
		between = "\n"
	}
	return d.texts(children(n), between)
}

// texts returns the words of nodes, with what stands between those that have any.
func (d *document) texts(nodes []ast.Node, between string) string {
	var out []string
	for _, n := range nodes {
		if s := d.text(n); s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, between)
}

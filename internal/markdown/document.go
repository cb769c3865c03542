package markdown

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	source "github.com/yuin/goldmark/text"

	"rolecompare/internal/comparison"
)

// commonMark reads plain Markdown. Tables are read only so that they can be
// refused with a message. It may be used from any number of goroutines.
var commonMark = goldmark.New(goldmark.WithExtensions(extension.Table)).Parser()

// document is the text of a file, as Markdown.
type document struct {
	*file
	slug   string // of the comparison it belongs to, or empty
	src    []byte // the text alone; offsets of nodes count from its beginning
	blocks []ast.Node
}

// part is a heading and what stands below it.
type part struct {
	heading *ast.Heading
	name    comparison.Name
	blocks  []ast.Node
}

// parse reads the text of a file. slug is the comparison it belongs to, if any.
func (f *file) parse(slug string) *document {
	d := &document{file: f, slug: slug, src: f.src[f.body:]}
	root := commonMark.Parse(source.NewReader(d.src))
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() != ast.KindLinkReferenceDefinition && !d.isComment(n) {
			d.blocks = append(d.blocks, n)
		}
	}
	return d
}

// placeOf is the place where a node begins.
func (d *document) placeOf(n ast.Node) comparison.Place {
	return d.file.place(d.body + max(n.Pos(), 0))
}

func (d *document) faultAt(n ast.Node, what, do string) { d.faults.Add(d.placeOf(n), what, do) }

// end is the place behind the last thing in the text: where something missing
// would stand.
func (d *document) end() comparison.Place {
	return d.file.place(d.body + len(bytes.TrimRight(d.src, " \t\n")))
}

// isComment reports whether a node is a note from author to author, which no
// visitor sees: an HTML comment and nothing else.
func (d *document) isComment(n ast.Node) bool {
	var s []byte
	switch n := n.(type) {
	case *ast.HTMLBlock:
		s = n.Lines().Value(d.src)
		if n.HasClosure() {
			s = append(bytes.Clone(s), n.ClosureLine.Value(d.src)...)
		}
	case *ast.RawHTML:
		s = n.Segments.Value(d.src)
	}
	s = bytes.TrimSpace(s)
	return bytes.HasPrefix(s, []byte("<!--")) && bytes.Index(s, []byte("-->")) == len(s)-len("-->")
}

// titled splits off the file's own # heading, with its id.
func (d *document) titled() (comparison.Name, []ast.Node) {
	if len(d.blocks) == 0 {
		d.faults.Add(d.end(), "the text is missing", "begin it with a heading and its id: # Heading {#id}")
		return comparison.Name{At: d.end()}, nil
	}
	for i, n := range d.blocks {
		h, ok := n.(*ast.Heading)
		if !ok || h.Level != 1 {
			continue
		}
		if i > 0 {
			d.faultAt(d.blocks[0], "this stands above the # heading", "move it below")
		}
		d.levels(d.blocks[i+1:], 1)
		return d.name(h, true), d.blocks[i+1:]
	}
	d.faultAt(d.blocks[0], "the text must begin with its heading", "write it with one # and its id: # Heading {#id}")
	return comparison.Name{At: d.placeOf(d.blocks[0])}, d.blocks
}

// levels reports headings that skip a level, and a second # heading. level is
// that of the heading above the blocks.
func (d *document) levels(blocks []ast.Node, level int) {
	for _, n := range blocks {
		h, ok := n.(*ast.Heading)
		if !ok {
			continue
		}
		if h.Level == 1 {
			d.faultAt(h, "the page has its # heading already", "begin this one with ##")
			continue
		}
		if h.Level > level+1 {
			d.faultAt(h, fmt.Sprintf("this heading skips a level: it has %d # and the one above it %d", h.Level, level),
				fmt.Sprintf("begin it with %s", strings.Repeat("#", level+1)))
		}
		level = h.Level
	}
}

// split parts blocks at the headings of a level. What stands before the first
// is the introduction.
func (d *document) split(blocks []ast.Node, level int, ids bool) (intro []ast.Node, parts []part) {
	for _, n := range blocks {
		if h, ok := n.(*ast.Heading); ok && h.Level == level {
			parts = append(parts, part{heading: h, name: d.name(h, ids)})
		} else if len(parts) == 0 {
			intro = append(intro, n)
		} else {
			p := &parts[len(parts)-1]
			p.blocks = append(p.blocks, n)
		}
	}
	return intro, parts
}

// name reads a heading: its words, and its id if it must have one.
func (d *document) name(h *ast.Heading, id bool) comparison.Name {
	name := comparison.Name{At: d.placeOf(h)}
	t := d.tail(h)
	name.ID, name.Aliases = t.id, t.aliases
	for c := h.FirstChild(); c != nil; c = c.NextSibling() {
		switch c.Kind() {
		case ast.KindText, ast.KindString, ast.KindEmphasis, ast.KindCodeSpan:
		default:
			if !d.isComment(c) {
				d.faultAt(c, "a heading holds words only", "move links and images to the text below it")
			}
		}
	}
	name.Title = d.words(h)
	switch {
	case name.Title == "":
		d.faultAt(h, "the heading has no words", "write some after the #")
	case id && !t.found:
		d.faultAt(h, "the heading has no id", fmt.Sprintf("end it with one in braces: {#%s}", comparison.MakeID(name.Title)))
	case !id && t.found:
		d.faults.Add(t.at, "a heading of this kind has no id", "remove it")
	}
	return name
}

// tail is the id, with its aliases, in braces at the end of a heading or of an
// item of a list.
type tail struct {
	found   bool
	at      comparison.Place
	id      string
	aliases []comparison.Ref
}

var tailWords = regexp.MustCompile(`^\s*(#\S*)?(?:\s+aliases=(?:"([^"]*)"|([^\s"]+)))?\s*$`)

// tail reads and cuts off the braces at the end of a block of words.
func (d *document) tail(n ast.Node) tail {
	start, stop := d.braces(n)
	if start < 0 {
		return tail{}
	}
	t := tail{found: true, at: d.file.place(d.body + start)}
	inside := string(d.src[start+1 : stop-1])
	d.cut(n, start)
	m := tailWords.FindStringSubmatchIndex(inside)
	if m == nil || m[2] < 0 {
		d.faults.Add(t.at, fmt.Sprintf("what stands in braces cannot be read: {%s}", inside), `write {#id}, or {#id aliases="old-id older-id"}`)
		return t
	}
	id := inside[m[2]+1 : m[3]]
	if !comparison.IsID(id) {
		d.faults.Add(d.file.place(d.body+start+1+m[2]+1), fmt.Sprintf("“%s” is no id", id), comparison.AdviseID(id))
	} else {
		t.id = id
	}
	from, to := m[4], m[5]
	if from < 0 {
		from, to = m[6], m[7]
	}
	for from >= 0 && from < to {
		word := inside[from:to]
		lead := len(word) - len(strings.TrimLeft(word, " \t\n"))
		from += lead
		word, _, _ = strings.Cut(strings.TrimLeft(word, " \t\n"), " ")
		if word == "" {
			break
		}
		at := d.file.place(d.body + start + 1 + from)
		if comparison.IsID(word) {
			t.aliases = append(t.aliases, comparison.Ref{At: at, ID: word})
		} else {
			d.faults.Add(at, fmt.Sprintf("“%s” is no id", word), comparison.AdviseID(word))
		}
		from += len(word)
	}
	return t
}

// braces finds the braces that end a block of words, and returns their
// offsets, or -1.
func (d *document) braces(n ast.Node) (start, stop int) {
	if n.Lines().Len() == 0 {
		return -1, -1
	}
	last := n.Lines().At(n.Lines().Len() - 1)
	line := bytes.TrimRight(last.Value(d.src), " \t\n#")
	line = bytes.TrimRight(line, " \t")
	if !bytes.HasSuffix(line, []byte("}")) {
		return -1, -1
	}
	i := bytes.LastIndexByte(line, '{')
	if i < 0 || i > 0 && line[i-1] == '\\' {
		return -1, -1
	}
	// Padding, which a tab in a list makes, would shift the offsets.
	if last.Padding > 0 && i < last.Padding {
		return -1, -1
	}
	base := last.Start - last.Padding
	return base + i, base + len(line)
}

// cut removes the inline nodes that stand at or after an offset, and the space
// before it.
func (d *document) cut(parent ast.Node, offset int) {
	for n := parent.LastChild(); n != nil; {
		before := n.PreviousSibling()
		switch t, ok := n.(*ast.Text); {
		case ok && t.Segment.Start >= offset, !ok && n.Pos() >= offset:
			parent.RemoveChild(parent, n)
		case ok:
			t.Segment.Stop = min(t.Segment.Stop, offset)
			t.Segment = t.Segment.TrimRightSpace(d.src)
			t.SetSoftLineBreak(false)
			t.SetHardLineBreak(false)
			return
		default:
			return
		}
		n = before
	}
}

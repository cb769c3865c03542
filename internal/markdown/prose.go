package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	table "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"rolecompare/internal/comparison"
)

// How much lower headings stand on the page than in the file, if they may stand
// in a passage at all. A comparison's page has its title above every section.
const (
	asWritten  = 0
	inSection  = 1
	noHeadings = -1
)

// prose turns blocks into prose.
func (d *document) prose(blocks []ast.Node, headings int) comparison.Prose {
	p := comparison.Prose{Text: strings.TrimSpace(d.texts(blocks, "\n\n"))}
	if len(blocks) > 0 {
		p.At = d.at(blocks[0])
	}
	var html strings.Builder
	for _, n := range blocks {
		d.inspect(n, headings, &p)
		_ = commonMark.Renderer().Render(&html, d.src, n)
	}
	d.links = append(d.links, p.Links...)
	p.HTML = strings.TrimSpace(html.String())
	return p
}

// line turns one paragraph into inline prose.
func (d *document) line(paragraph ast.Node) comparison.Prose {
	p := d.prose([]ast.Node{paragraph}, noHeadings)
	p.HTML = strings.TrimSuffix(strings.TrimPrefix(p.HTML, "<p>"), "</p>")
	return p
}

// inline turns paragraphs into inline prose.
func (d *document) inline(paragraphs []ast.Node) []comparison.Prose {
	var out []comparison.Prose
	for _, p := range paragraphs {
		out = append(out, d.line(p))
	}
	return out
}

// inspect reports what a block holds that cannot be shown, makes its headings
// ready to be rendered, and adds its links and headings to p.
func (d *document) inspect(block ast.Node, headings int, p *comparison.Prose) {
	opened := 0 // tags of HTML
	_ = ast.Walk(block, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			if headings == noHeadings || n.Parent().Kind() != ast.KindDocument {
				d.misplaced(d.at(n), p.At, "a heading cannot stand here",
					"begin it with the # that headings of its kind have, or write a paragraph, with **bold** words if need be")
				return ast.WalkSkipChildren, nil
			}
			d.heading(n, headings, p)
		case *ast.Link:
			if !n.HasChildren() {
				d.found.Add(d.at(n), "the link has no words", "write them in the square brackets")
			}
			p.Links = append(p.Links, comparison.Link{At: d.at(n), URL: string(util.URLEscape(n.Destination, true))})
		case *ast.AutoLink:
			url := string(util.URLEscape(n.URL(d.src), false))
			if n.AutoLinkType == ast.AutoLinkEmail {
				url = "mailto:" + url
			}
			p.Links = append(p.Links, comparison.Link{At: d.at(n), URL: url})
		case *ast.Text:
			if d.isID(n) {
				d.found.Add(d.at(n), "an id has no meaning here", "only headings and signs have one; remove it")
			}
		case *ast.Image:
			d.show(n)
			return ast.WalkSkipChildren, nil
		case *table.Table:
			d.found.Add(d.at(n), "tables are not shown on this site", "write a list instead")
			return ast.WalkSkipChildren, nil
		case *ast.RawHTML, *ast.HTMLBlock:
			if opened++; opened > 1 && bytes.HasPrefix(d.src[n.Pos():], []byte("</")) {
				opened -= 2 // the mistake was to open it
				break
			}
			d.found.Add(d.at(n), "HTML cannot be used here", `write it in Markdown; to show the sign itself, put a backslash before it: \<`)
		}
		return ast.WalkContinue, nil
	})
}

// heading makes a heading ready to be rendered.
func (d *document) heading(h *ast.Heading, headings int, p *comparison.Prose) {
	name := d.name(h, d.isID(h.LastChild()))
	h.Level = min(h.Level+headings, 6)
	if name.ID != "" {
		p.Names = append(p.Names, name)
		h.SetAttributeString("id", name.ID)
	}
	// Links to a former id must still arrive, so it marks an empty place.
	words := h.FirstChild()
	for _, a := range name.Aliases {
		place := ast.NewString([]byte(`<span id="` + a.ID + `"></span>`))
		place.SetCode(true)
		h.InsertBefore(h, words, place)
	}
}

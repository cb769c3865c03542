package page

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/JohannesKaufmann/dom"
	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"golang.org/x/net/html"
)

// Markdown returns the page as Markdown: what <main> shows, without what only a
// browser can use. Its links to this site are whole ones, or begin at the first
// slash where the site does not know its address.
func Markdown(f Frame, v View) ([]byte, error) {
	var b bytes.Buffer
	if err := v.Main().Render(context.WithValue(context.Background(), frameKey{}, f.BaseURL), &b); err != nil {
		return nil, err
	}
	document, err := html.Parse(&b)
	if err != nil {
		return nil, err
	}
	head := v.Head()
	paths := map[*html.Node]string{}
	for _, n := range dom.AllNodes(document) {
		paths[n] = paths[n.Parent] + " " + dom.GetAttributeOr(n, "class", "") + "." + dom.NodeName(n)
		reshape(n, paths[n], head)
	}
	const unknown = "https://unknown.invalid"
	out, err := toMarkdown.ConvertNode(document, converter.WithDomain(cmp.Or(f.BaseURL, unknown)+head.Path))
	return append(bytes.ReplaceAll(out, []byte("]("+unknown), []byte("](")), '\n'), err
}

var toMarkdown = converter.NewConverter(converter.WithPlugins(
	base.NewBasePlugin(),
	commonmark.NewCommonmarkPlugin(commonmark.WithListEndComment(false)),
	table.NewTablePlugin(table.WithCellPaddingBehavior(table.CellPaddingBehaviorMinimal)),
))

// shapes say in tags and words what the stylesheet says by looks. A path is the
// end of an element's: class and tag of each that it is in, and its own. The first
// that fits counts. Scripts are what the converter leaves out.
var shapes = []struct {
	tag, around string
	paths       []string
}{
	{"script", "", []string{".nav", ".button", ".caption", "answers.dl .div .dd .a"}},
	{"div", "", []string{"bearings.dl", "rules.ol", "rules.ol .li"}},
	{"ul", "", []string{"bearings.dl .div", ".dl", "recommends.p"}},
	{"li", "", []string{"bearings.dl .div .dd", "dl .div", "dl side.div", "recommends.p .span"}},
	{"strong", "", []string{".dt", ".figcaption"}},
	{"span", "", []string{"self.a", "th .a", "reasons.section .ul .li .a", "what-ifs.ul .li .a", "entries.ul .li .h2", "entries.ul .li .h3"}},
	{"span", " …", []string{"answers.dl .div .dd", ".td .p", ".td .ul", ".td .ol", ".td .ul .li", ".td .ol .li"}},
	{"span", "… ", []string{"leads.ul .li change.span visually-hidden.span"}},
	{"span", " … ", []string{"hidden.span"}},
	{"span", " · …", []string{"what-ifs.dl .div .dd", "stages.ol .li .div .span", ".small role.span", "stages.ol .li .div .em"}},
	{"span", ": …", []string{".dd", "entries.ul .li .p"}},
	{"span", " (…)", []string{"note.span", "because.span", "change.span"}},
}

func reshape(n *html.Node, path string, head Head) {
	fits := func(p string) bool { return strings.HasSuffix(path, p) }
	switch parent := n.Parent; {
	case fits(".h1"): // The title comes before whatever stands above it.
		parent.RemoveChild(n)
		parent.Parent.InsertBefore(n, parent.Parent.FirstChild)
	case fits("differences.table .thead .tr"):
		n.InsertBefore(&html.Node{Type: html.ElementNode, Data: "th"}, n.FirstChild)
	case fits("differences.table .tbody .tr .th"): // It stands above the row that it heads.
		row := dom.NextSiblingElement(parent)
		parent.Parent.RemoveChild(parent)
		parent.RemoveChild(n)
		row.InsertBefore(n, row.FirstChild)
		n.Attr = nil
	case fits("bearings.dl .div .dt"):
		parent.RemoveChild(n)
		parent.Parent.InsertBefore(n, parent)
	case fits("address.code"):
		n.Data, n.FirstChild.Data = "a", head.Title
		n.Attr = []html.Attribute{{Key: "href", Val: dom.GetAttributeOr(n, "data-address", "")}}
	case dom.GetAttributeOr(n, "href", "") == head.Markdown: // It leads to this very text.
		parent.Parent.RemoveChild(parent)
	}
	for _, s := range shapes {
		if slices.ContainsFunc(s.paths, fits) {
			n.Data = s.tag
			before, after, _ := strings.Cut(s.around, "…")
			n.Parent.InsertBefore(&html.Node{Type: html.TextNode, Data: before}, n)
			n.Parent.InsertBefore(&html.Node{Type: html.TextNode, Data: after}, n.NextSibling)
			return
		}
	}
}

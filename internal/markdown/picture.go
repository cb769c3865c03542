package markdown

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	_ "image/jpeg" // the kinds of pictures that there may be
	_ "image/png"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	_ "golang.org/x/image/webp"

	"rolecompare/internal/comparison"
)

// readPicture reads a picture, or says what is wrong with it.
func readPicture(fsys fs.FS, name string) (p *comparison.Picture, message, hint string) {
	body, _ := fs.ReadFile(fsys, name) // what cannot be read is no picture
	config, format, err := image.DecodeConfig(bytes.NewReader(body))
	if err != nil { // as of an SVG, which can hold scripts
		return nil, "this cannot be read as a PNG, JPEG or WebP picture", "save it as one of them"
	}
	sum := sha256.Sum256(body)
	address := fmt.Sprintf("/pictures/%x/%s", sum[:5], path.Base(name))
	return &comparison.Picture{Address: address, MediaType: "image/" + format, Body: body, Width: config.Width, Height: config.Height}, "", ""
}

// isPicture reports whether a file is meant as a picture.
func isPicture(name string) bool {
	return strings.Contains(".png .jpg .jpeg .webp .svg .gif .avif ", strings.ToLower(path.Ext(name))+" ")
}

// show makes a picture in a text ready to be rendered.
func (d *document) show(n *ast.Image) {
	name := path.Join(path.Dir(d.file.name), string(n.Destination))
	p, paragraph := d.pictures[name], n.Parent()
	switch {
	case !n.HasChildren():
		d.found.Add(d.at(n), "the picture says nothing to those who cannot see it", "say in the square brackets what it shows")
	case p == nil:
		d.found.Miss(d.at(n), fmt.Sprintf("there is no picture “%s” beside this file", n.Destination), "put it into the same folder", "", name)
	case paragraph.ChildCount() > 1 || paragraph.Parent().Kind() != ast.KindDocument:
		d.found.Add(d.at(n), "a picture cannot stand here", "give it a paragraph of its own")
	default:
		p.Shown = true
		n.Destination = []byte(p.Address)
		n.SetAttributeString("width", strconv.Itoa(p.Width))
		n.SetAttributeString("height", strconv.Itoa(p.Height))
		n.SetAttributeString("loading", "lazy")
	}
}

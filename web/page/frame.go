package page

import (
	"context"
	"io"
	"slices"

	"github.com/a-h/templ"

	"rolecompare/internal/site"
)

// View is a page.
type View interface {
	Head() Head
	Main() templ.Component // the content of <main>
}

// Head is what a page says of itself to machines, and to its frame.
type Head struct {
	Title       string
	Description string
	Path        string           // the page's own address, without query; empty for none
	Markdown    string           // the address of the page as Markdown; empty for none
	Card        string           // the address of the preview card; empty for the site's
	NoIndex     bool             // not for search engines
	Article     bool             // says Open Graph, rather than a website
	Data        Graph            // structured data; nil for none
	About       *site.Comparison // the comparison that the page belongs to, or nil

	Outcome, Certainty string // of a recommendation, for whoever reads its main element
}

// newHead is the head of a page whose Markdown has the usual address.
func newHead(path, title, description string) Head {
	return Head{Title: title, Description: description, Path: path, Markdown: path + ".md"}
}

// Frame is what surrounds every page of a site.
type Frame struct {
	Site    *Site
	Assets  Assets
	BaseURL string // "https://example.com", or empty; without it no absolute address is given
	Dev     bool   // reloads the page when the content changes
}

// Assets are what pages use besides the content.
type Assets struct {
	Style                             string // the stylesheet, which stands in the page
	Script, Icon, TouchIcon, Manifest string // addresses
	Font                              string // the address of the typeface that headings are set in
	Integrity                         string // of the script: no other is ever run in its place
	DevScript                         string // an address; used in dev only
}

// Render writes the whole document. An error may come after part of it, so the
// caller keeps what is written until all of it is.
func Render(w io.Writer, f Frame, v View) error {
	ctx := context.WithValue(context.Background(), frameKey{}, f.BaseURL)
	return framed{f, v.Head()}.html(v.Main()).Render(ctx, w)
}

type frameKey struct{}

// absolute is an address of this site as others can use it, or as it is where
// the site does not know its own.
func absolute(ctx context.Context, path string) string {
	base, _ := ctx.Value(frameKey{}).(string)
	return base + path
}

// framed is a page in its frame.
type framed struct {
	Frame
	Head
}

func (d framed) words() *FrameWords { return &d.Site.Words.OnFrame }

// tab is the title of the document.
func (d framed) tab() string {
	if d.Head.Title == d.Site.Name {
		return d.Head.Title
	}
	return d.words().Title.With("title", d.Head.Title, "site", d.Site.Name)
}

// step is a page by its name, on the way to this one or from it.
type step struct{ name, path string }

// navigation is the links at the top.
func (d framed) navigation() []step {
	words := d.words()
	steps := []step{{words.Choose.String(), RouteHome.Path()}, {words.RolesName.String(), RouteRoles.Path()}}
	if len(d.Site.Services) > 0 {
		steps = append(steps, step{words.ServicesName.String(), RouteServices.Path()})
	}
	if c := d.About; c != nil {
		steps = append(steps, step{words.QuestionnaireName.With("comparison", c.Title), questionnairePath(c)})
	}
	return steps
}

// listed is how many comparisons the foot of every page names.
const listed = 12

// foot is the links at the bottom.
func (d framed) foot() []step {
	var steps []step
	for _, c := range d.Site.Comparisons[:min(listed, len(d.Site.Comparisons))] {
		steps = append(steps, step{c.Title, comparisonPath(c)})
	}
	if c := d.About; c != nil {
		steps = append(steps, step{d.words().MethodName.String(), methodPath(c)})
	}
	for _, p := range d.Site.Pages {
		steps = append(steps, step{p.Title, RoutePlain.Path(p.ID)})
	}
	if d.Head.Markdown != "" {
		steps = append(steps, step{d.words().Markdown.String(), d.Head.Markdown})
	}
	if c := d.Site.Contact; !slices.ContainsFunc(steps, func(s step) bool { return s.path == c.URL.URL }) {
		steps = append(steps, step{c.Label, c.URL.URL})
	}
	return steps
}

// Package page makes every page of the site: as HTML, in templ, and as
// Markdown. A page is a struct with what it shows; whatever has to be worked
// out for showing it is a method of that struct.
//
// No word that a visitor reads stands in this package. All of them come from
// the authors: from the comparison, or from the site's Words.
package page

import (
	"github.com/a-h/templ"

	"rolecompare/internal/comparison"
	"rolecompare/internal/recommend"
)

// View is a page.
type View interface {
	Head() Head
	Main() templ.Component // the content of <main>
	Markdown() string      // the same facts as Markdown; empty where there is no such form
}

// Frame is what surrounds every page of a site.
type Frame struct {
	Site    *comparison.Site
	Assets  Assets
	BaseURL string // "https://example.com", or empty; without it no absolute address is given
	Dev     bool   // reloads the page when the content changes
}

// Assets are what pages use besides the content.
type Assets struct {
	Style                             string // the stylesheet, which stands in the page
	Script, Icon, TouchIcon, Manifest string // addresses
	Integrity                         string // of the script: no other is ever run in its place
	DevScript                         string // an address; used in dev only
}

// Head is what a page says of itself to machines.
type Head struct {
	Title       string
	Description string
	Path        string // the page's own address, without query: marks it in the navigation
	Canonical   string // path; empty for none
	Markdown    string // path of the Markdown form; empty for none
	Card        string // path of the preview card; empty for the site's
	NoIndex     bool
	Type        string // of the page, to Open Graph: "website" or "article"
	Data        Graph  // structured data; nil for none

	Outcome, Certainty string // of a recommendation, for whoever reads its main element
}

// Index lists all comparisons and services.
type Index struct{ Site *comparison.Site }

// Comparison is the page of a comparison.
type Comparison struct {
	Site       *comparison.Site
	Comparison *comparison.Comparison
	Engine     *recommend.Engine
}

// FAQ is one question of a comparison, to share.
type FAQ struct {
	Site       *comparison.Site
	Comparison *comparison.Comparison
	Item       int
}

// Questionnaire is the form.
type Questionnaire struct {
	Site       *comparison.Site
	Comparison *comparison.Comparison
	Reading    recommend.Reading // what is filled in
	Submitted  bool              // it was sent, and something is wrong with it
	Dropped    bool              // it comes from a recommendation's address that could not be used as it was
}

// Recommendation is what the answers come to.
type Recommendation struct {
	Site       *comparison.Site
	Comparison *comparison.Comparison
	Engine     *recommend.Engine
	Result     recommend.Recommendation
	Stale      bool // the address was made under other rules than today's
}

// Method says how recommendations are made.
type Method struct {
	Site       *comparison.Site
	Comparison *comparison.Comparison
	Engine     *recommend.Engine
}

// Services lists the services.
type Services struct{ Site *comparison.Site }

// Service is the page of a service.
type Service struct {
	Site    *comparison.Site
	Service *comparison.Service
}

// Plain is a plain page.
type Plain struct {
	Site *comparison.Site
	Page *comparison.Page
}

// Problem says that something went wrong, and what to do about it.
type Problem struct {
	Site      *comparison.Site
	Status    int
	RequestID string // to name when asking for help; may be empty
	Path      string // where to go on; may be empty
}

// Package comparison is the subject of the site: two professional roles set
// side by side, the questionnaire that asks a business about itself, and the
// outcomes it can come to. It knows nothing of Markdown, of HTML or of HTTP,
// and nothing of any particular role.
//
// Values are built once, by package markdown from what the authors wrote, and
// never change afterwards, so they may be read from any number of goroutines.
// Everything an author wrote carries the [Place] where it stands, so that
// whoever finds a mistake can point at it.
//
// "Two" is a type here: whatever comes in pairs is an array of two, the first
// role's at 0 and the second's at 1.
package comparison

import "time"

// Comparison is two roles set side by side.
type Comparison struct {
	At         Place
	Slug       string    // its part of the address: /compare/{Slug}
	Title      string    // e.g. "Gardener vs. Landscaper"
	Edition    string    // e.g. "2026"
	Summary    string    // the difference in one sentence; also the page's description
	Reviewed   time.Time // the day its facts were last checked, at midnight UTC
	ReviewedAt Place     // where that is written
	Order      int       // its place among the comparisons; ties go by slug
	Draft      bool      // seen only in dev

	Roles    [2]Role
	Sources  []Source
	Services []Ref // related services, in the order shown

	Overview         Section
	Differences      Differences
	Responsibilities Responsibilities
	Signs            Signs
	Together         Together
	Provider         Section
	FAQ              FAQ
	Closing          Section
	Questionnaire    Questionnaire
	Outcomes         Outcomes

	Published []Anchor // anchors.txt: every link ever published
	Decisions Text     // decisions.tsv as it stands; empty where the file is missing
}

// Role is one of the two roles.
type Role struct {
	At         Place
	ID         string
	Name       string // "Gardener"
	Indefinite string // "a Gardener"
	Plural     string // "Gardeners"
	Purpose    string // what it is for, in a sentence
	When       string // when it is enough, or needed, in a sentence
}

// Source is something the facts were taken from.
type Source struct {
	At        Place
	Title     string
	Publisher string
	URL       string // absolute, https
}

// Prose is a passage that an author wrote, in the three forms in which it
// leaves the site. HTML is safe to send as it is: it was rendered from
// Markdown that may hold no raw HTML, and its links were resolved to addresses
// that work from any page.
type Prose struct {
	At       Place
	HTML     string // block elements, or inline ones where the passage is a line or list item
	Markdown string // links resolved as in HTML
	Text     string // no markup, blocks parted by a blank line

	Links  []Link // every link in it, resolved, labelled by its words
	Images []Link // every image in it, labelled by its description
	Names  []Name // its headings that have an id
}

// IsZero reports whether nothing was written.
func (p Prose) IsZero() bool { return p.Markdown == "" }

// Text is a file of lines kept as it stands.
type Text struct {
	At   Place
	Body string
}

// Ref is an id that an author wrote to name something defined elsewhere.
type Ref struct {
	At Place
	ID string
}

// Name is a heading's own identity: its stable id, the ids it had before, and
// its words. The id is the fragment of the address that leads to it.
type Name struct {
	At      Place
	ID      string
	Aliases []Ref
	Title   string
}

// Section is a part of the page with a heading and a body.
type Section struct {
	Name
	Body Prose
}

// Differences are the dimensions in which the roles differ; the section's body
// introduces them.
type Differences struct {
	Section
	Items []Difference
}

// Difference is one dimension, with each role's side.
type Difference struct {
	Name
	Sides [2]Prose
}

// Responsibilities say what each role does; the section's body introduces them.
type Responsibilities struct {
	Section
	Roles [2]Duties
}

// Duties are one role's responsibilities.
type Duties struct {
	Name
	Intro    Prose
	Items    []Prose // inline
	Question Prose   // the question that the role answers, inline
	Outro    Prose   // optional
}

// Signs say when the first role is enough and when the second is needed; the
// section's body introduces them.
type Signs struct {
	Section
	Roles [2]SignList
}

// SignList is the signs that speak for one role.
type SignList struct {
	Name
	Intro Prose
	Items []Sign
	Outro Prose // optional
}

// Sign is something about a business that speaks for a role.
type Sign struct {
	At      Place
	ID      string
	Aliases []Ref
	Text    Prose // inline, addressed to the owner: "You have an office to look after"
}

// Together says how the roles work together as a business grows.
type Together struct {
	Section
	Caption string  // of the figure that shows the stages
	Stages  []Stage // from the smallest business to the largest
}

// Stage is a stage of a growing business.
type Stage struct {
	At     Place
	Name   string
	Detail string
	Roles  [2]bool // which roles are at work
}

// FAQ is the questions people ask; the section's body introduces them.
type FAQ struct {
	Section
	Items []FAQItem
}

// FAQItem is a question, its heading's title, and its answer.
type FAQItem struct {
	Name
	Answer Prose
}

// Anchor is a line of anchors.txt: a fragment ("#id") or a path below the
// comparison's own ("faq/id") that was once published.
type Anchor struct {
	At   Place
	Link string
}

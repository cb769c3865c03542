// Package comparison is the subject of the site: two professional roles set
// side by side, the questionnaire that asks a business about itself, and the
// outcomes it can come to. It knows nothing of Markdown, of HTML or of HTTP,
// and nothing of any particular role.
//
// Values are built once, by package markdown, and never change afterwards.
// Everything an author wrote carries the [Position] where it stands, so that
// whoever finds a mistake can point at it.
//
// "Two" is a type here: whatever comes in pairs is an array of two, the first
// role's at 0 and the second's at 1.
//
// A field with a yaml tag stands under that key in the front matter of its file;
// "omitempty" marks one that may be left out. The tag "most" says how many
// characters fit where a text is shown, is:"id" that it is an id, "after" which word
// is shown before it, and "empty" that a list may be.
package comparison

import (
	"path"
	"time"
)

// Comparison is two roles set side by side.
type Comparison struct {
	At       Position
	Slug     string   // the name of its folder, and its part of the address
	Title    string   `yaml:"title" most:"65"`    // e.g. "Gardener vs. Landscaper"
	Edition  string   `yaml:"edition" most:"20"`  // e.g. "2026"
	Summary  string   `yaml:"summary" most:"160"` // the difference in one sentence; also the page's description
	Reviewed Date     `yaml:"reviewed"`           // when its facts were last checked
	Order    int      `yaml:"order,omitempty"`    // its place among the comparisons; ties go by slug
	Draft    bool     `yaml:"draft,omitempty"`    // seen only in dev
	Aliases  []Ref    `yaml:"aliases,omitempty"`  // slugs that it had before, which lead here for ever
	Sources  []Source `yaml:"sources,omitempty"`
	Services []Ref    `yaml:"services,omitempty"` // related services, in the order shown

	Roles [2]Candidate `yaml:"roles"` // the first is the one that a business usually needs first

	Overview         Section
	Differences      Differences
	Responsibilities Section // introduces what is said of each role
	Signs            Signs
	Together         Together
	Provider         Section
	FAQ              FAQ
	Closing          Section
	Questionnaire    Questionnaire
	Outcomes         Outcomes
	Examples         Examples

	Links     []Link // every link in the comparison's texts
	Decisions string // decisions.tsv as it stands; empty where the file is missing
}

// Candidate is one of the two roles. At is where the comparison names it.
type Candidate struct {
	*Role // never nil; where there is none with that id, it is nowhere
	At    Position
	Named Ref    `yaml:"id"`
	When  string `yaml:"when" most:"160"` // when it is enough, or needed, in a sentence
}

// Source is something the facts were taken from.
type Source struct {
	Title     string `yaml:"title" most:"120"`
	Publisher string `yaml:"publisher" most:"50"`
	URL       Link   `yaml:"url"`
}

// Prose is a passage that an author wrote, rendered: HTML is safe to send as it
// is, but for its links, which stand as the author wrote them.
type Prose struct {
	At    Position
	HTML  string // block elements, or inline ones where the passage is a line or list item
	Text  string // the words alone, blocks parted by a blank line
	Links []Link // every link in it
	Names []Name // its headings that have an id
}

// IsZero reports whether nothing was written.
func (p Prose) IsZero() bool { return p.HTML == "" }

// Date is a day, at midnight UTC.
type Date struct {
	At Position
	time.Time
}

// Line is a line that an author wrote.
type Line struct {
	At   Position
	Text string
}

// Ref is an id that an author wrote to name something defined elsewhere.
type Ref struct {
	At Position
	ID string
}

// Link is an address that an author wrote.
type Link struct {
	At  Position
	URL string
}

// Name is a heading: its stable id, which is part of the address that leads to
// it, the ids it had before, and its words.
type Name struct {
	At      Position
	ID      string
	Aliases []Ref
	Title   string
}

// Section is a part of the page with a heading and a body.
type Section struct {
	Name
	Body Prose
}

// Differences are the dimensions in which the roles differ, after an introduction.
type Differences struct {
	Section
	Items []Difference
}

// Difference is one dimension, with each role's side.
type Difference struct {
	Name
	Sides [2]Prose
}

// Signs say when the first role is enough and when the second is needed.
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
	At      Position
	ID      string
	Aliases []Ref
	Text    Prose // inline, addressed to the owner: "You have an office to look after"
}

// Together says how the roles work together as a business grows.
type Together struct {
	Section
	Caption string  `yaml:"caption" most:"120"` // of the figure that shows the stages
	Stages  []Stage `yaml:"stages"`             // from the smallest business to the largest
}

// Stage is a stage of a growing business.
type Stage struct {
	Name   string `yaml:"name" most:"50"`
	Detail string `yaml:"detail" most:"80"`
	Roles  AtWork `yaml:"roles"`
}

// AtWork is which of the two roles are at work.
type AtWork [2]bool

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

// Within returns the name of a file in the comparison's folder. What else has a name
// in it is told apart from what other comparisons have by the same.
func (c *Comparison) Within(name string) string { return path.Join(path.Dir(c.At.File), name) }

// sections returns the sections of the comparison's page.
func (c *Comparison) sections() []Section {
	return []Section{c.Overview, c.Differences.Section, c.Responsibilities, c.Signs.Section,
		c.Together.Section, c.Provider, c.FAQ.Section, c.Closing}
}

// Names returns everything on the comparison's page that has an id: sections, the
// headings in them, differences, duties, signs, and the questions of the FAQ.
func (c *Comparison) Names() []Name {
	var out []Name
	for _, s := range c.sections() {
		out = append(append(out, s.Name), s.Body.Names...)
	}
	for _, d := range c.Differences.Items {
		out = append(out, d.Name)
	}
	for role, l := range c.Signs.Roles {
		out = append(out, c.Roles[role].Duties.Name, l.Name)
		for _, s := range l.Items {
			out = append(out, Name{At: s.At, ID: s.ID, Aliases: s.Aliases})
		}
	}
	for _, q := range c.FAQ.Items {
		out = append(out, q.Name)
	}
	return out
}

// Has reports whether a role is one of the two.
func (c *Comparison) Has(r *Role) bool { return c.Roles[0].Role == r || c.Roles[1].Role == r }

// FormNames returns everything on the page of the questionnaire that has an id.
func (c *Comparison) FormNames() []Name {
	out := append([]Name{c.Questionnaire.Name}, c.Questionnaire.Body.Names...)
	for _, q := range c.Questionnaire.Questions {
		out = append(out, Name{At: q.At, ID: q.ID})
	}
	return out
}

// MethodNames returns everything on the page of the method that has an id.
func (c *Comparison) MethodNames() []Name {
	out := []Name{c.Outcomes.Name}
	for _, o := range c.Outcomes.Items {
		out = append(out, o.Name)
	}
	if len(c.Examples.Items) > 0 {
		out = append(out, c.Examples.Name)
	}
	for _, e := range c.Examples.Items {
		out = append(out, e.Name)
	}
	return out
}

// Sign returns the sign with that id, or nil, and the index of its role.
func (c *Comparison) Sign(id string) (*Sign, int) {
	for role := range c.Signs.Roles {
		for i := range c.Signs.Roles[role].Items {
			if s := &c.Signs.Roles[role].Items[i]; s.ID == id {
				return s, role
			}
		}
	}
	return nil, 0
}

// Outcome returns the outcome with that id, or nil.
func (c *Comparison) Outcome(id string) *Outcome {
	if id == Undecided {
		return &c.Outcomes.Undecided
	}
	for i := range c.Outcomes.Items {
		if o := &c.Outcomes.Items[i]; o.ID == id {
			return o
		}
	}
	return nil
}

package markdown

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"rolecompare/internal/comparison"
)

// This file reads what belongs to no comparison: site.md, words.md, services
// and pages.

type siteFront struct {
	Name         text `yaml:"name"`
	Summary      text `yaml:"summary"`
	Organization struct {
		At      comparison.Place
		Name    text    `yaml:"name"`
		URL     address `yaml:"url"`
		Summary text    `yaml:"summary"`
	} `yaml:"organization"`
	Contact struct {
		At    comparison.Place
		Label text    `yaml:"label"`
		URL   address `yaml:"url"`
	} `yaml:"contact"`
	Home     ident `yaml:"home,omitempty"`
	Language ident `yaml:"language,omitempty"`
}

func (f *file) site(s *comparison.Site) {
	var front siteFront
	f.decodeFront(&front)
	s.Name = f.fit(front.Name, "name", comparison.MaxName)
	s.Summary = f.fit(front.Summary, "summary", comparison.MaxSummary)
	o := front.Organization
	s.Organization = comparison.Organization{
		At: o.At, Name: f.fit(o.Name, "name", comparison.MaxName), URL: f.https(o.URL), Summary: f.fit(o.Summary, "summary", comparison.MaxSummary),
	}
	c := front.Contact
	s.Contact = comparison.Link{At: c.URL.At, Label: f.fit(c.Label, "label", comparison.MaxLabel), URL: c.URL.Value}
	if c.URL.Value != "" {
		if what, do := comparison.CheckAddress(c.URL.Value); what != "" {
			f.faults.Add(c.URL.At, what, do)
		}
	}
	s.Home, s.HomeAt = front.Home.Value, front.Home.At
	s.Language = cmp.Or(front.Language.Value, "en")
	d := f.parse("")
	d.levels(d.blocks, 1)
	s.Intro = d.prose(d.blocks, 0)
	if s.Intro.IsZero() {
		d.faults.Add(d.end(), "the text is missing", "write what opens the index page")
	}
}

func (f *file) words(w *comparison.Words) {
	f.decodeFront(w)
	if d := f.parse(""); f.front != nil && len(d.blocks) > 0 {
		d.faultAt(d.blocks[0], "text below the front matter of this file is shown nowhere", "remove it; a line that begins with # between the lines of --- is a note")
	}
}

type pageFront struct {
	Title   text `yaml:"title"`
	Summary text `yaml:"summary"`
	Order   *int `yaml:"order,omitempty"`
}

func (f *file) service(id string) *comparison.Service {
	if f == nil {
		return &comparison.Service{ID: id}
	}
	front, body := f.titledText()
	return &comparison.Service{
		At: f.place(0), ID: id,
		Title:   f.fit(front.Title, "title", comparison.MaxTitle),
		Summary: f.fit(front.Summary, "summary", comparison.MaxSummary),
		Order:   front.order(),
		Body:    body,
	}
}

func (f *file) page(id string) *comparison.Page {
	if f == nil {
		return &comparison.Page{ID: id}
	}
	front, body := f.titledText()
	return &comparison.Page{
		At: f.place(0), ID: id,
		Title:   f.fit(front.Title, "title", comparison.MaxTitle),
		Summary: f.fit(front.Summary, "summary", comparison.MaxSummary),
		Order:   front.order(),
		Body:    body,
	}
}

func (p pageFront) order() int { return orderOf(p.Order) }

// orderOf puts what has no order of its own behind everything that has one.
func orderOf(n *int) int {
	if n == nil {
		return math.MaxInt32
	}
	return *n
}

// titledText reads a file whose title is in its front matter.
func (f *file) titledText() (pageFront, comparison.Prose) {
	var front pageFront
	f.decodeFront(&front)
	d := f.parse("")
	d.levels(d.blocks, 1)
	body := d.prose(d.blocks, 0)
	if body.IsZero() {
		d.faults.Add(d.end(), "the text is missing", "write it below the front matter")
	}
	return front, body
}

// fit returns a text, having checked that it fits where it is shown.
func (f *file) fit(t text, key string, limit int) string {
	comparison.Fit(f.faults, t.At, fmt.Sprintf("“%s”", key), t.Value, limit)
	return t.Value
}

// https checks the address of another site.
func (f *file) https(a address) string {
	if a.Value == "" {
		return ""
	}
	what, do := fmt.Sprintf("“%s” is not the address of a site", a.Value), "write it whole, beginning with https://"
	if strings.HasPrefix(a.Value, "https://") {
		what, do = comparison.CheckAddress(a.Value)
	}
	if what != "" {
		f.faults.Add(a.At, what, do)
	}
	return a.Value
}

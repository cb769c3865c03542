package page

import (
	"fmt"
	"regexp"
	"strings"

	"rolecompare/internal/comparison"
)

// Absolute returns Markdown whose links to this site lead there from anywhere,
// given the site's base address; without one it returns it as it is.
func Absolute(markdown, base string) string {
	return strings.ReplaceAll(markdown, "](/", "]("+base+"/")
}

// document is Markdown being written: blocks, parted by blank lines.
type document struct{ strings.Builder }

func (d *document) block(s string) {
	if s = strings.TrimSpace(s); s == "" {
		return
	}
	if d.Len() > 0 {
		d.WriteString("\n")
	}
	d.WriteString(s + "\n")
}

func (d *document) heading(level int, text string) {
	d.block(strings.Repeat("#", level) + " " + plain(text))
}

// text writes a paragraph of words without markup.
func (d *document) text(s string) { d.block(plain(s)) }

func (d *document) prose(p comparison.Prose) { d.block(p.Markdown) }

// section writes a heading and the passage below it.
func (d *document) section(level int, title string, body comparison.Prose) {
	d.heading(level, title)
	d.prose(body)
}

// list writes a list; its entries are Markdown.
func (d *document) list(entries []string) {
	var b strings.Builder
	for _, e := range entries {
		b.WriteString("- " + indented(e, "  ") + "\n")
	}
	d.block(b.String())
}

// steps writes a numbered list; its entries are Markdown.
func (d *document) steps(entries []comparison.Prose) {
	var b strings.Builder
	for i, e := range entries {
		fmt.Fprintf(&b, "%d. %s\n", i+1, indented(e.Markdown, "   "))
	}
	d.block(b.String())
}

func (d *document) quote(s string) {
	if s != "" {
		d.block("> " + indented(s, "> "))
	}
}

// table writes a table; the cells are Markdown of one line.
func (d *document) table(rows ...[]string) {
	var b strings.Builder
	for i, row := range rows {
		b.WriteString("|")
		for _, cell := range row {
			b.WriteString(" " + strings.ReplaceAll(strings.ReplaceAll(cell, `\|`, "|"), "|", `\|`) + " |")
		}
		b.WriteString("\n")
		if i == 0 {
			b.WriteString("|" + strings.Repeat(" --- |", len(row)) + "\n")
		}
	}
	d.block(b.String())
}

func indented(s, with string) string {
	return strings.ReplaceAll(strings.TrimSpace(s), "\n", "\n"+with)
}

func bold(s string) string { return "**" + plain(s) + "**" }

// Link is a link in Markdown, whatever characters its words have.
func Link(words, address string) string { return "[" + plain(words) + "](" + address + ")" }

// plain returns words as Markdown that shows them as they are.
func plain(s string) string {
	return marks.ReplaceAllStringFunc(s, func(m string) string {
		return m[:len(m)-1] + `\` + m[len(m)-1:]
	})
}

// marks is what Markdown would take for markup; its last character makes it so.
var marks = regexp.MustCompile("[\\\\`*_\\[\\]<>|]|^[#+-]|^[0-9]+[.)]")

// rooted is a passage whose links to places on its own page, at path, lead there
// from elsewhere too.
func rooted(p comparison.Prose, path string) string {
	return strings.ReplaceAll(p.Markdown, "](#", "]("+path+"#")
}

// cell returns a passage on one line: with its markup if it is one paragraph,
// which has no line breaks, and without if it is more.
func cell(p comparison.Prose) string {
	if s := strings.TrimSpace(p.Markdown); !strings.Contains(s, "\n") {
		return s
	}
	return plain(strings.Join(strings.Fields(p.Text), " "))
}

func (v Index) Markdown() string {
	var d document
	d.heading(1, v.Site.Name)
	d.text(v.Site.Summary)
	d.prose(v.Site.Intro)
	d.heading(2, v.Site.Words.Index.Comparisons.String())
	d.list(comparisonsList(v.Site.Comparisons))
	if len(v.Site.Services) > 0 {
		d.heading(2, v.Site.Words.Index.Services.String())
		d.list(servicesList(v.Site.Services))
	}
	return d.String()
}

func (v Services) Markdown() string {
	var d document
	d.heading(1, v.words().Title.String())
	d.text(v.description())
	d.list(servicesList(v.Site.Services))
	return d.String()
}

func comparisonsList(comparisons []*comparison.Comparison) []string {
	var entries []string
	for _, c := range comparisons {
		entries = append(entries, Link(c.Title, comparisonPath(c))+": "+plain(c.Summary))
	}
	return entries
}

func servicesList(services []*comparison.Service) []string {
	var entries []string
	for _, s := range services {
		entries = append(entries, Link(s.Title, servicePath(s.ID))+": "+plain(s.Summary))
	}
	return entries
}

func (v Service) Markdown() string {
	var d document
	d.heading(1, v.Service.Title)
	d.block(Link(v.words().Title.String(), servicesPath))
	d.text(v.Service.Summary)
	d.block(rooted(v.Service.Body, servicePath(v.Service.ID)))
	if all := v.comparisons(); len(all) > 0 {
		d.heading(2, v.words().Comparisons.String())
		d.list(comparisonsList(all))
	}
	return d.String()
}

func (v Plain) Markdown() string {
	var d document
	d.heading(1, v.Page.Title)
	d.text(v.Page.Summary)
	d.block(rooted(v.Page.Body, plainPath(v.Page.ID)))
	return d.String()
}

// Markdown is empty: a form has no such form.
func (v Questionnaire) Markdown() string { return "" }

// Markdown is empty: nobody keeps a problem.
func (v Problem) Markdown() string { return "" }

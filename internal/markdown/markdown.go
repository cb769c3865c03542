// Package markdown reads what the site says from a folder of Markdown files
// into the model of package comparison. The format is described for its
// authors in content/README.md.
//
// Whatever is not as the format has it is reported, with the place where it stands
// and what to do about it, and one reading finds every mistake of the folder.
// Nothing an author can write makes it fail in any other way.
//
// Files are plain Markdown without HTML, so that what is rendered from them is
// safe to send as it is. Their quotation marks, dashes and dots are typeset.
package markdown

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"rolecompare/internal/comparison"
)

// Read reads a content folder. The front matter of words.md is decoded into the
// struct that words points to, by its yaml tags, or let be where words is nil. The
// site is nil only if nothing could be read. What can be told of it only as a whole
// is [comparison.Site.Check]'s to say.
func Read(fsys fs.FS, words any) (*comparison.Site, comparison.Diagnostics) {
	r := &reader{fsys: fsys, pictures: map[string]*comparison.Picture{}}
	if _, err := fs.ReadDir(fsys, "."); err != nil {
		r.report(".", "the content folder cannot be read: "+reason(err), "name the folder that holds site.md and comparisons")
		return nil, r.found
	}
	there := r.folder(".", "site.md", "words.md", "links.txt", "comparisons/", "pages/", "roles/", "services/")
	has := func(name string) bool { return slices.Contains(there, name) }
	if !has("site.md") && !has("words.md") && !has("comparisons") {
		r.found = nil
		r.report(".", "this is no content folder: it has no site.md, no words.md and no comparisons", "name the folder that has them")
		return nil, r.found
	}
	site := &comparison.Site{Language: "en"}
	r.read("site.md", func(f *file) {
		f.frontMatter(site)
		site.Intro = f.plain("write what opens the index page")
	})
	r.read("words.md", func(f *file) {
		if words != nil {
			f.frontMatter(words)
		}
		if d := f.parse(); f.front != nil && len(d.blocks) > 0 {
			f.found.Add(d.at(d.blocks[0]), "text below the front matter of this file is shown nowhere", "remove it; a line that begins with # between the lines of --- is a note")
		}
	})
	if has("links.txt") {
		r.read("links.txt", func(f *file) {
			for _, l := range f.lines(0, len(f.src)) {
				site.Published = append(site.Published, comparison.Link{At: l.At, URL: l.Text})
			}
		})
	}
	site.Services, site.Pages = r.pages("services"), r.pages("pages")
	r.readRoles()
	site.Roles, site.Comparisons = r.roles, r.comparisons()
	for _, name := range slices.Sorted(maps.Keys(r.pictures)) {
		site.Pictures = append(site.Pictures, r.pictures[name])
		if !r.pictures[name].Shown {
			r.found.Warn(comparison.Position{File: name}, "no text shows this picture", fmt.Sprintf("show it with ![what it shows](%s), or remove it", path.Base(name)))
		}
	}
	if len(site.Comparisons) == 0 {
		r.report("comparisons", "there is no comparison", "make a folder for each in comparisons, for example with “rolecompare new”")
	}
	return site, r.found
}

// readRoles reads the folder of roles.
func (r *reader) readRoles() {
	for _, name := range r.folder("roles", anyText) {
		at := comparison.Position{File: path.Join("roles", name), Line: 1, Column: 1}
		role := &comparison.Role{At: at, ID: strings.TrimSuffix(name, ".md"), Order: math.MaxInt32}
		r.read(at.File, func(f *file) {
			f.frontMatter(role)
			d := f.parse()
			title, rest := d.titled()
			role.Duties = d.duties(part{title, rest})
			role.Links = d.links
		})
		r.roles = append(r.roles, role)
	}
	slices.SortStableFunc(r.roles, func(a, b *comparison.Role) int { return a.Order - b.Order })
}

// pages reads a folder of texts, and returns them in their order.
func (r *reader) pages(folder string) []*comparison.Page {
	var out []*comparison.Page
	for _, name := range r.folder(folder, anyText) {
		at := comparison.Position{File: path.Join(folder, name), Line: 1, Column: 1}
		page := &comparison.Page{At: at, ID: strings.TrimSuffix(name, ".md"), Order: math.MaxInt32}
		r.read(at.File, func(f *file) {
			f.frontMatter(page)
			page.Body = f.plain("write it below the front matter")
		})
		out = append(out, page)
	}
	slices.SortStableFunc(out, func(a, b *comparison.Page) int { return a.Order - b.Order })
	return out
}

// comparisons reads the folder of comparisons, and returns them in their order.
func (r *reader) comparisons() []*comparison.Comparison {
	var out []*comparison.Comparison
	for _, slug := range r.folder("comparisons", anyFolder) {
		out = append(out, r.comparison(slug))
	}
	slices.SortStableFunc(out, func(a, b *comparison.Comparison) int { return a.Order - b.Order })
	r.take(out)
	return out
}

// take completes the questions that comparisons take from one another. What cannot
// be completed has no answers.
func (r *reader) take(all []*comparison.Comparison) {
	written := map[string]comparison.Question{} // by the comparison and the id
	for _, c := range all {
		for _, q := range c.Questionnaire.Questions {
			if q.From.ID == "" {
				written[path.Join(c.Slug, q.ID)] = q
			}
		}
	}
	for _, c := range all {
		for i := range c.Questionnaire.Questions {
			if q := &c.Questionnaire.Questions[i]; q.From.ID != "" {
				r.complete(q, written)
			}
		}
	}
}

// complete gives a question that is written elsewhere its words.
func (r *reader) complete(q *comparison.Question, written map[string]comparison.Question) {
	missing := func(at comparison.Position, message, hint string) {
		r.found.Lose(at, message, hint)
		r.found[len(r.found)-1:].Need(path.Join("comparisons", q.From.ID, "questionnaire.md"))
	}
	own, key := q.Options, path.Join(q.From.ID, q.ID)
	whole, ok := written[key]
	if !ok {
		missing(q.From.At, fmt.Sprintf("no question “%s” is written in “%s”", q.ID, q.From.ID), comparison.Suggest(key, slices.Sorted(maps.Keys(written))))
	}
	q.Ask, q.Hint, q.Fact, q.Amount, q.Options = whole.Ask, whole.Hint, whole.Fact, whole.Amount, slices.Clone(whole.Options)
	var ids []string
	for i := range q.Options {
		o := &q.Options[i]
		o.At, o.Meets, o.Fails = q.At, nil, nil
		ids = append(ids, o.ID)
	}
	for _, o := range own {
		if i := slices.Index(ids, o.ID); i >= 0 {
			q.Options[i].At, q.Options[i].Meets, q.Options[i].Fails = o.At, o.Meets, o.Fails
		} else if ok && o.ID != "" {
			missing(o.At, fmt.Sprintf("the question has no answer “%s”", o.ID), comparison.Suggest(o.ID, ids))
		}
	}
}

// Quote fills in the lines of the content at which diagnostics point.
func Quote(fsys fs.FS, ds comparison.Diagnostics) {
	for i, d := range ds {
		src, _ := fs.ReadFile(fsys, d.At.File)
		lines := bytes.Split(normalize(src), []byte("\n"))
		if d.At.Line > 0 && d.At.Line <= len(lines) {
			visible := func(r rune) rune {
				if isControl(r) { // which would garble the report
					return utf8.RuneError
				}
				return r
			}
			ds[i].Source = strings.TrimRight(string(bytes.Map(visible, lines[d.At.Line-1])), " \t")
		}
	}
}

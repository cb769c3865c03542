// Package site is the whole content, ready to be used: read, checked, its rules
// proved, its kept decisions at hand. The server, the check and the tests all
// get it from [Load].
package site

import (
	"cmp"
	"io/fs"
	"slices"
	"sync"
	"time"

	"rolecompare/internal/comparison"
	"rolecompare/internal/markdown"
	"rolecompare/internal/recommend"
)

// Site is the content, each comparison with its engine. It never changes.
type Site struct {
	*comparison.Site
	Comparisons []*Comparison      // in the order shown, drafts included
	Roles       []*comparison.Role // in the order shown, those of drafts included
}

// Comparison is a comparison and the engine that decides it.
type Comparison struct {
	*comparison.Comparison
	Engine *recommend.Engine // nil only where Load found its rules faulty
}

// Options say how a site is loaded.
type Options struct {
	Now   time.Time // tells whether a review is overdue; if it is zero, none is
	Words any       // a pointer to what words.md is decoded into

	// Check looks for what only somebody who knows the addresses can find, such
	// as a link that leads nowhere.
	Check func(*Site) comparison.Diagnostics
}

// Load reads the content and returns it with all that is wrong with it, sorted
// and with the lines quoted. The site is nil if nothing usable could be read,
// and not to be shown to visitors if the diagnostics are an error.
func Load(fsys fs.FS, o Options) (*Site, comparison.Diagnostics) {
	read, found := markdown.Read(fsys, o.Words)
	if read == nil {
		return nil, found
	}
	found = append(found, read.Check(o.Now)...)
	s := &Site{Site: read, Roles: read.Roles}
	found = append(found, s.compile()...)
	for _, c := range s.Comparisons {
		found = append(found, c.checkExamples()...)
	}
	if o.Check != nil {
		found = append(found, o.Check(s)...)
	}
	found = found.Causes()
	found.Sort()
	markdown.Quote(fsys, found)
	return s, found
}

// compile reads and proves the rules of every comparison.
func (s *Site) compile() comparison.Diagnostics {
	s.Comparisons = make([]*Comparison, len(s.Site.Comparisons))
	found := make([]comparison.Diagnostics, len(s.Comparisons))
	var compiled sync.WaitGroup
	for i, c := range s.Site.Comparisons {
		compiled.Go(func() {
			s.Comparisons[i] = &Comparison{Comparison: c}
			s.Comparisons[i].Engine, found[i] = recommend.Compile(c)
		})
	}
	compiled.Wait()
	return slices.Concat(found...)
}

// Comparison returns the comparison with that slug, or nil.
func (s *Site) Comparison(slug string) *Comparison {
	for _, c := range s.Comparisons {
		if c.Slug == slug {
			return c
		}
	}
	return nil
}

// Role returns the role with that id, or nil.
func (s *Site) Role(id string) *comparison.Role {
	for _, r := range s.Roles {
		if r.ID == id {
			return r
		}
	}
	return nil
}

// With returns the comparisons that have all of these roles, in the order shown.
func (s *Site) With(roles ...*comparison.Role) []*Comparison {
	lacks := func(c *Comparison) bool {
		return slices.ContainsFunc(roles, func(r *comparison.Role) bool { return !c.Has(r) })
	}
	return slices.DeleteFunc(slices.Clone(s.Comparisons), lacks)
}

// Siblings returns the other published comparisons that share a role with c, in
// the order shown.
func (s *Site) Siblings(c *Comparison) []*Comparison {
	var out []*Comparison
	for _, other := range s.Comparisons {
		if other != c && !other.Draft && (other.Has(c.Roles[0].Role) || other.Has(c.Roles[1].Role)) {
			out = append(out, other)
		}
	}
	return out
}

// Carry returns what answers to c's questionnaire say to another's: to the
// questions that both share.
func (c *Comparison) Carry(a recommend.Answers, to *Comparison) recommend.Answers {
	out := make(recommend.Answers, len(to.Questionnaire.Questions))
	for i, q := range to.Questionnaire.Questions {
		out[i] = -1
		for j, own := range c.Questionnaire.Questions {
			if own.ID == q.ID && cmp.Or(own.From.ID, c.Slug) == cmp.Or(q.From.ID, to.Slug) {
				out[i] = a[j] // they have the same options
			}
		}
	}
	return out
}

// WithoutDrafts returns the site as visitors see it: without drafts, and without
// the roles that only drafts have.
func (s *Site) WithoutDrafts() *Site {
	public := *s
	public.Comparisons = slices.DeleteFunc(slices.Clone(s.Comparisons), func(c *Comparison) bool { return c.Draft })
	public.Roles = slices.DeleteFunc(slices.Clone(s.Roles), func(r *comparison.Role) bool { return len(public.With(r)) == 0 })
	return &public
}

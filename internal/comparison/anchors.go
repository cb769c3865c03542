package comparison

import (
	"fmt"
	"slices"
)

// Reserved are the ids that every comparison's page has of itself, so that no
// author may give them to something else.
var Reserved = []string{"contents", "error-summary", "imprint", "main", "related-services", "short-answer", "top"}

// Names returns everything on the comparison's page that has an id, in the
// order of the page: sections and the headings in them, differences, duties,
// signs, and the questions of the FAQ.
func (c *Comparison) Names() []Name {
	return slices.DeleteFunc(c.names(), func(n Name) bool { return n.ID == "" })
}

// lacksID reports whether a fault of the reading left something on the page
// without its id. Then nobody can say that a place is not there.
func (c *Comparison) lacksID() bool {
	return slices.ContainsFunc(c.names(), func(n Name) bool { return n.ID == "" })
}

func (c *Comparison) names() []Name {
	var out []Name
	section := func(s *Section) {
		out = append(out, s.Name)
		out = append(out, s.Body.Names...)
	}
	section(&c.Overview)
	section(&c.Differences.Section)
	for _, d := range c.Differences.Items {
		out = append(out, d.Name)
	}
	section(&c.Responsibilities.Section)
	for _, d := range c.Responsibilities.Roles {
		out = append(out, d.Name)
	}
	section(&c.Signs.Section)
	for _, l := range c.Signs.Roles {
		out = append(out, l.Name)
		for _, s := range l.Items {
			out = append(out, Name{At: s.At, ID: s.ID, Aliases: s.Aliases})
		}
	}
	section(&c.Together.Section)
	section(&c.Provider)
	section(&c.FAQ.Section)
	for _, q := range c.FAQ.Items {
		out = append(out, q.Name)
	}
	section(&c.Closing)
	return out
}

// FAQItem returns the index of the question of the FAQ that has that id now,
// or had it once; current tells which. Without such a question it is -1.
func (c *Comparison) FAQItem(id string) (item int, current bool) {
	for i := range c.FAQ.Items {
		if c.FAQ.Items[i].ID == id {
			return i, true
		}
	}
	for i := range c.FAQ.Items {
		if c.FAQ.Items[i].had(id) {
			return i, false
		}
	}
	return -1, false
}

func (n Name) had(id string) bool {
	return slices.ContainsFunc(n.Aliases, func(r Ref) bool { return r.ID == id })
}

// Anchors returns every link that the comparison answers to today, former ids
// included, sorted: the fragments of its page ("#id") and the addresses of its
// questions below its own ("faq/id").
func (c *Comparison) Anchors() []string {
	out := []string{"#short-answer"}
	if len(c.Services) > 0 {
		out = append(out, "#related-services")
	}
	each := func(names []Name, before string) {
		for _, n := range names {
			out = append(out, before+n.ID)
			for _, a := range n.Aliases {
				out = append(out, before+a.ID)
			}
		}
	}
	each(c.Names(), "#")
	for _, q := range c.FAQ.Items {
		if q.ID != "" {
			each([]Name{q.Name}, "faq/")
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// checkPublished reports links that were published and work no longer.
func (c *Comparison) checkPublished(faults *Faults) {
	if c.lacksID() {
		return
	}
	today := c.Anchors()
	for _, a := range c.Published {
		if !slices.Contains(today, a.Link) {
			old := a.Link
			if id, ok := cutAny(old, "#", "faq/"); ok && IsID(id) {
				faults.Add(a.At, fmt.Sprintf("the link “%s” was published and now leads nowhere", old),
					fmt.Sprintf("keep it working: give the id back, or add it where its content is now, {#new-id aliases=\"%s\"}", id))
				continue
			}
			faults.Add(a.At, fmt.Sprintf("“%s” is no link of this comparison", old),
				"write #id or faq/id, or let “rolecompare check --update” write this file")
		}
	}
}

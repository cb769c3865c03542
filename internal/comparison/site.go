package comparison

// Site is everything the authors wrote.
type Site struct {
	At           Place
	Language     string // of every word, as browsers name it: "en"
	Name         string // of the site
	Summary      string // what the site is for, in a sentence
	Organization Organization
	Contact      Link
	Home         string // the slug of the comparison that "/" shows; empty: the index
	HomeAt       Place  // where that is written
	Intro        Prose  // opens the index page
	Words        Words

	Comparisons []*Comparison // in the order shown, drafts included
	Services    []*Service    // in the order shown
	Pages       []*Page       // in the order shown
}

// Organization is the provider that the site speaks for.
type Organization struct {
	At      Place
	Name    string
	URL     string // absolute, https
	Summary string
}

// Link is a link with its words.
type Link struct {
	At    Place
	Label string
	URL   string
}

// Service is a related service, with a page of its own: /services/{ID}.
type Service struct {
	At      Place
	ID      string
	Title   string
	Summary string
	Order   int
	Body    Prose
}

// Page is a plain page: /pages/{ID}.
type Page struct {
	At      Place
	ID      string
	Title   string
	Summary string
	Order   int
	Body    Prose
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

// Service returns the service with that id, or nil.
func (s *Site) Service(id string) *Service {
	for _, v := range s.Services {
		if v.ID == id {
			return v
		}
	}
	return nil
}

// Siblings returns the other published comparisons that share a role with c,
// by role id, in the order shown.
func (s *Site) Siblings(c *Comparison) []*Comparison {
	var out []*Comparison
	for _, other := range s.Comparisons {
		if other == c || other.Draft {
			continue
		}
		for _, r := range other.Roles {
			if r.ID == c.Roles[0].ID || r.ID == c.Roles[1].ID {
				out = append(out, other)
				break
			}
		}
	}
	return out
}

// Sign returns the sign with that id and the index of the role it speaks for,
// or nil.
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
	for i := range c.Outcomes.Items {
		if o := &c.Outcomes.Items[i]; o.ID == id {
			return o
		}
	}
	return nil
}

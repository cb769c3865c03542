package comparison

// Site is everything the authors wrote, but for the words of the interface.
type Site struct {
	Name         string       `yaml:"name" most:"50"`
	Summary      string       `yaml:"summary" most:"160"` // what the site is for, in a sentence
	Organization Organization `yaml:"organization"`
	Contact      Contact      `yaml:"contact"`
	Language     string       `yaml:"language,omitempty" is:"id"` // of every word, as browsers name it: "en"
	Intro        Prose        // opens the index page

	Roles       []*Role       // in the order shown
	Comparisons []*Comparison // in the order shown, drafts included
	Services    []*Page       // in the order shown
	Pages       []*Page       // in the order shown
	Published   []Link        // links.txt: every address that was ever made public
	Pictures    []*Picture    // beside the texts
}

// Picture is a picture beside the texts. Another content has another address.
type Picture struct {
	Address, MediaType string
	Body               []byte
	Width, Height      int  // in pixels
	Shown              bool // in some text
}

// Organization is the provider that the site speaks for.
type Organization struct {
	Name       string `yaml:"name" most:"50"`
	URL        Link   `yaml:"url"`
	Summary    string `yaml:"summary" most:"160"`
	Sells      []Ref  `yaml:"sells" empty:"true"`    // the roles that it sells, by id
	Disclosure string `yaml:"disclosure" most:"160"` // says so to visitors
}

// Sold reports whether the organization sells a role.
func (o *Organization) Sold(role string) bool { return named(o.Sells, role) }

// Contact is where visitors can turn to.
type Contact struct {
	Label string `yaml:"label" most:"80"`
	URL   Link   `yaml:"url"`
}

// Page is a text that belongs to no comparison: a service, or a plain page.
type Page struct {
	At      Position
	ID      string
	Title   string `yaml:"title" most:"65"`
	Summary string `yaml:"summary" most:"160"`
	Order   int    `yaml:"order,omitempty"`
	Body    Prose
}

// Service returns the service with that id, or nil.
func (s *Site) Service(id string) *Page {
	for _, v := range s.Services {
		if v.ID == id {
			return v
		}
	}
	return nil
}

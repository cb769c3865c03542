package comparison

// Role is a role as the whole site knows it, whatever it is compared with.
type Role struct {
	At         Position
	ID         string // the name of its file, and its part of the address
	Name       string `yaml:"name" most:"50"`       // "Gardener"
	Indefinite string `yaml:"indefinite" most:"50"` // "a Gardener"
	Need       string `yaml:"need" most:"80"`       // what calls for it, in an owner's words; stands beside a box to tick
	Summary    string `yaml:"summary" most:"160"`   // what it is for, in a sentence
	Mark       int    `yaml:"mark" most:"3"`        // which colour and kind of line of the palette it has, everywhere
	Order      int    `yaml:"order,omitempty"`      // its place among the roles; ties go by id
	Services   []Ref  `yaml:"services,omitempty"`   // related services, in the order shown
	Duties     Duties
	Links      []Link // every link in its text
}

// Marks is how many marks the palette has.
const Marks = 3

// Duties are what a role does.
type Duties struct {
	Name
	Intro    Prose
	Items    []Prose // inline
	Question Prose   // the question that the role answers, inline
	Outro    Prose   // optional
	Wont     Wont
}

// Wont is what a role will not do for a business.
type Wont struct {
	Title string
	Items []Prose // inline
}

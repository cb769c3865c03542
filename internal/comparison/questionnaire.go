package comparison

// NotSure is the id of the last option of every question: a real answer, which
// leaves the question's signs open.
const NotSure = "not-sure"

// Questionnaire asks a business about itself; the section's body introduces it.
type Questionnaire struct {
	Section
	Questions []Question `yaml:"questions"`
}

// Question is one question with the answers it may be given.
//
// Every sign is decided by exactly one question, so that a visitor can trace
// each sign to the one answer behind it.
type Question struct {
	At      Position
	ID      string   `yaml:"id" is:"id"`
	Ask     string   `yaml:"ask" most:"110"`
	Hint    string   `yaml:"hint,omitempty" most:"160"`
	Fact    bool     `yaml:"fact,omitempty"` // asks for a bare fact rather than a judgment
	Options []Option `yaml:"options"`
}

// Option is one answer. It meets some signs, fails some, and leaves the rest
// open.
type Option struct {
	At    Position
	ID    string `yaml:"id" is:"id"`
	Label string `yaml:"label" most:"110"`
	If    string `yaml:"if,omitempty" most:"110"` // completes "If …" in a what-if: "you opened an office"; empty for NotSure
	Meets []Ref  `yaml:"meets,omitempty"`
	Fails []Ref  `yaml:"fails,omitempty"`
}

// Outcomes is what the answers can lead to, in the order in which their rules
// are tried; the section's body introduces them.
type Outcomes struct {
	Section
	Items []Outcome
}

// Outcome is one recommendation.
type Outcome struct {
	Name                  // its title is its short name: "Both"
	Headline    string    `yaml:"headline" most:"65"` // the recommendation as a sentence
	Why         string    `yaml:"why" most:"160"`     // the reason in one sentence
	Recommends  Standings `yaml:"recommends"`
	FAQ         []Ref     `yaml:"faq,omitempty"`
	Services    []Ref     `yaml:"services,omitempty"`
	Rule        []Line    // as written; package recommend reads it
	Advice      Prose
	StepsTitle  string
	Steps       []Prose // inline
	ReasonTitle string
	Reason      Prose // why the rule is as it is
}

// Standing is how an outcome stands to a role. The order has a meaning: an
// answer that speaks for a role may raise its standing, never lower it.
type Standing uint8

const (
	Out   Standing = iota // not recommended
	Later                 // to be planned for
	Now                   // recommended today
)

// Standings is how an outcome stands to each role.
type Standings [2]Standing

func (s Standing) String() string { return [...]string{"out", "later", "now"}[s] }

// ParseStanding is the inverse of String.
func ParseStanding(s string) (Standing, bool) {
	for _, v := range []Standing{Out, Later, Now} {
		if v.String() == s {
			return v, true
		}
	}
	return Out, false
}

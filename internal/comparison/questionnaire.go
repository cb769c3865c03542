package comparison

// NotSure is the id of the last option of every question: a real answer, which
// leaves the question's signs open.
const NotSure = "not-sure"

// Questionnaire asks a business about itself; the section's body introduces it.
type Questionnaire struct {
	Section
	Questions []Question
}

// Question is one question with the answers it may be given. Its id is the
// form field and the key in a recommendation's address.
//
// Every sign is decided by exactly one question, so that a visitor can trace
// each sign to the one answer behind it.
type Question struct {
	At      Place
	ID      string
	Ask     string
	Hint    string // optional
	Fact    bool   // asks for a bare fact rather than a judgment
	Options []Option
}

// Option is one answer. It meets some signs, fails some, and leaves the rest
// open.
type Option struct {
	At    Place
	ID    string
	Label string
	If    string // completes "If …" in a what-if: "you opened an office"; empty for NotSure
	Meets []Ref
	Fails []Ref
}

// Outcomes is what the answers can lead to, in the order in which their rules
// are tried; the section's body introduces them.
type Outcomes struct {
	Section
	Items []Outcome
}

// Outcome is one recommendation.
type Outcome struct {
	Name                    // its title is its short name: "Both"
	Headline    string      // the recommendation as a sentence
	Why         string      // the reason in one sentence
	Recommends  [2]Standing // of each role
	Rule        []RuleLine  // as written; package recommend reads it
	Advice      Prose
	StepsTitle  string
	Steps       []Prose // inline
	ReasonTitle string
	Reason      Prose // why the rule is as it is; for the method page
	FAQ         []Ref
	Services    []Ref
}

// RuleLine is a line of a rule.
type RuleLine struct {
	At   Place
	Text string
}

// Standing is how an outcome stands to a role. The order has a meaning: an
// answer that speaks for a role may raise its standing, never lower it.
type Standing uint8

const (
	Out   Standing = iota // not recommended
	Later                 // to be planned for
	Now                   // recommended today
)

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

package page

import "rolecompare/internal/comparison"

// lane is one role's line through a stage of a figure. It runs from the left of
// the stage to its right, or, where the stylesheet turns the figure, from its
// top to its bottom.
type lane struct {
	role   *comparison.Role
	at     bool   // the role is at work
	begins bool   // and was not before
	y      string // where it runs, in a figure that is 12 high
}

// path draws the line across a stage, which is 12 wide, and a little further,
// so that no seam shows where the next one goes on.
func (l lane) path() string {
	if l.begins {
		return l.from(".4") + "H12.1"
	}
	return l.from("0") + "H12.1"
}

// start is the dot where the line begins.
func (l lane) start() string { return l.from(".4") + "h.01" }

// from begins a path at x, at the height at which the role's line runs.
func (l lane) from(x string) string { return "M" + x + " " + l.y }

// lanes are both roles' lines through each of the stages.
func (v Comparison) lanes() [][2]lane {
	stages := v.Comparison.Together.Stages
	out := make([][2]lane, len(stages))
	for i, s := range stages {
		for role, at := range s.Roles {
			begins := at && (i == 0 || !stages[i-1].Roles[role])
			out[i][role] = lane{v.Comparison.Roles[role].Role, at, begins, [...]string{"3", "9"}[role]}
		}
	}
	return out
}

package page

// lane is one role's line through a stage of a figure. It runs from the left of
// the stage to its right, or, where the stylesheet turns the figure, from its
// top to its bottom.
type lane struct {
	role   int
	at     bool // the role is at work
	begins bool // and was not before
}

// lanes are both roles' lines through each of the stages.
func lanes(stages [][2]bool) [][2]lane {
	out := make([][2]lane, len(stages))
	for i, s := range stages {
		for role := range s {
			out[i][role] = lane{role: role, at: s[role], begins: s[role] && (i == 0 || !stages[i-1][role])}
		}
	}
	return out
}

// y is where the line runs, in a figure that is 12 high.
func (l lane) y() string { return [...]string{"3", "9"}[l.role] }

// path draws the line across a figure that is 12 wide.
func (l lane) path() string {
	if l.begins {
		return "M1 " + l.y() + "H12"
	}
	return "M0 " + l.y() + "H12"
}

// start is the dot where the line begins.
func (l lane) start() string { return "M1 " + l.y() + "h.01" }

func (v Comparison) lanes() [][2]lane {
	var stages [][2]bool
	for _, s := range v.Comparison.Together.Stages {
		stages = append(stages, s.Roles)
	}
	return lanes(stages)
}

package recommend

import "rolecompare/internal/comparison"

// State is how a sign stands. What speaks more for its role is greater.
type State uint8

const (
	Failed State = iota
	Open
	Met
)

func (s State) String() string { return [...]string{"failed", "open", "met"}[s] }

// sign is a sign with its role and the question that decides it, as indexes.
type sign struct {
	*comparison.Sign
	role     int
	question int // -1 until it is known
}

// effect is what one answer, or several, do to the signs: the state of each.
type effect []State

// moved returns how many signs stand otherwise under g than under f.
func (f effect) moved(g effect) int {
	n := 0
	for i := range f {
		if f[i] != g[i] {
			n++
		}
	}
	return n
}

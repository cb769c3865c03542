package recommend

import (
	"math/bits"

	"rolecompare/internal/comparison"
)

// State is how a sign stands, given the answers.
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

// signSet is a set of signs, a bit each: the first role's, then the second's.
type signSet uint64

// maxSigns is how many signs a comparison may have in all.
const maxSigns = 64

func (s signSet) has(i int) bool { return s>>i&1 != 0 }

func (s signSet) len() int { return bits.OnesCount64(uint64(s)) }

// effect is what one answer, or several, do to the signs. What is in neither
// set stays open.
type effect struct{ meets, fails signSet }

func (f effect) state(i int) State {
	switch {
	case f.meets.has(i):
		return Met
	case f.fails.has(i):
		return Failed
	}
	return Open
}

// in returns the signs that are in that state.
func (f effect) in(s State) signSet {
	return [...]signSet{Failed: f.fails, Open: ^(f.meets | f.fails), Met: f.meets}[s]
}

// moved returns how many signs stand otherwise under g than under f.
func (f effect) moved(g effect) int { return (f.meets ^ g.meets | f.fails ^ g.fails).len() }

// raises reports whether g speaks more than f for the role whose signs are
// given: it meets all that f meets and fails nothing that f does not, and the
// two are not the same.
func (f effect) raises(g effect, signs signSet) bool {
	meets, fails := f.meets&signs, f.fails&signs
	moreMeets, moreFails := g.meets&signs, g.fails&signs
	return meets&^moreMeets == 0 && moreFails&^fails == 0 && (meets != moreMeets || fails != moreFails)
}

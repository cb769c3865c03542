package recommend

import "math/bits"

// signSet is a set of signs, a bit each in the order of Engine.signs.
type signSet uint64

// maxSigns is how many signs a comparison may have in all.
const maxSigns = 64

func (s signSet) has(i int) bool { return s>>i&1 != 0 }

func (s signSet) len() int { return bits.OnesCount64(uint64(s)) }

// state returns how sign i stands under the option.
func (f effect) state(i int) State {
	switch {
	case f.meets.has(i):
		return Met
	case f.fails.has(i):
		return Failed
	}
	return Open
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

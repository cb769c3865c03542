package recommend

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"rolecompare/internal/comparison"
)

// Rule is an outcome's rule, read. It holds if one of its alternatives does, or
// always if it is Otherwise.
type Rule struct {
	Otherwise bool
	Any       []Alternative
}

// Alternative is one way for a rule to hold: all of its conditions do.
type Alternative []Condition

// Condition is a line of a rule: that a sign is, or is not, in a state; or that
// at least, or at most, N of some signs are.
type Condition struct {
	At    comparison.Place
	Kind  Kind
	N     int   // of AtLeast and AtMost
	State State // met, failed or open
	Role  int   // whose signs they are, all of them; -1 where they are named one by one
	Signs []*comparison.Sign

	set signSet
}

// Kind is a kind of condition.
type Kind uint8

const (
	Is Kind = iota
	IsNot
	AtLeast
	AtMost
)

func (r Rule) holds(s effect) bool {
	if r.Otherwise {
		return true
	}
	for _, alternative := range r.Any {
		if alternative.holds(s) {
			return true
		}
	}
	return false
}

func (a Alternative) holds(s effect) bool {
	for i := range a {
		if !a[i].holds(s) {
			return false
		}
	}
	return true
}

func (c *Condition) holds(s effect) bool {
	var in signSet
	switch c.State {
	case Met:
		in = s.meets
	case Failed:
		in = s.fails
	case Open:
		in = ^(s.meets | s.fails)
	}
	switch n := (in & c.set).len(); c.Kind {
	case Is:
		return n == 1
	case IsNot:
		return n == 0
	case AtLeast:
		return n >= c.N
	default:
		return n <= c.N
	}
}

// howToWrite is the advice that goes with a line nobody can read.
const howToWrite = "write “office is met”, “office is not failed”, “at least 2 gardener signs are met”, " +
	"“at most 1 of office, garden is open”, “or” or “otherwise”, with the ids of your signs and roles"

// readRule reads the lines of an outcome's rule.
func (e *Engine) readRule(o *comparison.Outcome, faults *comparison.Faults) Rule {
	var rule Rule
	alternative := Alternative{}
	before := len(*faults)
	for i, line := range o.Rule {
		switch text := strings.Join(strings.Fields(line.Text), " "); text {
		case "":
		case "otherwise":
			rule.Otherwise = true
			if len(o.Rule) > 1 {
				faults.Add(line.At, "“otherwise” holds always, so no other line may stand beside it", "remove it, or the other lines")
			}
		case "or":
			if i == 0 || i == len(o.Rule)-1 || strings.TrimSpace(o.Rule[i-1].Text) == "or" {
				faults.Add(line.At, "“or” has nothing on one of its sides", "put at least one line before it and one after it, or remove it")
			}
			rule.Any = append(rule.Any, alternative)
			alternative = Alternative{}
		default:
			if c, ok := e.readCondition(line, faults); ok {
				alternative = append(alternative, c)
			}
		}
	}
	if len(alternative) > 0 {
		rule.Any = append(rule.Any, alternative)
	}
	if !rule.Otherwise && len(rule.Any) == 0 && len(*faults) == before {
		faults.Add(o.At, fmt.Sprintf("the outcome “%s” has no rule", o.ID), "add a block that begins with ```rule; the last outcome's rule is the word “otherwise”")
	}
	return rule
}

// word is a word of a rule's line and where it stands.
type word struct {
	text string
	at   comparison.Place
}

// words splits a line at spaces and commas.
func words(line comparison.RuleLine) []word {
	var out []word
	start := -1
	for i, r := range line.Text + " " {
		if separator := r == ' ' || r == '\t' || r == ','; separator && start >= 0 {
			at := line.At
			at.Column += utf8.RuneCountInString(line.Text[:start])
			out = append(out, word{line.Text[start:i], at})
			start = -1
		} else if !separator && start < 0 {
			start = i
		}
	}
	return out
}

// readCondition reads a line. Whatever is wrong with it is added to faults.
func (e *Engine) readCondition(line comparison.RuleLine, faults *comparison.Faults) (Condition, bool) {
	ws := words(line)
	c := Condition{At: line.At, Role: -1}
	before := len(*faults)
	unreadable := func() (Condition, bool) {
		faults.Add(line.At, fmt.Sprintf("the line “%s” is no rule", strings.TrimSpace(line.Text)), howToWrite)
		return c, false
	}
	if len(ws) < 3 {
		return unreadable()
	}

	state := ws[len(ws)-1]
	if ws[0].text != "at" {
		// sign is [not] state
		switch {
		case len(ws) == 3 && ws[1].text == "is":
			c.Kind = Is
		case len(ws) == 4 && ws[1].text == "is" && ws[2].text == "not":
			c.Kind = IsNot
		default:
			return unreadable()
		}
		c.State = readState(state, faults)
		e.addSign(&c, ws[0], faults)
		return c, len(*faults) == before
	}

	// at least|most N role signs are state; at least|most N of sign, sign are state
	if len(ws) < 6 || ws[1].text != "least" && ws[1].text != "most" {
		return unreadable()
	}
	if verb := ws[len(ws)-2].text; verb != "is" && verb != "are" {
		return unreadable()
	}
	if ws[3].text != "of" && (len(ws) != 7 || ws[4].text != "sign" && ws[4].text != "signs") {
		return unreadable()
	}
	c.State = readState(state, faults)
	c.Kind = AtLeast
	if ws[1].text == "most" {
		c.Kind = AtMost
	}
	n, err := strconv.Atoi(ws[2].text)
	if err != nil || n < 0 {
		faults.Add(ws[2].at, fmt.Sprintf("“%s” is no number of signs", ws[2].text), "write a whole number in digits, such as 2")
	}
	c.N = n
	if ws[3].text == "of" {
		for _, w := range ws[4 : len(ws)-2] {
			if w.text != "and" {
				e.addSign(&c, w, faults)
			}
		}
		if len(c.Signs) == 0 && len(*faults) == before {
			return unreadable()
		}
	} else {
		e.addRole(&c, ws[3], faults)
	}
	if len(*faults) > before {
		return c, false
	}
	switch {
	case c.Kind == AtLeast && c.N == 0, c.Kind == AtMost && c.N >= len(c.Signs):
		faults.Add(ws[2].at, "this line always holds, so it decides nothing", fmt.Sprintf("remove it, or name a number that can fail; there are %d signs", len(c.Signs)))
	case c.Kind == AtLeast && c.N > len(c.Signs):
		faults.Add(ws[2].at, fmt.Sprintf("this line can never hold: there are only %d signs", len(c.Signs)), "name a smaller number")
	}
	return c, len(*faults) == before
}

func readState(w word, faults *comparison.Faults) State {
	for _, s := range []State{Met, Failed, Open} {
		if w.text == s.String() {
			return s
		}
	}
	faults.Add(w.at, fmt.Sprintf("“%s” is no state of a sign", w.text), "a sign is met, failed or open")
	return Open
}

func (e *Engine) addSign(c *Condition, w word, faults *comparison.Faults) {
	for i, s := range e.signs {
		if s.ID == w.text {
			if c.set.has(i) {
				faults.Add(w.at, fmt.Sprintf("the sign “%s” is named twice", w.text), "name it once")
				return
			}
			c.Signs = append(c.Signs, s.Sign)
			c.set |= 1 << i
			return
		}
	}
	ids := make([]string, len(e.signs))
	for i, s := range e.signs {
		ids[i] = s.ID
	}
	faults.Add(w.at, fmt.Sprintf("there is no sign “%s”", w.text), comparison.Suggest(w.text, ids))
}

func (e *Engine) addRole(c *Condition, w word, faults *comparison.Faults) {
	roles := e.comparison.Roles
	for role := range roles {
		if roles[role].ID != w.text {
			continue
		}
		c.Role = role
		for i, s := range e.signs {
			if s.role == role {
				c.Signs = append(c.Signs, s.Sign)
				c.set |= 1 << i
			}
		}
		return
	}
	faults.Add(w.at, fmt.Sprintf("there is no role “%s”", w.text), comparison.Suggest(w.text, []string{roles[0].ID, roles[1].ID}))
}

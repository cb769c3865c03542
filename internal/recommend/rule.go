package recommend

import (
	"fmt"
	"regexp"
	"slices"
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

// Condition is a line of a rule: that at least, or at most, N of some signs are
// in a state. "x is met" is at least 1 of x, and "x is not met" at most 0 of it.
type Condition struct {
	comparison.Line
	AtMost bool // or else at least
	N      int
	State  State
	Role   int // whose signs they are, all of them; -1 where they are named one by one
	Signs  []*comparison.Sign

	indexes []int // of the signs
}

func (r Rule) holds(f effect) bool {
	return r.Otherwise || slices.ContainsFunc(r.Any, func(a Alternative) bool { return a.holds(f) })
}

func (a Alternative) holds(f effect) bool {
	return !slices.ContainsFunc(a, func(c Condition) bool { return !c.holds(f) })
}

// String quotes the lines, and says where they stand.
func (a Alternative) String() string {
	var lines []string
	for _, c := range a {
		lines = append(lines, fmt.Sprintf("“%s” (line %d)", strings.TrimSpace(c.Text), c.At.Line))
	}
	return strings.Join(lines, " and ")
}

func (c *Condition) holds(f effect) bool {
	n := 0
	for _, i := range c.indexes {
		if f[i] == c.State {
			n++
		}
	}
	return c.AtMost && n <= c.N || !c.AtMost && n >= c.N
}

// ruleReader reads the rules of one comparison, and adds what is wrong to out.
type ruleReader struct {
	comparison *comparison.Comparison
	signs      []sign
	out        *comparison.Diagnostics
}

// howToWrite is the advice that goes with a line nobody can read.
const howToWrite = "write “office is met”, “office is not failed”, “at least 2 gardener signs are met”, " +
	"“at most 1 of office, garden is open”, “or” or “otherwise”, with the ids of your signs and roles"

func (r *ruleReader) rule(o *comparison.Outcome) Rule {
	var rule Rule
	var alternative Alternative
	for i, line := range o.Rule {
		switch strings.TrimSpace(line.Text) {
		case "otherwise":
			rule.Otherwise = true
			if items := r.comparison.Outcomes.Items; o != &items[len(items)-1] {
				r.out.Add(line.At, "“otherwise” holds always, so no outcome below this one is ever reached", "move this outcome to the end, or write another rule")
			}
			if len(o.Rule) > 1 {
				r.out.Add(line.At, "“otherwise” holds always, so no other line may stand beside it", "remove it, or the other lines")
			}
		case "or":
			if i == 0 || i == len(o.Rule)-1 || strings.TrimSpace(o.Rule[i-1].Text) == "or" {
				r.out.Add(line.At, "“or” has nothing on one of its sides", "put at least one line before it and one after it, or remove it")
			}
			rule.Any = append(rule.Any, alternative)
			alternative = nil
		default:
			alternative = append(alternative, r.condition(line))
		}
	}
	if len(alternative) > 0 {
		rule.Any = append(rule.Any, alternative)
	}
	return rule
}

// word is a word of a rule's line and where it stands.
type word struct {
	text string
	at   comparison.Position
}

// separated finds the words of a line: what stands between spaces and commas.
var separated = regexp.MustCompile(`[^ \t,]+`)

func words(line comparison.Line) (out []word) {
	for _, found := range separated.FindAllStringIndex(line.Text, -1) {
		at := line.At
		at.Column += utf8.RuneCountInString(line.Text[:found[0]])
		out = append(out, word{line.Text[found[0]:found[1]], at})
	}
	return out
}

var stateOf = map[string]State{Met.String(): Met, Failed.String(): Failed, Open.String(): Open}

func (r *ruleReader) condition(line comparison.Line) Condition {
	c := Condition{Line: line, N: 1, Role: -1}
	ws := words(line)
	n := len(ws)
	is := func(i int, options ...string) bool { return slices.Contains(options, ws[i].text) }
	counted := n >= 7 && is(0, "at") && is(1, "least", "most") && is(n-2, "is", "are")
	switch {
	case n == 3 && is(1, "is"): // sign is met
		r.addSign(&c, ws[0])
	case n == 4 && is(1, "is") && is(2, "not"): // sign is not met
		c.AtMost, c.N = true, 0
		r.addSign(&c, ws[0])
	case counted && is(3, "of"): // at least 2 of sign, sign and sign are met
		for _, w := range ws[4 : n-2] {
			if w.text != "and" {
				r.addSign(&c, w)
			}
		}
	case counted && n == 7 && is(4, "sign", "signs"): // at least 2 role signs are met
		r.addRole(&c, ws[3])
	default:
		r.out.Add(line.At, fmt.Sprintf("the line “%s” is no rule", strings.TrimSpace(line.Text)), howToWrite)
		return c
	}
	state, known := stateOf[ws[n-1].text]
	if !known {
		r.out.Add(ws[n-1].at, fmt.Sprintf("“%s” is no state of a sign", ws[n-1].text), "a sign is met, failed or open")
	}
	c.State = state
	if counted {
		number, err := strconv.Atoi(ws[2].text)
		if err != nil || number < 0 {
			r.out.Add(ws[2].at, fmt.Sprintf("“%s” is no number of signs", ws[2].text), "write a whole number in digits, such as 2")
		}
		c.AtMost, c.N = is(1, "most"), number
		if all := len(c.Signs); all > 0 && (c.AtMost && number >= all || !c.AtMost && number == 0) {
			r.out.Add(ws[2].at, "this line always holds, so it decides nothing", fmt.Sprintf("remove it, or name a number that can fail; there are %d signs", all))
		}
	}
	return c
}

func (r *ruleReader) addSign(c *Condition, w word) {
	var ids []string
	for i, s := range r.signs {
		if s.ID == w.text {
			if slices.Contains(c.indexes, i) {
				r.out.Add(w.at, fmt.Sprintf("the sign “%s” is named twice", w.text), "name it once")
				return
			}
			c.add(i, s)
			return
		}
		ids = append(ids, s.ID)
	}
	r.out.Miss(w.at, fmt.Sprintf("there is no sign “%s”", w.text), comparison.Suggest(w.text, ids), r.comparison.Within(w.text))
}

func (r *ruleReader) addRole(c *Condition, w word) {
	ids := []string{r.comparison.Roles[0].ID, r.comparison.Roles[1].ID}
	c.Role = slices.Index(ids, w.text)
	if c.Role < 0 {
		r.out.Add(w.at, fmt.Sprintf("there is no role “%s”", w.text), comparison.Suggest(w.text, ids))
		return
	}
	for i, s := range r.signs {
		if s.role == c.Role {
			c.add(i, s)
		}
	}
}

func (c *Condition) add(i int, s sign) {
	c.Signs = append(c.Signs, s.Sign)
	c.indexes = append(c.indexes, i)
}

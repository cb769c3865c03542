package recommend

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"rolecompare/internal/comparison"
)

// maxCombinations is how many combinations of answers a questionnaire may have.
// All of them are kept in memory, and evaluated at every start.
const maxCombinations = 1 << 18

// Compile reads the rules of c and proves what must hold of them. The engine is
// nil if anything is wrong with them, or with what the reader of the files and
// [comparison.Site.Check] report: then nothing is proved, and a warning says so.
func Compile(c *comparison.Comparison) (*Engine, comparison.Diagnostics) {
	var out comparison.Diagnostics
	e := &Engine{comparison: c}
	needs := []string{c.Within("signs.md"), c.Within("outcomes.md"), c.Within("questionnaire.md")}
	for _, q := range c.Questionnaire.Questions {
		needs = append(needs, c.Within("../"+cmp.Or(q.From.ID, c.Slug)+"/questionnaire.md"))
	}
	switch {
	case e.read(&out):
		e.evaluate()
		e.prove(&out)
		out.Need(needs...)
	case len(out) > 0:
		out.Need(c.Within("signs.md"))
	default:
		out.Warn(comparison.Position{File: c.Within("outcomes.md")}, "the rules of “"+c.Slug+"” are not examined before this is mended", "mend what else is wrong with this comparison")
		out.Need(append(needs, c.Within("comparison.md"))...)
	}
	if len(out) > 0 {
		return nil, out
	}
	e.version = e.hash()
	return e, nil
}

// read reads questions, signs and rules. It reports whether all are sound.
func (e *Engine) read(out *comparison.Diagnostics) bool {
	if !e.index(out) {
		return false
	}
	read := ruleReader{e.comparison, e.signs, out}
	whole := true
	for i := range e.comparison.Outcomes.Items {
		o := &e.comparison.Outcomes.Items[i]
		whole = whole && len(o.Rule) > 0 // or the reader of the files says so
		e.outcomes = append(e.outcomes, o)
		e.rules = append(e.rules, read.rule(o))
	}
	e.outcomes = append(e.outcomes, &e.comparison.Outcomes.Undecided)
	return whole && len(*out) == 0 && e.readOptions()
}

// index numbers the signs and the combinations. It reports whether they are few
// enough, and there is anything to decide.
func (e *Engine) index(out *comparison.Diagnostics) bool {
	c := e.comparison
	if c.Roles[0].ID == "" || c.Roles[0].ID == c.Roles[1].ID {
		return false // no rule or outcome can be told to be about one of them
	}
	for role := range c.Signs.Roles {
		for i := range c.Signs.Roles[role].Items {
			e.signs = append(e.signs, sign{Sign: &c.Signs.Roles[role].Items[i], role: role, question: -1})
		}
	}
	questions := c.Questionnaire.Questions
	outcomes := len(c.Outcomes.Items)
	if len(questions) == 0 || len(e.signs) == 0 || outcomes == 0 || outcomes > comparison.MostOutcomes {
		return false // package comparison says so, or the reader of the files
	}
	e.stride = make([]int, len(questions))
	combinations := 1
	for q, question := range slices.Backward(questions) {
		if n := len(question.Options); n < 3 || n > len(digits) {
			return false // package comparison says so
		}
		e.stride[q] = combinations
		combinations *= len(question.Options)
		if combinations > maxCombinations {
			out.Add(c.Questionnaire.At, "the questions can be answered in too many ways to prove the rules over all of them",
				comparison.Number(maxCombinations)+" ways are the most; ask fewer questions, or offer fewer answers to some")
			return false
		}
	}
	e.table = make([]result, combinations)
	return true
}

// readOptions works out what each option does to the signs. It reports whether one
// question decides each sign; if not, package comparison says so.
func (e *Engine) readOptions() bool {
	sound := true
	for q, question := range e.comparison.Questionnaire.Questions {
		var options []effect
		for _, option := range question.Options {
			f := effect(slices.Repeat([]State{Open}, len(e.signs)))
			read := func(refs []comparison.Ref, state State) {
				for _, ref := range refs {
					i := slices.IndexFunc(e.signs, func(s sign) bool { return s.ID == ref.ID })
					if i < 0 || e.signs[i].question >= 0 && e.signs[i].question != q {
						sound = false
						continue
					}
					e.signs[i].question = q
					f[i] = state
				}
			}
			read(option.Meets, Met)
			read(option.Fails, Failed)
			options = append(options, f)
		}
		e.options = append(e.options, options)
	}
	return sound && !slices.ContainsFunc(e.signs, func(s sign) bool { return s.question < 0 })
}

// evaluate fills the table: of a full combination, the first outcome whose rule
// holds; of any other, what more than half of the ways to fill it in come to, if
// it is grounded. Where there is none, it is the undecided one.
func (e *Engine) evaluate() {
	for n := range e.table {
		f := make(effect, len(e.signs))
		for i, s := range e.signs {
			f[i] = e.options[s.question][e.chosen(n, s.question)][i]
		}
		e.table[n] = result{effect: f, outcome: e.undecided(), open: true}
	}
	for _, n := range e.full() {
		r := &e.table[n]
		if i := slices.IndexFunc(e.rules, func(rule Rule) bool { return rule.holds(r.effect) }); i >= 0 {
			r.outcome, r.open = i, false
		}
	}
	for n := range e.table {
		if unsure := e.unsure(n); len(unsure) > 0 {
			e.settle(&e.table[n], e.ways(n, unsure))
		}
	}
}

// settle finds what a combination that can be filled in in these ways comes to.
func (e *Engine) settle(r *result, ways []int) {
	for i, count := range e.count(ways) {
		grounded := true
		for role, standing := range e.outcomes[i].Recommends {
			grounded = grounded && (standing != comparison.Now || e.meets(r.effect, role))
		}
		if 2*count > len(ways) && grounded {
			r.outcome, r.open = i, count < len(ways)
		}
	}
}

// hash returns the version: a digest of all that decides, and of no words.
func (e *Engine) hash() string {
	h := sha256.New()
	for _, s := range e.signs {
		fmt.Fprintln(h, s.ID, s.role)
	}
	for q, question := range e.comparison.Questionnaire.Questions {
		fmt.Fprintln(h, question.ID, question.Fact, question.Amount)
		for o, option := range question.Options {
			fmt.Fprintln(h, option.ID, e.options[q][o])
		}
	}
	for _, o := range e.comparison.Outcomes.Items {
		fmt.Fprintln(h, o.ID, o.Recommends)
		for _, line := range o.Rule {
			fmt.Fprintln(h, strings.Fields(line.Text))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:4])
}

package recommend

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"rolecompare/internal/comparison"
)

// The table of decisions is a text of lines. The first ones, which begin with
// "#", say what the digits and letters of the rest mean: a line a question,
// with its options numbered from 1, and a line an outcome, with its letter.
// Then comes a line a combination: a digit a question, a tab, and the letter.
//
//	# workplace: 1 remote, 2 office, 3 not-sure
//	# A: first-role
//	11	A

const (
	digits  = "123456789abcdefghijklmnopqrstuvwxyz"
	letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-"
)

// Decisions returns the table of decisions: every combination of answers, in
// the order of their numbers, and its outcome.
func (e *Engine) Decisions() []byte {
	var b bytes.Buffer
	b.WriteString(decisionsNote + "\n")
	b.Write(e.legend())
	for n := range e.table {
		for q := range e.options {
			b.WriteByte(digits[e.digit(n, q)])
		}
		b.WriteByte('\t')
		b.WriteByte(letters[e.table[n].outcome()])
		b.WriteByte('\n')
	}
	return b.Bytes()
}

const decisionsNote = "# Every combination of answers and its outcome. Kept by “rolecompare check --update”."

// legend returns the lines that say what the digits and letters mean.
func (e *Engine) legend() []byte {
	var b bytes.Buffer
	for _, question := range e.comparison.Questionnaire.Questions {
		fmt.Fprintf(&b, "# %s:", question.ID)
		for o, option := range question.Options {
			if o > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, " %c %s", digits[o], option.ID)
		}
		b.WriteByte('\n')
	}
	for i := range e.comparison.Outcomes.Items {
		fmt.Fprintf(&b, "# %c: %s\n", letters[i], e.comparison.Outcomes.Items[i].ID)
	}
	return b.Bytes()
}

// CheckDecisions compares the table of decisions that the authors keep with
// what the rules give today. What differs is a fault that says in words what
// changes.
func (e *Engine) CheckDecisions() comparison.Faults {
	var faults comparison.Faults
	kept := e.comparison.Decisions
	const update = "if that is what you mean, run “rolecompare check --update” and keep the new decisions.tsv with your edit"
	if strings.TrimSpace(kept.Body) == "" {
		faults.Add(kept.At, "the table of decisions is missing", "run “rolecompare check --update” to write it")
		return faults
	}
	now := string(e.Decisions())
	if kept.Body == now {
		return nil
	}
	old, ok := readDecisions(kept.Body)
	if !ok {
		faults.Add(kept.At, "the table of decisions cannot be read", "run “rolecompare check --update” to write it anew")
		return faults
	}
	faults.Add(kept.At, e.changes(old), update)
	return faults
}

// decisions is a table of decisions as read: which outcome, by id, belongs to
// which answers, each "question=option" in the order of the file.
type decisions struct {
	questions []string
	options   [][]string
	outcome   map[string]string // by the line's digits
}

func readDecisions(body string) (decisions, bool) {
	d := decisions{outcome: map[string]string{}}
	names := map[string]string{} // of the letters
	for line := range strings.Lines(body) {
		line = strings.TrimRight(line, "\r\n")
		if line == decisionsNote || line == "" {
			continue
		}
		if legend, ok := strings.CutPrefix(line, "# "); ok {
			key, value, ok := strings.Cut(legend, ": ")
			switch {
			case !ok:
				return d, false
			case len(key) == 1 && !strings.Contains(value, " "):
				names[key] = value
			default:
				var options []string
				for part := range strings.SplitSeq(value, ", ") {
					_, id, ok := strings.Cut(part, " ")
					if !ok {
						return d, false
					}
					options = append(options, id)
				}
				d.questions = append(d.questions, key)
				d.options = append(d.options, options)
			}
			continue
		}
		row, letter, ok := strings.Cut(line, "\t")
		outcome, known := names[letter]
		if !ok || !known || len(row) != len(d.questions) {
			return d, false
		}
		d.outcome[row] = outcome
	}
	return d, len(d.questions) > 0 && len(d.outcome) > 0
}

// changes tells in words how today's decisions differ from the old ones.
func (e *Engine) changes(old decisions) string {
	var said []string
	now := e.comparison.Questionnaire.Questions

	// The questions and answers that came and went.
	ids := func(os []comparison.Option) (out []string) {
		for _, o := range os {
			out = append(out, o.ID)
		}
		return out
	}
	where := make([]int, len(now)) // of today's questions in the old table
	for q := range now {
		if where[q] = slices.Index(old.questions, now[q].ID); where[q] < 0 {
			said = append(said, fmt.Sprintf("the question “%s” is new", now[q].ID))
			continue
		}
		before, after := old.options[where[q]], ids(now[q].Options)
		said = append(said, differ(after, before, "the answer “%s” to “"+now[q].ID+"” is new")...)
		said = append(said, differ(before, after, "the answer “%s” to “"+now[q].ID+"” is gone")...)
	}
	var asked []string
	for q := range now {
		asked = append(asked, now[q].ID)
	}
	said = append(said, differ(old.questions, asked, "the question “%s” is gone")...)

	if changed := e.changedResults(old, where); changed != "" {
		said = append(said, changed)
	}
	if len(said) == 0 {
		return "no result changes, but the table of decisions is written otherwise than today's, perhaps because questions or outcomes moved"
	}
	return strings.Join(said, "; ")
}

// changedResults tells in words which results differ, of those that both tables
// have. What one of them does not ask counts there as "not sure", its last
// option. Where has the place of each of today's questions in the old table.
func (e *Engine) changedResults(old decisions, where []int) string {
	now := e.comparison.Questionnaire.Questions
	unasked := make([]byte, len(old.questions))
	for q, options := range old.options {
		unasked[q] = digits[min(len(options), len(digits))-1]
	}
	// then returns what a combination of today's came to.
	then := func(n int) (outcome string, ok bool) {
		row := slices.Clone(unasked)
		for q := range where {
			answer := e.digit(n, q)
			if where[q] < 0 {
				if !e.unsure(q, answer) {
					return "", false
				}
				continue
			}
			o := slices.Index(old.options[where[q]], now[q].Options[answer].ID)
			if o < 0 || o >= len(digits) {
				return "", false
			}
			row[where[q]] = digits[o]
		}
		outcome, ok = old.outcome[string(row)]
		return outcome, ok
	}

	type change struct{ from, to string }
	counts := map[change]int{}
	examples := map[change]*example{}
	total, shared := 0, 0
	for n := range e.table {
		from, ok := then(n)
		if !ok {
			continue
		}
		shared++
		c := change{from, e.outcome(n).ID}
		if c.from == c.to {
			continue
		}
		total++
		counts[c]++
		if examples[c] == nil {
			examples[c] = &example{}
		}
		examples[c].offer(e, n)
	}
	if total == 0 {
		return ""
	}
	list := slices.SortedFunc(maps.Keys(counts), func(a, b change) int {
		return cmp.Or(counts[b]-counts[a], strings.Compare(a.from, b.from), strings.Compare(a.to, b.to))
	})
	parts := make([]string, len(list))
	for i, c := range list {
		parts[i] = fmt.Sprintf("%s from “%s” to “%s”, for example %s", number(counts[c]), c.from, c.to, strings.TrimSuffix(e.when(examples[c].n), ","))
	}
	return fmt.Sprintf("%s of %s results change: %s", number(total), number(shared), strings.Join(parts, "; "))
}

// differ formats each of these that is not among those.
func differ(these, those []string, format string) (out []string) {
	for _, s := range these {
		if !slices.Contains(those, s) {
			out = append(out, fmt.Sprintf(format, s))
		}
	}
	return out
}

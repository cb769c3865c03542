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
	decisionsNote = "# Every combination of answers and its outcome. Kept by “rolecompare check --update”."

	digits  = "123456789abcdefghijklmnopqrstuvwxyz"
	letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-"
)

// Decisions returns the table of decisions: every combination of answers, in
// the order of their numbers, and its outcome.
func (e *Engine) Decisions() []byte {
	var b bytes.Buffer
	b.WriteString(decisionsNote + "\n")
	for _, question := range e.comparison.Questionnaire.Questions {
		var options []string
		for o, option := range question.Options {
			options = append(options, fmt.Sprintf("%c %s", digits[o], option.ID))
		}
		fmt.Fprintf(&b, "# %s: %s\n", question.ID, strings.Join(options, ", "))
	}
	for i, o := range e.comparison.Outcomes.Items {
		fmt.Fprintf(&b, "# %c: %s\n", letters[i], o.ID)
	}
	for n := range e.table {
		for q := range e.options {
			b.WriteByte(digits[e.chosen(n, q)])
		}
		fmt.Fprintf(&b, "\t%c\n", letters[e.table[n].outcome])
	}
	return b.Bytes()
}

// CheckDecisions compares the table of decisions that the authors keep with
// what the rules give today. It returns one diagnostic if they differ, which
// says in words what changes.
func (e *Engine) CheckDecisions() comparison.Diagnostics {
	var out comparison.Diagnostics
	kept := e.comparison.Decisions
	if kept.Body == string(e.Decisions()) {
		return nil
	}
	switch old, ok := readDecisions(kept.Body); {
	case strings.TrimSpace(kept.Body) == "":
		out.Add(kept.At, "the table of decisions is missing", "run “rolecompare check --update” to write it")
	case !ok:
		out.Add(kept.At, "the table of decisions cannot be read", "run “rolecompare check --update” to write it anew")
	default:
		out.Add(kept.At, e.changes(old), "if that is what you mean, run “rolecompare check --update” and keep the new decisions.tsv with your edit")
	}
	return out
}

// decisions is a table of decisions as read.
type decisions struct {
	questions []string            // their ids
	options   map[string][]string // the ids of each question's options
	outcomes  map[string]string   // the id of each combination's outcome, by its key
}

// decisionKey names a combination by what is not "not sure" in it. So what one
// table does not ask counts there as "not sure", and the order of questions and
// options counts nowhere.
func decisionKey(questions, options []string) string {
	var parts []string
	for q, option := range options {
		if option != comparison.NotSure {
			parts = append(parts, questions[q]+"="+option)
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, "&")
}

// readDecisions reports false if the text is no table of decisions.
func readDecisions(body string) (decisions, bool) {
	d := decisions{options: map[string][]string{}, outcomes: map[string]string{}}
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
				d.questions = append(d.questions, key)
				for part := range strings.SplitSeq(value, ", ") {
					_, id, ok := strings.Cut(part, " ")
					if !ok {
						return d, false
					}
					d.options[key] = append(d.options[key], id)
				}
			}
			continue
		}
		row, letter, _ := strings.Cut(line, "\t")
		outcome, known := names[letter]
		if !known || len(row) != len(d.questions) {
			return d, false
		}
		var options []string
		for i, question := range d.questions {
			o := strings.IndexByte(digits, row[i])
			if o < 0 || o >= len(d.options[question]) {
				return d, false
			}
			options = append(options, d.options[question][o])
		}
		d.outcomes[decisionKey(d.questions, options)] = outcome
	}
	return d, len(d.outcomes) > 0
}

// changes tells in words how today's decisions differ from the old ones.
func (e *Engine) changes(old decisions) string {
	var said, questions []string
	for _, question := range e.comparison.Questionnaire.Questions {
		id := question.ID
		questions = append(questions, id)
		if !slices.Contains(old.questions, id) {
			said = append(said, fmt.Sprintf("the question “%s” is new", id))
			continue
		}
		var options []string
		for _, o := range question.Options {
			options = append(options, o.ID)
		}
		said = append(said, differ(options, old.options[id], "the answer “%s” to “"+id+"” is new")...)
		said = append(said, differ(old.options[id], options, "the answer “%s” to “"+id+"” is gone")...)
	}
	said = append(said, differ(old.questions, questions, "the question “%s” is gone")...)
	said = append(said, e.changedResults(old, questions)...)
	if len(said) == 0 {
		return "no result changes, but the table of decisions is written otherwise than today's, perhaps because questions or outcomes moved"
	}
	return strings.Join(said, "; ")
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

// changedResults tells in words which results differ, of those that both tables
// have.
func (e *Engine) changedResults(old decisions, questions []string) []string {
	type change struct{ from, to string }
	type group struct {
		change
		count   int
		example example
	}
	groups := map[change]*group{}
	total, shared := 0, 0
	for n := range e.table {
		options := make([]string, len(questions))
		for q, question := range e.comparison.Questionnaire.Questions {
			options[q] = question.Options[e.chosen(n, q)].ID
		}
		from, ok := old.outcomes[decisionKey(questions, options)]
		if !ok {
			continue
		}
		shared++
		c := change{from, e.outcome(n).ID}
		if c.from == c.to {
			continue
		}
		total++
		if groups[c] == nil {
			groups[c] = &group{change: c}
		}
		groups[c].count++
		groups[c].example.offer(e, n)
	}
	if total == 0 {
		return nil
	}
	sorted := slices.SortedFunc(maps.Values(groups), func(a, b *group) int {
		return cmp.Or(b.count-a.count, strings.Compare(a.from, b.from), strings.Compare(a.to, b.to))
	})
	var parts []string
	for _, g := range sorted {
		parts = append(parts, fmt.Sprintf("%s from “%s” to “%s”, for example %s",
			comparison.Number(g.count), g.from, g.to, strings.TrimSuffix(e.when(g.example.n), ",")))
	}
	return []string{fmt.Sprintf("%s of %s results change: %s", comparison.Number(total), comparison.Number(shared), strings.Join(parts, "; "))}
}

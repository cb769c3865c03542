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

// The table of decisions begins with lines that name the version of the rules, so
// that a change is seen that changes no result, and say what the digits and letters
// of the rest mean. Then comes a line a combination: a digit a question, the letter
// of the outcome, and how it stands to each role, parted by tabs.
//
//	# rules: 1f09ab77
//	# workplace: 1 remote, 2 office, 3 not-sure
//	# A: first-role
//	# -: undecided
//	11	A	now	out
//	33	-	-	-

const (
	decisionsNote = "# Every combination of answers, its outcome, and how that stands to each role. Kept by “rolecompare check --update”."

	digits = "123456789"
)

// Decisions returns the table of decisions: every combination of answers, in
// the order of their numbers, with its outcome and the roles' standings.
func (e *Engine) Decisions() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n# rules: %s\n", decisionsNote, e.version)
	for _, question := range e.comparison.Questionnaire.Questions {
		var options []string
		for o, option := range question.Options {
			options = append(options, fmt.Sprintf("%c %s", digits[o], option.ID))
		}
		fmt.Fprintf(&b, "# %s: %s\n", question.ID, strings.Join(options, ", "))
	}
	var cells []string // what stands in a row for each outcome
	for i, o := range e.comparison.Outcomes.Items {
		fmt.Fprintf(&b, "# %c: %s\n", 'A'+i, o.ID)
		cells = append(cells, fmt.Sprintf("%c\t%v\t%v", 'A'+i, o.Recommends[0], o.Recommends[1]))
	}
	fmt.Fprintf(&b, "# -: %s\n", comparison.Undecided)
	cells = append(cells, "-\t-\t-")
	for n := range e.table {
		for q := range e.options {
			b.WriteByte(digits[e.chosen(n, q)])
		}
		b.WriteString("\t" + cells[e.table[n].outcome] + "\n")
	}
	return b.Bytes()
}

// CheckDecisions compares the table of decisions that the authors keep with what
// the rules give today. If they differ, one diagnostic says in words how. Of a draft
// nothing need be kept.
func (e *Engine) CheckDecisions() comparison.Diagnostics {
	var out comparison.Diagnostics
	kept, at := e.comparison.Decisions, comparison.Position{File: e.comparison.Within("decisions.tsv")}
	if kept == string(e.Decisions()) || kept == "" && e.comparison.Draft {
		return nil
	}
	switch old, ok := readDecisions(kept); {
	case strings.TrimSpace(kept) == "":
		out.Add(at, "the table of decisions is missing", "run “rolecompare check --update” to write it")
	case !ok:
		out.Add(at, "the table of decisions cannot be read", "run “rolecompare check --update” to write it anew")
	default:
		out.Add(at, e.changes(old), "if that is what you mean, run “rolecompare check --update” and keep the new decisions.tsv with your edit")
	}
	return out
}

// decisions is a table of decisions as read.
type decisions struct {
	questions []string            // their ids
	options   map[string][]string // the ids of each question's options
	keys      []string            // of the combinations, in order
	outcomes  map[string]string   // the id of each combination's outcome, by its key
	standings map[string][]string // of each outcome that some combination comes to, by its id
}

// readDecisions reports false if the text is no table of decisions.
func readDecisions(body string) (decisions, bool) {
	d := decisions{options: map[string][]string{}, outcomes: map[string]string{}, standings: map[string][]string{}}
	names := map[string]string{} // of the letters
	for line := range strings.Lines(body) {
		legend, isLegend := strings.CutPrefix(line, "# ")
		name, value, _ := strings.Cut(legend, ": ")
		words, cells := strings.Fields(value), strings.Fields(line)
		switch {
		case isLegend && len(words) == 1:
			names[name] = words[0]
		case isLegend && len(words) > 1:
			d.questions = append(d.questions, name)
			for i := 1; i < len(words); i += 2 {
				d.options[name] = append(d.options[name], strings.TrimSuffix(words[i], ","))
			}
		case isLegend || len(cells) == 0: // the note, or nothing
		case len(cells) != 4:
			return d, false
		default:
			key, ok := d.key(cells[0])
			outcome, known := names[cells[1]]
			if !ok || !known {
				return d, false
			}
			d.keys = append(d.keys, key)
			d.outcomes[key] = outcome
			d.standings[outcome] = cells[2:]
		}
	}
	return d, len(d.keys) > 0
}

// key names a combination, given in digits, by what is not "not sure" in it, so that
// questions that one table does not ask, and the order of any, count nowhere.
func (d *decisions) key(row string) (string, bool) {
	if len(row) != len(d.questions) {
		return "", false
	}
	var parts []string
	for i, question := range d.questions {
		o := strings.IndexByte(digits, row[i])
		if o < 0 || o >= len(d.options[question]) {
			return "", false
		}
		if option := d.options[question][o]; option != comparison.NotSure {
			parts = append(parts, question+"="+option)
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, "&"), true
}

// changes tells in words how today's decisions differ from the old ones.
func (e *Engine) changes(old decisions) string {
	today, _ := readDecisions(string(e.Decisions()))
	said := differ(today.questions, old.questions, "the question “%s” is new")
	for _, id := range today.questions {
		if slices.Contains(old.questions, id) {
			said = append(said, differ(today.options[id], old.options[id], "the answer “%s” to “"+id+"” is new")...)
			said = append(said, differ(old.options[id], today.options[id], "the answer “%s” to “"+id+"” is gone")...)
		}
	}
	said = append(said, differ(old.questions, today.questions, "the question “%s” is gone")...)
	for _, o := range e.outcomes {
		before, now := old.standings[o.ID], today.standings[o.ID]
		var roles []string
		for role := range min(len(before), len(now)) {
			if before[role] != now[role] {
				roles = append(roles, fmt.Sprintf("%s at %s, before it was %s", e.comparison.Roles[role].Indefinite, now[role], before[role]))
			}
		}
		if len(roles) > 0 {
			said = append(said, fmt.Sprintf("the outcome “%s” now puts %s", o.ID, strings.Join(roles, ", and ")))
		}
	}
	said = append(said, e.changedResults(old, today)...)
	if len(said) == 0 {
		return "no result changes, but the rules do: an answer may meet or fail something else, a question may no longer ask for a fact or an amount, " +
			"or questions or outcomes may have moved"
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

// changedResults tells in words which results differ, of those in both tables.
func (e *Engine) changedResults(old, today decisions) []string {
	type change struct{ from, to string }
	examples := map[change][]int{}
	total, shared := 0, 0
	for n, key := range today.keys {
		from, ok := old.outcomes[key]
		if !ok {
			continue
		}
		shared++
		if to := today.outcomes[key]; from != to {
			total++
			examples[change{from, to}] = append(examples[change{from, to}], n)
		}
	}
	if total == 0 {
		return nil
	}
	var parts []string
	for _, c := range slices.SortedFunc(maps.Keys(examples), func(a, b change) int {
		return cmp.Or(len(examples[b])-len(examples[a]), strings.Compare(a.from, b.from), strings.Compare(a.to, b.to))
	}) {
		// The one with the most unsure answers is the shortest to tell.
		example := slices.MinFunc(examples[c], func(n, m int) int { return len(e.unsure(m)) - len(e.unsure(n)) })
		when := e.when(example)
		switch len(e.unsure(example)) {
		case 0:
		case len(e.options):
			when = "when every answer is “not sure”"
		default:
			when += ", and the rest “not sure”"
		}
		parts = append(parts, fmt.Sprintf("%s from “%s” to “%s”, for example %s", comparison.Number(len(examples[c])), c.from, c.to, when))
	}
	return []string{fmt.Sprintf("%s of %s results change: %s", comparison.Number(total), comparison.Number(shared), strings.Join(parts, "; "))}
}

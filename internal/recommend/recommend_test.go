package recommend

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"rolecompare/internal/comparison"
)

func TestNumberAndAnswersAreInverse(t *testing.T) {
	t.Parallel()
	e := mustCompile(t, big())
	for n := range e.Combinations() {
		if e.Number(e.Answers(n)) != n {
			t.Fatalf("combination %d is numbered %d", n, e.Number(e.Answers(n)))
		}
	}
	if got := e.Number(Answers{-1, -1, -1, -1, -1, -1, -1}); got != e.Combinations()-1 {
		t.Errorf("nothing answered is numbered %d, not as everything unsure", got)
	}
}

// What the engine says of every combination is what the rules say, tried one by
// one over the comparison itself: no shortcut may change a result.
func TestOutcomes(t *testing.T) {
	t.Parallel()
	for _, e := range engines(t) {
		for _, a := range everything(e) {
			want, ways := comesTo(e, a)
			r := e.Recommend(a)
			if r.Outcome.ID != want || e.Outcome(a).ID != want {
				t.Fatalf("%s gives %q, want %q", e.words(a), r.Outcome.ID, want)
			}
			got := map[string]int{}
			for i, p := range r.Possible {
				got[p.Outcome.ID] = p.Ways
				if i > 0 && p.Ways > r.Possible[i-1].Ways {
					t.Fatalf("%s: %v does not have the most ways first", e.words(a), r.Possible)
				}
			}
			if !maps.Equal(got, ways) {
				t.Fatalf("%s may come to %v, want %v", e.words(a), got, ways)
			}
		}
	}
}

func TestPossibleAndGrounded(t *testing.T) {
	t.Parallel()
	e := mustCompile(t, garden())
	for words, want := range map[string]string{
		"dry keep -":               "gardener",           // 2 of 3 ways
		"dry keep not-sure":        "gardener",           // the same
		"dry - weekly":             comparison.Undecided, // one of two ways
		"wet - weekly":             "both",
		"- - weekly":               comparison.Undecided, // 3 of 4 ways, but no sign for a Landscaper
		"not-sure not-sure weekly": comparison.Undecided,
		"wet - -":                  comparison.Undecided,
		"- - seldom":               comparison.Undecided, // 3 of 4 ways, but no sign for a Landscaper
		"- build seldom":           "landscaper",
		"- - -":                    comparison.Undecided,
	} {
		if got := e.Outcome(answers(t, e, words)).ID; got != want {
			t.Errorf("%s gives %q, want %q", words, got, want)
		}
	}
}

// What is said of answers beside unsure ones is possible and grounded. And where
// the rules lower no standing for more signs, neither do these results.
func TestPartialCombinationsArePossibleGroundedAndMonotone(t *testing.T) {
	t.Parallel()
	monotone := 0
	for _, e := range engines(t) {
		var lowers [2]bool
		for role := range lowers {
			if _, _, _, lowers[role] = e.lowering(e.full(), role); !lowers[role] {
				monotone++
			}
		}
		for _, a := range everything(e) {
			r := e.Recommend(a)
			if r.Outcome.ID == comparison.Undecided || len(unsure(e, a)) == 0 {
				continue
			}
			if !slices.ContainsFunc(r.Possible, func(p Possibility) bool { return p.Outcome == r.Outcome }) {
				t.Fatalf("%s gives %q, which no way to fill it in does", e.words(a), r.Outcome.ID)
			}
			for role, standing := range r.Outcome.Recommends {
				if met, _ := r.Tally(role); met == 0 && standing == comparison.Now {
					t.Fatalf("%s gives %q without any sign", e.words(a), r.Outcome.ID)
				}
				for q := range a {
					for _, b := range filled(e, a, []int{q}) {
						other := e.Outcome(b)
						if other.ID == comparison.Undecided || slices.Contains(unsure(e, a), q) || lowers[role] {
							continue
						}
						if was, is := states(e.comparison, a), states(e.comparison, b); speaksMore(e, role, was, is) && other.Recommends[role] < standing {
							t.Fatalf("%s gives %q, and %s %q", e.words(a), r.Outcome.ID, e.words(b), other.ID)
						}
					}
				}
			}
		}
	}
	if monotone < 20 {
		t.Errorf("only %d roles of random rules are monotone", monotone)
	}
}

func speaksMore(e *Engine, role int, was, is map[string]State) bool {
	signs := e.comparison.Signs.Roles[role].Items
	return slices.ContainsFunc(signs, func(s comparison.Sign) bool { return is[s.ID] > was[s.ID] }) &&
		!slices.ContainsFunc(signs, func(s comparison.Sign) bool { return is[s.ID] < was[s.ID] })
}

func TestCertainty(t *testing.T) {
	t.Parallel()
	seen := map[Certainty]int{}
	for _, e := range engines(t) {
		for _, a := range everything(e) {
			said, ways := comesTo(e, a)
			want := Firm
			for q, question := range e.comparison.Questionnaire.Questions {
				for o := range len(question.Options) - 1 {
					step := !question.Fact && (!question.Amount || o == a[q]-1 || o == a[q]+1)
					if !step || slices.Contains(unsure(e, a), q) {
						continue
					}
					if other, _ := comesTo(e, a.With(q, o)); other != said {
						want = Close
					}
				}
			}
			if said == comparison.Undecided || len(ways) > 1 {
				want = StillOpen
			}
			r := e.Recommend(a)
			if seen[r.Certainty]++; r.Certainty != want {
				t.Fatalf("%s is %v, want %v", e.words(a), r.Certainty, want)
			}
			// Not knowing is never more certain: if it is not open, all ways agree.
			if r.Certainty != StillOpen && (len(r.Possible) != 1 || r.Possible[0].Outcome != r.Outcome) {
				t.Fatalf("%s is %v, and may come to %v", e.words(a), r.Certainty, r.Possible)
			}
		}
	}
	if len(seen) != 3 {
		t.Errorf("only these are seen: %v", seen)
	}
	if got := fmt.Sprint(Firm, Close, StillOpen); got != "firm close open" {
		t.Errorf("they are called %s", got)
	}
}

func TestSigns(t *testing.T) {
	t.Parallel()
	e := mustCompile(t, big())
	c := e.comparison
	for _, a := range everything(e) {
		if a = slices.Clone(a); len(unsure(e, a)) > 0 {
			a[unsure(e, a)[0]] = -1 // not answered, instead of not sure
		}
		r := e.Recommend(a)
		state := states(c, a)
		for role := range r.Signs {
			count := 0
			for i, s := range r.Signs[role] {
				if want := &c.Signs.Roles[role].Items[i]; s.Sign != want {
					t.Fatalf("sign %d of role %d is %q, not %q", i, role, s.Sign.ID, want.ID)
				}
				if s.State != state[s.Sign.ID] || s.Option != a[s.Question] {
					t.Fatalf("%s: sign %q is %v by option %d", e.words(a), s.Sign.ID, s.State, s.Option)
				}
				decides := func(o comparison.Option) bool {
					return slices.ContainsFunc(slices.Concat(o.Meets, o.Fails), func(r comparison.Ref) bool { return r.ID == s.Sign.ID })
				}
				if !slices.ContainsFunc(c.Questionnaire.Questions[s.Question].Options, decides) {
					t.Fatalf("sign %q is not decided by question %d", s.Sign.ID, s.Question)
				}
				if s.State == Met {
					count++
				}
			}
			if met, of := r.Tally(role); met != count || of != 5 {
				t.Fatalf("%s: %d of %d signs are met, want %d of 5", e.words(a), met, of, count)
			}
		}
	}
}

func TestAgreed(t *testing.T) {
	t.Parallel()
	e := mustCompile(t, garden())
	for words, want := range map[string]string{
		"wet - -":      "? now", // a Landscaper it is either way
		"- - -":        "? ?",
		"- - weekly":   "now ?",
		"dry keep -":   "? out",
		"wet keep -":   "? now",
		"wet build -":  "? now",
		"dry - -":      "? ?",
		"- - seldom":   "out ?",
		"wet - weekly": "now now",
	} {
		r := e.Recommend(answers(t, e, words))
		var got []string
		for role := range 2 {
			if standing, ok := r.Agreed(role); ok {
				got = append(got, standing.String())
			} else {
				got = append(got, "?")
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: it is agreed on %s, want %s", words, got, want)
		}
	}
}

func TestWhatIfs(t *testing.T) {
	t.Parallel()
	for _, e := range engines(t) {
		for _, a := range everything(e) {
			want := map[string]string{} // the outcome that each changed answer leads to
			said := e.Outcome(a).ID
			for q, question := range e.comparison.Questionnaire.Questions {
				if slices.Contains(unsure(e, a), q) {
					continue
				}
				changes := func(o int) string {
					if other := e.Outcome(a.With(q, o)).ID; other != said && other != comparison.Undecided {
						return other
					}
					return ""
				}
				for o := range len(question.Options) - 1 {
					nearer := false // another option changes it as well, and is nearer
					for p := range len(question.Options) - 1 {
						nearer = nearer || question.Amount && changes(p) != "" && (a[q] < p && p < o || o < p && p < a[q])
					}
					if changes(o) != "" && !nearer {
						want[fmt.Sprint(q, o)] = changes(o)
					}
				}
			}
			// What comes first: no fact, few signs moved, the order of the questions.
			weight := func(c Change) []int {
				fact, moved := 0, 0
				if e.comparison.Questionnaire.Questions[c.Question].Fact {
					fact = 1
				}
				was, is := states(e.comparison, a), states(e.comparison, c.Answers)
				for id := range was {
					if was[id] != is[id] {
						moved++
					}
				}
				return []int{fact, moved, c.Question, c.Option}
			}
			got := map[string]string{}
			groups := map[string]bool{}
			whatIfs := e.Recommend(a).WhatIfs
			if !slices.IsSortedFunc(whatIfs, func(v, w WhatIf) int { return slices.Compare(weight(v.Changes[0]), weight(w.Changes[0])) }) {
				t.Fatalf("%s: the outcomes' order is %v", e.words(a), whatIfs)
			}
			for _, w := range whatIfs {
				if !slices.IsSortedFunc(w.Changes, func(c, d Change) int { return slices.Compare(weight(c), weight(d)) }) {
					t.Fatalf("%s: the changes' order is %v", e.words(a), w.Changes)
				}
				if groups[w.Outcome.ID] {
					t.Fatalf("%s: the outcome %q stands in two groups", e.words(a), w.Outcome.ID)
				}
				groups[w.Outcome.ID] = true
				for _, change := range w.Changes {
					got[fmt.Sprint(change.Question, change.Option)] = w.Outcome.ID
					if !slices.Equal(change.Answers, a.With(change.Question, change.Option)) || change.Outcome != w.Outcome {
						t.Fatalf("%s: %v is no single change to %q", e.words(a), change, w.Outcome.ID)
					}
				}
			}
			if !maps.Equal(got, want) {
				t.Fatalf("%s: the what-ifs are %v, want %v", e.words(a), got, want)
			}
		}
	}
}

func TestTheMostTellingWhatIfComesFirst(t *testing.T) {
	t.Parallel()
	e := mustCompile(t, garden())
	for words, want := range map[string]string{
		// An amount and a judgment come before the bare fact of the ground, and of an
		// amount the nearest in each direction.
		"dry keep monthly": "wait: care=seldom; landscaper-first: plans=build ground=wet",
		"dry keep seldom":  "gardener: care=monthly; landscaper: plans=build ground=wet",
		"wet keep monthly": "both: care=weekly; landscaper: care=seldom; gardener: ground=dry",
		// What is unsure is no what-if, and an undecided result is none.
		"dry build -":    "gardener: plans=keep",
		"- build weekly": "landscaper-first: care=monthly",
		"dry keep -":     "",
	} {
		var got []string
		for _, w := range e.Recommend(answers(t, e, words)).WhatIfs {
			s := w.Outcome.ID + ":"
			for _, change := range w.Changes {
				q := e.comparison.Questionnaire.Questions[change.Question]
				s += " " + q.ID + "=" + q.Options[change.Option].ID
			}
			got = append(got, s)
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s: the what-ifs are %q, want %q", words, strings.Join(got, "; "), want)
		}
	}
}

// reasons tells what decided in words: the conditions' lines, which the fixtures
// number from 10, with the answers behind them.
func reasons(e *Engine, r Recommendation) string {
	var out []string
	for _, reason := range r.DecidedBy {
		s := "otherwise:"
		if reason.Condition != nil {
			s = fmt.Sprint(reason.Condition.At.Line, ":")
		}
		for _, answer := range reason.Answers {
			s += " " + e.comparison.Questionnaire.Questions[answer.Question].Options[answer.Option].ID
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestDecidedBy(t *testing.T) {
	t.Parallel()
	e := mustCompile(t, garden())
	for words, want := range map[string]string{
		"wet build weekly":  "10: wet build; 11: weekly",
		"wet keep weekly":   "10: wet; 11: weekly", // the plans say nothing for it
		"dry build monthly": "10: build",
		"dry keep weekly":   "10: weekly", // the first alternative holds
		"dry keep monthly":  "12: keep; 13: monthly",
		"dry keep -":        "12: keep", // the second line may still fail
		"- build seldom":    "10: build; 11: seldom",
		"dry keep seldom":   "otherwise: keep seldom", // these change it; the ground is a fact
		"- - -":             "",
		"dry - weekly":      "",
	} {
		if got := reasons(e, e.Recommend(answers(t, e, words))); got != want {
			t.Errorf("%s is decided by %q, want %q", words, got, want)
		}
	}

	// At most so many: what keeps it low. And each answer is named once.
	c := garden()
	c.Outcomes.Items[3].Rule = outcomeRule("at most 0 landscaper signs are met", "weekly-care is not failed", "at least 1 gardener sign is met")
	e = mustCompile(t, c)
	for words, want := range map[string]string{
		"dry keep weekly":  "10: dry keep; 11: weekly",
		"dry keep monthly": "10: dry keep; 11: monthly",
		"dry keep -":       "10: dry keep",
	} {
		if got := reasons(e, e.Recommend(answers(t, e, words))); got != want {
			t.Errorf("%s is decided by %q, want %q", words, got, want)
		}
	}

	// Where nothing else is left, it is the facts.
	c = garden()
	c.Questionnaire.Questions[1].Fact, c.Questionnaire.Questions[2].Fact, c.Questionnaire.Questions[2].Amount = true, true, false
	e = mustCompile(t, c)
	if got := reasons(e, e.Recommend(answers(t, e, "dry keep seldom"))); got != "otherwise: dry keep seldom" {
		t.Errorf("facts alone are told as %q", got)
	}
}

// Whatever decided holds whatever is unsure, and was answered.
func TestReasonsHold(t *testing.T) {
	t.Parallel()
	for _, e := range engines(t) {
		for _, a := range everything(e) {
			r := e.Recommend(a)
			named := map[int]bool{}
			for _, reason := range r.DecidedBy {
				for _, answer := range reason.Answers {
					if named[answer.Question] || a[answer.Question] != answer.Option || slices.Contains(unsure(e, a), answer.Question) {
						t.Fatalf("%s: %v is named twice, or was not answered", e.words(a), answer)
					}
					named[answer.Question] = true
				}
				for _, b := range filled(e, a, unsure(e, a)) {
					if reason.Condition != nil && !conditionHolds(*reason.Condition, states(e.comparison, b)) {
						t.Fatalf("%s: a condition is given as a reason, and need not hold: %+v", e.words(a), reason.Condition)
					}
				}
			}
		}
	}
}

func TestVersionFollowsWhatDecides(t *testing.T) {
	t.Parallel()
	was := mustCompile(t, garden()).Version()
	if len(was) != 8 {
		t.Errorf("the version is %q, want eight digits", was)
	}
	words := garden()
	words.Questionnaire.Questions[0].Ask = "What is the ground like?"
	words.Questionnaire.Questions[0].Options[0].Aliases = []comparison.Ref{{ID: "arid"}}
	words.Outcomes.Items[0].Rule[0].Text = "at least  1 landscaper sign is met"
	if got := mustCompile(t, words).Version(); got != was {
		t.Error("new words give a new version")
	}
	for name, change := range map[string]func(c *comparison.Comparison){
		"a rule":                     func(c *comparison.Comparison) { c.Outcomes.Items[3].Rule[3].Text = "weekly-care is open" },
		"an option":                  func(c *comparison.Comparison) { c.Questionnaire.Questions[0].Options[0].Fails = nil },
		"a fact":                     func(c *comparison.Comparison) { c.Questionnaire.Questions[1].Fact = true },
		"an amount":                  func(c *comparison.Comparison) { c.Questionnaire.Questions[1].Amount = true },
		"what an outcome recommends": func(c *comparison.Comparison) { c.Outcomes.Items[0].Recommends[0] = comparison.Later },
		"a sign": func(c *comparison.Comparison) {
			c.Signs.Roles[1].Items[1].ID = "structure"
			for i, o := range c.Questionnaire.Questions[1].Options {
				c.Questionnaire.Questions[1].Options[i] = option(o.ID, []string{"laid-out", "structure", ""}[i], []string{"structure", "laid-out", ""}[i])
			}
		},
	} {
		c := garden()
		change(c)
		if got := mustCompile(t, c).Version(); got == was {
			t.Errorf("changing %s leaves the version as it was", name)
		}
	}
}

func TestRecommendAllocatesLittle(t *testing.T) {
	e := mustCompile(t, big())
	all := everything(e)
	all = slices.DeleteFunc(all, func(a Answers) bool { return len(unsure(e, a)) > 0 })
	n := 0
	if got := testing.AllocsPerRun(e.Combinations(), func() { e.Recommend(all[n%len(all)]); n++ }); got > 60 {
		t.Errorf("a recommendation takes %v allocations, want at most 60", got)
	}
}

func TestAnswersAreLeftAlone(t *testing.T) {
	t.Parallel()
	a := Answers{0, -1, 1}
	if b := a.With(1, 0); !reflect.DeepEqual(a, Answers{0, -1, 1}) || !reflect.DeepEqual(b, Answers{0, 0, 1}) {
		t.Errorf("%v becomes %v", a, b)
	}
}

func BenchmarkCompile(b *testing.B) {
	c := big()
	b.ReportAllocs()
	for b.Loop() {
		mustCompile(b, c)
	}
}

func BenchmarkRecommend(b *testing.B) {
	e := mustCompile(b, big())
	for name, all := range map[string][]Answers{
		"full":    slices.DeleteFunc(everything(e), func(a Answers) bool { return len(unsure(e, a)) > 0 }),
		"partial": everything(e),
		"empty":   {e.Answers(e.Combinations() - 1)},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				e.Recommend(all[n%len(all)])
				n++
			}
		})
	}
}

package recommend

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"rolecompare/internal/comparison"
)

// entropy is the mean entropy of what the answers come to, with some questions
// still to be filled in, once question q is answered.
func entropy(e *Engine, a Answers, questions []int, q int) float64 {
	rest := slices.DeleteFunc(slices.Clone(questions), func(other int) bool { return other == q })
	sum := 0.0
	options := filled(e, a, []int{q})
	for _, b := range options {
		counts := map[string]int{}
		all := filled(e, b, rest)
		for _, c := range all {
			counts[e.Outcome(c).ID]++
		}
		for _, n := range counts {
			p := float64(n) / float64(len(all))
			sum -= p * math.Log2(p) / float64(len(options))
		}
	}
	return sum
}

// left returns the ways to fill some questions in or leave them open.
func left(e *Engine, a Answers, questions []int) []Answers {
	all := []Answers{a}
	for _, q := range questions {
		for _, b := range slices.Clone(all) {
			all = append(all, filled(e, b, []int{q})...)
		}
	}
	return all
}

// withOthersOpen returns the questions whose answer makes a difference where others
// may be left open.
func withOthersOpen(e *Engine, a Answers, questions []int) []int {
	return slices.DeleteFunc(slices.Clone(questions), func(q int) bool {
		rest := slices.DeleteFunc(slices.Clone(questions), func(other int) bool { return other == q })
		return !slices.ContainsFunc(left(e, a, rest), func(b Answers) bool {
			return slices.ContainsFunc(left(e, b, []int{q}), func(c Answers) bool { return e.Outcome(c) != e.Outcome(b) })
		})
	})
}

// telling is what telling of the engine must return.
func telling(e *Engine, a Answers, questions []int) []int {
	var out []int
	for _, q := range questions {
		rest := slices.DeleteFunc(slices.Clone(questions), func(other int) bool { return other == q })
		if slices.ContainsFunc(filled(e, a, rest), func(b Answers) bool {
			return slices.ContainsFunc(filled(e, b, []int{q}), func(c Answers) bool { return e.Outcome(c) != e.Outcome(b.With(q, 0)) })
		}) {
			out = append(out, q)
		}
	}
	slices.SortStableFunc(out, func(p, q int) int {
		return cmp.Compare(math.Round(1e6*entropy(e, a, questions, p)), math.Round(1e6*entropy(e, a, questions, q)))
	})
	return out
}

// withBlanks returns every way to answer, leave open or be unsure of each
// question.
func withBlanks(e *Engine) []Answers {
	all := []Answers{slices.Repeat(Answers{-1}, len(e.comparison.Questionnaire.Questions))}
	for q, question := range e.comparison.Questionnaire.Questions {
		for _, a := range slices.Clone(all) {
			for o := range question.Options {
				all = append(all, a.With(q, o))
			}
		}
	}
	return all
}

func TestNext(t *testing.T) {
	t.Parallel()
	blank := 0
	for _, e := range slices.Delete(engines(t), 1, 2) {
		for i, a := range withBlanks(e) {
			if i%7 != 0 && len(a) > 3 {
				continue
			}
			next, want := e.Next(a), telling(e, a, unanswered(a))
			settled := !slices.ContainsFunc(filled(e, a, unanswered(a)), func(b Answers) bool { return e.Outcome(b) != e.Outcome(a) })
			if len(want) == 0 && !settled {
				want = withOthersOpen(e, a, unanswered(a)) // for want of ground
				blank++
			}
			if len(want) > 0 {
				later := withOthersOpen(e, a, unanswered(a))
				want = append(want, slices.DeleteFunc(later, func(q int) bool { return slices.Contains(want, q) })...)
			}
			if !slices.Equal(next, want) {
				t.Fatalf("%s: it asks for %v next, want %v", e.words(a), next, want)
			}
			if settled != (len(next) == 0) {
				t.Fatalf("%s: it asks for %v next; settled: %v", e.words(a), next, settled)
			}
			if settled {
				continue
			}
			for o := range e.options[next[0]] {
				for _, q := range e.Next(a.With(next[0], o)) {
					if !slices.Contains(next[1:], q) {
						t.Fatalf("%s: it asks for %v next, and for %d after answer %d", e.words(a), next, q, o)
					}
				}
			}
		}
	}
	if blank == 0 {
		t.Error("no random comparison asks for ground alone")
	}
}

// Whoever answers what is asked comes to what all of the answers come to, and is
// never asked twice, nor for what they are unsure of.
func TestAskingUntilSettledChangesNothing(t *testing.T) {
	t.Parallel()
	for _, e := range engines(t) {
		for _, full := range everything(e) {
			a := slices.Repeat(Answers{-1}, len(full))
			for next := e.Next(a); len(next) > 0; next = e.Next(a) {
				if a[next[0]] >= 0 {
					t.Fatalf("%s: question %d is asked again", e.words(a), next[0])
				}
				a = a.With(next[0], full[next[0]])
			}
			if e.Outcome(a) != e.Outcome(full) {
				t.Fatalf("%s gives %q, and %s %q", e.words(a), e.Outcome(a).ID, e.words(full), e.Outcome(full).ID)
			}
		}
	}
}

func TestAskForWhatTellsMost(t *testing.T) {
	t.Parallel()
	for _, e := range slices.Delete(engines(t), 1, 2) {
		for i, a := range withBlanks(e) {
			if i%5 != 0 && len(a) > 3 {
				continue
			}
			want := telling(e, a, unsure(e, a))
			r := e.Recommend(a)
			if r.Certainty == StillOpen && len(want) == 0 {
				want = withOthersOpen(e, a, unsure(e, a)) // for want of ground
			}
			most := 1
			if len(unsure(e, a)) == len(a) {
				most = 2 // nothing is known
			}
			if len(r.Ask) != min(most, len(want)) || (r.Ask != nil) != (r.Certainty == StillOpen) {
				t.Fatalf("%s is %v and asks for %v, want the first %d of %v", e.words(a), r.Certainty, r.Ask, most, want)
			}
			for i, ask := range r.Ask {
				if ask.Question != want[i] {
					t.Fatalf("%s asks for %v, want the first of %v", e.words(a), r.Ask, want)
				}
				if len(ask.Leads) != len(e.comparison.Questionnaire.Questions[ask.Question].Options)-1 {
					t.Fatalf("%s: %v does not lead somewhere with each real option", e.words(a), ask)
				}
				for o, lead := range ask.Leads {
					if b := a.With(ask.Question, o); lead.Question != ask.Question || lead.Option != o || !slices.Equal(lead.Answers, b) || lead.Outcome != e.Outcome(b) {
						t.Fatalf("%s: the answer %d leads to %v", e.words(a), o, lead)
					}
				}
			}
		}
	}
}

// What is asked first, in a comparison that one can follow by hand.
func TestNextInTheGarden(t *testing.T) {
	t.Parallel()
	e := mustCompile(t, garden())
	for words, want := range map[string][]int{
		"- - -":           {2, 0, 1}, // the care parts the outcomes best
		"- - weekly":      {0, 1},    // of two that tell as much, the first
		"wet - -":         {2},       // the plans no longer matter
		"wet - monthly":   nil,
		"not-sure - -":    {1, 2}, // to keep it leaves all undecided
		"dry not-sure -":  nil,    // undecided, however often
		"dry keep seldom": nil,
	} {
		if got := e.Next(answers(t, e, words)); !slices.Equal(got, want) {
			t.Errorf("%s: it asks for %v next, want %v", words, got, want)
		}
	}
}

// Where all ways come to one outcome for which nothing speaks yet, there is still
// something to ask.
func TestNextAsksForGround(t *testing.T) {
	t.Parallel()
	c := garden()
	c.Signs.Roles[0].Items = append(c.Signs.Roles[0].Items, comparison.Sign{ID: "wild"})
	c.Questionnaire.Questions[1].Options[1] = option("build", "wild new-structure", "laid-out")
	c.Outcomes.Items = []comparison.Outcome{
		outcome("gardener", "now out", "ground-trouble is failed"),
		outcome("wait", "out out", "otherwise"),
	}
	e, out := &Engine{comparison: c}, comparison.Diagnostics{}
	if !e.read(&out) {
		t.Fatal(out)
	}
	e.evaluate()
	a := answers(t, e, "dry - -")
	if got := e.Outcome(a).ID; got != comparison.Undecided {
		t.Errorf("it gives %q", got)
	}
	if got := e.Next(a); !slices.Equal(got, []int{1, 2}) {
		t.Errorf("it asks for %v", got)
	}
	if got := e.Recommend(a); got.Certainty != StillOpen || len(got.Possible) != 1 || got.Ask == nil {
		t.Errorf("the recommendation is %+v", got)
	}
	if got := e.Next(a.With(1, 1)); len(got) != 0 {
		t.Errorf("it asks for %v, though there is ground now", got)
	}
}

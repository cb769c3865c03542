package site_test

import (
	"os"
	"slices"
	"testing"

	"rolecompare/internal/comparison"
	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/internal/recommend"
	"rolecompare/internal/site"
)

// everyComparison runs a test on each comparison that ships, and on each of the
// fixture's.
func everyComparison(t *testing.T, test func(*testing.T, *site.Comparison)) {
	t.Parallel()
	real, found := site.Load(os.DirFS("../../content"), site.Options{})
	if found.Err() != nil {
		t.Fatal(found)
	}
	for _, c := range slices.Concat(real.Comparisons, load(t, markdowntest.Fixture()).Comparisons) {
		t.Run(c.Slug, func(t *testing.T) {
			t.Parallel()
			test(t, c)
		})
	}
}

// said is what a combination of answers comes to, as a visitor would count it.
type said struct {
	outcome   *comparison.Outcome
	certainty recommend.Certainty
	states    [2][]recommend.State
}

func (s said) met(role int) int {
	n := 0
	for _, state := range s.states[role] {
		if state == recommend.Met {
			n++
		}
	}
	return n
}

// everything is what each combination of answers comes to, by its number.
func everything(c *site.Comparison) []said {
	out := make([]said, c.Engine.Combinations())
	for n := range out {
		r := c.Engine.Recommend(c.Engine.Answers(n))
		out[n] = said{outcome: r.Outcome, certainty: r.Certainty}
		for role := range r.Signs {
			for _, s := range r.Signs[role] {
				out[n].states[role] = append(out[n].states[role], s.State)
			}
		}
	}
	return out
}

// ways returns the numbers of the combinations that answer what a leaves unsure.
func ways(c *site.Comparison, a recommend.Answers) []int {
	for q, question := range c.Questionnaire.Questions {
		if unsure := len(question.Options) - 1; a[q] == unsure {
			var out []int
			for o := range unsure {
				out = append(out, ways(c, a.With(q, o))...)
			}
			return out
		}
	}
	return []int{c.Engine.Number(a)}
}

// TestPossibleAndGrounded: whatever is left open, what is said is what more than
// half of the ways to fill it in come to, and it recommends no role now of which
// no sign is met. Where there is no such thing to say, nothing is.
func TestPossibleAndGrounded(t *testing.T) {
	everyComparison(t, func(t *testing.T, c *site.Comparison) {
		all := everything(c)
		for n, got := range all {
			a := c.Engine.Answers(n)
			count := map[*comparison.Outcome]int{}
			ways := ways(c, a)
			for _, m := range ways {
				count[all[m].outcome]++
			}
			want := c.Outcome(comparison.Undecided)
			for o, n := range count {
				grounded := true
				for role, standing := range o.Recommends {
					grounded = grounded && (standing != comparison.Now || got.met(role) > 0)
				}
				if 2*n > len(ways) && grounded {
					want = o
				}
			}
			if got.outcome != want {
				t.Fatalf("%v comes to “%s”, want “%s”", a, got.outcome.ID, want.ID)
			}
			undecided := want.ID == comparison.Undecided
			if undecided && len(ways) == 1 {
				t.Fatalf("%v leaves nothing open, and comes to nothing", a)
			}
			if open := undecided || len(count) > 1; open != (got.certainty == recommend.StillOpen) {
				t.Fatalf("%v can come to %d outcomes, and is called %v", a, len(count), got.certainty)
			}
		}
	})
}

// TestMonotone: an answer that speaks more for a role, be the one before it
// unsure or not, never lowers the role's standing.
func TestMonotone(t *testing.T) {
	everyComparison(t, func(t *testing.T, c *site.Comparison) {
		all := everything(c)
		for n, before := range all {
			a := c.Engine.Answers(n)
			for q, question := range c.Questionnaire.Questions {
				for o := range question.Options {
					after := all[c.Engine.Number(a.With(q, o))]
					if before.outcome.ID == comparison.Undecided || after.outcome.ID == comparison.Undecided {
						continue
					}
					for role := range c.Roles {
						if speaksMore(before, after, role) && after.outcome.Recommends[role] < before.outcome.Recommends[role] {
							t.Fatalf("%v gives %s “%v”, and with option %d of “%s”, which speaks more for it, “%v”",
								a, c.Roles[role].Name, before.outcome.Recommends[role], o, question.ID, after.outcome.Recommends[role])
						}
					}
				}
			}
		}
	})
}

// speaksMore reports whether a sign of a role stands higher than before, and none
// lower.
func speaksMore(before, after said, role int) bool {
	more := false
	for i, state := range before.states[role] {
		if after.states[role][i] < state {
			return false
		}
		more = more || after.states[role][i] > state
	}
	return more
}

// TestNoTwoOptionsAlike: whatever is chosen can matter.
func TestNoTwoOptionsAlike(t *testing.T) {
	everyComparison(t, func(t *testing.T, c *site.Comparison) {
		all := everything(c)
		full := ways(c, c.Engine.Answers(len(all)-1))
		for q, question := range c.Questionnaire.Questions {
			for o := range len(question.Options) - 1 {
				for other := range o {
					if !slices.ContainsFunc(full, func(n int) bool {
						a := c.Engine.Answers(n)
						x, y := all[c.Engine.Number(a.With(q, o))], all[c.Engine.Number(a.With(q, other))]
						return x.outcome != y.outcome || x.certainty != y.certainty
					}) {
						t.Errorf("“%s” and “%s” of “%s” always come to the same", question.Options[o].ID, question.Options[other].ID, question.ID)
					}
				}
			}
		}
	})
}

// TestOnlyWhatNeedsAsking answers each question as the form would ask it: what it
// no longer asks changes nothing, and what it asks can.
func TestOnlyWhatNeedsAsking(t *testing.T) {
	everyComparison(t, func(t *testing.T, c *site.Comparison) {
		var ask func(a recommend.Answers)
		ask = func(a recommend.Answers) {
			next := c.Engine.Next(a)
			if len(next) == 0 {
				for _, m := range ways(c, c.Engine.Answers(c.Engine.Number(a))) {
					if got, want := c.Engine.Outcome(c.Engine.Answers(m)), c.Engine.Outcome(a); got != want {
						t.Fatalf("%v is settled at “%s”, and %v comes to “%s”", a, want.ID, c.Engine.Answers(m), got.ID)
					}
				}
				return
			}
			outcomes := map[*comparison.Outcome]bool{c.Engine.Outcome(a): true} // undecided, perhaps for want of a ground
			for o := range len(c.Questionnaire.Questions[next[0]].Options) - 1 {
				for _, m := range ways(c, c.Engine.Answers(c.Engine.Number(a.With(next[0], o)))) {
					outcomes[c.Engine.Outcome(c.Engine.Answers(m))] = true
				}
				ask(a.With(next[0], o))
			}
			if len(outcomes) < 2 {
				t.Fatalf("after %v “%s” is asked, though nothing can change", a, c.Questionnaire.Questions[next[0]].ID)
			}
		}
		nothing, _ := c.Engine.Read(nil).Answers()
		ask(nothing)
	})
}

package recommend

import (
	"reflect"
	"slices"
	"testing"

	"rolecompare/internal/comparison"
)

// everything yields each combination of a comparison's engine by its number.
func everything(e *Engine) []Answers {
	all := make([]Answers, e.Combinations())
	for n := range all {
		all[n] = e.Answers(n)
	}
	return all
}

func changed(a Answers, q, o int) Answers {
	b := slices.Clone(a)
	b[q] = o
	return b
}

func TestNumberAndAnswersAreInverse(t *testing.T) {
	t.Parallel()
	e := mustCompile(t, big())
	for n, a := range everything(e) {
		if e.Number(a) != n {
			t.Fatalf("combination %d is numbered %d", n, e.Number(a))
		}
	}
}

// What the table says of every combination is what the rules say, tried by
// hand: no shortcut may change a result.
func TestEveryOutcomeIsTheFirstRuleThatHolds(t *testing.T) {
	t.Parallel()
	for _, c := range []*comparison.Comparison{garden(), big()} {
		e := mustCompile(t, c)
		sum := 0
		for _, share := range e.Shares() {
			sum += share
		}
		if sum != e.Combinations() {
			t.Errorf("%d combinations are counted of %d", sum, e.Combinations())
		}
		for _, a := range everything(e) {
			r := e.Recommend(a)
			state := map[string]State{}
			for role := range r.Signs {
				for i, s := range r.Signs[role] {
					if want := &c.Signs.Roles[role].Items[i]; s.Sign != want {
						t.Fatalf("sign %d of role %d is %q, not %q", i, role, s.Sign.ID, want.ID)
					}
					chosen := c.Questionnaire.Questions[s.Question].Options[a[s.Question]]
					names := func(refs []comparison.Ref) bool {
						return slices.ContainsFunc(refs, func(r comparison.Ref) bool { return r.ID == s.Sign.ID })
					}
					want := Open
					if names(chosen.Meets) {
						want = Met
					} else if names(chosen.Fails) {
						want = Failed
					}
					if s.State != want || s.Option != a[s.Question] {
						t.Fatalf("%v: sign %q is %v by option %d, want %v by %d", a, s.Sign.ID, s.State, s.Option, want, a[s.Question])
					}
					state[s.Sign.ID] = s.State
				}
			}
			if want := firstRule(e, state); r.Outcome.ID != want || e.Outcome(a).ID != want {
				t.Fatalf("%v gives %q, want %q", a, r.Outcome.ID, want)
			}
		}
	}
}

// firstRule tries the rules one by one over the signs' states.
func firstRule(e *Engine, state map[string]State) string {
	for i, rule := range e.Rules() {
		holds := rule.Otherwise
		for _, alternative := range rule.Any {
			all := true
			for _, c := range alternative {
				n := 0
				for _, s := range c.Signs {
					if state[s.ID] == c.State {
						n++
					}
				}
				all = all && map[Kind]bool{Is: n == 1, IsNot: n == 0, AtLeast: n >= c.N, AtMost: n <= c.N}[c.Kind]
			}
			holds = holds || all
		}
		if holds {
			return e.comparison.Outcomes.Items[i].ID
		}
	}
	return ""
}

func TestWhatIfsAreAllSingleChangesThatMatter(t *testing.T) {
	t.Parallel()
	for _, c := range []*comparison.Comparison{garden(), big()} {
		e := mustCompile(t, c)
		for _, a := range everything(e) {
			want := map[string]int{}
			for q := range a {
				for o := range len(c.Questionnaire.Questions[q].Options) - 1 {
					if other := e.Outcome(changed(a, q, o)); other != e.Outcome(a) {
						want[other.ID]++
					}
				}
			}
			got := map[string]int{}
			for _, w := range e.Recommend(a).WhatIfs {
				if got[w.Outcome.ID] > 0 {
					t.Fatalf("%v: the outcome %q stands in two groups", a, w.Outcome.ID)
				}
				for _, change := range w.Changes {
					got[w.Outcome.ID]++
					if !slices.Equal(change.Answers, changed(a, change.Question, change.Option)) || e.Outcome(change.Answers) != w.Outcome {
						t.Fatalf("%v: %v is no single change to %q", a, change, w.Outcome.ID)
					}
				}
			}
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%v: the what-ifs lead to %v, want %v", a, got, want)
			}
		}
	}
}

func TestTheMostTellingWhatIfComesFirst(t *testing.T) {
	t.Parallel()
	c := garden()
	e := mustCompile(t, c)
	answers := func(words ...string) Answers {
		a := make(Answers, len(words))
		for q, id := range words {
			a[q] = slices.IndexFunc(c.Questionnaire.Questions[q].Options, func(o comparison.Option) bool { return o.ID == id })
		}
		return a
	}
	for _, test := range []struct {
		answers Answers
		want    []string // question=option, in order
	}{
		// A judgment comes before the bare fact of the ground.
		{answers("dry", "keep", "seldom"), []string{"plans=build", "ground=wet"}},
		// Of two judgments, the one that moves fewer signs comes first.
		{answers("dry", "build", "weekly"), []string{"care=seldom", "plans=keep"}},
		// What was left unsure comes before either, even where it is a bare fact,
		// and an outcome stands where its first change does.
		{answers(comparison.NotSure, "keep", "seldom"), []string{"ground=dry", "care=weekly", "ground=wet", "plans=build"}},
	} {
		var got []string
		for _, w := range e.Recommend(test.answers).WhatIfs {
			for _, change := range w.Changes {
				q := c.Questionnaire.Questions[change.Question]
				got = append(got, q.ID+"="+q.Options[change.Option].ID)
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%v: the what-ifs are %v, want %v", test.answers, got, test.want)
		}
	}
}

func TestCertainty(t *testing.T) {
	t.Parallel()
	for _, c := range []*comparison.Comparison{garden(), big()} {
		e := mustCompile(t, c)
		questions := c.Questionnaire.Questions
		var isClose func(a Answers) bool
		isClose = func(a Answers) bool {
			for q := range a {
				unsure := questions[q].Options[a[q]].ID == comparison.NotSure
				for o := range len(questions[q].Options) - 1 {
					if b := changed(a, q, o); (unsure || !questions[q].Fact) && e.Outcome(b) != e.Outcome(a) || unsure && isClose(b) {
						return true
					}
				}
			}
			return false
		}
		calls, step := 0, max(1, e.Combinations()/500)
		for n, a := range everything(e) {
			got := e.Recommend(a).Certainty
			if got == Close {
				calls++
			}
			if n%step == 0 && (got == Close) != isClose(a) {
				t.Fatalf("%v is %v", a, got)
			}
		}
		if calls != e.CloseCalls() {
			t.Errorf("%d close calls of %d, counted as %d", calls, e.Combinations(), e.CloseCalls())
		}
	}
}

func TestNotSureIsNeverMoreCertain(t *testing.T) {
	t.Parallel()
	checkModest(t, mustCompile(t, garden()))
	checkModest(t, mustCompile(t, big()))
}

// checkModest: "not sure" is never more certain than a real answer in its place.
func checkModest(t *testing.T, e *Engine) {
	t.Helper()
	for _, a := range everything(e) {
		if e.Recommend(a).Certainty == Clear {
			continue
		}
		for q, question := range e.comparison.Questionnaire.Questions {
			if unsure := changed(a, q, len(question.Options)-1); e.Recommend(unsure).Certainty == Clear {
				t.Fatalf("%s: %v is a close call, and %v is none", e.comparison.Slug, a, unsure)
			}
		}
	}
}

func TestAskForTheAnswerThatSettlesMost(t *testing.T) {
	t.Parallel()
	e := mustCompile(t, garden())
	questions := e.comparison.Questionnaire.Questions
	// possible returns the outcomes left once everything unsure is answered.
	var possible func(a Answers, into map[string]bool) map[string]bool
	possible = func(a Answers, into map[string]bool) map[string]bool {
		for q := range a {
			if last := len(questions[q].Options) - 1; a[q] == last {
				for o := range last {
					possible(changed(a, q, o), into)
				}
				return into
			}
		}
		into[e.Outcome(a).ID] = true
		return into
	}
	for _, a := range everything(e) {
		want, least := -1, float64(len(possible(a, map[string]bool{})))
		for q := range a {
			last := len(questions[q].Options) - 1
			if a[q] != last {
				continue
			}
			mean := 0.0
			for o := range last {
				mean += float64(len(possible(changed(a, q, o), map[string]bool{}))) / float64(last)
			}
			if mean < least-1e-9 {
				want, least = q, mean
			}
		}
		if got := e.Recommend(a).Ask; got != want {
			t.Errorf("%v: asks for question %d, want %d", a, got, want)
		}
	}
}

func TestGeneral(t *testing.T) {
	t.Parallel()
	e := mustCompile(t, garden())
	for _, test := range []struct {
		answers Answers
		unsure  int
		general bool
	}{
		{Answers{0, 0, 0}, 0, false},
		{Answers{2, 0, 0}, 1, false},
		{Answers{2, 2, 0}, 2, false}, // weekly care decides
		{Answers{2, 2, 1}, 2, true},
		{Answers{2, 2, 2}, 3, true},
	} {
		if r := e.Recommend(test.answers); r.Unsure != test.unsure || r.General != test.general {
			t.Errorf("%v: %d unsure, general %v", test.answers, r.Unsure, r.General)
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
	words.Outcomes.Items[0].Rule[0].Text = "at least  1 landscaper sign is met"
	if got := mustCompile(t, words).Version(); got != was {
		t.Error("new words give a new version")
	}
	for name, change := range map[string]func(c *comparison.Comparison){
		"a rule":                     func(c *comparison.Comparison) { c.Outcomes.Items[2].Rule[1].Text = "ground-trouble is not met" },
		"the state in a rule":        func(c *comparison.Comparison) { c.Outcomes.Items[2].Rule[1].Text = "ground-trouble is open" },
		"an option":                  func(c *comparison.Comparison) { c.Questionnaire.Questions[2].Options[1].Fails = nil },
		"a question":                 func(c *comparison.Comparison) { c.Questionnaire.Questions[1].Fact = true },
		"what an outcome recommends": func(c *comparison.Comparison) { c.Outcomes.Items[1].Recommends[0] = comparison.Later },
		"a sign": func(c *comparison.Comparison) {
			c.Signs.Roles[1].Items[1].ID = "structure"
			rename(c, "new-structure", "structure")
		},
	} {
		c := garden()
		change(c)
		if got := mustCompile(t, c).Version(); got == was {
			t.Errorf("changing %s leaves the version as it was", name)
		}
	}
}

func rename(c *comparison.Comparison, from, to string) {
	for q := range c.Questionnaire.Questions {
		for _, o := range c.Questionnaire.Questions[q].Options {
			for _, refs := range [][]comparison.Ref{o.Meets, o.Fails} {
				for i := range refs {
					if refs[i].ID == from {
						refs[i].ID = to
					}
				}
			}
		}
	}
}

func TestRecommendAllocatesLittle(t *testing.T) {
	e := mustCompile(t, big())
	all := everything(e)
	n := 0
	if got := testing.AllocsPerRun(e.Combinations(), func() { e.Recommend(all[n%len(all)]); n++ }); got > 30 {
		t.Errorf("a recommendation takes %v allocations, want at most 30", got)
	}
}

func BenchmarkCompile(b *testing.B) {
	c := big()
	for b.Loop() {
		mustCompile(b, c)
	}
}

func BenchmarkRecommend(b *testing.B) {
	e := mustCompile(b, big())
	all := everything(e)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		e.Recommend(all[n%len(all)])
		n++
	}
}

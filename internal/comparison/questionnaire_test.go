package comparison

import (
	"strings"
	"testing"
	"time"
)

// asking is a site of one comparison with one question, as far as the questionnaire
// and the outcomes go.
func asking() (*Site, *Comparison) {
	c := &Comparison{}
	c.Signs.Roles[0].Items = []Sign{{ID: "wet"}}
	c.Questionnaire.Questions = []Question{{ID: "ground", Options: []Option{
		{ID: "swamp", Label: "A swamp", If: "it was a swamp", Because: "it is a swamp", Meets: []Ref{{ID: "wet"}}, Aliases: []Ref{{ID: "bog"}, {ID: "moor"}}},
		{At: Position{Line: 2}, ID: "sand", Label: "Sand", If: "it was sand", Because: "it is sand", Fails: []Ref{{ID: "wet"}}},
		{ID: NotSure, Label: "No idea"},
	}}}
	c.Outcomes.Items = []Outcome{{Name: Name{ID: "dig"}}}
	c.Outcomes.Undecided = Outcome{Name: Name{ID: Undecided}}
	for role, id := range []string{"digger", "planter"} {
		duties := Duties{Name: Name{ID: "what-the-" + id + "-does"}, Wont: Wont{Title: "Not this", Items: make([]Prose, 2)}}
		c.Roles[role] = Candidate{Role: &Role{ID: id, Duties: duties}, Named: Ref{ID: id}}
	}
	c.Examples.Items = []Example{{
		Outcome: Ref{ID: "dig"},
		Answers: []Given{{Question: "ground", Label: "A swamp"}},
		Changes: []WhatElse{{If: "it was sand", Outcome: Ref{ID: Undecided}}},
	}}
	return &Site{Comparisons: []*Comparison{c}, Roles: []*Role{c.Roles[0].Role, c.Roles[1].Role}}, c
}

func TestQuestionsAndOutcomesAreChecked(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		damage func(c *Comparison, q *Question)
		want   string
	}{
		"a fact and an amount": {func(c *Comparison, q *Question) { q.Fact, q.Amount = true, true },
			"the question asks for a fact and for an amount"},
		"a label of two options": {func(c *Comparison, q *Question) { q.Options[1].Label = "A swamp" },
			"two answers to this question say “A swamp”"},
		"a reason of two options": {func(c *Comparison, q *Question) { q.Options[1].Because = "it is a swamp" },
			"two answers to this question say “it is a swamp”"},
		"less said against one role": {func(c *Comparison, q *Question) { c.Roles[1].Duties.Wont.Items = make([]Prose, 1) },
			"the lists of what the roles will not do have 2 and 1 items"},
		"nothing said against one role": {func(c *Comparison, q *Question) { c.Roles[0].Duties.Wont = Wont{} },
			"the lists of what the roles will not do have 0 and 2 items"},
		"an example of another question": {func(c *Comparison, q *Question) { c.Examples.Items[0].Answers[0].Question = "grond" },
			"there is no question “grond”; did you mean “ground”?"},
		"an example of another answer": {func(c *Comparison, q *Question) { c.Examples.Items[0].Answers[0].Label = "A swamb" },
			"“A swamb” is no answer to “ground”; write it in the words of the questionnaire: did you mean “A swamp”?"},
		"an example that answers twice": {func(c *Comparison, q *Question) {
			c.Examples.Items[0].Answers = append(c.Examples.Items[0].Answers, Given{Question: "ground", Label: "Sand"})
		}, "“ground” is named twice"},
		"an example of another outcome": {func(c *Comparison, q *Question) { c.Examples.Items[0].Outcome.ID = "digs" },
			"there is no outcome “digs”; did you mean “dig”?"},
		"a change in other words": {func(c *Comparison, q *Question) { c.Examples.Items[0].Changes[0].If = "it were sand" },
			"no answer completes “If” with “it were sand”; write it in the words of the questionnaire: did you mean “it was sand”?"},
		"a change to another outcome": {func(c *Comparison, q *Question) { c.Examples.Items[0].Changes[0].Outcome.ID = "dug" },
			"there is no outcome “dug”; did you mean “dig”?"},
		"an example with an outcome's id": {func(c *Comparison, q *Question) { c.Examples.Items[0].Name = Name{ID: "dig", At: Position{Line: 2}} },
			"the id “dig” is taken"},
		"an alias that is an option": {func(c *Comparison, q *Question) { q.Options[0].Aliases[1].ID = "sand" },
			"the id “sand” is taken"},
		"an alias of two options": {func(c *Comparison, q *Question) { q.Options[1].Aliases = []Ref{{At: Position{Line: 2}, ID: "bog"}} },
			"the id “bog” is taken"},
		"no reason": {func(c *Comparison, q *Question) { q.Options[1].Because = "" },
			"the key “because” is missing from the answer “sand”"},
		"not sure, as a reason": {func(c *Comparison, q *Question) { q.Options[2].Because = "it is" },
			"and is no reason for anything"},
		"too many outcomes": {func(c *Comparison, q *Question) { c.Outcomes.Items = make([]Outcome, 27) },
			"there are 27 outcomes; 26 are the most there may be"},
		"an outcome called undecided": {func(c *Comparison, q *Question) {
			c.Outcomes.Items[0].Name = Name{ID: Undecided, At: Position{Line: 2}}
		},
			"the id “undecided” is taken"},
		"a rule for the undecided": {func(c *Comparison, q *Question) { c.Outcomes.Undecided.Rule = []Line{{Text: "otherwise"}} },
			"“undecided” has a rule"},
		"a service of the undecided": {func(c *Comparison, q *Question) { c.Outcomes.Undecided.Services = []Ref{{ID: "digging"}} },
			"there is no service “digging”"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, c := asking()
			if got := s.Check(time.Time{}); len(got) > 0 {
				t.Fatalf("what is whole is faulted:\n%v", got)
			}
			test.damage(c, &c.Questionnaire.Questions[0])
			if got := s.Check(time.Time{}); !strings.Contains(got.Error(), test.want) {
				t.Errorf("it says\n%v\nwant\n%s", got, test.want)
			}
		})
	}
	s, _ := asking()
	s.Organization.Sells = []Ref{{ID: "planter"}, {ID: "diger"}}
	if got := s.Check(time.Time{}); !strings.Contains(got.Error(), "there is no role “diger”; did you mean “digger”?") || len(got) != 1 {
		t.Errorf("what is sold and not there is faulted so:\n%v", got)
	}
	for _, fact := range []bool{true, false} {
		s, c := asking()
		c.Questionnaire.Questions[0].Fact, c.Questionnaire.Questions[0].Amount = fact, !fact
		if got := s.Check(time.Time{}); len(got) > 0 {
			t.Errorf("a question that is one of the two is faulted:\n%v", got)
		}
	}
}

func TestOptionIsFoundByEveryID(t *testing.T) {
	t.Parallel()
	_, c := asking()
	for id, want := range map[string]int{"swamp": 0, "bog": 0, "moor": 0, "sand": 1, NotSure: 2, "mud": -1, "": -1} {
		if got := c.Questionnaire.Questions[0].Option(id); got != want {
			t.Errorf("“%s” is option %d, want %d", id, got, want)
		}
	}
}

func TestTheUndecidedIsAnOutcome(t *testing.T) {
	t.Parallel()
	_, c := asking()
	if c.Outcome("dig") != &c.Outcomes.Items[0] || c.Outcome(Undecided) != &c.Outcomes.Undecided || c.Outcome("wait") != nil {
		t.Error("an outcome is not found by its id, or is the wrong one")
	}
}

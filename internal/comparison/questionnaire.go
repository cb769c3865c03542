package comparison

import (
	"fmt"
	"slices"
)

// NotSure is the id of the last option of every question: a real answer, which
// leaves the question's signs open.
const NotSure = "not-sure"

// Questionnaire asks a business about itself; the section's body introduces it.
type Questionnaire struct {
	Section
	Questions []Question `yaml:"questions"`
}

// Question is one question with the answers it may be given. Every sign is decided
// by one question, so that a visitor can trace it to the answer behind it.
//
// A question that several comparisons ask is written in one of them. The others
// name it, and say only what its answers mean for their own signs: keys with the
// tag "whole" are those that they leave out.
type Question struct {
	At      Position
	ID      string   `yaml:"id" is:"id"`
	From    Ref      `yaml:"from,omitempty"` // the comparison in which it is written; none: here
	Ask     string   `yaml:"ask" most:"110" whole:"-"`
	Hint    string   `yaml:"hint,omitempty" most:"160" whole:"-"`
	Fact    bool     `yaml:"fact,omitempty" whole:"-"`   // asks for a bare fact, which is not open to judgment
	Amount  bool     `yaml:"amount,omitempty" whole:"-"` // asks for an amount: its options are in order, and a step is to the next one
	Options []Option `yaml:"options"`
}

// Option returns the index of the option that has that id, or had it once, or -1.
func (q *Question) Option(id string) int {
	return slices.IndexFunc(q.Options, func(o Option) bool { return o.ID == id || named(o.Aliases, id) })
}

// Option is one answer. It meets some signs, fails some, and leaves the rest open.
type Option struct {
	At      Position
	ID      string `yaml:"id" is:"id"`
	Label   string `yaml:"label" most:"110" whole:"-"`
	If      string `yaml:"if,omitempty" most:"110" whole:"-" after:"if"`           // completes "If …" in a what-if: "you opened an office"; empty for NotSure
	Because string `yaml:"because,omitempty" most:"110" whole:"-" after:"because"` // the same as a fact, which is a reason: "you have an office"; empty for NotSure
	Meets   []Ref  `yaml:"meets,omitempty"`
	Fails   []Ref  `yaml:"fails,omitempty"`
	Aliases []Ref  `yaml:"aliases,omitempty" whole:"-"` // ids of former options that this one stands for
}

// Outcomes is what the answers can lead to, in the order in which their rules
// are tried; the section's body introduces them.
type Outcomes struct {
	Section
	Items     []Outcome
	Undecided Outcome // what is said where too little is known; it has no rule
}

// Undecided is the id of the outcome that is no recommendation.
const Undecided = "undecided"

// MostOutcomes is how many there may be: each is a letter in decisions.tsv.
const MostOutcomes = 26

// All returns every outcome, the undecided one last.
func (o *Outcomes) All() []Outcome { return append(slices.Clone(o.Items), o.Undecided) }

// Outcome is one recommendation.
type Outcome struct {
	Name                  // its title is its short name: "Both"
	Headline    string    `yaml:"headline" most:"65"` // the recommendation as a sentence
	Why         string    `yaml:"why" most:"160"`     // the reason in one sentence
	Recommends  Standings `yaml:"recommends"`
	FAQ         []Ref     `yaml:"faq,omitempty"`
	Services    []Ref     `yaml:"services,omitempty"`
	Onward      []Onward  `yaml:"onward,omitempty"`
	Rule        []Line    // as written; package recommend reads it
	Advice      Prose
	StepsTitle  string
	Steps       []Prose // inline
	ReasonTitle string
	Reason      Prose // why the rule is as it is
}

// Onward is another comparison that is worth asking next.
type Onward struct {
	To   Ref    `yaml:"to"`
	When string `yaml:"when" most:"160"` // the sentence that leads there
}

// Standing is how an outcome stands to a role. The order has a meaning: an
// answer that speaks for a role may raise its standing, never lower it.
type Standing uint8

const (
	Out   Standing = iota // not recommended
	Later                 // to be planned for
	Now                   // recommended today
)

// Standings is how an outcome stands to each role.
type Standings [2]Standing

var standings = []string{"out", "later", "now"}

func (s Standing) String() string { return standings[s] }

// Set is the inverse of String.
func (s *Standing) Set(text, _ string) error {
	i := slices.Index(standings, text)
	if i < 0 {
		return fmt.Errorf("“%s” is no way for an outcome to stand to a role; write now, later or out", text)
	}
	*s = Standing(i)
	return nil
}

// Examples are businesses and what they come to: the authors' own test, in which
// visitors may recognize theirs. The section's body introduces them.
type Examples struct {
	Section
	Items []Example
}

// Example is a business: its heading's title names it, and its text describes it
// as its owner would. What it must come to is written as a visitor reads it.
type Example struct {
	Name
	Text       Prose
	Answers    []Given   `yaml:"answers"`
	Outcome    Ref       `yaml:"outcome"`
	Headline   string    `yaml:"headline" most:"65"`
	Recommends Standings `yaml:"recommends,omitempty"` // not for the undecided outcome
	Met        Tally     `yaml:"met"`

	// What else is said of it, and may be left out.
	Why       string     `yaml:"why,omitempty" most:"160"`
	Certainty string     `yaml:"certainty,omitempty"`
	Decided   []string   `yaml:"decided,omitempty"` // the reasons in the order shown, each in an option's words
	Changes   []WhatElse `yaml:"changes,omitempty"` // some of what would change the outcome
}

// WhatElse is another answer, as it completes "If …", and the outcome it leads to.
type WhatElse struct {
	At      Position
	If      string `yaml:"if"`
	Outcome Ref    `yaml:"outcome"`
}

// Given is an answer in words: a question by its id, and the label of an option.
type Given struct {
	At              Position
	Question, Label string
}

// Tally is how many signs of each role are met.
type Tally [2]int

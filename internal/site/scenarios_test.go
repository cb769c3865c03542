package site_test

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rolecompare/internal/recommend"
	"rolecompare/internal/site"
)

// TestScenarios answers questionnaires that ship as businesses would that were
// described before there were rules. A file is named after its comparison.
func TestScenarios(t *testing.T) {
	t.Parallel()
	s, found := site.Load(os.DirFS("../../content"), site.Options{})
	files, err := os.ReadDir("testdata/scenarios")
	if err != nil || found.Err() != nil {
		t.Fatal(err, found)
	}
	for _, file := range files {
		slug := strings.TrimSuffix(file.Name(), ".txt")
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			scenarios, err := os.ReadFile(filepath.Join("testdata/scenarios", file.Name()))
			c := s.Comparison(slug)
			if err != nil || c == nil {
				t.Fatal(err, c)
			}
			for line := range strings.Lines(string(scenarios)) {
				check(t, c, line)
			}
		})
	}
}

// check checks a line of a file of scenarios.
func check(t *testing.T, c *site.Comparison, line string) {
	words := strings.Fields(line)
	if len(words) == 0 || strings.HasPrefix(words[0], "#") {
		return
	}
	fields, err := url.ParseQuery(words[0])
	answers, ok := c.Engine.Read(fields).Answers()
	if err != nil || !ok {
		t.Errorf("%s: there is no such answer, %v", words[0], err)
		return
	}
	r := c.Engine.Recommend(answers)
	if !slices.Contains(strings.Split(words[1], "|"), r.Outcome.ID) {
		t.Errorf("%s comes to %s, not to %s", words[0], r.Outcome.ID, words[1])
	}
	for _, word := range words[2:] {
		if what, want, _ := strings.Cut(word, "="); !slices.Contains(told(c, r)[what], want) {
			t.Errorf("%s: %s is %q, want %s", words[0], what, told(c, r)[what], want)
		}
	}
}

// told is what else a result says, by the keys of the files of scenarios.
func told(c *site.Comparison, r recommend.Recommendation) map[string][]string {
	questions := c.Questionnaire.Questions
	out := map[string][]string{"asked": {asked(c, r.Answers)}}
	for _, ask := range r.Ask {
		out["asks"] = append(out["asks"], questions[ask.Question].ID)
	}
	for _, w := range r.WhatIfs {
		for _, change := range w.Changes {
			out["what-if"] = append(out["what-if"], questions[change.Question].ID)
		}
	}
	for role := range c.Roles {
		if standing, agreed := r.Agreed(role); agreed {
			out["agreed"] = append(out["agreed"], c.Roles[role].ID+":"+standing.String())
		}
	}
	return out
}

// asked is how many questions the form asks of somebody who answers so, in digits.
func asked(c *site.Comparison, answers recommend.Answers) string {
	so, _ := c.Engine.Read(nil).Answers()
	n := 0
	for next := c.Engine.Next(so); len(next) > 0; next = c.Engine.Next(so) {
		if answers[next[0]] < 0 {
			return "more than are answered"
		}
		so = so.With(next[0], answers[next[0]])
		n++
	}
	return string(rune('0' + n))
}

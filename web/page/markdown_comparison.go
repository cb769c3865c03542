package page

import (
	"strconv"
	"strings"
	"time"

	"rolecompare/internal/comparison"
)

func (v Comparison) Markdown() string {
	c, words := v.Comparison, v.Site.Words
	first, second := c.Roles[0].Name, c.Roles[1].Name
	var d document
	d.heading(1, c.Title)
	d.text(words.Comparison.Kicker.With("edition", c.Edition) + " · " + words.Comparison.Reviewed.With("date", writtenDate(words.Dates, c.Reviewed)))
	d.text(c.Summary)
	d.block(toQuestionnaire(words.Comparison, c))

	d.heading(2, words.Comparison.ShortAnswer.String())
	for _, r := range c.Roles {
		d.heading(3, r.Name)
		d.text(r.Purpose)
		d.text(r.When)
	}

	d.section(2, c.Overview.Title, c.Overview.Body)

	d.section(2, c.Differences.Title, c.Differences.Body)
	rows := [][]string{{plain(words.Comparison.Dimension.String()), plain(first), plain(second)}}
	for _, item := range c.Differences.Items {
		rows = append(rows, []string{plain(item.Title), cell(item.Sides[0]), cell(item.Sides[1])})
	}
	d.table(rows...)

	d.section(2, c.Responsibilities.Title, c.Responsibilities.Body)
	for _, r := range c.Responsibilities.Roles {
		d.section(3, r.Title, r.Intro)
		var entries []string
		for _, item := range r.Items {
			entries = append(entries, item.Markdown)
		}
		d.list(entries)
		d.quote(r.Question.Markdown)
		d.prose(r.Outro)
	}

	d.section(2, c.Signs.Title, c.Signs.Body)
	for _, r := range c.Signs.Roles {
		d.section(3, r.Title, r.Intro)
		var entries []string
		for _, sign := range r.Items {
			entries = append(entries, sign.Text.Markdown)
		}
		d.list(entries)
		d.prose(r.Outro)
	}

	d.section(2, c.Together.Title, c.Together.Body)
	d.block(bold(c.Together.Caption))
	var stages []string
	for _, s := range c.Together.Stages {
		stages = append(stages, bold(s.Name)+" ("+plain(s.Detail)+"): "+plain(atWork(words.Comparison, c.Roles, s)))
	}
	d.list(stages)

	d.section(2, c.Provider.Title, c.Provider.Body)

	d.section(2, c.FAQ.Title, c.FAQ.Body)
	for _, item := range c.FAQ.Items {
		d.section(3, item.Title, item.Answer)
		d.block(Link(words.FAQ.Share.String(), faqPath(c, item.ID)))
	}

	if services := namedServices(v.Site, c.Services); len(services) > 0 {
		d.heading(2, words.Comparison.Services.String())
		d.list(servicesList(services))
	}

	d.section(2, c.Closing.Title, c.Closing.Body)
	d.block(toQuestionnaire(words.Comparison, c))
	d.block(Link(words.Comparison.Method.String(), methodPath(c)))

	if siblings := v.Site.Siblings(c); len(siblings) > 0 {
		d.heading(2, words.Comparison.Siblings.String())
		d.list(comparisonsList(siblings))
	}
	if len(c.Sources) > 0 {
		d.heading(2, words.Comparison.Sources.String())
		var entries []string
		for _, s := range c.Sources {
			entries = append(entries, Link(s.Title, s.URL)+", "+plain(s.Publisher))
		}
		d.list(entries)
	}
	return d.String()
}

func (v FAQ) Markdown() string {
	c, words := v.Comparison, v.Site.Words
	var d document
	d.heading(1, v.item().Title)
	d.block(Link(c.Title, comparisonPath(c)))
	d.prose(v.item().Answer)
	d.block(Link(words.FAQ.Comparison.String(), comparisonPath(c)+"#"+v.item().ID))
	d.block(toQuestionnaire(words.Comparison, c))
	if others := v.others(); len(others) > 0 {
		d.heading(2, words.FAQ.More.String())
		d.list(questionsList(c, others))
	}
	return d.String()
}

func questionsList(c *comparison.Comparison, items []comparison.FAQItem) []string {
	var entries []string
	for _, item := range items {
		entries = append(entries, Link(item.Title, faqPath(c, item.ID)))
	}
	return entries
}

// toQuestionnaire is the way to the questionnaire.
func toQuestionnaire(words comparison.ComparisonWords, c *comparison.Comparison) string {
	return Link(words.Action.String(), questionnairePath(c)) + " (" +
		plain(words.ActionNote.With("n", len(c.Questionnaire.Questions))) + ")"
}

func writtenDate(words comparison.DateWords, t time.Time) string {
	months := strings.Split(words.Months.String(), ",")
	return words.Date.With("day", t.Day(), "month", strings.TrimSpace(months[(int(t.Month())-1)%len(months)]), "year", strconv.Itoa(t.Year()))
}

// atWork says which roles are at work at a stage.
func atWork(words comparison.ComparisonWords, roles [2]comparison.Role, s comparison.Stage) string {
	switch s.Roles {
	case [2]bool{true, true}:
		return words.Both.With("first", roles[0].Name, "second", roles[1].Name)
	case [2]bool{true, false}:
		return roles[0].Name
	case [2]bool{false, true}:
		return roles[1].Name
	}
	return words.Neither.String()
}

func namedServices(s *comparison.Site, refs []comparison.Ref) []*comparison.Service {
	var out []*comparison.Service
	for _, r := range refs {
		if v := s.Service(r.ID); v != nil {
			out = append(out, v)
		}
	}
	return out
}

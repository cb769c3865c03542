package page

import (
	"strings"

	"rolecompare/internal/comparison"
)

func (v Comparison) Markdown() string {
	c, words := v.Comparison, v.Site.Words
	first, second := c.Roles[0].Name, c.Roles[1].Name
	var d document
	d.heading(1, c.Title)
	d.text(words.Comparison.Kicker.With("edition", c.Edition) + " · " + words.Comparison.Reviewed.With("date", v.date(c.Reviewed)))
	d.text(c.Summary)
	questionnaire := link(words.Comparison.Action.String(), questionnairePath(c)) + " (" +
		plain(words.Comparison.ActionNote.With("n", len(c.Questionnaire.Questions))) + ")"
	d.block(questionnaire)

	d.heading(2, words.Comparison.ShortAnswer.String())
	for _, r := range c.Roles {
		d.block(bold(r.Name) + ": " + plain(r.Purpose) + " " + plain(r.When))
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
		stages = append(stages, bold(s.Name)+" ("+plain(s.Detail)+"): "+plain(v.atWork(s)))
	}
	d.list(stages)

	d.section(2, c.Provider.Title, c.Provider.Body)

	d.section(2, c.FAQ.Title, c.FAQ.Body)
	for _, item := range c.FAQ.Items {
		d.section(3, item.Title, item.Answer)
		d.block(link(words.FAQ.Share.String(), faqPath(c, item.ID)))
	}

	if services := v.Site.services(c.Services); len(services) > 0 {
		d.heading(2, words.Comparison.Services.String())
		d.list(servicesList(services))
	}

	d.section(2, c.Closing.Title, c.Closing.Body)
	d.block(questionnaire)
	d.block(link(words.Comparison.Method.String(), methodPath(c)))

	if siblings := v.Site.Siblings(c); len(siblings) > 0 {
		d.heading(2, words.Comparison.Siblings.String())
		d.list(comparisonsList(siblings))
	}
	if len(c.Sources) > 0 {
		d.heading(2, words.Comparison.Sources.String())
		var entries []string
		for _, s := range c.Sources {
			entries = append(entries, link(s.Title, s.URL)+", "+plain(s.Publisher))
		}
		d.list(entries)
	}
	return d.String()
}

func (v FAQ) Markdown() string {
	c, words := v.Comparison, v.Site.Words
	item := c.FAQ.Items[v.Item]
	var d document
	d.heading(1, item.Title)
	d.prose(item.Answer)
	d.block(strings.Join([]string{
		link(words.FAQ.Comparison.String(), comparisonPath(c)+"#"+item.ID),
		link(words.Comparison.Action.String(), questionnairePath(c)),
	}, " · "))
	return d.String()
}

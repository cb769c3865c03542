package page

import "strings"

func (v Method) Markdown() string {
	c, words := v.Comparison, v.words()
	var d document
	d.heading(1, words.Title.String())
	d.block(strings.Join([]string{
		Link(c.Title, comparisonPath(c)),
		plain(v.Site.Words.Comparison.Reviewed.With("date", writtenDate(v.Site.Words.Dates, c.Reviewed))),
		plain(words.Version.With("version", v.Engine.Version())),
	}, " · "))
	d.text(words.Intro.String())

	d.heading(2, words.Signs.String())
	d.text(words.SignsNote.String())
	var entries []string
	for _, l := range v.legend() {
		entries = append(entries, bold(l.name.String())+": "+plain(l.note.String()))
	}
	d.list(entries)
	for i, l := range c.Signs.Roles {
		d.heading(3, c.Roles[i].Name)
		var entries []string
		for _, s := range l.Items {
			entries = append(entries, s.Text.Markdown+" ("+plain(v.decides(s))+")")
		}
		d.list(entries)
	}

	d.heading(2, words.Questions.String())
	for _, q := range c.Questionnaire.Questions {
		d.heading(3, q.Ask)
		d.text(v.kind(q).String())
		var entries []string
		for _, o := range q.Options {
			does := []string{}
			for _, b := range v.bearings(o) {
				does = append(does, plain(v.effect(b.state).String())+": "+b.sign.Text.Markdown)
			}
			if len(does) == 0 {
				does = append(does, plain(words.Nothing.String()))
			}
			entries = append(entries, bold(o.Label)+"\n- "+strings.Join(does, "\n- "))
		}
		d.list(entries)
	}

	d.section(2, c.Outcomes.Title, c.Outcomes.Body)
	d.text(words.RulesNote.String())
	for _, r := range v.outcomes() {
		d.heading(3, r.Title)
		var standings []string
		for i, s := range r.Recommends {
			standings = append(standings, plain(c.Roles[i].Name)+": "+bold(standing(v.Site.Words.Recommendation, s)))
		}
		d.block(strings.Join(standings, " · "))
		if r.rule.Otherwise {
			d.text(words.Otherwise.String())
		}
		for i, alternative := range r.rule.Any {
			if i == 0 {
				d.text(words.When.String())
			} else {
				d.text(words.OrWhen.String())
			}
			var entries []string
			for _, condition := range alternative {
				entries = append(entries, plain(v.condition(condition)))
			}
			d.list(entries)
		}
		if !r.Reason.IsZero() {
			d.section(4, r.ReasonTitle, r.Reason)
		}
	}

	d.heading(2, words.Shares.String())
	d.text(words.SharesNote.With("total", grouped(v.Engine.Combinations())))
	rows := [][]string{{plain(words.Outcome.String()), plain(words.Combinations.String())}}
	for _, r := range v.outcomes() {
		rows = append(rows, []string{plain(r.Title), grouped(r.share) + " (" + plain(v.written(r)) + ")"})
	}
	d.table(rows...)

	d.heading(2, words.Certainty.String())
	d.text(words.ClearNote.String())
	d.text(words.CloseNote.With("n", grouped(v.Engine.CloseCalls()), "total", grouped(v.Engine.Combinations())))

	d.heading(2, words.Try.String())
	d.block(toQuestionnaire(v.Site.Words.Comparison, c))
	return d.String()
}

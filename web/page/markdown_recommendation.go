package page

// Markdown is made to be pasted into a message: what is recommended and why
// come first, the address to share last.
func (v Recommendation) Markdown() string {
	c, r, words := v.Comparison, v.Result, v.words()
	o := r.Outcome
	var d document
	d.heading(1, o.Headline)
	d.block(plain(words.Kicker.String()) + " · " + Link(c.Title, comparisonPath(c)))
	if v.Stale {
		d.text(words.Stale.String())
	}
	d.text(o.Why)
	var standings []string
	for _, s := range v.standings() {
		standings = append(standings, plain(s.name)+": "+bold(s.stands))
	}
	d.list(standings)
	certainty, note := v.certainty()
	d.block(bold(certainty+".") + " " + plain(note))
	if r.General {
		d.block(bold(words.General.String()+".") + " " + plain(words.GeneralNote.With("n", r.Unsure, "total", len(v.questions()))))
	}
	if r.Ask >= 0 {
		d.text(words.Ask.With("question", v.questions()[r.Ask].Ask))
	}
	d.prose(o.Advice)

	d.heading(2, words.Reasons.String())
	for _, t := range v.tallies() {
		d.heading(3, c.Roles[t.role].Name)
		d.text(v.Site.Words.Signs.Tally.With("n", t.met, "total", len(t.states)))
		var entries []string
		for _, s := range t.states {
			entries = append(entries, bold(standsAs(v.Site.Words.Signs, s.State))+": "+s.Sign.Text.Markdown+", "+
				plain(words.Because.With("answer", v.label(s.Question))))
		}
		d.list(entries)
	}

	d.heading(2, words.WhatIfs.String())
	if len(r.WhatIfs) == 0 {
		d.text(words.NoWhatIfs.String())
	} else {
		d.text(words.WhatIfsNote.String())
		var entries []string
		for _, w := range r.WhatIfs {
			for _, change := range w.Changes {
				option := v.questions()[change.Question].Options[change.Option]
				entries = append(entries, plain(words.If.With("if", option.If))+": "+plain(o.Title)+" → "+bold(w.Outcome.Title))
			}
		}
		d.list(entries)
	}

	d.heading(2, o.StepsTitle)
	d.steps(o.Steps)

	if questions := v.faq(); len(questions) > 0 {
		d.heading(2, words.Questions.String())
		d.list(questionsList(c, questions))
	}
	if services := namedServices(v.Site, o.Services); len(services) > 0 {
		d.heading(2, words.Services.String())
		d.list(servicesList(services))
	}

	d.heading(2, words.Answers.String())
	var entries []string
	for i, q := range v.questions() {
		entries = append(entries, plain(q.Ask)+" "+bold(v.label(i)))
	}
	d.list(entries)

	d.heading(2, words.Keep.String())
	d.text(words.KeepNote.String())
	d.list([]string{
		Link(o.Headline, v.path()),
		Link(words.Method.String(), methodPath(c)),
	})
	return d.String()
}

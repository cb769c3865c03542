package comparison

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Check returns what is wrong with the site, as far as it can be told without
// trying the rules and without knowing its addresses. now tells whether a review
// is overdue; if it is zero, none is. What a mistake in the reading left empty is
// passed over, so that one mistake gives one diagnostic.
func (s *Site) Check(now time.Time) Diagnostics {
	var out Diagnostics
	roles := each(s.Roles, func(r *Role) string { return r.ID })
	checkRefs(s.Organization.Sells, roles, "role", "roles/", &out)
	s.checkRoles(roles, &out)
	var slugs []Name
	for _, c := range s.Comparisons {
		slugs = append(slugs, Name{At: c.At, ID: c.Slug, Aliases: c.Aliases})
		c.check(s, now, &out)
	}
	checkIDs(slugs, &out)
	for _, v := range s.Services {
		checkIDs(v.Body.Names, &out)
		if len(s.Comparisons) > 0 && !s.uses(v.ID) {
			out.Add(v.At, fmt.Sprintf("nobody would find this service: no comparison, no role and no outcome names “%s”", v.ID),
				fmt.Sprintf("add %s to “services” of one of them, or remove the file", v.ID))
		}
	}
	for _, p := range s.Pages {
		checkIDs(p.Body.Names, &out)
	}
	checkIDs(s.Intro.Names, &out)
	return out
}

// checkRoles checks that each role can be told from the others and is compared.
func (s *Site) checkRoles(known []string, out *Diagnostics) {
	for _, c := range s.Comparisons {
		var found Diagnostics
		checkRefs([]Ref{c.Roles[0].Named, c.Roles[1].Named}, known, "role", "roles/", &found)
		out.loseAll(found) // whatever is said of this role
		if first, second := c.Roles[0], c.Roles[1]; first.Role != second.Role && first.Mark == second.Mark && first.Mark > 0 {
			out.Add(second.Named.At, fmt.Sprintf("“%s” has the mark of “%s”", second.ID, first.ID), "give each its own, in the folder roles")
		}
	}
	for i, r := range s.Roles {
		checkRefs(r.Services, each(s.Services, func(p *Page) string { return p.ID }), "service", "services/", out)
		checkIDs([]Name{r.Duties.Name}, out)
		if len(s.Comparisons) > 0 && !slices.ContainsFunc(s.Comparisons, func(c *Comparison) bool { return c.Has(r) }) {
			out.Miss(r.At, fmt.Sprintf("no comparison has the role “%s”", r.ID), "compare it with another, or remove the file", "", "comparisons/")
		}
		for _, other := range s.Roles[:i] {
			misnamed(r.Duties.Name, r, other, out)
			misnamed(other.Duties.Name, other, r, out)
			if r.Name == other.Name && r.Name != "" {
				out.Add(r.At, fmt.Sprintf("“%s” has the name of “%s”", r.ID, other.ID), "give each its own")
			}
		}
	}
}

// misnamed reports a heading that names another role than the one that it is about.
func misnamed(heading Name, about, other *Role, out *Diagnostics) {
	names := func(r *Role) bool {
		return r.Name != "" && strings.Contains(strings.ToLower(heading.Title), strings.ToLower(r.Name))
	}
	if names(other) && !names(about) {
		out.Add(heading.At, fmt.Sprintf("this heading names “%s” where “%s” is meant", other.Name, about.Name), "name the role that the text below it is about")
	}
}

// uses reports whether anything names the service.
func (s *Site) uses(service string) bool {
	return slices.ContainsFunc(s.Roles, func(r *Role) bool { return named(r.Services, service) }) ||
		slices.ContainsFunc(s.Comparisons, func(c *Comparison) bool { return c.Uses(service) })
}

// Uses reports whether the comparison, or one of its outcomes, names a service.
func (c *Comparison) Uses(service string) bool {
	return named(c.Services, service) || slices.ContainsFunc(c.Outcomes.All(), func(o Outcome) bool { return named(o.Services, service) })
}

// named reports whether one of the references is to that id.
func named(refs []Ref, id string) bool {
	return slices.ContainsFunc(refs, func(r Ref) bool { return r.ID == id })
}

func (c *Comparison) check(s *Site, now time.Time, out *Diagnostics) {
	c.checkReview(now, out)
	checkIDs(c.Names(), out)
	checkIDs(c.FormNames(), out)
	checkIDs(append(c.MethodNames(), c.Outcomes.Undecided.Name), out)
	for i := range c.Questionnaire.Questions {
		c.Questionnaire.Questions[i].check(out)
	}
	c.checkSigns(out)
	if !c.Draft {
		c.checkWont(out)
	}
	if c.Outcomes.Undecided.ID == "" {
		var found Diagnostics
		found.Miss(c.Outcomes.At, "it is not said what visitors read where too little is known",
			fmt.Sprintf("add a ## heading with the id {#%s}, a yaml block with headline and why, and a paragraph", Undecided),
			c.Within(Undecided), c.Within("outcomes.md"))
		out.loseAll(found) // what examples come to may be just this
	}

	services := each(s.Services, func(p *Page) string { return p.ID })
	questions := each(c.FAQ.Items, func(q FAQItem) string { return q.ID })
	checkRefs(c.Services, services, "service", "services/", out)
	if n := len(c.Outcomes.Items); n > MostOutcomes {
		out.Lose(c.Outcomes.At, fmt.Sprintf("there are %d outcomes", n), fmt.Sprintf("%d are the most there may be; leave some out", MostOutcomes))
	}
	if rule := c.Outcomes.Undecided.Rule; len(rule) > 0 {
		out.Add(rule[0].At, fmt.Sprintf("“%s” has a rule, but it is what is said where no rule decides", Undecided), "remove the rule")
	}
	for _, o := range c.Outcomes.All() {
		c.checkOnward(s, o.Onward, out)
		checkRefs(o.Services, services, "service", "services/", out)
		checkRefs(o.FAQ, questions, "question of the FAQ", c.Within("faq.md"), out)
	}
	c.checkExamples(out)
}

// checkOnward checks that an outcome leads on to where visitors find something else.
func (c *Comparison) checkOnward(s *Site, onward []Onward, out *Diagnostics) {
	slugs := each(s.Comparisons, func(c *Comparison) string { return c.Slug })
	for _, o := range onward {
		checkRefs([]Ref{o.To}, slugs, "comparison", "comparisons/", out)
		if to := slices.Index(slugs, o.To.ID); o.To.ID == c.Slug {
			out.Add(o.To.At, "this leads back to the comparison that the visitor comes from", "name another, or remove it")
		} else if to >= 0 && s.Comparisons[to].Draft && !c.Draft {
			out.Add(o.To.At, fmt.Sprintf("visitors cannot go on to “%s”: it is a draft", o.To.ID), "remove “draft” from its comparison.md, or name another")
		}
	}
}

// checkReview warns, and no more: time alone is nobody's mistake.
func (c *Comparison) checkReview(now time.Time, out *Diagnostics) {
	switch {
	case now.IsZero() || c.Reviewed.IsZero():
	case c.Reviewed.After(now.Add(24 * time.Hour)): // it may be tomorrow already where the author is
		out.Warn(c.Reviewed.At, "the review lies in the future", "write the day on which the facts were last checked")
	case c.Reviewed.AddDate(1, 0, 0).Before(now):
		out.Warn(c.Reviewed.At, "the facts were last checked more than a year ago", "check them again and write the day here")
	}
}

// checkWont checks that neither role is held to less than the other.
func (c *Comparison) checkWont(out *Diagnostics) {
	first, second := c.Roles[0].Duties, c.Roles[1].Duties
	broken := func(d Duties) bool { return d.ID == "" || d.Wont.Title != "" && len(d.Wont.Items) == 0 } // which is reported
	if a, b := len(first.Wont.Items), len(second.Wont.Items); a != b && !broken(first) && !broken(second) {
		out.Add(second.At, fmt.Sprintf("the lists of what the roles will not do have %d and %d items", a, b), "say two or three things of each role, as many of both")
	}
}

// checkExamples checks that examples speak of questions, answers and outcomes
// that there are. What they come to, package site compares.
func (c *Comparison) checkExamples(found *Diagnostics) {
	var out Diagnostics
	asked := c.Within("questionnaire.md")
	var phrases []string
	for _, q := range c.Questionnaire.Questions {
		phrases = append(phrases, each(q.Options[:max(0, len(q.Options)-1)], func(o Option) string { return o.If })...)
	}
	questions := each(c.Questionnaire.Questions, func(q Question) string { return q.ID })
	outcomes := each(c.Outcomes.All(), func(o Outcome) string { return o.ID })
	for _, e := range c.Examples.Items {
		checkRefs([]Ref{e.Outcome}, outcomes, "outcome", c.Within("outcomes.md"), &out)
		var answered []Ref
		for _, g := range e.Answers {
			answered = append(answered, Ref{g.At, g.Question})
			if i := slices.Index(questions, g.Question); i >= 0 && g.Label != "" {
				labels := each(c.Questionnaire.Questions[i].Options, func(o Option) string { return o.Label })
				if !slices.Contains(labels, g.Label) {
					out.Miss(g.At, fmt.Sprintf("“%s” is no answer to “%s”", g.Label, g.Question), "write it in the words of the questionnaire: "+Suggest(g.Label, labels),
						c.Within(g.Question+": "+g.Label), asked)
				}
			}
		}
		checkRefs(answered, questions, "question", asked, &out)
		for _, w := range e.Changes {
			checkRefs([]Ref{w.Outcome}, outcomes, "outcome", c.Within("outcomes.md"), &out)
			if w.If != "" && !slices.Contains(phrases, w.If) && !slices.Contains(phrases, "") { // what is empty is reported
				out.Miss(w.At, fmt.Sprintf("no answer completes “If” with “%s”", w.If), "write it in the words of the questionnaire: "+Suggest(w.If, phrases),
					c.Within("if "+w.If), asked)
			}
		}
	}
	out.Need(c.Within("signs.md")) // of which one may tell of an answer that is gone
	*found = append(*found, out...)
}

// CheckLength reports a text of more than so many characters. what names it.
func CheckLength(out *Diagnostics, at Position, what, text string, most int) {
	if n := utf8.RuneCountInString(text); n > most {
		out.Add(at, fmt.Sprintf("%s has %d characters, and %d fit where it is shown", what, n, most), fmt.Sprintf("shorten it by %d", n-most))
	}
}

// checkIDs reports ids of one page, one question or all comparisons that are taken, or were.
func checkIDs(names []Name, out *Diagnostics) {
	var ids, former []Ref
	for _, n := range names {
		ids = append(ids, Ref{n.At, n.ID})
		former = append(former, n.Aliases...)
	}
	taken := map[string]Position{}
	for _, r := range append(ids, former...) {
		if first, twice := taken[r.ID]; twice && first != r.At {
			out.Lose(r.At, fmt.Sprintf("the id “%s” is taken: see %s", r.ID, first), "choose another, or remove it")
		} else if r.ID != "" {
			taken[r.ID] = r.At
		}
	}
}

// checkRefs reports names of things that are not there, or are named twice. in is the
// file or folder in which such things are defined.
func checkRefs(refs []Ref, known []string, what, in string, out *Diagnostics) {
	for i, r := range refs {
		switch {
		case r.ID == "": // which is reported
		case !slices.Contains(known, r.ID):
			out.Miss(r.At, fmt.Sprintf("there is no %s “%s”", what, r.ID), Suggest(r.ID, known), path.Join(path.Dir(in), r.ID), in)
		case named(refs[:i], r.ID):
			out.Add(r.At, fmt.Sprintf("“%s” is named twice", r.ID), "remove one of them")
		}
	}
}

// each returns what of gives of each of the items.
func each[T any](items []T, of func(T) string) []string {
	var out []string
	for _, item := range items {
		out = append(out, of(item))
	}
	return out
}

// The number of real answers that a question may have.
const (
	fewestOptions = 2
	mostOptions   = 7
)

func (q *Question) check(out *Diagnostics) {
	for _, o := range q.Options {
		if bears := slices.Concat(o.Meets, o.Fails); o.ID == NotSure && len(bears) > 0 {
			out.Lose(bears[0].At, fmt.Sprintf("“%s” leaves every sign open", NotSure), "remove “meets” and “fails” from it")
		}
	}
	n := len(q.Options)
	if n == 0 || q.From.ID != "" { // its words are checked where they are written
		return
	}
	if q.Fact && q.Amount {
		out.Lose(q.At, "the question asks for a fact and for an amount: an amount can be moved a step, and a fact cannot", "keep one of “fact” and “amount”")
	}
	ids := each(q.Options, func(o Option) string { return o.ID })
	real := len(slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == NotSure }))
	if real < fewestOptions || real > mostOptions {
		out.Lose(q.At, fmt.Sprintf("the question must have %d to %d answers besides “%s”, and has %d", fewestOptions, mostOptions, NotSure, real), "add or remove some")
	}
	if i := slices.Index(ids, NotSure); i < 0 && ids[n-1] != "" {
		out.Lose(q.Options[n-1].At, fmt.Sprintf("the last answer must be “%s”", NotSure), fmt.Sprintf("add “- id: %s” with a label below it", NotSure))
	} else if i >= 0 && i < n-1 {
		out.Lose(q.Options[i].At, fmt.Sprintf("“%s” must be the last answer", NotSure), "move it to the end")
	}
	var names []Name
	said := map[string]int{} // by which answer
	for i, o := range q.Options {
		names = append(names, Name{At: o.At, ID: o.ID, Aliases: o.Aliases})
		if o.ID != "" && (i < n-1 || o.ID == NotSure) { // another that is last is to be “not sure”
			o.check(out)
		}
		for _, words := range []string{o.Label, o.If, o.Because} {
			if other, twice := said[words]; twice && other != i && words != "" {
				out.Add(o.At, fmt.Sprintf("two answers to this question say “%s”", words), "let each have its own words")
			}
			said[words] = i
		}
	}
	checkIDs(names, out)
}

func (o *Option) check(out *Diagnostics) {
	if o.ID == NotSure {
		if o.If+o.Because != "" {
			out.Add(o.At, fmt.Sprintf("“%s” completes no sentence, and is no reason for anything", NotSure), "remove “if” and “because” from it")
		}
		return
	}
	if o.Because == "" {
		out.Miss(o.At, fmt.Sprintf("the key “because” is missing from the answer “%s”", o.ID), "say it as a reason, after “because”: because: your ground floods", "", o.At.File)
	}
	if o.If == "" {
		out.Miss(o.At, fmt.Sprintf("the key “if” is missing from the answer “%s”", o.ID), "complete the sentence that begins with “If”: if: your ground flooded", "", o.At.File)
	}
}

// checkSigns checks that one question decides each sign, and that it can be met.
func (c *Comparison) checkSigns(out *Diagnostics) {
	for role, l := range c.Signs.Roles {
		misnamed(l.Name, c.Roles[role].Role, c.Roles[1-role].Role, out)
	}
	signs := slices.Concat(c.Signs.Roles[0].Items, c.Signs.Roles[1].Items)
	known := each(signs, func(s Sign) string { return s.ID })
	decidedBy := map[string]*Question{}
	met := map[string]bool{}
	var found Diagnostics
	for i := range c.Questionnaire.Questions {
		q := &c.Questionnaire.Questions[i]
		for _, o := range q.Options {
			bears := slices.Concat(o.Meets, o.Fails)
			checkRefs(bears, known, "sign", c.Within("signs.md"), &found)
			for _, r := range o.Meets {
				met[r.ID] = true
			}
			for _, r := range bears {
				if other := decidedBy[r.ID]; other == nil {
					decidedBy[r.ID] = q
				} else if other != q {
					found.Add(r.At, fmt.Sprintf("the question “%s” decides the sign “%s” already", other.ID, r.ID), "let one question decide each sign, so that visitors see where it comes from")
				}
			}
		}
	}
	questions, sound := c.Within("questionnaire.md"), len(found) == 0 // or else a name that is misspelt may be the one that is missing
	for _, s := range signs {
		switch {
		case s.ID == "", !sound:
		case decidedBy[s.ID] == nil:
			found.Miss(s.At, fmt.Sprintf("no answer bears on the sign “%s”", s.ID), "let an answer in questionnaire.md meet it, and another fail it",
				c.Within("an answer that bears on it"), questions)
		case !met[s.ID]:
			found.Miss(s.At, fmt.Sprintf("the sign “%s” can never be met: answers only fail it", s.ID), "let an answer in questionnaire.md meet it", "", questions)
		}
	}
	out.loseAll(found) // whatever the rules say of these signs
}

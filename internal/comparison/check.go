package comparison

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Check returns what is wrong with the site, as far as it can be told without
// trying the rules: ids that are used twice, names of things that are not
// there, signs that no answer decides, texts that do not fit, links that lead
// nowhere. now tells whether a review is overdue; if it is zero, none is.
//
// Each type checks itself. What a fault of the reading left empty is passed
// over, so that one mistake gives one fault.
func (s *Site) Check(now time.Time) Faults {
	var faults Faults
	s.checkHome(&faults)
	for _, c := range s.Comparisons {
		c.check(s, now, &faults)
	}
	for _, v := range s.Services {
		checkIDs(v.Body.Names, &faults)
		if len(s.Comparisons) > 0 && !s.uses(v) {
			faults.Add(v.At, fmt.Sprintf("nobody would find this service: no comparison and no outcome names “%s”", v.ID),
				fmt.Sprintf("add %s to “services” of a comparison or an outcome, or remove the file", v.ID))
		}
	}
	for _, p := range s.Pages {
		checkIDs(p.Body.Names, &faults)
	}
	checkIDs(s.Intro.Names, &faults)
	s.checkLinks(&faults)
	return faults
}

func (s *Site) checkHome(faults *Faults) {
	if s.Home == "" {
		return
	}
	var slugs []string
	for _, c := range s.Comparisons {
		slugs = append(slugs, c.Slug)
	}
	switch c := s.Comparison(s.Home); {
	case c == nil:
		faults.Add(s.HomeAt, fmt.Sprintf("there is no comparison “%s” for the front page", s.Home), Suggest(s.Home, slugs))
	case c.Draft:
		faults.Add(s.HomeAt, fmt.Sprintf("the front page cannot show “%s”: it is a draft", s.Home), "remove “draft” from its comparison.md, or choose another")
	}
}

func (s *Site) uses(v *Service) bool {
	is := func(r Ref) bool { return r.ID == v.ID }
	for _, c := range s.Comparisons {
		if slices.ContainsFunc(c.Services, is) {
			return true
		}
		for _, o := range c.Outcomes.Items {
			if slices.ContainsFunc(o.Services, is) {
				return true
			}
		}
	}
	return false
}

func (c *Comparison) check(s *Site, now time.Time, faults *Faults) {
	c.checkReview(now, faults)
	c.checkRoles(faults)
	c.checkNames(faults)
	c.Signs.check(faults)
	c.checkQuestionnaire(faults)

	var services, questions []string
	for _, v := range s.Services {
		services = append(services, v.ID)
	}
	for _, q := range c.FAQ.Items {
		questions = append(questions, q.ID)
	}
	checkRefs(c.Services, services, "service", faults)
	for i := range c.Outcomes.Items {
		o := &c.Outcomes.Items[i]
		Fit(faults, o.At, "the outcome's name", o.Title, MaxName)
		checkRefs(o.Services, services, "service", faults)
		checkRefs(o.FAQ, questions, "question of the FAQ", faults)
	}
	c.checkPublished(faults)
}

func (c *Comparison) checkReview(now time.Time, faults *Faults) {
	switch {
	case now.IsZero() || c.Reviewed.IsZero():
	case c.Reviewed.After(now.Add(24 * time.Hour)): // it may be tomorrow already where the author is
		faults.Add(c.ReviewedAt, "the review lies in the future", "write the day on which the facts were last checked")
	case c.Reviewed.AddDate(1, 0, 0).Before(now):
		faults.Warn(c.ReviewedAt, "the facts were last checked more than a year ago", "check them again and write the day here")
	}
}

func (c *Comparison) checkRoles(faults *Faults) {
	first, second := c.Roles[0], c.Roles[1]
	if first.ID != "" && first.ID == second.ID {
		faults.Add(second.At, fmt.Sprintf("both roles have the id “%s”", second.ID), "give each its own")
	}
	if first.Name != "" && first.Name == second.Name {
		faults.Add(second.At, fmt.Sprintf("both roles have the name “%s”", second.Name), "give each its own")
	}
}

// checkNames checks the ids and headings of each of the comparison's pages.
func (c *Comparison) checkNames(faults *Faults) {
	names := c.Names()
	checkIDs(names, faults)
	for _, n := range names {
		if !c.isQuestion(n) {
			Fit(faults, n.At, "the heading", n.Title, MaxHeading)
		}
	}
	for _, q := range c.FAQ.Items {
		Fit(faults, q.At, "the question", q.Title, MaxQuestion)
	}

	form := append([]Name{c.Questionnaire.Name}, c.Questionnaire.Body.Names...)
	for _, q := range c.Questionnaire.Questions {
		form = append(form, Name{At: q.At, ID: q.ID})
	}
	checkIDs(form, faults)

	method := []Name{c.Outcomes.Name}
	for _, o := range c.Outcomes.Items {
		method = append(method, o.Name)
	}
	checkIDs(method, faults)
}

func (c *Comparison) isQuestion(n Name) bool {
	return slices.ContainsFunc(c.FAQ.Items, func(q FAQItem) bool { return q.ID == n.ID })
}

// checkIDs reports ids that something else on the same page has, or had.
func checkIDs(names []Name, faults *Faults) {
	taken := map[string]Place{}
	check := func(at Place, id string) {
		switch first, twice := taken[id]; {
		case id == "":
		case slices.Contains(Reserved, id):
			faults.Add(at, fmt.Sprintf("the id “%s” is the site's own", id), "choose another")
		case twice:
			faults.Add(at, fmt.Sprintf("the id “%s” is taken on this page: see %s", id, first), "choose another")
		default:
			taken[id] = at
		}
	}
	for _, n := range names {
		check(n.At, n.ID)
	}
	for _, n := range names {
		for _, a := range n.Aliases {
			check(a.At, a.ID)
		}
	}
}

// checkRefs reports names of things that are not there, or are named twice.
// Where a known thing lacks its id, that may be the one that is meant.
func checkRefs(refs []Ref, known []string, what string, faults *Faults) {
	for i, r := range refs {
		if slices.Contains(known, "") {
			return
		}
		if !slices.Contains(known, r.ID) {
			faults.Add(r.At, fmt.Sprintf("there is no %s “%s”", what, r.ID), Suggest(r.ID, known))
		} else if slices.ContainsFunc(refs[:i], func(other Ref) bool { return other.ID == r.ID }) {
			faults.Add(r.At, fmt.Sprintf("“%s” is named twice", r.ID), "remove one of them")
		}
	}
}

// mostSigns is how many signs a comparison may have.
const mostSigns = 64

func (s *Signs) check(faults *Faults) {
	if n := len(s.Roles[0].Items) + len(s.Roles[1].Items); n > mostSigns {
		faults.Add(s.At, fmt.Sprintf("there are %d signs, and nobody weighs more than %d", n, mostSigns), "keep those that tell the roles apart")
	}
}

// The number of answers that a question may have, “not sure” among them.
const (
	fewestOptions = 3
	mostOptions   = 8
)

func (c *Comparison) checkQuestionnaire(faults *Faults) {
	q := &c.Questionnaire
	for i := range q.Questions {
		q.Questions[i].check(faults)
	}
	c.checkSigns(faults)
}

func (q *Question) check(faults *Faults) {
	if q.ID == "v" {
		faults.Add(q.At, "the id “v” is the site's own", "choose another")
	}
	n := len(q.Options)
	if n == 0 {
		return
	}
	if n < fewestOptions {
		faults.Add(q.At, fmt.Sprintf("the question has too few answers: %d", n), fmt.Sprintf("give it two real ones at least, and “%s” last", NotSure))
	}
	if n > mostOptions {
		faults.Add(q.At, fmt.Sprintf("the question has %d answers, more than anybody reads", n), fmt.Sprintf("keep at most %d, with “%s” last", mostOptions, NotSure))
	}
	ids := map[string]bool{}
	for i, o := range q.Options {
		switch {
		case o.ID == "":
		case ids[o.ID]:
			faults.Add(o.At, fmt.Sprintf("the question has an answer “%s” already", o.ID), "give each its own id")
		case o.ID == NotSure && i < n-1:
			faults.Add(o.At, fmt.Sprintf("“%s” must be the last answer", NotSure), "move it to the end")
		case o.ID != NotSure && i == n-1 && !slices.ContainsFunc(q.Options, func(o Option) bool { return o.ID == NotSure }):
			faults.Add(o.At, fmt.Sprintf("the last answer must be “%s”", NotSure), fmt.Sprintf("add “- id: %s” with a label below it", NotSure))
		}
		ids[o.ID] = true
		o.check(faults)
	}
}

func (o *Option) check(faults *Faults) {
	if o.ID == NotSure {
		if len(o.Meets)+len(o.Fails) > 0 {
			faults.Add(append(o.Meets, o.Fails...)[0].At, fmt.Sprintf("“%s” leaves every sign open", NotSure), "remove “meets” and “fails” from it")
		}
		if o.If != "" {
			faults.Add(o.At, fmt.Sprintf("“%s” completes no sentence", NotSure), "remove “if” from it")
		}
		return
	}
	if o.If == "" && o.ID != "" {
		faults.Add(o.At, fmt.Sprintf("the key “if” is missing from the answer “%s”", o.ID), "complete the sentence that begins with “If”: if: your ground flooded")
	}
	if first, rest, _ := strings.Cut(o.If, " "); rest != "" && strings.EqualFold(first, "if") {
		faults.Add(o.At, "the word “if” itself is added when the sentence is shown", "begin with what follows it")
	}
	for _, f := range o.Fails {
		if slices.ContainsFunc(o.Meets, func(m Ref) bool { return m.ID == f.ID }) {
			faults.Add(f.At, fmt.Sprintf("the answer both meets and fails “%s”", f.ID), "keep it in one of the two lists")
		}
	}
}

// checkSigns checks that every sign is decided by exactly one question, and can
// be met.
func (c *Comparison) checkSigns(faults *Faults) {
	var known []string
	for _, l := range c.Signs.Roles {
		for _, s := range l.Items {
			known = append(known, s.ID)
		}
	}
	// Without signs or questions, that is the one fault to report.
	if len(known) == 0 || len(c.Questionnaire.Questions) == 0 {
		return
	}
	decidedBy := map[string]*Question{}
	met := map[string]bool{}
	before := len(*faults)
	for i := range c.Questionnaire.Questions {
		q := &c.Questionnaire.Questions[i]
		for _, o := range q.Options {
			checkRefs(o.Meets, known, "sign", faults)
			checkRefs(o.Fails, known, "sign", faults)
			for _, r := range o.Meets {
				met[r.ID] = true
			}
			for _, r := range append(slices.Clone(o.Meets), o.Fails...) {
				if other := decidedBy[r.ID]; other == nil {
					decidedBy[r.ID] = q
				} else if other != q {
					faults.Add(r.At, fmt.Sprintf("the question “%s” decides the sign “%s” already", other.ID, r.ID), "let one question decide each sign, so that visitors see where it comes from")
				}
			}
		}
	}
	if len(*faults) > before {
		return // A name that is misspelt may be the one that is missing.
	}
	for _, l := range c.Signs.Roles {
		for _, s := range l.Items {
			switch {
			case s.ID == "":
			case decidedBy[s.ID] == nil:
				faults.Add(s.At, fmt.Sprintf("no answer bears on the sign “%s”", s.ID), "let an answer in questionnaire.md meet it, and another fail it")
			case !met[s.ID]:
				faults.Add(s.At, fmt.Sprintf("the sign “%s” can never be met: answers only fail it", s.ID), "let an answer in questionnaire.md meet it")
			}
		}
	}
}

func cutAny(s string, prefixes ...string) (string, bool) {
	for _, p := range prefixes {
		if rest, ok := strings.CutPrefix(s, p); ok {
			return rest, true
		}
	}
	return s, false
}

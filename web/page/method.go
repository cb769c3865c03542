package page

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rolecompare/internal/comparison"
	"rolecompare/internal/recommend"
	"rolecompare/internal/site"
)

// Method says how recommendations are made.
type Method struct {
	Site       *Site
	Comparison *site.Comparison
}

func (v Method) Head() Head {
	c, path := v.Comparison, methodPath(v.Comparison)
	h := Head{
		Title:       v.words().PageTitle.With("comparison", c.Title),
		Description: v.words().Description.With("n", comparison.Number(c.Engine.Combinations())),
		Path:        path,
		Markdown:    path + ".md",
		Card:        cardPath(comparisonPath(c)),
		Article:     true,
		About:       c,
	}
	title := v.words().Title.String()
	h.Data = graph(v.Site, path, title, v.words().Intro.String(), c.Reviewed.Time, []crumb{{c.Title, comparisonPath(c)}, {title, path}})
	return h
}

func (v Method) words() *MethodWords { return &v.Site.Words.OnMethod }

// legend says what the three marks mean.
func (v Method) legend() []legend {
	signs, words := &v.Site.Words.Signs, v.words()
	return []legend{
		{recommend.Met, signs.Met, words.SignMet},
		{recommend.Failed, signs.Failed, words.SignFailed},
		{recommend.Open, signs.Open, words.SignOpen},
	}
}

type legend struct {
	state      recommend.State
	name, note Phrase
}

// kind says whether a question asks for a fact.
func (v Method) kind(q comparison.Question) Phrase {
	if q.Fact {
		return v.words().Fact
	}
	return v.words().Judgment
}

// bearing is what an answer does to one sign.
type bearing struct {
	state recommend.State
	role  int
	sign  *comparison.Sign
}

// bearings are what an answer does: the signs it meets, then those it fails.
func (v Method) bearings(o comparison.Option) []bearing {
	var out []bearing
	add := func(refs []comparison.Ref, state recommend.State) {
		for _, r := range refs {
			if s, role := v.Comparison.Sign(r.ID); s != nil {
				out = append(out, bearing{state, role, s})
			}
		}
	}
	add(o.Meets, recommend.Met)
	add(o.Fails, recommend.Failed)
	return out
}

// effect is the words for what an answer does to a sign.
func (v Method) effect(s recommend.State) Phrase {
	if s == recommend.Met {
		return v.words().Meets
	}
	return v.words().Fails
}

// ruled is an outcome with its rule and how often it comes out.
type ruled struct {
	*comparison.Outcome
	rule  recommend.Rule
	share int
	of    int
}

func (v Method) outcomes() []ruled {
	shares := v.Comparison.Engine.Shares()
	rules := v.Comparison.Engine.Rules()
	var out []ruled
	for i := range v.Comparison.Outcomes.Items {
		out = append(out, ruled{&v.Comparison.Outcomes.Items[i], rules[i], shares[i], v.Comparison.Engine.Combinations()})
	}
	return out
}

// percent is the outcome's share of all combinations.
func (r ruled) percent() float64 { return 100 * float64(r.share) / float64(r.of) }

// written is the percentage in words.
func (v Method) written(r ruled) string {
	if p := r.percent(); p < 1 {
		return v.words().LessThanOne.String()
	}
	return v.words().Percent.With("n", strconv.Itoa(int(r.percent()+.5)))
}

// bar is the width of the outcome's bar, of 100.
func (r ruled) bar() string { return fmt.Sprintf("%.1f", max(r.percent(), .5)) }

// condition is a line of a rule in words.
func (v Method) condition(c recommend.Condition) string {
	words := v.words()
	state := [...]Phrase{recommend.Failed: words.Failed, recommend.Open: words.Open, recommend.Met: words.Met}[c.State]
	var signs []string
	for _, s := range c.Signs {
		signs = append(signs, words.Quoted.With("sign", strings.TrimRight(s.Text.Text, ".")))
	}
	switch c.Kind {
	case recommend.Is:
		return words.Is.With("sign", signs[0], "state", state)
	case recommend.IsNot:
		return words.IsNot.With("sign", signs[0], "state", state)
	}
	named := strings.Join(signs, ", ")
	if c.Role >= 0 {
		p := words.AtMost
		if c.Kind == recommend.AtLeast {
			p = words.AtLeast
		}
		return p.With("n", c.N, "total", len(c.Signs), "role", v.Comparison.Roles[c.Role].Indefinite, "state", state)
	}
	p := words.AtMostOf
	if c.Kind == recommend.AtLeast {
		p = words.AtLeastOf
	}
	return p.With("n", c.N, "signs", named, "state", state)
}

// decides returns the question that decides a sign.
func (v Method) decides(s comparison.Sign) string {
	names := func(refs []comparison.Ref) bool {
		return slices.ContainsFunc(refs, func(r comparison.Ref) bool { return r.ID == s.ID })
	}
	for _, q := range v.Comparison.Questionnaire.Questions {
		if slices.ContainsFunc(q.Options, func(o comparison.Option) bool { return names(o.Meets) || names(o.Fails) }) {
			return q.Ask
		}
	}
	return ""
}

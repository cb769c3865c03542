package page

import (
	"fmt"
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
	c := v.Comparison
	h := newHead(methodPath(c), v.words().Title.String(), v.words().Intro.String())
	h.Card, h.Article, h.About = cardPath(comparisonPath(c)), true, c
	h.Data = graph(v.Site, h, nil)
	h.Title = v.words().PageTitle.With("comparison", c.Title)
	h.Description = v.words().Description.With("n", comparison.Number(c.Engine.Combinations()))
	return h
}

func (v Method) words() *MethodWords { return &v.Site.Words.OnMethod }

// kind says what a question asks for.
func (v Method) kind(q comparison.Question) Phrase {
	switch {
	case q.Fact:
		return v.words().Fact
	case q.Amount:
		return v.words().Amount
	}
	return v.words().Judgment
}

// share is how often something comes out.
type share struct {
	name, path string
	n, of      int
}

func (s share) percent() float64 { return 100 * float64(s.n) / float64(s.of) }

// bar is the width of its bar, of 100.
func (s share) bar() string { return fmt.Sprintf("%.1f", max(s.percent(), .5)) }

// share is a percentage in words.
func (w *MethodWords) share(s share) string {
	if s.percent() < 1 {
		return w.LessThanOne.String()
	}
	return w.Percent.With("n", int(s.percent()+.5))
}

// shares are how many full combinations come to each outcome.
func (v Method) shares(full recommend.Summary) []share {
	var out []share
	for i, o := range v.Comparison.Outcomes.Items {
		out = append(out, share{o.Title, "#" + o.ID, full.Outcomes[i], full.Combinations})
	}
	return out
}

// sold is how many full combinations come to an outcome that recommends what the
// publisher sells.
func (v Method) sold(full recommend.Summary) string {
	n := 0
	for i, o := range v.Comparison.Outcomes.Items {
		for role, s := range o.Recommends {
			if s != comparison.Out && v.Site.Organization.Sold(v.Comparison.Roles[role].ID) {
				n += full.Outcomes[i]
				break
			}
		}
	}
	return v.words().Sold.With("percent", v.words().share(share{n: n, of: full.Combinations}), "organization", v.Site.Organization.Name)
}

// condition is a line of a rule in words.
func (v Method) condition(c recommend.Condition) string {
	words := v.words()
	state := [...]Phrase{recommend.Failed: words.Failed, recommend.Open: words.Open, recommend.Met: words.Met}[c.State]
	var signs []string
	for _, s := range c.Signs {
		signs = append(signs, words.Quoted.With("sign", strings.TrimRight(s.Text.Text, ".")))
	}
	is, counted, ofThese := words.Is, words.AtLeast, words.AtLeastOf
	if c.AtMost {
		is, counted, ofThese = words.IsNot, words.AtMost, words.AtMostOf
	}
	switch {
	case c.Role >= 0:
		return counted.With("n", c.N, "total", len(c.Signs), "role", v.Comparison.Roles[c.Role].Indefinite, "state", state)
	case len(c.Signs) == 1:
		return is.With("sign", signs[0], "state", state)
	}
	return ofThese.With("n", c.N, "signs", strings.Join(signs, ", "), "state", state)
}

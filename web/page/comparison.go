package page

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"rolecompare/internal/comparison"
)

func (v Comparison) Head() Head {
	return Head{
		Title:       v.Comparison.Title,
		Description: v.Comparison.Summary,
		Path:        comparisonPath(v.Comparison),
		Canonical:   comparisonPath(v.Comparison),
		Markdown:    comparisonPath(v.Comparison) + ".md",
		Card:        cardPath(comparisonPath(v.Comparison)),
		Type:        "article",
		Data:        v.graph(),
	}
}

func (v Comparison) Main() templ.Component { return v.main() }

func (v Comparison) words() comparison.ComparisonWords { return v.Site.Words.Comparison }

// contents is every section of the page, in order.
func (v Comparison) contents() []comparison.Name {
	c := v.Comparison
	names := []comparison.Name{
		{ID: "short-answer", Title: v.words().ShortAnswer.String()},
		c.Overview.Name, c.Differences.Name, c.Responsibilities.Name, c.Signs.Name, c.Together.Name, c.Provider.Name, c.FAQ.Name,
	}
	if len(c.Services) > 0 {
		names = append(names, v.related())
	}
	return append(names, c.Closing.Name)
}

func (v Comparison) related() comparison.Name {
	return comparison.Name{ID: "related-services", Title: v.words().Services.String()}
}

// passage is part of a text, about a role or about neither.
type passage struct {
	text string
	role int // -1: neither
}

// title is the comparison's title, with the roles' names set apart where it
// has them.
func title(c *comparison.Comparison) []passage {
	passages := []passage{{c.Title, -1}}
	for role := range c.Roles {
		for i, p := range passages {
			if before, after, ok := strings.Cut(p.text, c.Roles[role].Name); ok && p.role < 0 {
				parts := []passage{{before, -1}, {c.Roles[role].Name, role}, {after, -1}}
				passages = append(passages[:i:i], append(parts, passages[i+1:]...)...)
				break
			}
		}
	}
	return passages
}

// position is the number of a role as pages mark it: "1" or "2". All that a
// role's colour and rule depend on is this.
func position(role int) string { return strconv.Itoa(role + 1) }

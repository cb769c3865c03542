package page

import (
	"slices"

	"github.com/a-h/templ"

	"rolecompare/internal/comparison"
)

func (v Services) Head() Head {
	return Head{
		Title:       v.words().Title.String(),
		Description: v.description(),
		Path:        servicesPath,
		Canonical:   servicesPath,
		Markdown:    servicesPath + ".md",
		Data:        v.graph(),
	}
}

func (v Services) Main() templ.Component { return v.main() }

func (v Services) words() comparison.ServiceWords { return v.Site.Words.Services }

func (v Services) description() string {
	return v.words().Description.With("organization", v.Site.Organization.Name)
}

func (v Service) Head() Head {
	path := servicePath(v.Service.ID)
	return Head{
		Title:       v.Service.Title,
		Description: v.Service.Summary,
		Path:        path,
		Canonical:   path,
		Markdown:    path + ".md",
		Card:        cardPath(path),
		Type:        "article",
		Data:        v.graph(),
	}
}

func (v Service) Main() templ.Component { return v.main() }

func (v Service) words() comparison.ServiceWords { return v.Site.Words.Services }

// comparisons are those that name the service, themselves or in an outcome.
func (v Service) comparisons() []*comparison.Comparison {
	names := func(refs []comparison.Ref) bool {
		return slices.ContainsFunc(refs, func(r comparison.Ref) bool { return r.ID == v.Service.ID })
	}
	var out []*comparison.Comparison
	for _, c := range v.Site.Comparisons {
		if names(c.Services) || slices.ContainsFunc(c.Outcomes.Items, func(o comparison.Outcome) bool { return names(o.Services) }) {
			out = append(out, c)
		}
	}
	return out
}

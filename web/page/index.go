package page

import "github.com/a-h/templ"

func (v Index) Head() Head {
	return Head{
		Title:       v.Site.Name,
		Description: v.Site.Summary,
		Path:        "/",
		Canonical:   "/",
		Markdown:    "/index.md",
		Data:        v.graph(),
	}
}

func (v Index) Main() templ.Component { return v.main() }

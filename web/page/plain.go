package page

import "github.com/a-h/templ"

func (v Plain) Head() Head {
	path := plainPath(v.Page.ID)
	return Head{
		Title:       v.Page.Title,
		Description: v.Page.Summary,
		Path:        path,
		Canonical:   path,
		Markdown:    path + ".md",
		Data:        v.graph(),
	}
}

func (v Plain) Main() templ.Component { return v.main() }

package page

import (
	"time"

	"rolecompare/internal/comparison"
)

// Plain is a plain page.
type Plain struct {
	Site *Site
	Page *comparison.Page
}

func (v Plain) Head() Head {
	path := RoutePlain.Path(v.Page.ID)
	h := Head{
		Title:       v.Page.Title,
		Description: v.Page.Summary,
		Path:        path,
		Markdown:    path + ".md",
	}
	h.Data = graph(v.Site, h.Path, h.Title, h.Description, time.Time{}, []crumb{{h.Title, path}})
	return h
}

package page

import (
	"rolecompare/internal/comparison"
)

// Plain is a plain page.
type Plain struct {
	Site *Site
	Page *comparison.Page
}

func (v Plain) Head() Head {
	h := newHead(RoutePlain.Path(v.Page.ID), v.Page.Title, v.Page.Summary)
	h.Data = graph(v.Site, h, nil)
	return h
}

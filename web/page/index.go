package page

import "time"

// Index lists all comparisons and services.
type Index struct{ Site *Site }

func (v Index) Head() Head {
	h := Head{
		Title:       v.Site.Name,
		Description: v.Site.Summary,
		Path:        RouteHome.Path(),
		Markdown:    string(RouteHome.Markdown()),
	}
	h.Data = graph(v.Site, h.Path, h.Title, h.Description, time.Time{}, nil, serviceNodes(v.Site.Services...)...)
	return h
}

package page

// Index is the front page: it asks visitors what they need, and lists all
// comparisons and services.
type Index struct {
	Site    *Site
	Nothing bool // nothing was ticked
}

// chooserID is the id of the question which roles a visitor needs.
const chooserID = "which"

func (v Index) Head() Head {
	h := newHead(RouteHome.Path(), v.Site.Name, v.Site.Summary)
	h.Markdown = string(RouteHome.Markdown())
	if v.Nothing {
		h.Title = v.Site.Words.OnQuestionnaire.ErrorTitle.With("title", v.Site.Words.OnIndex.Choose)
		h.NoIndex = true
	} else {
		h.Data = graph(v.Site, h, nil, serviceNodes(v.Site.Services...)...)
	}
	return h
}

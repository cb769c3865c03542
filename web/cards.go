package web

import (
	"net/http"
	"strings"

	"rolecompare/web/card"
)

// getCard answers with the picture that chats show beside a link. Cards are
// drawn when they are first asked for.
func getCard(x *exchange, r *http.Request) error {
	path := r.URL.Path
	if r.URL.RawPath != "" {
		return errNotFound
	}
	if _, ok := x.card(path); !ok {
		return stored(x, r)
	}
	return x.made(r, made{kind: madeCard, name: path})
}

// card returns what the card at this path says.
func (e *Edition) card(path string) (card.Card, bool) {
	name, ok := strings.CutSuffix(strings.TrimPrefix(path, "/og/"), ".png")
	parts := strings.Split(name, "/")
	if !ok {
		return card.Card{}, false
	}
	switch {
	case name == "site":
		return card.Site(e.site), true
	case len(parts) == 2 && parts[0] == "services":
		if v := e.site.Service(parts[1]); v != nil {
			return card.Service(e.site, v), true
		}
	case len(parts) >= 2 && parts[0] == "compare" && e.engines[parts[1]] != nil:
		c := e.engines[parts[1]].Comparison()
		switch {
		case len(parts) == 2:
			return card.Comparison(e.site, c), true
		case len(parts) == 4 && parts[2] == "faq":
			for i := range c.FAQ.Items {
				if c.FAQ.Items[i].ID == parts[3] {
					return card.FAQ(e.site, c, i), true
				}
			}
		case len(parts) == 4 && parts[2] == "outcome":
			if o := c.Outcome(parts[3]); o != nil {
				return card.Outcome(e.site, c, o), true
			}
		}
	}
	return card.Card{}, false
}

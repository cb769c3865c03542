package page

import (
	"strings"

	"rolecompare/internal/comparison"
	"rolecompare/internal/site"
)

// FAQ is one question of a comparison, to share.
type FAQ struct {
	Site       *Site
	Comparison *site.Comparison
	Item       comparison.FAQItem
}

// Head keeps search engines away: the answer stands on the comparison's page,
// too, and they are to see one source. This page is for people, and for the
// previews that chats make. It does not name the other as canonical, since
// phones share the canonical address in place of the one that is open.
func (v FAQ) Head() Head {
	short, _, _ := strings.Cut(v.Item.Answer.Text, "\n")
	h := newHead(faqPath(v.Comparison, v.Item.ID), v.Item.Title, short)
	h.Card, h.Article, h.NoIndex, h.About = cardPath(h.Path), true, true, v.Comparison
	return h
}

func (v FAQ) words() *FAQWords { return &v.Site.Words.OnFAQ }

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
	Item       int
}

// Head keeps search engines away: the answer stands on the comparison's page,
// too, and they are to see one source. This page is for people, and for the
// previews that chats make. It does not name the other as canonical, since
// phones share the canonical address in place of the one that is open.
func (v FAQ) Head() Head {
	path := faqPath(v.Comparison, v.item().ID)
	short, _, _ := strings.Cut(v.item().Answer.Text, "\n")
	return Head{
		Title:       v.item().Title,
		Description: short,
		Path:        path,
		Markdown:    path + ".md",
		Card:        cardPath(path),
		Article:     true,
		NoIndex:     true,
		About:       v.Comparison,
	}
}

func (v FAQ) words() *FAQWords { return &v.Site.Words.OnFAQ }

func (v FAQ) item() comparison.FAQItem { return v.Comparison.FAQ.Items[v.Item] }

// others are the other questions, from the next one on and round again.
func (v FAQ) others() []comparison.FAQItem {
	all := v.Comparison.FAQ.Items
	return append(all[v.Item+1:len(all):len(all)], all[:v.Item]...)
}

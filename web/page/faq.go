package page

import (
	"github.com/a-h/templ"

	"rolecompare/internal/comparison"
)

// Head keeps search engines away: the answer stands on the comparison's page,
// too, and they are to see one source. This page is for people, and for the
// previews that chats make. It does not name the other as canonical, since
// phones share the canonical address in place of the one that is open.
func (v FAQ) Head() Head {
	path := faqPath(v.Comparison, v.item().ID)
	return Head{
		Title:       v.item().Title,
		Description: opening(v.item().Answer.Text, comparison.MaxSummary),
		Path:        path,
		Markdown:    path + ".md",
		Card:        cardPath(path),
		Type:        "article",
		NoIndex:     true,
	}
}

func (v FAQ) Main() templ.Component { return v.main() }

func (v FAQ) words() comparison.FAQWords { return v.Site.Words.FAQ }

func (v FAQ) item() comparison.FAQItem { return v.Comparison.FAQ.Items[v.Item] }

// others are the other questions, from the next one on and round again.
func (v FAQ) others() []comparison.FAQItem {
	all := v.Comparison.FAQ.Items
	return append(all[v.Item+1:len(all):len(all)], all[:v.Item]...)
}

// question is an answer as the comparison's page shows it.
func (v Comparison) question(i int) FAQ { return FAQ{v.Site, v.Comparison, i} }

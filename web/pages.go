package web

import "rolecompare/web/page"

// addPages adds the address of every page, and of its Markdown where it has
// that form. What visitors are likely to ask for first is made first.
func (e *Edition) addPages() {
	s := e.site
	for i, c := range s.Comparisons {
		base := "/compare/" + c.Slug
		later := min(i, 1) // the first comparison's other pages come before the other comparisons'
		front := e.addPage(comparisonPage, base, 1, page.Comparison{Site: s, Comparison: c, Engine: e.engines[c.Slug]})
		front.reviewed = c.Reviewed
		if s.Home == c.Slug {
			e.at["/"] = &resource{route: home, path: "/", plain: true, twin: front, markdown: front.markdown}
		}
		form := e.addPage(questionnaireForm, base+"/questionnaire", 2+later, page.Questionnaire{Site: s, Comparison: c, Reading: e.engines[c.Slug].Read(nil)})
		form.reviewed, form.plain = c.Reviewed, false // its query fills it in
		e.addPage(methodPage, base+"/method", 3+later, page.Method{Site: s, Comparison: c, Engine: e.engines[c.Slug]}).reviewed = c.Reviewed
		for n, item := range c.FAQ.Items {
			at := base + "/faq/" + item.ID
			e.addPage(faqPage, at, 3+later, page.FAQ{Site: s, Comparison: c, Item: n})
			for _, alias := range item.Aliases {
				e.aliases[base+"/faq/"+alias.ID] = at
				e.aliases[base+"/faq/"+alias.ID+".md"] = at + ".md"
				e.aliases["/og"+base+"/faq/"+alias.ID+".png"] = "/og" + at + ".png"
			}
		}
	}
	if e.at["/"] == nil {
		front := e.addPage(home, "/", 0, page.Index{Site: s})
		for _, c := range s.Comparisons {
			if c.Reviewed.After(front.reviewed) {
				front.reviewed = c.Reviewed
			}
		}
	}
	e.addPage(servicesPage, "/services", 3, page.Services{Site: s})
	for _, v := range s.Services {
		e.addPage(servicePage, "/services/"+v.ID, 3, page.Service{Site: s, Service: v})
	}
	for _, p := range s.Pages {
		e.addPage(plainPage, "/pages/"+p.ID, 3, page.Plain{Site: s, Page: p})
	}
}

// markdownOf is the route of a page's Markdown.
var markdownOf = map[route]route{
	home:           homeMarkdown,
	comparisonPage: comparisonMarkdown,
	faqPage:        faqMarkdown,
	methodPage:     methodMarkdown,
	servicesPage:   servicesMarkdown,
	servicePage:    serviceMarkdown,
	plainPage:      plainMarkdown,
}

package markdown

import (
	"fmt"
	"path"
	"strings"

	"github.com/yuin/goldmark/ast"

	"rolecompare/internal/comparison"
)

// The files of a comparison's folder: those it must have, and those it may.
var (
	comparisonFiles = []string{
		"comparison.md", "differences.md", "responsibilities.md", "signs.md", "together.md",
		"provider.md", "faq.md", "closing.md", "questionnaire.md", "outcomes.md",
	}
	keptFiles = []string{"anchors.txt", "decisions.tsv"}
)

// Headings in a comparison's texts stand one level lower on its page, whose
// first heading is the comparison's title.
const inSection = 1

func (r *reader) comparison(slug string) *comparison.Comparison {
	folder := path.Join("comparisons", slug)
	c := &comparison.Comparison{Slug: slug, At: comparison.Place{File: path.Join(folder, "comparison.md")}}
	there := map[string]bool{}
	for _, e := range r.folder(folder) {
		if r.expected(folder, e, append(comparisonFiles, keptFiles...), nil) {
			there[e.Name()] = true
		}
	}
	// The roles come first, for other files name them.
	for _, name := range comparisonFiles {
		f := r.file(path.Join(folder, name))
		if f == nil {
			continue
		}
		switch name {
		case "comparison.md":
			f.comparison(c)
		case "differences.md":
			f.differences(c)
		case "responsibilities.md":
			f.responsibilities(c)
		case "signs.md":
			f.signs(c)
		case "together.md":
			f.together(c)
		case "provider.md":
			c.Provider = f.section(slug)
		case "faq.md":
			f.faq(c)
		case "closing.md":
			c.Closing = f.section(slug)
		case "questionnaire.md":
			f.questionnaire(c)
		case "outcomes.md":
			f.outcomes(c)
		}
	}
	if there["anchors.txt"] {
		if f := r.file(path.Join(folder, "anchors.txt")); f != nil {
			f.anchors(c)
		}
	}
	c.Decisions.At = comparison.Place{File: path.Join(folder, "decisions.tsv")}
	if there["decisions.tsv"] {
		if f := r.file(c.Decisions.At.File); f != nil {
			c.Decisions.Body = string(f.src)
		}
	}
	return c
}

// noFront reports front matter where the format has none.
func (f *file) noFront() {
	if f.front != nil {
		f.fault(0, "this file has no front matter", "remove the block between the two lines of ---")
	}
}

type comparisonFront struct {
	Title    text `yaml:"title"`
	Edition  text `yaml:"edition"`
	Summary  text `yaml:"summary"`
	Reviewed day  `yaml:"reviewed"`
	Order    *int `yaml:"order,omitempty"`
	Draft    bool `yaml:"draft,omitempty"`
	Roles    []struct {
		At         comparison.Place
		ID         ident `yaml:"id"`
		Name       text  `yaml:"name"`
		Indefinite text  `yaml:"indefinite"`
		Plural     text  `yaml:"plural"`
		Purpose    text  `yaml:"purpose"`
		When       text  `yaml:"when"`
	} `yaml:"roles"`
	Sources []struct {
		At        comparison.Place
		Title     text    `yaml:"title"`
		Publisher text    `yaml:"publisher"`
		URL       address `yaml:"url"`
	} `yaml:"sources,omitempty"`
	Services []ident `yaml:"services,omitempty"`
}

func (f *file) comparison(c *comparison.Comparison) {
	var front comparisonFront
	f.decodeFront(&front)
	c.At = f.place(0)
	c.Title = f.fit(front.Title, "title", comparison.MaxTitle)
	c.Edition = f.fit(front.Edition, "edition", comparison.MaxEdition)
	c.Summary = f.fit(front.Summary, "summary", comparison.MaxSummary)
	c.Reviewed, c.ReviewedAt = front.Reviewed.Value, front.Reviewed.At
	c.Order, c.Draft = orderOf(front.Order), front.Draft
	c.Services = refs(front.Services)
	switch n := len(front.Roles); n {
	case 0, 2: // None is a fault already.
	case 1:
		f.faults.Add(front.Roles[0].At, "a comparison has two roles, and this is the only one", "add the other below it")
	default:
		f.faults.Add(front.Roles[2].At, fmt.Sprintf("a comparison has two roles, and this one has %d", n), "keep two, and make another comparison for the rest")
	}
	for i, r := range front.Roles[:min(len(front.Roles), 2)] {
		c.Roles[i] = comparison.Role{
			At: r.At, ID: r.ID.Value,
			Name:       f.fit(r.Name, "name", comparison.MaxName),
			Indefinite: f.fit(r.Indefinite, "indefinite", comparison.MaxName),
			Plural:     f.fit(r.Plural, "plural", comparison.MaxName),
			Purpose:    f.fit(r.Purpose, "purpose", comparison.MaxSummary),
			When:       f.fit(r.When, "when", comparison.MaxSummary),
		}
	}
	for _, s := range front.Sources {
		c.Sources = append(c.Sources, comparison.Source{
			At: s.At, Title: f.fit(s.Title, "title", comparison.MaxLine), Publisher: f.fit(s.Publisher, "publisher", comparison.MaxName), URL: f.https(s.URL),
		})
	}
	c.Overview = f.titledSection(c.Slug)
}

func refs(ids []ident) []comparison.Ref {
	if len(ids) == 0 {
		return nil
	}
	out := make([]comparison.Ref, 0, len(ids))
	for _, id := range ids {
		if id.Value != "" { // else it is a fault already
			out = append(out, comparison.Ref{At: id.At, ID: id.Value})
		}
	}
	return out
}

// section reads a file that is a heading and a text.
func (f *file) section(slug string) comparison.Section {
	f.noFront()
	return f.titledSection(slug)
}

func (f *file) titledSection(slug string) comparison.Section {
	d := f.parse(slug)
	name, rest := d.titled()
	s := comparison.Section{Name: name, Body: d.prose(rest, inSection)}
	if len(d.blocks) > 0 && len(rest) == 0 {
		d.faults.Add(d.end(), "the text is missing", "write it below the heading")
	}
	return s
}

// sections reads a file whose text is a heading, an introduction and a ## part
// each for something.
func (f *file) sections(slug string) (*document, comparison.Section, []part) {
	d := f.parse(slug)
	name, rest := d.titled()
	intro, parts := d.split(rest, 2, true)
	return d, comparison.Section{Name: name, Body: d.prose(intro, noHeadings)}, parts
}

func (f *file) differences(c *comparison.Comparison) {
	f.noFront()
	d, section, parts := f.sections(c.Slug)
	c.Differences.Section = section
	for _, p := range parts {
		difference := comparison.Difference{Name: p.name}
		intro, sides := d.split(p.blocks, 3, false)
		if len(intro) > 0 {
			d.faultAt(intro[0], "this belongs to neither role", "move it below one of the two ### headings")
		}
		for i, role := range c.Roles {
			if i >= len(sides) {
				if role.Name != "" {
					d.faultAt(p.heading, fmt.Sprintf("the side of “%s” is missing from this difference", role.Name),
						fmt.Sprintf("add it under a heading of its own: ### %s", role.Name))
				}
				continue
			}
			side := sides[i]
			if c.Roles[0].Name != c.Roles[1].Name && !strings.EqualFold(side.name.Title, role.Name) {
				d.faultAt(side.heading, fmt.Sprintf("this is the place of “%s”", role.Name),
					fmt.Sprintf("head it with the role's name, ### %s, in the order of the roles", role.Name))
			}
			if difference.Sides[i] = d.prose(side.blocks, noHeadings); len(side.blocks) == 0 {
				d.faultAt(side.heading, "there is no text under this heading", "write what holds for this role")
			}
		}
		if len(sides) > 2 {
			d.faultAt(sides[2].heading, "a difference has two sides, one a role", "remove this one")
		}
		c.Differences.Items = append(c.Differences.Items, difference)
	}
	if len(parts) == 0 {
		d.faults.Add(d.end(), "there is no difference", "add one: a ## heading with an id, and a ### heading for each role")
	}
}

// perRole returns the parts of a file that has one for each role.
func (d *document) perRole(parts []part, c *comparison.Comparison) []part {
	if len(parts) < 2 {
		missing := c.Roles[len(parts)].Name
		d.faults.Add(d.end(), fmt.Sprintf("the part about “%s” is missing", missing), "add a ## heading with an id, one a role, in the order of the roles")
	}
	if len(parts) > 2 {
		d.faultAt(parts[2].heading, "there are two roles, and this is a third part", "remove it")
		parts = parts[:2]
	}
	return parts
}

// listed parts blocks into what stands before their one list, the list's items
// and what stands after it.
func (d *document) listed(p part, what string) (intro, items, outro []ast.Node) {
	lists := 0
	for _, n := range p.blocks {
		l, ok := n.(*ast.List)
		switch {
		case ok:
			if lists++; lists > 1 {
				d.faultAt(l, "there is a second list under this heading", "make one list of them: leave no other text between the items")
			}
			items = append(items, d.items(l)...)
		case lists == 0:
			intro = append(intro, n)
		default:
			outro = append(outro, n)
		}
	}
	if len(intro) == 0 {
		d.faultAt(p.heading, "the introduction is missing", "begin with a sentence or two above the list")
	}
	if lists == 0 {
		d.faultAt(p.heading, fmt.Sprintf("the list of %s is missing", what), "write one item a line: hyphen, space, item")
	}
	return intro, items, outro
}

// items are the items of a list, each of which is one paragraph.
func (d *document) items(l *ast.List) []ast.Node {
	var out []ast.Node
	for _, item := range children(l) {
		words := children(item)
		if len(words) > 0 && (words[0].Kind() == ast.KindTextBlock || words[0].Kind() == ast.KindParagraph) {
			out = append(out, words[0])
			words = words[1:]
		} else {
			d.faultAt(item, "this item has no words", "write some, or remove it")
		}
		for _, n := range words {
			if !d.isComment(n) {
				d.faultAt(n, "an item of this list is a single paragraph", "move this to an item of its own, or out of the list")
				break
			}
		}
	}
	return out
}

// only returns the words of the one paragraph in n, or nil.
func only(n ast.Node) ast.Node {
	if p := n.FirstChild(); p != nil && p.Kind() == ast.KindParagraph && p.NextSibling() == nil {
		return p
	}
	return nil
}

// untailed reads words that have no id.
func (d *document) untailed(n ast.Node) comparison.Prose {
	if t := d.tail(n); t.found {
		d.faults.Add(t.at, "an id has no meaning here", "only headings and signs have one; remove it")
	}
	return d.line(n)
}

func (f *file) responsibilities(c *comparison.Comparison) {
	f.noFront()
	d, section, parts := f.sections(c.Slug)
	c.Responsibilities.Section = section
	for i, p := range d.perRole(parts, c) {
		duties := comparison.Duties{Name: p.name}
		intro, items, outro := d.listed(p, "responsibilities")
		duties.Intro = d.prose(intro, noHeadings)
		for _, item := range items {
			duties.Items = append(duties.Items, d.untailed(item))
		}
		var rest []ast.Node
		for _, n := range outro {
			if n.Kind() != ast.KindBlockquote {
				rest = append(rest, n)
			} else if words := only(n); words == nil {
				d.faultAt(n, "the question the role answers is a single paragraph", "write it on one line: > What …?")
				duties.Question.Markdown = " "
			} else if !duties.Question.IsZero() {
				d.faultAt(n, "the role answers a question already", "remove one of the two quotations")
			} else {
				duties.Question = d.untailed(words)
			}
		}
		if duties.Question.IsZero() {
			d.faultAt(p.heading, "the question this role answers is missing", "write it below the list, as a quotation: > What …?")
		}
		duties.Outro = d.prose(rest, noHeadings)
		c.Responsibilities.Roles[i] = duties
	}
}

func (f *file) signs(c *comparison.Comparison) {
	f.noFront()
	d, section, parts := f.sections(c.Slug)
	c.Signs.Section = section
	for i, p := range d.perRole(parts, c) {
		signs := comparison.SignList{Name: p.name}
		intro, items, outro := d.listed(p, "signs")
		signs.Intro = d.prose(intro, noHeadings)
		signs.Outro = d.prose(outro, noHeadings)
		for _, item := range items {
			t := d.tail(item)
			sign := comparison.Sign{At: d.placeOf(item), ID: t.id, Aliases: t.aliases, Text: d.line(item)}
			if !t.found {
				d.faultAt(item, "the sign has no id", fmt.Sprintf("end it with one in braces: {#%s}", comparison.MakeID(sign.Text.Text)))
			}
			comparison.Fit(d.faults, sign.At, "the sign", sign.Text.Text, comparison.MaxSummary)
			signs.Items = append(signs.Items, sign)
		}
		c.Signs.Roles[i] = signs
	}
}

type togetherFront struct {
	Caption text `yaml:"caption"`
	Stages  []struct {
		At     comparison.Place
		Name   text    `yaml:"name"`
		Detail text    `yaml:"detail"`
		Roles  []ident `yaml:"roles"`
	} `yaml:"stages"`
}

func (f *file) together(c *comparison.Comparison) {
	var front togetherFront
	f.decodeFront(&front)
	t := &c.Together
	t.Caption = f.fit(front.Caption, "caption", comparison.MaxLine)
	for _, s := range front.Stages {
		stage := comparison.Stage{At: s.At, Name: f.fit(s.Name, "name", comparison.MaxName), Detail: f.fit(s.Detail, "detail", comparison.MaxLabel)}
		for _, id := range s.Roles {
			if role := f.role(c, id); role >= 0 {
				stage.Roles[role] = true
			}
		}
		t.Stages = append(t.Stages, stage)
	}
	t.Section = f.titledSection(c.Slug)
}

// role returns the index of the role that an author names, or -1.
func (f *file) role(c *comparison.Comparison, id ident) int {
	first, second := c.Roles[0].ID, c.Roles[1].ID
	switch {
	case id.Value == "" || first == "" || second == "" || first == second: // That is a fault of its own.
		return -1
	case id.Value == first:
		return 0
	case id.Value == second:
		return 1
	}
	f.faults.Add(id.At, fmt.Sprintf("there is no role “%s”", id.Value), comparison.Suggest(id.Value, []string{first, second}))
	return -1
}

func (f *file) faq(c *comparison.Comparison) {
	f.noFront()
	d, section, parts := f.sections(c.Slug)
	c.FAQ.Section = section
	for _, p := range parts {
		item := comparison.FAQItem{Name: p.name, Answer: d.prose(p.blocks, noHeadings)}
		if len(p.blocks) == 0 {
			d.faultAt(p.heading, "the question has no answer", "write it below the heading")
		}
		c.FAQ.Items = append(c.FAQ.Items, item)
	}
	if len(parts) == 0 {
		d.faults.Add(d.end(), "there is no question", "add one: ## The question? {#id}, and below it the answer")
	}
}

type questionnaireFront struct {
	Questions []struct {
		At      comparison.Place
		ID      ident `yaml:"id"`
		Ask     text  `yaml:"ask"`
		Hint    text  `yaml:"hint,omitempty"`
		Fact    bool  `yaml:"fact,omitempty"`
		Options []struct {
			At    comparison.Place
			ID    ident   `yaml:"id"`
			Label text    `yaml:"label"`
			If    text    `yaml:"if,omitempty"`
			Meets []ident `yaml:"meets,omitempty"`
			Fails []ident `yaml:"fails,omitempty"`
		} `yaml:"options"`
	} `yaml:"questions"`
}

func (f *file) questionnaire(c *comparison.Comparison) {
	var front questionnaireFront
	f.decodeFront(&front)
	for _, q := range front.Questions {
		question := comparison.Question{
			At: q.At, ID: q.ID.Value, Fact: q.Fact,
			Ask:     f.fit(q.Ask, "ask", comparison.MaxQuestion),
			Hint:    f.fit(q.Hint, "hint", comparison.MaxSummary),
			Options: make([]comparison.Option, 0, len(q.Options)),
		}
		for _, o := range q.Options {
			question.Options = append(question.Options, comparison.Option{
				At: o.At, ID: o.ID.Value,
				Label: f.fit(o.Label, "label", comparison.MaxQuestion),
				If:    f.fit(o.If, "if", comparison.MaxQuestion),
				Meets: refs(o.Meets), Fails: refs(o.Fails),
			})
		}
		c.Questionnaire.Questions = append(c.Questionnaire.Questions, question)
	}
	c.Questionnaire.Section = f.titledSection(c.Slug)
}

// anchors reads anchors.txt: one link a line.
func (f *file) anchors(c *comparison.Comparison) {
	for n := range f.starts {
		if line := f.line(n + 1); line != "" {
			c.Published = append(c.Published, comparison.Anchor{At: f.place(f.starts[n]), Link: line})
		}
	}
}

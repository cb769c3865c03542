package markdown

import (
	"cmp"
	"fmt"
	"math"
	"path"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"

	"rolecompare/internal/comparison"
)

// The files of a comparison's folder besides comparison.md, which is read before
// them, for it says which roles they are about.
var comparisonFiles = []struct {
	name string
	read func(*file, *comparison.Comparison)
}{
	{"differences.md", (*file).differences},
	{"responsibilities.md", func(f *file, c *comparison.Comparison) { c.Responsibilities = f.section(nil) }},
	{"signs.md", (*file).signs},
	{"together.md", func(f *file, c *comparison.Comparison) { c.Together.Section = f.section(&c.Together) }},
	{"provider.md", func(f *file, c *comparison.Comparison) { c.Provider = f.section(nil) }},
	{"faq.md", (*file).faq},
	{"closing.md", func(f *file, c *comparison.Comparison) { c.Closing = f.section(nil) }},
	{"questionnaire.md", func(f *file, c *comparison.Comparison) { c.Questionnaire.Section = f.section(&c.Questionnaire) }},
	{"outcomes.md", (*file).outcomes},
	{"examples.md", (*file).examples},
	{"decisions.tsv", func(f *file, c *comparison.Comparison) { c.Decisions = string(f.src) }},
}

// optional are those that a folder need not have.
var optional = []string{"examples.md", "decisions.tsv"}

func (r *reader) comparison(slug string) *comparison.Comparison {
	folder := path.Join("comparisons", slug)
	c := &comparison.Comparison{Slug: slug, Order: math.MaxInt32}
	c.At = comparison.Position{File: path.Join(folder, "comparison.md"), Line: 1, Column: 1}

	names := []string{"comparison.md"}
	for _, part := range comparisonFiles {
		names = append(names, part.name)
	}
	there := r.folder(folder, names...)
	missing := slices.DeleteFunc(names, func(name string) bool { return slices.Contains(there, name) || slices.Contains(optional, name) })
	if len(missing) > 1 {
		r.report(folder, "files are missing: "+strings.Join(missing, ", "), "write them; the README of the content folder shows how")
	}
	read := func(name string, use func(*file)) {
		if slices.Contains(there, name) || slices.Equal(missing, []string{name}) {
			r.read(path.Join(folder, name), func(f *file) {
				use(f)
				c.Links = append(c.Links, f.links...)
			})
		}
	}
	read("comparison.md", func(f *file) { c.Overview = f.section(c) })
	for i := range c.Roles {
		candidate := &c.Roles[i]
		candidate.Role = &comparison.Role{ID: candidate.Named.ID} // whether there is one is checked later
		for _, role := range r.roles {
			if role.ID == candidate.Named.ID {
				candidate.Role = role
			}
		}
	}
	for _, part := range comparisonFiles {
		read(part.name, func(f *file) {
			f.roles = c.Roles
			part.read(f, c)
		})
	}
	return c
}

func (f *file) differences(c *comparison.Comparison) {
	d, section, parts := f.sections()
	d.must(len(parts) > 0 || section.Title == "", d.end(), "there is no difference", "add one: a ## heading with an id, and a ### heading for each role")
	c.Differences.Section = section
	for _, p := range parts {
		c.Differences.Items = append(c.Differences.Items, d.difference(p))
	}
}

func (d *document) difference(p part) comparison.Difference {
	out := comparison.Difference{Name: p.Name}
	intro, sides := d.split(p.blocks, 3, false)
	if len(intro) > 0 {
		d.misplaced(d.at(intro[0]), p.At, "this belongs to neither role", "move it below one of the two ### headings")
	}
	for i, side := range d.perRole(sides, p.At) {
		role := d.roles[i]
		if role.Name != "" && !strings.EqualFold(side.Title, role.Name) {
			d.misplaced(side.At, p.At, fmt.Sprintf("this is the place of “%s”", role.Name),
				fmt.Sprintf("head it with the role's name, ### %s, in the order of the roles", role.Name))
		}
		out.Sides[i] = d.passage(side)
	}
	return out
}

func (d *document) duties(p part) comparison.Duties {
	blocks, below := d.split(p.blocks, 2, false)
	intro, items, rest := d.listed(part{p.Name, blocks})
	out := comparison.Duties{Name: p.Name, Intro: d.passage(part{p.Name, intro}), Items: d.inline(items)}
	var outro []ast.Node
	for _, n := range rest {
		switch {
		case n.Kind() != ast.KindBlockquote:
			outro = append(outro, n)
		case !out.Question.IsZero():
			d.found.Lose(d.at(n), "the role answers a question already", "remove one of the two quotations")
		default:
			out.Question = d.line(cmp.Or(n.FirstChild(), n))
			d.must(n.ChildCount() == 1 && isParagraph(n.FirstChild()), d.at(n), "the question the role answers is a single paragraph", "write it on one line: > What …?")
		}
	}
	d.must(!out.Question.IsZero(), p.At, "the question this role answers is missing", "write it below the list, as a quotation: > What …?")
	out.Outro = d.prose(outro, noHeadings)
	if len(below) > 0 {
		out.Wont = comparison.Wont{Title: below[0].Title, Items: d.steps(below[0])}
	}
	if len(below) > 1 {
		d.found.Lose(below[1].At, "a role has one ## heading at most: what it will not do", "remove this one")
	}
	return out
}

func (f *file) signs(c *comparison.Comparison) {
	d, section, parts := f.sections()
	c.Signs.Section = section
	for i, p := range d.perRole(parts, d.end()) {
		intro, items, outro := d.listed(p)
		list := comparison.SignList{Name: p.Name, Intro: d.passage(part{p.Name, intro}), Outro: d.prose(outro, noHeadings)}
		for _, item := range items {
			name, braces := d.id(item)
			_, id, _ := strings.Cut(d.text(item), "{") // without its #, it is read as words
			d.must(braces >= 0, name.At, "the sign has no id", fmt.Sprintf("end it with one in braces: {#%s}", comparison.MakeID(cmp.Or(id, d.text(item)))))
			sign := comparison.Sign{At: name.At, ID: name.ID, Aliases: name.Aliases, Text: d.line(item)}
			comparison.CheckLength(d.found, name.At, "the sign", sign.Text.Text, 160)
			list.Items = append(list.Items, sign)
		}
		c.Signs.Roles[i] = list
	}
}

func (f *file) faq(c *comparison.Comparison) {
	d, section, parts := f.sections()
	d.must(len(parts) > 0 || section.Title == "", d.end(), "there is no question", "add one: ## The question? {#id}, and below it the answer")
	c.FAQ.Section = section
	for _, p := range parts {
		c.FAQ.Items = append(c.FAQ.Items, comparison.FAQItem{Name: p.Name, Answer: d.passage(p)})
	}
}

func (f *file) outcomes(c *comparison.Comparison) {
	d, section, parts := f.sections()
	d.must(len(parts) > 0 || section.Title == "", d.end(), "there is no outcome", "add one: a ## heading with an id, a yaml block, a rule block, the advice and the next steps")
	c.Outcomes.Section = section
	for _, p := range parts {
		if o := d.outcome(p); o.ID == comparison.Undecided {
			c.Outcomes.Undecided = o
		} else {
			c.Outcomes.Items = append(c.Outcomes.Items, o)
		}
	}
}

func (d *document) outcome(p part) comparison.Outcome {
	o := comparison.Outcome{Name: p.Name}
	comparison.CheckLength(d.found, p.At, "the outcome's name, which stands in tables,", p.Title, 50)
	blocks, below := d.split(p.blocks, 3, false)
	code, advice := d.fenced(blocks, "yaml", "rule")
	undecided := o.ID == comparison.Undecided
	without := ""
	if undecided {
		without = "recommends"
	}
	d.decodeBlock(p, code["yaml"], without, &o)
	if b := code["rule"]; b != nil {
		if l := b.Lines(); l.Len() > 0 {
			o.Rule = d.lines(l.At(0).Start, l.At(l.Len()-1).Stop)
		}
		d.must(len(o.Rule) > 0, d.at(b), "the rule is empty", "write one; the last outcome's may be the word “otherwise”")
	} else {
		d.must(undecided, p.At, "the outcome has no rule block", "add one below the yaml block: a line ```rule, the rule, and a line ```")
	}
	d.must(len(below) > 0 || undecided, p.At, "the outcome has no next steps", "add a ### heading and a list below the advice")
	o.Advice = d.passage(part{p.Name, advice})
	if undecided && len(below) > 0 {
		d.found.Lose(below[0].At, "this is shown nowhere: where too little is known, the next step is to answer more", "remove it, or move it to the advice")
	}
	for i, p := range below {
		switch i {
		case 0:
			o.StepsTitle, o.Steps = p.Title, d.steps(p)
		case 1:
			o.ReasonTitle, o.Reason = p.Title, d.passage(p)
		case 2:
			d.misplaced(p.At, o.At, "an outcome has two ### headings at most: the next steps, and why the rule is as it is", "remove this one")
		}
	}
	return o
}

// fenced parts blocks into code in these languages, by language, and the others.
func (d *document) fenced(blocks []ast.Node, languages ...string) (code map[string]*ast.FencedCodeBlock, others []ast.Node) {
	code = map[string]*ast.FencedCodeBlock{}
	for _, n := range blocks {
		b, ok := n.(*ast.FencedCodeBlock)
		if !ok || !slices.Contains(languages, string(b.Language(d.src))) {
			others = append(others, n)
			continue
		}
		language := string(b.Language(d.src))
		d.must(code[language] == nil, d.at(b), fmt.Sprintf("there is a %s block already", language), "remove one of the two")
		code[language] = b
	}
	return code, others
}

// decodeBlock decodes the yaml block of a part into a struct.
func (d *document) decodeBlock(p part, b *ast.FencedCodeBlock, without string, into any) {
	if b == nil {
		d.found.Lose(p.At, "the yaml block is missing", "add one below the heading: a line ```yaml, its keys, and a line ```")
		return
	}
	fence := d.at(b)
	(&decoder{file: d.file, line: fence.Line, column: fence.Column - 1, without: without}).decode(b.Lines().Value(d.src), into)
}

func (f *file) examples(c *comparison.Comparison) {
	d, section, parts := f.sections()
	c.Examples.Section = section
	for _, p := range parts {
		e := comparison.Example{Name: p.Name}
		code, text := d.fenced(p.blocks, "yaml")
		d.decodeBlock(p, code["yaml"], "", &e)
		e.Text = d.passage(part{p.Name, text})
		c.Examples.Items = append(c.Examples.Items, e)
	}
}

// steps are the items of the list that is all there is below a heading.
func (d *document) steps(p part) []comparison.Prose {
	before, items, after := d.listed(p)
	if others := append(before, after...); len(items) > 0 && len(others) > 0 {
		d.found.Lose(d.at(others[0]), "only a list stands here", "make this an item of it, or move it above the heading")
	}
	return d.inline(items)
}

// passage is all the text there is below a heading.
func (d *document) passage(p part) comparison.Prose {
	d.must(len(p.blocks) > 0, p.At, "the text is missing", "write a sentence or more below this heading")
	return d.prose(p.blocks, noHeadings)
}

// plain reads a text whose title is in the front matter.
func (f *file) plain(hint string) comparison.Prose {
	d := f.parse()
	d.levels(d.blocks)
	d.must(len(d.blocks) > 0, d.end(), "the text is missing", hint)
	return d.prose(d.blocks, asWritten)
}

// section reads front matter, and a text that is a heading and a body.
func (f *file) section(front any) comparison.Section {
	f.frontMatter(front)
	d := f.parse()
	name, rest := d.titled()
	d.levels(rest)
	d.must(len(rest) > 0 || name.Title == "", d.end(), "the text is missing", "write it below the heading")
	return comparison.Section{Name: name, Body: d.prose(rest, inSection)}
}

// sections reads a text that is a heading, an introduction and ## parts.
func (f *file) sections() (*document, comparison.Section, []part) {
	f.frontMatter(nil)
	d := f.parse()
	name, rest := d.titled()
	intro, parts := d.split(rest, 2, true)
	return d, comparison.Section{Name: name, Body: d.prose(intro, noHeadings)}, parts
}

// perRole returns the first two of parts of which there must be one for each role. What
// is missing would stand there.
func (d *document) perRole(parts []part, there comparison.Position) []part {
	for i := len(parts); i < 2 && d.rolesKnown(); i++ {
		d.misplaced(there, there, fmt.Sprintf("the part about “%s” is missing", d.roles[i].ID), "add it under a heading of its own, in the order of the roles")
	}
	if len(parts) > 2 {
		d.misplaced(parts[2].At, there, "there are two roles, and this is a third part", "remove it")
	}
	return parts[:min(2, len(parts))]
}

// listed parts what is below a heading into what stands before its one list, the
// list's items and what stands after it.
func (d *document) listed(p part) (before, items, after []ast.Node) {
	lists := 0
	for _, n := range p.blocks {
		switch {
		case n.Kind() == ast.KindList:
			lists++
			d.must(lists == 1, d.at(n), "there is a second list under this heading", "make one list of them: leave no other text between the items")
			items = append(items, d.items(n)...)
		case lists == 0:
			before = append(before, n)
		default:
			after = append(after, n)
		}
	}
	d.must(lists > 0, p.At, "the list is missing", "write one item a line below this heading: hyphen, space, item")
	return before, items, after
}

// items are the items of a list, each of which is one paragraph.
func (d *document) items(list ast.Node) []ast.Node {
	var out []ast.Node
	for _, item := range children(list) {
		blocks := children(item)
		if len(blocks) == 0 || !isParagraph(blocks[0]) {
			d.found.Lose(d.at(item), "this item has no words", "write some, or remove it")
			continue
		}
		out = append(out, blocks[0])
		if len(blocks) > 1 {
			d.found.Lose(d.at(blocks[1]), "an item of this list is a single paragraph", "move this to an item of its own, or out of the list")
		}
	}
	return out
}

// isParagraph reports whether a block is a paragraph, also in a tight list.
func isParagraph(n ast.Node) bool {
	return n.Kind() == ast.KindParagraph || n.Kind() == ast.KindTextBlock
}

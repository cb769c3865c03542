package markdown

import (
	"fmt"

	"github.com/yuin/goldmark/ast"

	"rolecompare/internal/comparison"
)

// outcomeFront is the yaml block of an outcome.
type outcomeFront struct {
	Headline   text    `yaml:"headline"`
	Why        text    `yaml:"why"`
	Recommends pairs   `yaml:"recommends"`
	FAQ        []ident `yaml:"faq,omitempty"`
	Services   []ident `yaml:"services,omitempty"`
}

func (f *file) outcomes(c *comparison.Comparison) {
	f.noFront()
	d, section, parts := f.sections(c.Slug)
	c.Outcomes.Section = section
	c.Outcomes.Items = make([]comparison.Outcome, 0, len(parts))
	for _, p := range parts {
		c.Outcomes.Items = append(c.Outcomes.Items, d.outcome(p, c))
	}
	if len(parts) == 0 {
		d.faults.Add(d.end(), "there is no outcome", "add one: a ## heading with an id, a yaml block, a rule block, the advice and the next steps")
	}
}

func (d *document) outcome(p part, c *comparison.Comparison) comparison.Outcome {
	o := comparison.Outcome{Name: p.name}
	blocks, below := d.split(p.blocks, 3, false)
	var advice []ast.Node
	var front, rule *ast.FencedCodeBlock
	for _, n := range blocks {
		b, _ := n.(*ast.FencedCodeBlock)
		var language string
		if b != nil {
			language = string(b.Language(d.src))
		}
		switch {
		case language == "yaml" && front == nil:
			front = b
		case language == "rule" && rule == nil:
			rule = b
		case language == "yaml", language == "rule":
			d.faultAt(b, fmt.Sprintf("the outcome has a %s block already", language), "remove one of the two")
		default:
			advice = append(advice, n)
		}
	}
	if front == nil {
		d.faultAt(p.heading, "the outcome has no yaml block", "add one below the heading: a line ```yaml, the keys headline, why and recommends, and a line ```")
	} else {
		d.outcomeFront(front, &o, c)
	}
	if rule == nil {
		d.faultAt(p.heading, "the outcome has no rule block", "add one below the yaml block: a line ```rule, the rule, and a line ```")
	} else {
		for i := range rule.Lines().Len() {
			line := rule.Lines().At(i)
			line = line.TrimLeftSpace(d.src)
			line = line.TrimRightSpace(d.src)
			if s := line.Value(d.src); len(s) > 0 {
				o.Rule = append(o.Rule, comparison.RuleLine{At: d.place(d.body + line.Start), Text: string(s)})
			}
		}
		if len(o.Rule) == 0 {
			d.faultAt(rule, "the rule is empty", "write one; the last outcome's is the word “otherwise”")
		}
	}
	if o.Advice = d.prose(advice, noHeadings); len(advice) == 0 {
		d.faultAt(p.heading, "the outcome has no advice", "write a paragraph or more below the rule")
	}
	if len(below) == 0 {
		d.faultAt(p.heading, "the outcome has no next steps", "add a ### heading and a list below the advice")
		return o
	}
	o.StepsTitle = below[0].name.Title
	for _, n := range below[0].blocks {
		if l, ok := n.(*ast.List); ok && len(o.Steps) == 0 {
			for _, item := range d.items(l) {
				o.Steps = append(o.Steps, d.untailed(item))
			}
		} else {
			d.faultAt(n, "only one list of steps stands here", "make it an item of the list, or move it to the advice")
		}
	}
	if len(below[0].blocks) == 0 {
		d.faultAt(below[0].heading, "the list of steps is missing", "write one step a line below this heading: 1. Do this.")
	}
	if len(below) > 1 {
		o.ReasonTitle = below[1].name.Title
		if o.Reason = d.prose(below[1].blocks, noHeadings); len(below[1].blocks) == 0 {
			d.faultAt(below[1].heading, "there is no text under this heading", "write why the rule is as it is, or remove the heading")
		}
	}
	if len(below) > 2 {
		d.faultAt(below[2].heading, "an outcome has two ### headings at most: the next steps, and why the rule is as it is", "remove this one")
	}
	return o
}

func (d *document) outcomeFront(b *ast.FencedCodeBlock, o *comparison.Outcome, c *comparison.Comparison) {
	var front outcomeFront
	at := d.placeOf(b)
	column := 0
	if b.Lines().Len() > 0 {
		column = d.place(d.body+b.Lines().At(0).Start).Column - 1
	}
	if !d.decode(b.Lines().Value(d.src), at.Line, column, &front) {
		return
	}
	o.Headline = d.fit(front.Headline, "headline", comparison.MaxTitle)
	o.Why = d.fit(front.Why, "why", comparison.MaxSummary)
	o.FAQ, o.Services = refs(front.FAQ), refs(front.Services)
	var given [2]bool
	for _, p := range front.Recommends {
		role := d.role(c, p.Key)
		standing, ok := comparison.ParseStanding(p.Value.Value)
		switch {
		case !ok:
			d.faults.Add(p.Value.At, fmt.Sprintf("“%s” is no way for an outcome to stand to a role", p.Value.Value), "write now, later or out")
		case role >= 0 && given[role]:
			d.faults.Add(p.Key.At, fmt.Sprintf("“%s” is here twice", p.Key.Value), "remove one of them")
		case role >= 0:
			o.Recommends[role] = standing
		}
		if role >= 0 {
			given[role] = true
		}
	}
	if len(front.Recommends) != 1 {
		return
	}
	for i, r := range c.Roles {
		if given[1-i] {
			d.faults.Add(at, fmt.Sprintf("“recommends” does not say how the outcome stands to “%s”", r.ID), fmt.Sprintf("add it in the braces: %s: now, later or out", r.ID))
		}
	}
}

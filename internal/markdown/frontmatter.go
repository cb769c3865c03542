package markdown

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"rolecompare/internal/comparison"
)

// decoder fills the structs of the model. The YAML package's own decoder lets
// keys be missing, drops empty values, and speaks of Go types.
//
// Text is typeset, but for addresses and ids. A value that sets itself gets its
// text typeset and the tag "holds", and its error is the message and the hint of
// a diagnostic, parted by "; ". A field At of a struct is where its value stands.
type decoder struct {
	*file
	line    int    // lines of the file before the YAML
	column  int    // characters before it in each line
	without string // a key that this file has no use for
	taken   bool   // within a question that is written in another comparison
}

// frontMatter decodes the front matter into a struct; nil if there must be none.
func (f *file) frontMatter(into any) {
	switch {
	case into == nil:
		f.must(f.front == nil, f.position(0), "this file has no front matter", "remove the block between the two lines of ---")
	case f.front == nil:
		f.found.Lose(f.position(0), "the front matter is missing", "begin the file with a block of “key: value” lines between two lines of ---")
	default:
		(&decoder{file: f, line: 1}).decode(f.front, into)
	}
}

func (d *decoder) decode(src []byte, into any) {
	var doc yaml.Node
	if err := yaml.Load(src, &doc); err != nil {
		d.explain(err, src)
	} else if root := doc.Content[0]; root.Kind != yaml.MappingNode {
		d.reportAt(&yaml.Node{}, "this is not a list of keys with values", "write one “key: value” a line, with a space after the colon")
	} else if !d.strange(root, "") {
		all := fields(reflect.ValueOf(into).Elem())
		d.keys(root, "", slices.DeleteFunc(all, func(f field) bool { return f.key == d.without }))
	}
}

func (d *decoder) at(n *yaml.Node) comparison.Position {
	return comparison.Position{File: d.name, Line: d.line + n.Line, Column: d.column + max(n.Column, 1)}
}

func (d *decoder) reportAt(n *yaml.Node, message, hint string) { d.found.Lose(d.at(n), message, hint) }

// explanations tell authors what the errors of the YAML package mean for them. The
// first that is part of an error is right.
var explanations = []struct{ part, message, hint string }{
	{"tab character", "the line is indented with a tab", "indent it with spaces"},
	{"no documents", "there are no keys here", "write one “key: value” a line, with a space after the colon"},
	{"found multiple", "a second document begins here", "remove the line of --- before it"},
	{"another column", "this line is indented otherwise than the lines above it", "let keys that belong together begin in the same column"},
	{"curly", "the quotation marks around this value are curly, so that they mean nothing", `write straight ones: "…"`},
	{"mapping values", "a second “: ” stands in this line, or the line is indented by mistake",
		"put text that holds a colon in double quotes, and let keys that belong together begin in the same column"},
	{"found character that cannot start", "a value cannot begin with this character", "put the value in double quotes"},
	{"unexpected end of stream", "quotation marks that are opened before this are never closed", "close them"},
	{"anchor", "a value that begins with *, & or ! has another meaning here", "put the value in double quotes"},
	{"',' or '", "a bracket that is opened before this is never closed", "close it, and part the values by commas"},
	{"'-' indicator", "this line does not belong to the list above it", "begin it with a hyphen and a space, or indent it under the line it belongs to"},
	{"block sequence entries", "a list cannot begin on the line of its key", "begin each item on a line of its own: hyphen, space, item"},
	{"", "the value before or at this place is not well formed",
		"put text with quotation marks, brackets, colons or a leading sign in double quotes, and check the indentation"},
}

// curly matches a line whose value begins with a curly quotation mark.
var curly = regexp.MustCompile(`^[ -]*([\w-]+: +)?[“”„]`)

func (d *decoder) explain(err error, src []byte) {
	at, problem := &yaml.Node{}, ""
	if e, ok := errors.AsType[*yaml.LoadError](err); ok {
		at, problem = &yaml.Node{Line: e.Mark.Line, Column: e.Mark.Column}, e.Message
	}
	lines := strings.Split(string(src), "\n")
	if at.Line == 0 { // It is not known; only a second document has a line to point at.
		at.Line = 1 + slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, "---") })
	} else if strings.HasPrefix(strings.TrimLeft(lines[at.Line-1], " "), "\t") {
		problem = "tab character"
	} else if curly.MatchString(lines[at.Line-1]) {
		problem = "curly"
	} else if strings.HasSuffix(problem, "expected key") && strings.HasPrefix(lines[at.Line-1], strings.Repeat(" ", max(at.Column-1, 0))) {
		problem = "another column"
	}
	for _, e := range explanations {
		if strings.Contains(problem, e.part) {
			d.reportAt(at, e.message, e.hint)
			return
		}
	}
}

// is reports that the value of key must be something else, unless it is all right.
func (d *decoder) is(ok bool, n *yaml.Node, key, what, hint string) bool {
	d.must(ok, d.at(n), fmt.Sprintf("“%s” must be %s", key, what), hint)
	return ok
}

// field is what the value of a key is decoded into.
type field struct {
	key      string
	optional bool
	value    reflect.Value
	tag      reflect.StructTag
}

// fields are the fields of a struct that have a key.
func fields(v reflect.Value) []field {
	var out []field
	for t, value := range v.Fields() {
		if key, optional := comparison.Key(t); key != "" {
			out = append(out, field{key, optional, value, t.Tag})
		}
	}
	return out
}

// keys decodes a mapping, which is the value of key, key by key.
func (d *decoder) keys(n *yaml.Node, key string, fields []field) {
	if !d.is(n.Kind == yaml.MappingNode, n, key, "keys with values", "write them on the lines below it, indented, one “key: value” a line") {
		return
	}
	var known []string
	for _, f := range fields {
		known = append(known, f.key)
	}
	seen := map[string]bool{}
	var meant []string // by keys that are unknown
	for i := 0; i+1 < len(n.Content); i += 2 {
		k, value := n.Content[i], n.Content[i+1]
		index := slices.Index(known, k.Value)
		switch {
		case k.Kind != yaml.ScalarNode:
			d.reportAt(k, "a key must be a word", "write “key: value”; text that begins with a bracket goes in double quotes")
		case index < 0:
			d.reportAt(k, fmt.Sprintf("the key “%s” is unknown", k.Value), comparison.Suggest(k.Value, known))
			meant = append(meant, comparison.Nearest(k.Value, known))
		case d.taken && fields[index].tag.Get("whole") != "":
			d.reportAt(k, fmt.Sprintf("“%s” is written where the question is taken from", k.Value), "remove it here")
		case seen[k.Value]:
			d.reportAt(k, fmt.Sprintf("the key “%s” is here twice", k.Value), "remove one of them")
		default:
			seen[k.Value] = true
			d.value(value, fields[index])
		}
	}
	for _, f := range fields {
		if !seen[f.key] && !slices.Contains(meant, f.key) && !f.optional && !(d.taken && f.tag.Get("whole") != "") {
			d.reportAt(n, fmt.Sprintf("the key “%s” is missing here", f.key), fmt.Sprintf("add “%s: …”", f.key))
		}
	}
}

// value decodes n into a field.
func (d *decoder) value(n *yaml.Node, f field) {
	if f.value.Kind() == reflect.Struct {
		if at := f.value.FieldByName("At"); at.IsValid() {
			at.Set(reflect.ValueOf(d.at(n)))
		}
	}
	if d.strange(n, f.key) {
		return
	}
	switch to := f.value.Addr().Interface().(type) {
	case *bool:
		*to = n.Value == "true"
		d.is(*to || n.Value == "false", n, f.key, "true or false", "write one of the two, without quotes")
	case *int:
		i, err := strconv.Atoi(n.Value)
		if d.is(err == nil && n.ShortTag() == "!!int", n, f.key, "a whole number", "write it in digits, without quotes") {
			*to = i
		}
		if most, err := strconv.Atoi(f.tag.Get("most")); err == nil && *to != 0 {
			d.is(*to >= 1 && *to <= most, n, f.key, fmt.Sprintf("from 1 to %d", most), "choose one of them")
		}
	case *comparison.Date:
		t, err := time.Parse(time.DateOnly, n.Value)
		hint := "write it as year, month and day: 2026-11-02"
		if err != nil && strings.HasSuffix(err.Error(), "day out of range") {
			month, _ := time.Parse("2006-01", n.Value[:len("2006-01")])
			hint = fmt.Sprintf("%s has %d days", month.Format("January 2006"), month.AddDate(0, 1, -1).Day())
		}
		d.is(err == nil, n, f.key, "a date", hint)
		to.Time = t
	case *string:
		if f.tag.Get("is") == "id" {
			*to = d.ref(n, f.key).ID
			return
		}
		*to = d.words(n, f.key)
		if word, rest, _ := strings.Cut(*to, " "); rest != "" && strings.EqualFold(word, f.tag.Get("after")) {
			d.found.Add(d.at(n), fmt.Sprintf("the word “%s” itself is added when the sentence is shown", word), "begin with what follows it")
			*to = rest
		}
		if most, err := strconv.Atoi(f.tag.Get("most")); err == nil {
			comparison.CheckLength(d.found, d.at(n), fmt.Sprintf("“%s”", f.key), *to, most)
		}
	case *comparison.Link:
		to.URL = d.text(n, f.key)
	case *comparison.Ref:
		*to = d.ref(n, f.key)
	case *[]comparison.Ref:
		for _, item := range d.list(n, f) {
			if r := d.ref(item, f.key); r.ID != "" { // else it is reported
				*to = append(*to, r)
			}
		}
	case *comparison.AtWork:
		ids := []string{d.roles[0].ID, d.roles[1].ID}
		for _, item := range d.list(n, f) {
			r := d.ref(item, f.key)
			if role := slices.Index(ids, r.ID); role >= 0 {
				to[role] = true
			} else if r.ID != "" && d.rolesKnown() {
				d.reportAt(item, fmt.Sprintf("there is no role “%s”", r.ID), comparison.Suggest(r.ID, ids))
			}
		}
	case *comparison.Standings, *comparison.Tally:
		if d.rolesKnown() {
			d.keys(n, f.key, []field{{key: d.roles[0].ID, value: f.value.Index(0)}, {key: d.roles[1].ID, value: f.value.Index(1)}})
		}
	case interface {
		Set(text, holds string) error
	}:
		if s := d.text(n, f.key); s != "" {
			if err := to.Set(typeset(s), f.tag.Get("holds")); err != nil {
				message, hint, _ := strings.Cut(err.Error(), "; ")
				d.reportAt(n, message, hint)
			}
		}
	case *[]comparison.Given:
		if d.is(n.Kind == yaml.MappingNode, n, f.key, "keys with values", "write one “question: the words of the answer” a line") {
			for i := 0; i+1 < len(n.Content); i += 2 {
				question, label := n.Content[i], n.Content[i+1]
				given := comparison.Given{At: d.at(question), Question: question.Value}
				if !d.strange(label, question.Value) {
					given.Label = d.words(label, question.Value)
				}
				*to = append(*to, given)
			}
		}
	default:
		if f.value.Kind() == reflect.Struct {
			inner := *d
			inner.taken = d.taken || slices.ContainsFunc(n.Content, func(k *yaml.Node) bool { return k.Value == "from" })
			inner.keys(n, f.key, fields(f.value))
			return
		}
		items := d.list(n, f)
		if f.value.Kind() == reflect.Slice {
			f.value.Set(reflect.MakeSlice(f.value.Type(), len(items), len(items)))
		} else if n := len(items); n > 0 && n != f.value.Len() { // It is the array of two roles.
			d.reportAt(items[min(n-1, 2)], fmt.Sprintf("a comparison has two roles, and this one has %d", n), "write two, and compare any others in a comparison of their own")
		}
		for i := range min(len(items), f.value.Len()) {
			d.value(items[i], field{f.key, f.optional, f.value.Index(i), f.tag})
		}
	}
}

// strange reports a value that YAML takes for something else, or that is none.
func (d *decoder) strange(n *yaml.Node, key string) bool {
	switch {
	case n.Kind == yaml.AliasNode, n.Anchor != "", n.Style&yaml.TaggedStyle != 0:
		d.reportAt(n, "a value that begins with *, & or ! has another meaning here", "put the value in double quotes")
	case n.Kind == yaml.ScalarNode && (n.ShortTag() == "!!null" || strings.TrimSpace(n.Value) == ""):
		d.reportAt(n, fmt.Sprintf("“%s” has no value", key), "write one, or remove the key if it may be left out")
	default:
		return false
	}
	return true
}

// list returns the items of n.
func (d *decoder) list(n *yaml.Node, f field) []*yaml.Node {
	if !d.is(n.Kind == yaml.SequenceNode, n, f.key, "a list", "write each item on a line of its own: hyphen, space, item; or all in brackets: [one, other]") {
		return nil
	}
	d.must(len(n.Content) > 0 || f.optional || f.tag.Get("empty") != "", d.at(n), fmt.Sprintf("“%s” is an empty list", f.key), "write at least one item")
	return n.Content
}

// words returns the value of n, which is text that visitors read.
func (d *decoder) words(n *yaml.Node, key string) string {
	s := d.text(n, key)
	if inside, ok := strings.CutPrefix(s, "“"); ok && strings.HasSuffix(s, "”") && n.Style == 0 {
		d.found.Add(d.at(n), fmt.Sprintf("the curly quotation marks around “%s” would be shown", key), fmt.Sprintf(`write straight ones, which mean that it is text: "%s"`, strings.TrimSuffix(inside, "”")))
	}
	return typeset(s)
}

// text returns the value of n, or "" if it is no text, such as a number.
func (d *decoder) text(n *yaml.Node, key string) string {
	hint := fmt.Sprintf("put it in double quotes: \"%s\"", n.Value)
	if n.Kind != yaml.ScalarNode {
		hint = "write it on the line of its key; text that begins with a bracket goes in double quotes"
	}
	if !d.is(n.ShortTag() == "!!str", n, key, "text", hint) {
		return ""
	}
	return strings.Join(strings.Fields(n.Value), " ")
}

// ref returns the value of n, whose ID is empty if it is none.
func (d *decoder) ref(n *yaml.Node, key string) comparison.Ref {
	if d.strange(n, key) || !d.is(n.Kind == yaml.ScalarNode, n, key, "an id", "write small letters, digits and single hyphens between them") {
		return comparison.Ref{}
	}
	if !comparison.IsID(n.Value) {
		d.reportAt(n, fmt.Sprintf("“%s” is no id", n.Value), comparison.AdviseID(n.Value))
		return comparison.Ref{}
	}
	return comparison.Ref{At: d.at(n), ID: n.Value}
}

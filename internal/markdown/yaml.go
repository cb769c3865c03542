package markdown

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"rolecompare/internal/comparison"
)

// The decoder fills structs whose fields have a yaml tag, the key in the file;
// "omitempty" after it marks a key that may be left out. It differs from the
// YAML package's own in that every surprise is a fault with a place: a key
// that is unknown, missing or written twice, a value of another kind, an empty
// one, an anchor or a tag.
type decoder struct {
	f      *file
	line   int // lines of the file before the YAML
	column int // characters before it in each line
}

// The kinds of values that front matter has, each with its place where it
// matters to whoever reads it next.
type (
	text struct { // shown to visitors, so typeset
		At    comparison.Place
		Value string
	}
	ident struct { // an id
		At    comparison.Place
		Value string
	}
	address struct { // a link's address
		At    comparison.Place
		Value string
	}
	day struct {
		At    comparison.Place
		Value time.Time
	}
	pairs []pair // keys that an author chose
	pair  struct{ Key, Value ident }
)

var (
	textType    = reflect.TypeFor[text]()
	identType   = reflect.TypeFor[ident]()
	addressType = reflect.TypeFor[address]()
	dayType     = reflect.TypeFor[day]()
	pairsType   = reflect.TypeFor[pairs]()
	phraseType  = reflect.TypeFor[comparison.Phrase]()
)

// decodeFront decodes the file's front matter into the struct that v points
// to. It reports false if there is none that could be read.
func (f *file) decodeFront(v any) bool {
	if f.front == nil {
		f.fault(0, "the front matter is missing", "begin the file with a block of “key: value” lines between two lines of ---")
		return false
	}
	return f.decode(f.front, 1, 0, v)
}

func (f *file) decode(src []byte, line, column int, v any) bool {
	d := &decoder{f, line, column}
	begin := comparison.Place{File: f.name, Line: max(line, 1), Column: column + 1}
	l, err := yaml.NewLoader(bytes.NewReader(src), yaml.WithUniqueKeys(false))
	if err != nil {
		f.faults.Add(begin, "the front matter cannot be read", "write one “key: value” a line")
		return false
	}
	var doc yaml.Node
	if err := l.Load(&doc); err != nil {
		if !errors.Is(err, io.EOF) {
			d.syntax(err, src)
			return false
		}
		doc.Content = []*yaml.Node{{Kind: yaml.MappingNode, Line: 0, Column: 1}}
	}
	if len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode {
		f.faults.Add(begin, "this is not a list of keys with values", "write one “key: value” a line, with a space after the colon")
		return false
	}
	var second yaml.Node
	if err := l.Load(&second); err == nil {
		f.faults.Add(d.place(second.Line, second.Column), "a second document begins here", "remove the line of --- before it")
	} else if !errors.Is(err, io.EOF) {
		d.syntax(err, src)
	}
	d.value(doc.Content[0], reflect.ValueOf(v).Elem(), "", "")
	return true
}

func (d *decoder) place(line, column int) comparison.Place {
	return comparison.Place{File: d.f.name, Line: d.line + line, Column: d.column + max(column, 1)}
}

func (d *decoder) fault(n *yaml.Node, what, do string) {
	d.f.faults.Add(d.place(n.Line, n.Column), what, do)
}

// syntax explains an error of the YAML package in words for an author. Its own
// are about scanners and tokens.
func (d *decoder) syntax(err error, src []byte) {
	line, column, message := 1, 1, ""
	if e, ok := errors.AsType[*yaml.LoadError](err); ok {
		line, column, message = max(e.Mark.Line, 1), max(e.Mark.Column, 1), e.Message
	}
	lines := strings.Split(string(src), "\n")
	line = min(line, len(lines))
	here := lines[line-1]
	column = min(column, utf8.RuneCountInString(here)+1)
	at := d.place(line, column)
	add := d.f.faults.Add
	if before, _, tab := strings.Cut(here, "\t"); tab && strings.TrimSpace(before) == "" {
		add(d.place(line, utf8.RuneCountInString(before)+1), "the line is indented with a tab", "indent it with spaces")
		return
	}
	switch {
	case strings.HasPrefix(message, "mapping values"):
		add(at, "a second “: ” stands in this line, or the line is indented by mistake",
			"put text that holds a colon in double quotes, and let keys that belong together begin in the same column")
	case strings.HasPrefix(message, "found character that cannot start"):
		add(at, "a value cannot begin with this character", "put the value in double quotes")
	case strings.Contains(message, "unexpected end of stream"):
		add(at, "quotation marks that are opened before this are never closed", "close them")
	case strings.Contains(message, "anchor"):
		add(at, "a value that begins with * or & has another meaning here", "put the value in double quotes")
	case strings.Contains(message, "',' or ']'"), strings.Contains(message, "',' or '}'"):
		add(at, "a bracket that is opened before this is never closed", "close it, and part the values by commas")
	case strings.Contains(message, "'-' indicator"):
		add(at, "this line does not belong to the list above it", "begin it with a hyphen and a space, or indent it under the line it belongs to")
	case strings.Contains(message, "block sequence entries"):
		add(at, "a list cannot begin on the line of its key", "begin each item on a line of its own: hyphen, space, item")
	default:
		add(at, "the value before or at this place is not well formed",
			"put text with quotation marks, brackets, colons or a leading sign in double quotes, and check the indentation")
	}
}

// value decodes n into v. key names the value in faults, and is empty for the
// whole; holds lists the words in braces that a phrase may use.
func (d *decoder) value(n *yaml.Node, v reflect.Value, key, holds string) {
	if v.Kind() == reflect.Struct { // A value knows its place even if it is a fault.
		if at := v.FieldByName("At"); at.IsValid() {
			at.Set(reflect.ValueOf(d.place(n.Line, n.Column)))
		}
	}
	switch {
	case n.Kind == yaml.AliasNode, n.Anchor != "":
		d.fault(n, "a value that begins with * or & has another meaning here", "put the value in double quotes")
		return
	case n.Style&yaml.TaggedStyle != 0:
		d.fault(n, "a value that begins with ! has another meaning here", "put the value in double quotes")
		return
	case n.Kind == yaml.ScalarNode && (n.ShortTag() == "!!null" || strings.TrimSpace(n.Value) == ""):
		d.fault(n, fmt.Sprintf("“%s” has no value", key), "write one, or remove the key if it may be left out")
		return
	}
	at := d.place(n.Line, n.Column)
	switch v.Type() {
	case textType:
		if s, ok := d.text(n, key); ok {
			v.Set(reflect.ValueOf(text{at, typeset(s, 0)}))
		}
	case addressType:
		if s, ok := d.text(n, key); ok {
			v.Set(reflect.ValueOf(address{at, s}))
		}
	case identType:
		if id, ok := d.ident(n, key); ok {
			v.Set(reflect.ValueOf(id))
		}
	case dayType:
		t, err := time.Parse(time.DateOnly, n.Value)
		if n.Kind != yaml.ScalarNode || err != nil {
			d.fault(n, fmt.Sprintf("“%s” must be a date", key), "write it as year, month and day: 2026-11-02")
			return
		}
		v.Set(reflect.ValueOf(day{at, t}))
	case pairsType:
		if n.Kind != yaml.MappingNode {
			d.fault(n, fmt.Sprintf("“%s” must be keys with values", key), "write it as {one: value, other: value}")
			return
		}
		var out pairs
		for i := 0; i+1 < len(n.Content); i += 2 {
			k, ok := d.ident(n.Content[i], key)
			if !ok {
				continue
			}
			if value, ok := d.ident(n.Content[i+1], k.Value); ok {
				out = append(out, pair{k, value})
			}
		}
		v.Set(reflect.ValueOf(out))
	case phraseType:
		if s, ok := d.text(n, key); ok {
			d.phrase(n, key, s, holds)
			v.SetString(typeset(s, 0))
		}
	default:
		switch v.Kind() {
		case reflect.Bool:
			if n.Kind != yaml.ScalarNode || n.Value != "true" && n.Value != "false" {
				d.fault(n, fmt.Sprintf("“%s” must be true or false", key), "write one of the two, without quotes")
				return
			}
			v.SetBool(n.Value == "true")
		case reflect.Int:
			i, err := strconv.Atoi(n.Value)
			if n.Kind != yaml.ScalarNode || err != nil || n.ShortTag() != "!!int" {
				d.fault(n, fmt.Sprintf("“%s” must be a whole number", key), "write it in digits, without quotes")
				return
			}
			v.SetInt(int64(i))
		case reflect.Pointer:
			v.Set(reflect.New(v.Type().Elem()))
			d.value(n, v.Elem(), key, holds)
		case reflect.Slice:
			if n.Kind != yaml.SequenceNode {
				d.fault(n, fmt.Sprintf("“%s” must be a list", key), "write each item on a line of its own: hyphen, space, item; or all in brackets: [one, other]")
				return
			}
			out := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
			for i, item := range n.Content {
				d.value(item, out.Index(i), key, holds)
			}
			v.Set(out)
		case reflect.Struct:
			d.keys(n, v, key)
		default:
			panic("markdown: no front matter has a " + v.Type().String())
		}
	}
}

// keys decodes a mapping into a struct, key by key.
func (d *decoder) keys(n *yaml.Node, v reflect.Value, key string) {
	if n.Kind != yaml.MappingNode {
		d.fault(n, fmt.Sprintf("“%s” must be keys with values", key), "write them on the lines below it, indented, one “key: value” a line")
		return
	}
	type field struct {
		value    reflect.Value
		holds    string
		optional bool
		seen     int // the line where the key stands
	}
	fields := make(map[string]*field, v.NumField())
	known := make([]string, 0, v.NumField())
	for i := range v.NumField() {
		t := v.Type().Field(i)
		name, option, _ := strings.Cut(t.Tag.Get("yaml"), ",")
		if name == "" || name == "-" {
			continue
		}
		fields[name] = &field{value: v.Field(i), holds: t.Tag.Get("holds"), optional: option == "omitempty"}
		known = append(known, name)
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		if k.Kind != yaml.ScalarNode {
			d.fault(k, "a key must be a word", "write “key: value”; text that begins with a bracket goes in double quotes")
			continue
		}
		f := fields[k.Value]
		switch {
		case f == nil:
			d.fault(k, fmt.Sprintf("the key “%s” is unknown", k.Value), comparison.Suggest(k.Value, known))
		case f.seen > 0:
			d.fault(k, fmt.Sprintf("the key “%s” is here twice; it was on line %d already", k.Value, f.seen), "remove one of them")
		default:
			f.seen = d.line + k.Line
			value := n.Content[i+1]
			d.value(value, f.value, k.Value, f.holds)
			if value.Kind == yaml.SequenceNode && len(value.Content) == 0 && !f.optional {
				d.fault(value, fmt.Sprintf("“%s” is an empty list", k.Value), "write at least one item")
			}
		}
	}
	for _, name := range known {
		if f := fields[name]; f.seen == 0 && !f.optional {
			what := fmt.Sprintf("the key “%s” is missing", name)
			if key != "" {
				what = fmt.Sprintf("the key “%s” is missing from this part of “%s”", name, key)
			}
			d.fault(n, what, fmt.Sprintf("add a line “%s: …”", name))
		}
	}
}

// text returns the value of n if it is text and no number or the like.
func (d *decoder) text(n *yaml.Node, key string) (string, bool) {
	if n.Kind != yaml.ScalarNode {
		d.fault(n, fmt.Sprintf("“%s” must be text", key), "write it on the line of its key; text that begins with a bracket goes in double quotes")
		return "", false
	}
	if n.ShortTag() != "!!str" {
		d.fault(n, fmt.Sprintf("“%s” must be text", key), fmt.Sprintf("put it in double quotes: \"%s\"", n.Value))
		return "", false
	}
	return strings.Join(strings.Fields(n.Value), " "), true
}

// ident returns the value of n if it is an id.
func (d *decoder) ident(n *yaml.Node, key string) (ident, bool) {
	at := d.place(n.Line, n.Column)
	if n.Kind != yaml.ScalarNode || n.Style&yaml.TaggedStyle != 0 || n.Anchor != "" {
		d.fault(n, fmt.Sprintf("“%s” must be an id", key), "write small letters, digits and single hyphens between them")
		return ident{}, false
	}
	if n.Value == "" || n.ShortTag() == "!!null" {
		d.fault(n, fmt.Sprintf("“%s” has no value", key), "write an id, or remove it")
		return ident{}, false
	}
	if !comparison.IsID(n.Value) {
		d.f.faults.Add(at, fmt.Sprintf("“%s” is no id", n.Value), comparison.AdviseID(n.Value))
		return ident{}, false
	}
	return ident{at, n.Value}, true
}

// phrase checks the words in braces of a phrase, and its two forms.
func (d *decoder) phrase(n *yaml.Node, key, s, holds string) {
	var known []string
	if holds != "" {
		known = strings.Split(holds, ",")
	}
	if strings.Count(s, " | ") > 1 {
		d.fault(n, fmt.Sprintf("“%s” has more than two forms", key), "write one for 1 and one for any other number, with one “ | ” between them")
	}
	for rest := s; ; {
		_, after, open := strings.Cut(rest, "{")
		if !open {
			return
		}
		word, tail, closed := strings.Cut(after, "}")
		if !closed {
			d.fault(n, fmt.Sprintf("a brace in “%s” is never closed", key), "write the word that is filled in between { and }")
			return
		}
		ok := false
		for _, k := range known {
			ok = ok || k == word
		}
		if !ok {
			do := "it may use none; remove it"
			if len(known) > 0 {
				do = "it may use {" + strings.Join(known, "}, {") + "}"
			}
			d.fault(n, fmt.Sprintf("“%s” cannot use {%s}", key, word), do)
		}
		rest = tail
	}
}

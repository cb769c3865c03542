package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"rolecompare/internal/comparison"
	"rolecompare/web/page"
)

// schemas writes a JSON Schema for each kind of front matter into a content folder,
// and a configuration of remark that names them, so that editors check as one types.
func schemas(dir string, stdout io.Writer) error {
	if err := os.Mkdir(filepath.Join(dir, ".schemas"), 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return failed("cannot write into %s: %v", dir, plain(err))
	}
	files, globs := map[string]any{}, map[string][]string{}
	for glob, of := range map[string]any{
		"site.md": comparison.Site{}, "words.md": page.Words{}, "roles/*.md": comparison.Role{},
		"services/*.md": comparison.Page{}, "pages/*.md": comparison.Page{}, "comparisons/*/comparison.md": comparison.Comparison{},
		"comparisons/*/together.md": comparison.Together{}, "comparisons/*/questionnaire.md": comparison.Questionnaire{},
	} {
		name := ".schemas/" + strings.NewReplacer("comparisons/*/", "", "/*", "", ".md", ".json").Replace(glob)
		files[name] = schema(reflect.TypeOf(of), "")
		globs[name] = []string{glob}
	}
	lint := []any{"remark-lint-frontmatter-schema", map[string]any{"schemas": globs}}
	files[".remarkrc.json"] = map[string]any{"plugins": []any{"remark-frontmatter", lint}}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		body, _ := json.MarshalIndent(files[name], "", "  ") // strings never fail
		file := filepath.Join(dir, name)
		if err := write(file, body); err != nil {
			return err
		}
		fmt.Fprintln(stdout, file)
	}
	return nil
}

// schema is the JSON Schema of what is decoded into a value of this type: as much as
// the types and their tags say.
func schema(t reflect.Type, tag reflect.StructTag) map[string]any {
	type object = map[string]any
	_, sets := reflect.PointerTo(t).MethodByName("Set")
	most, err := strconv.Atoi(tag.Get("most"))
	switch {
	case t == reflect.TypeFor[comparison.Ref](), tag.Get("is") == "id":
		return object{"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
	case t.Kind() == reflect.Bool:
		return object{"type": "boolean"}
	case t.Kind() == reflect.Int:
		return object{"type": "integer"}
	case t.Kind() == reflect.String && err == nil:
		return object{"type": "string", "maxLength": most}
	case sets, t.Kind() == reflect.String, t == reflect.TypeFor[comparison.Link](), t == reflect.TypeFor[comparison.Date]():
		return object{"type": "string"}
	case t == reflect.TypeFor[comparison.AtWork]():
		return schema(reflect.TypeFor[[]comparison.Ref](), "")
	case t.Kind() == reflect.Slice, t.Kind() == reflect.Array:
		return object{"type": "array", "items": schema(t.Elem(), tag)}
	}
	keys, needed := object{}, []string{}
	for f := range t.Fields() {
		key, optional := comparison.Key(f)
		if key == "" {
			continue
		}
		keys[key] = schema(f.Type, f.Tag)
		if !optional && f.Tag.Get("whole") == "" {
			needed = append(needed, key)
		}
	}
	return object{"type": "object", "properties": keys, "required": needed, "additionalProperties": false}
}

package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"time"
	"unicode"
	"unicode/utf8"

	"rolecompare/internal/comparison"
	"rolecompare/internal/site"
	"rolecompare/web/page"
)

// skeleton is a complete comparison of two roles whose names alone are known,
// with comments that tell the author what to put where.
//
//go:embed skeleton
var skeleton embed.FS

// newOptions are the flags of new.
type newOptions struct{ Slug, First, Second, Content string }

// check says what is wrong with the options.
func (o *newOptions) check() error {
	o.First, o.Second = strings.Join(strings.Fields(o.First), " "), strings.Join(strings.Fields(o.Second), " ")
	if !comparison.IsID(o.Slug) {
		return fmt.Errorf("“%s” cannot be part of an address; %s", o.Slug, comparison.AdviseID(o.Slug))
	}
	for flag, name := range map[string]string{"first": o.First, "second": o.Second} {
		if name == "" {
			return fmt.Errorf("“rolecompare new” needs both roles: --first \"Role\" --second \"Role\"")
		}
		// These are the characters that mean nothing special in Markdown.
		if i := strings.IndexFunc(name, func(r rune) bool {
			return !unicode.In(r, unicode.L, unicode.M, unicode.Nd) && !strings.ContainsRune(" -'’.,/+()", r)
		}); i >= 0 {
			return fmt.Errorf("--%s: “%s” holds a character that a role's name cannot have here; begin with a plain name and change it in the files", flag, name)
		}
	}
	if strings.EqualFold(o.First, o.Second) {
		return fmt.Errorf("--first and --second name the same role; a comparison needs two")
	}
	return nil
}

// newRole is what the skeleton says of a role: its name, and guesses that an
// author can easily put right.
type newRole struct {
	ID, Name, Indefinite, Plural, Dashed, Headline string
}

func guess(name, fallback string) newRole {
	r := newRole{ID: comparison.MakeID(name), Name: name, Indefinite: "a " + name, Plural: name + "s"}
	if initial, _ := utf8.DecodeRuneInString(name); strings.ContainsRune("aeiouAEIOU", initial) {
		r.Indefinite = "an " + name
	}
	for _, end := range []string{"s", "x", "ch", "sh"} {
		if strings.HasSuffix(name, end) {
			r.Plural = name + "es"
		}
	}
	if r.ID == comparison.MakeID("") {
		r.ID = fallback // the name is written in letters that ids do not have
	}
	r.Dashed = strings.Fields(r.Indefinite)[0] + "-" + r.ID
	r.Headline = "Begin with " + r.Indefinite
	return r
}

// begin writes a new comparison into the content folder: all of it or nothing,
// and never over anything that is there.
func begin(o newOptions, stdout io.Writer) error {
	if info, err := os.Stat(o.Content); err != nil || !info.IsDir() {
		return failed("there is no content folder %s; name yours with --content", o.Content)
	}
	parent := filepath.Join(o.Content, "comparisons")
	folder := filepath.Join(parent, o.Slug)
	if _, err := os.Lstat(folder); !errors.Is(err, fs.ErrNotExist) {
		return failed("%s is there already; nothing was written", folder)
	}
	files, err := fill(o)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return failed("cannot write into %s: %v", o.Content, plain(err))
	}
	// It is put together aside, as a content folder of its own, so that whoever
	// watches sees nothing unfinished.
	aside, err := os.MkdirTemp(parent, ".new-")
	if err != nil {
		return failed("cannot write into %s: %v", parent, plain(err))
	}
	defer os.RemoveAll(aside)
	unfinished := filepath.Join(aside, "comparisons", o.Slug)
	if err := os.MkdirAll(unfinished, 0o755); err != nil {
		return failed("cannot write into %s: %v", parent, plain(err))
	}
	for name, body := range files {
		if err := write(filepath.Join(unfinished, name), body); err != nil {
			return err
		}
	}
	if err := firstDecisions(aside, o.Slug); err != nil {
		return err
	}
	if err := os.Rename(unfinished, folder); err != nil {
		return failed("cannot write %s: %v", folder, plain(err))
	}
	fmt.Fprintf(stdout, `A new comparison stands in %[1]s, complete, with an example in every place.

  1. Edit its files; comparison.md comes first. README.md of the content folder tells of the format.
  2. See it as you write:  rolecompare serve --content %[2]s --dev
     at the address it prints, followed by /compare/%[3]s
  3. Check it:             rolecompare check --content %[2]s
  4. Publish it: remove “draft: true” from comparison.md, and run
                           rolecompare check --content %[2]s --update
     which from then on keeps its links and its decisions from changing unseen
`, folder, o.Content, o.Slug)
	return nil
}

// fill fills the skeleton in.
func fill(o newOptions) (map[string][]byte, error) {
	first, second := guess(o.First, "first-role"), guess(o.Second, "second-role")
	if first.ID == second.ID {
		second.ID += "-2"
		second.Dashed += "-2"
	}
	now := time.Now().UTC()
	data := map[string]any{
		"First": first, "Second": second,
		"Title":   o.First + " vs. " + o.Second,
		"Summary": fmt.Sprintf("What %s does, what %s does, and which of them you need.", first.Indefinite, second.Indefinite),
		"Year":    now.Year(), "Today": now.Format(time.DateOnly),
	}
	t, err := template.New("").Funcs(template.FuncMap{"quote": strconv.Quote}).ParseFS(skeleton, "skeleton/*.md")
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, file := range t.Templates() {
		var b bytes.Buffer
		if err := file.Execute(&b, data); err != nil {
			return nil, err
		}
		files[path.Base(file.Name())] = b.Bytes()
	}
	return files, nil
}

// firstDecisions writes the table of decisions of a comparison that is not public
// yet. It fails if the names that were chosen make it faulty.
func firstDecisions(dir, slug string) error {
	s, found := page.Load(os.DirFS(dir), time.Time{})
	folder := path.Join("comparisons", slug)
	found = slices.DeleteFunc(found, func(d comparison.Diagnostic) bool { return !strings.HasPrefix(d.At.File, folder+"/") })
	if err := found.Err(); err != nil {
		return failed("with these names the new comparison has faults; choose shorter or plainer ones, and change them in the files:\n%w", err)
	}
	return write(filepath.Join(dir, folder, site.DecisionsFile), s.Comparison(slug).Engine.Decisions())
}

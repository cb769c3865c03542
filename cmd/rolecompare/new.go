package main

import (
	"bytes"
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"
	"time"
	"unicode"
	"unicode/utf8"

	"rolecompare/internal/comparison"
	"rolecompare/internal/markdown"
	"rolecompare/internal/site"
	"rolecompare/web/page"
)

// skeleton is a complete comparison of two roles whose names alone are known,
// with comments that tell the author what to put where.
//
//go:embed skeleton
var skeleton embed.FS

// newRole is what the skeleton says of a role: its name, and guesses.
type newRole struct {
	ID, Name, Article string
	Mark              int
	there             bool // and has a file already
}

// guess makes a role of the name that was given by a flag, or finds it among those
// that are there.
func guess(flag, name string, there []*comparison.Role) (newRole, error) {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" {
		return newRole{}, fmt.Errorf("“rolecompare new” needs both roles: --first \"Role\" --second \"Role\"")
	}
	// These are the characters that mean nothing special in Markdown and YAML.
	if strings.ContainsFunc(name, func(r rune) bool {
		return !unicode.In(r, unicode.L, unicode.M, unicode.Nd) && !strings.ContainsRune(" -'’.,/+()", r)
	}) {
		return newRole{}, fmt.Errorf("--%s: “%s” holds a character that a role's name cannot have here; begin with a plain name and change it in the files", flag, name)
	}
	r := newRole{ID: comparison.MakeID(name), Name: name, Article: "a"}
	if initial, _ := utf8.DecodeRuneInString(name); strings.ContainsRune("aeiouAEIOU", initial) {
		r.Article = "an"
	}
	if r.ID == comparison.MakeID("") {
		r.ID = flag + "-role" // the name is written in letters that ids do not have
	}
	for _, old := range there {
		if old.ID == r.ID {
			article, _, _ := strings.Cut(old.Indefinite, " ")
			return newRole{old.ID, old.Name, article, old.Mark, true}, nil
		}
	}
	return r, nil
}

// begin writes a new comparison into the content folder dir: all of it or nothing,
// and never over anything that is there.
func begin(slug, firstName, secondName, dir string, stdout io.Writer) error {
	if !comparison.IsID(slug) {
		return fmt.Errorf("“%s” cannot be part of an address; %s", slug, comparison.AdviseID(slug))
	}
	var there []*comparison.Role
	if s, _ := markdown.Read(os.DirFS(dir), nil); s != nil {
		there = s.Roles
	}
	first, err := guess("first", firstName, there)
	if err != nil {
		return err
	}
	second, err := guess("second", secondName, there)
	if err != nil {
		return err
	}
	if strings.EqualFold(first.Name, second.Name) {
		return fmt.Errorf("--first and --second name the same role; a comparison needs two")
	}
	first.choose(there, second.Mark)
	second.choose(there, first.Mark)
	// It is put together aside, so that whoever watches sees nothing unfinished.
	aside, err := os.MkdirTemp(dir, ".new-")
	if errors.Is(err, fs.ErrNotExist) {
		return failed("there is no content folder %s; name yours with --content", dir)
	}
	if err != nil {
		return failed("cannot write into %s: %v", dir, plain(err))
	}
	defer os.RemoveAll(aside)
	if err := fill(aside, dir, slug, first, second); err != nil {
		return failed("cannot write into %s: %v", dir, plain(err))
	}
	if err := decide(aside, slug, first, second); err != nil {
		return err
	}
	folder := filepath.Join(dir, "comparisons", slug)
	err = errors.Join(os.MkdirAll(filepath.Dir(folder), 0o755), os.MkdirAll(filepath.Join(dir, "roles"), 0o755))
	if err == nil {
		err = os.Rename(filepath.Join(aside, "comparisons", slug), folder)
	}
	for _, r := range []newRole{first, second} {
		if err == nil && !r.there {
			err = os.Rename(filepath.Join(aside, r.file()), filepath.Join(dir, r.file()))
		}
	}
	if errors.Is(err, fs.ErrExist) {
		return failed("%s is there already; nothing was written", folder)
	}
	if err != nil {
		return failed("cannot write %s: %v", folder, plain(err))
	}
	fmt.Fprintf(stdout, `A new comparison stands in %[1]s, complete, with an example in every place.

  1. Edit its files; comparison.md comes first, and what each role does is told in the folder roles.
     README.md of the content folder tells of the format.
  2. See it as you write:  rolecompare serve --content %[2]s --dev
     at the address it prints, followed by /compare/%[3]s
  3. Check it:             rolecompare check --content %[2]s
  4. Publish it: remove “draft: true” from comparison.md, and run
                           rolecompare check --content %[2]s --update
     which from then on keeps its links and its decisions from changing unseen
`, folder, dir, slug)
	return nil
}

// file is the role's, within a content folder.
func (r newRole) file() string { return filepath.Join("roles", r.ID+".md") }

// choose gives a new role a mark that no role has, or else one that the other of
// its comparison has not.
func (r *newRole) choose(there []*comparison.Role, other int) {
	for mark := comparison.Marks; mark > 0 && !r.there; mark-- {
		free := !slices.ContainsFunc(there, func(old *comparison.Role) bool { return old.Mark == mark })
		if mark != other && (free || r.Mark == 0) {
			r.Mark = mark
		}
	}
}

// fill fills the skeleton in, as a content folder aside that has nothing else. Of
// a role that is there in dir it has the file as it is.
func fill(aside, dir, slug string, first, second newRole) error {
	files := map[string][]byte{} // by their path
	add := func(name, pattern string, data any) {
		for _, file := range template.Must(template.ParseFS(skeleton, pattern)).Templates() {
			var b bytes.Buffer
			_ = file.Execute(&b, data) // a buffer takes everything
			files[cmp.Or(name, filepath.Join("comparisons", slug, file.Name()))] = b.Bytes()
		}
	}
	add("", "skeleton/comparison/*.md", map[string]any{"First": first, "Second": second, "Now": time.Now().UTC()})
	for file, r := range map[string]newRole{"skeleton/first.md": first, "skeleton/second.md": second} {
		add(r.file(), file, r)
		if old, err := os.ReadFile(filepath.Join(dir, r.file())); r.there && err == nil {
			files[r.file()] = old
		}
	}
	for name, body := range files {
		name = filepath.Join(aside, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, body, 0o644)); err != nil {
			return err
		}
	}
	return nil
}

// decide writes the table of decisions of the one comparison in a content folder.
// It fails if the names that were chosen make it, or a new role, faulty.
func decide(dir, slug string, roles ...newRole) error {
	s, found := page.Load(os.DirFS(dir), time.Now())
	folder := "comparisons/" + slug + "/"
	found = slices.DeleteFunc(found, func(d comparison.Diagnostic) bool {
		isNew := func(r newRole) bool { return !r.there && d.At.File == r.file() }
		return !strings.HasPrefix(d.At.File, folder) && !slices.ContainsFunc(roles, isNew)
	})
	if err := found.Err(); err != nil {
		return failed("with these names the new comparison has faults; choose shorter or plainer ones, and change them in the files:\n%v", err)
	}
	return write(filepath.Join(dir, folder, site.DecisionsFile), s.Comparison(slug).Engine.Decisions())
}

package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"
	"time"
	"unicode"

	"rolecompare/internal/comparison"
	"rolecompare/internal/markdown"
)

// skeleton is a complete comparison of two roles whose names alone are known,
// with comments that tell the author what to put where.
//
//go:embed skeleton
var skeleton embed.FS

// guess makes a role of the name that was given by a flag, or finds it among those
// that are there.
func guess(flag, name string, there []*comparison.Role) (*comparison.Role, error) {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" {
		return nil, fmt.Errorf("“rolecompare new” needs both roles: --first \"Role\" --second \"Role\"")
	}
	// These are the characters that mean nothing special in Markdown and YAML.
	if strings.ContainsFunc(name, func(r rune) bool {
		return !unicode.In(r, unicode.L, unicode.M, unicode.Nd) && !strings.ContainsRune(" -'’.,/+()", r)
	}) {
		return nil, fmt.Errorf("--%s: “%s” holds a character that a role's name cannot have here; begin with a plain name and change it in the files", flag, name)
	}
	r := &comparison.Role{ID: comparison.MakeID(name), Name: name, Indefinite: "a " + name}
	if strings.IndexAny(name, "aeiouAEIOU") == 0 {
		r.Indefinite = "an " + name
	}
	if r.ID == comparison.MakeID("") {
		r.ID = flag + "-role" // the name is written in letters that ids do not have
	}
	for _, old := range there {
		if old.ID == r.ID {
			return old, nil
		}
	}
	return r, nil
}

// begin writes a new comparison into the content folder dir, never over anything
// that is there.
func begin(slug, firstName, secondName, dir string, stdout io.Writer) error {
	if !comparison.IsID(slug) {
		return fmt.Errorf("“%s” cannot be part of an address; %s", slug, comparison.AdviseID(slug))
	}
	var there []*comparison.Role
	content, _ := markdown.Read(os.DirFS(dir), nil)
	if content != nil {
		there = content.Roles
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
	choose(first, there, second.Mark)
	choose(second, there, first.Mark)
	if content == nil {
		return failed("there is no content folder %s; name yours with --content", dir)
	}
	folder := filepath.Join(dir, "comparisons", slug)
	if _, err := os.Stat(folder); err == nil {
		return failed("%s is there already; nothing was written", folder)
	}
	if err := fill(folder, filepath.Join(dir, "roles"), first, second); err != nil {
		return failed("cannot write %s: %v", folder, plain(err))
	}
	fmt.Fprintf(stdout, `A new comparison stands in %[1]s, complete, with an example in every place.
“%[4]s” is the role that a business usually needs first, and “%[5]s” the one that it may need next;
if that is the wrong way round, begin again with --first and --second exchanged.

  1. Edit its files; comparison.md comes first, and what each role does is told in the folder roles.
     README.md of the content folder tells of the format.
  2. See it as you write:  rolecompare serve --content %[2]s --dev
     at the address it prints, followed by /compare/%[3]s
  3. Check it:             rolecompare check --content %[2]s
  4. Publish it: remove “draft: true” from comparison.md, and run
                           rolecompare check --content %[2]s --update
     which from then on keeps its links and its decisions from changing unseen
`, folder, dir, slug, first.Name, second.Name)
	return nil
}

// choose gives a new role a mark that no role has, or else one that the other of
// its comparison has not.
func choose(r *comparison.Role, there []*comparison.Role, other int) {
	for mark := comparison.Marks; mark > 0 && !slices.Contains(there, r); mark-- {
		free := !slices.ContainsFunc(there, func(old *comparison.Role) bool { return old.Mark == mark })
		if mark != other && (free || r.Mark == 0) {
			r.Mark = mark
		}
	}
}

// fill fills the skeleton in: the folder of a comparison, and the roles that are not
// there yet.
func fill(folder, roles string, first, second *comparison.Role) error {
	err := errors.Join(os.MkdirAll(folder, 0o755), os.MkdirAll(roles, 0o755))
	both := map[string]any{"First": first, "Second": second, "Now": time.Now().UTC()}
	for _, file := range template.Must(template.ParseFS(skeleton, "skeleton/*.md", "skeleton/comparison/*.md")).Templates() {
		name, data := filepath.Join(folder, file.Name()), any(both)
		if r, ok := map[string]*comparison.Role{"first.md": first, "second.md": second}[file.Name()]; ok {
			name, data = filepath.Join(roles, r.ID+".md"), r
		}
		if _, missing := os.Stat(name); err == nil && missing != nil {
			var b bytes.Buffer
			_ = file.Execute(&b, data) // a buffer takes everything
			err = os.WriteFile(name, b.Bytes(), 0o644)
		}
	}
	return err
}

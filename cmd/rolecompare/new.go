package main

import (
	"bytes"
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
}

// guess makes a role of the name that was given by a flag.
func guess(flag, name string) (newRole, error) {
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
	return r, nil
}

// begin writes a new comparison into the content folder dir: all of it or nothing,
// and never over anything that is there.
func begin(slug, firstName, secondName, dir string, stdout io.Writer) error {
	if !comparison.IsID(slug) {
		return fmt.Errorf("“%s” cannot be part of an address; %s", slug, comparison.AdviseID(slug))
	}
	first, err := guess("first", firstName)
	if err != nil {
		return err
	}
	second, err := guess("second", secondName)
	if err != nil {
		return err
	}
	if strings.EqualFold(first.Name, second.Name) {
		return fmt.Errorf("--first and --second name the same role; a comparison needs two")
	}
	// It is put together aside, so that whoever watches sees nothing unfinished.
	aside, err := os.MkdirTemp(dir, ".new-")
	if errors.Is(err, fs.ErrNotExist) {
		return failed("there is no content folder %s; name yours with --content", dir)
	}
	if err != nil {
		return failed("cannot write into %s: %v", dir, plain(err))
	}
	defer os.RemoveAll(aside)
	unfinished := filepath.Join(aside, "comparisons", slug)
	if err := fill(unfinished, first, second); err != nil {
		return failed("cannot write into %s: %v", dir, plain(err))
	}
	if err := decide(aside, slug); err != nil {
		return err
	}
	folder := filepath.Join(dir, "comparisons", slug)
	err = os.MkdirAll(filepath.Dir(folder), 0o755)
	if err == nil {
		err = os.Rename(unfinished, folder)
	}
	if errors.Is(err, fs.ErrExist) {
		return failed("%s is there already; nothing was written", folder)
	}
	if err != nil {
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
`, folder, dir, slug)
	return nil
}

// fill fills the skeleton in, as a new folder.
func fill(folder string, first, second newRole) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, file := range template.Must(template.ParseFS(skeleton, "skeleton/*.md")).Templates() {
		var b bytes.Buffer
		if err := file.Execute(&b, map[string]any{"First": first, "Second": second, "Now": time.Now().UTC()}); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, file.Name()), b.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// decide writes the table of decisions of the one comparison in a content folder.
// It fails if the names that were chosen make it faulty.
func decide(dir, slug string) error {
	s, found := page.Load(os.DirFS(dir), time.Now())
	folder := "comparisons/" + slug + "/"
	found = slices.DeleteFunc(found, func(d comparison.Diagnostic) bool { return !strings.HasPrefix(d.At.File, folder) })
	if err := found.Err(); err != nil {
		return failed("with these names the new comparison has faults; choose shorter or plainer ones, and change them in the files:\n%v", err)
	}
	return write(filepath.Join(dir, folder, site.DecisionsFile), s.Comparison(slug).Engine.Decisions())
}

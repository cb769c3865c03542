package page_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"rolecompare/internal/comparison"
	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/web/page"
)

var update = flag.Bool("update", false, "write anew what testdata expects")

// TestFaults makes the mistakes in testdata/faults, one file each, in the valid
// fixture, loads it, and compares the report with the one kept in the same file.
// The mistakes are those that only somebody who knows the site's addresses, or
// its words, can find; package markdown has the others.
//
// A case names what it does to a file: “edit” holds what is removed (lines that
// begin with a minus) and what is put in its place (a plus), one change after
// the other, parted by blank lines.
func TestFaults(t *testing.T) {
	t.Parallel()
	cases, err := filepath.Glob("testdata/faults/*.txtar")
	if err != nil || len(cases) < 9 {
		t.Fatalf("%d cases of faults, %v", len(cases), err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			c, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			fsys := markdowntest.Fixture()
			report := &txtar.File{}
			for i := range c.Files {
				switch what, file, _ := strings.Cut(c.Files[i].Name, " "); what {
				case "edit":
					edit(t, fsys, file, string(c.Files[i].Data))
				case "report":
					report = &c.Files[i]
				default:
					t.Fatalf("what is %q?", c.Files[i].Name)
				}
			}
			got := ""
			if _, found := page.Load(fsys, today); len(found) > 0 {
				got = found.Error() + "\n"
			}
			if *update {
				report.Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(c), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != string(report.Data) {
				t.Errorf("the report is now\n%s\nIf it is as it should be, run this test with -update.", got)
			}
		})
	}
}

// edit makes the changes in a file.
func edit(t *testing.T, fsys fstest.MapFS, file, changes string) {
	t.Helper()
	if fsys[file] == nil {
		t.Fatalf("the fixture has no %s", file)
	}
	text := "\n" + string(fsys[file].Data)
	for change := range strings.SplitSeq(strings.Trim(changes, "\n"), "\n\n") {
		before, after := "\n", "\n"
		for line := range strings.Lines(change + "\n") {
			switch line[0] {
			case '-':
				before += line[1:]
			case '+':
				after += line[1:]
			default:
				t.Fatalf("%s: a line begins with neither - nor +: %q", file, line)
			}
		}
		if n := strings.Count(text, before); n != 1 {
			t.Fatalf("%s has %d times, not once:\n%s", file, n, before)
		}
		text = strings.Replace(text, before, after, 1)
	}
	fsys[file].Data = []byte(text[1:])
}

// TestFaultyWords writes words that cannot be shown. The words themselves are the
// authors' to change, so that only their keys are known here.
func TestFaultyWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ key, line, want string }{
		{"title", `  title: "{page} · {site}"`, "the phrase cannot use {page}; it may use {title}, {site}"},
		{"skip-link", `  skip-link: "{n}"`, "the phrase cannot use {n}; it may use none; remove it"},
		{"skip-link", `  skip-link: Skip {`, "a brace in the phrase is never closed; write the word that is filled in between { and }"},
		{"skip-link", `  skip-link:`, "“skip-link” has no value; write one, or remove the key if it may be left out"},
		{"skip-link", `  skip-lnik: Skip`, "the key “skip-lnik” is unknown; did you mean “skip-link”?"},
	} {
		fsys := markdowntest.Fixture()
		fsys["words.md"].Data = regexp.MustCompile(`(?m)^  `+c.key+`:.*$`).ReplaceAll(fsys["words.md"].Data, []byte(c.line))
		_, found := page.Load(fsys, today)
		at := slices.IndexFunc(found, func(d comparison.Diagnostic) bool { return d.Source == c.line })
		if at < 0 || found.Err() == nil {
			t.Errorf("%s is no fault: %v", c.line, found)
		} else if got := found[at]; got.At.File != "words.md" || !strings.HasSuffix(got.String(), ": "+c.want) {
			t.Errorf("%s: %v, want %s", c.line, got, c.want)
		}
	}
}

package markdown_test

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"rolecompare/internal/comparison"
	"rolecompare/internal/markdown"
	"rolecompare/internal/markdown/markdowntest"
)

var update = flag.Bool("update", false, "write the reports that the cases of faults give now")

var today = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// TestFaults makes the mistakes in testdata/faults, one file each, in the valid
// fixture, and compares the report with the one kept in the same file.
//
// A case names what it does to a file: “edit” holds what is removed (lines that
// begin with a minus) and what is put in its place (a plus), one change after
// the other, parted by blank lines; “write” holds the whole file; “remove”
// holds nothing.
func TestFaults(t *testing.T) {
	t.Parallel()
	cases, err := filepath.Glob("testdata/faults/*.txtar")
	if err != nil || len(cases) < 30 {
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
			var want *txtar.File
			for i := range c.Files {
				what, file, _ := strings.Cut(c.Files[i].Name, " ")
				data := c.Files[i].Data
				switch what {
				case "edit":
					if fsys[file] == nil {
						t.Fatalf("the fixture has no %s", file)
					}
					text, err := edit(string(fsys[file].Data), string(data))
					if err != nil {
						t.Fatalf("%s: %v", file, err)
					}
					data = []byte(text)
					fallthrough
				case "write":
					fsys[file] = &fstest.MapFile{Data: data, Mode: 0o644}
				case "remove":
					delete(fsys, file)
				case "report":
					want = &c.Files[i]
				default:
					t.Fatalf("what is %q?", c.Files[i].Name)
				}
			}
			got := ""
			if _, found := read(fsys); len(found) > 0 {
				got = found.Error() + "\n"
			}
			for _, word := range []string{"comparison.", "markdown.", "yaml.", "reflect.", "[]", "goroutine"} {
				for line := range strings.Lines(got) {
					if !strings.HasPrefix(line, " ") && strings.Contains(strings.ReplaceAll(line, "comparison.md", ""), word) {
						t.Errorf("the report speaks of %q to an author: %s", word, line)
					}
				}
			}
			if *update {
				if want == nil {
					c.Files = append(c.Files, txtar.File{Name: "report"})
					want = &c.Files[len(c.Files)-1]
				}
				want.Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(c), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want == nil || got != string(want.Data) {
				t.Errorf("the report is now\n%s\nIf it is as it should be, run this test with -update.", got)
			}
		})
	}
}

// read reads, checks and quotes as package site does, but for the rules.
func read(fsys fs.FS) (*comparison.Site, comparison.Diagnostics) {
	site, found := markdown.Read(fsys, nil)
	if site != nil {
		found = append(found, site.Check(today)...)
	}
	found = found.Causes()
	found.Sort()
	markdown.Quote(fsys, found)
	return site, found
}

// edit makes the changes in text.
func edit(text, changes string) (string, error) {
	for change := range strings.SplitSeq(strings.Trim(changes, "\n"), "\n\n") {
		var before, after strings.Builder
		for line := range strings.Lines(change + "\n") {
			switch line[0] {
			case '-':
				before.WriteString(line[1:])
			case '+':
				after.WriteString(line[1:])
			default:
				return "", fmt.Errorf("a line begins with neither - nor +: %q", line)
			}
		}
		if n := strings.Count("\n"+text, "\n"+before.String()); n != 1 {
			return "", fmt.Errorf("%d times in the file, not once:\n%s", n, before.String())
		}
		text = strings.Replace("\n"+text, "\n"+before.String(), "\n"+after.String(), 1)[1:]
	}
	return text, nil
}

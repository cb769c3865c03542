package main

import (
	"bytes"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"rolecompare/content"
)

var updateReports = flag.Bool("update", false, "write the reports in testdata/faults anew")

// TestFaults breaks one thing at a time in a new comparison, as an editor might,
// and expects the whole report of check. Each archive in testdata/faults says
// what is broken, and how:
//
//	-- edit FILE --     old text, a line “=>”, new text; TODAY is the day of the review
//	-- remove FILE --   a file or folder that goes
//	-- FILE --          a file that comes
//	-- report --        what check says
func TestFaults(t *testing.T) {
	t.Parallel()
	cases, err := filepath.Glob("testdata/faults/*.txtar")
	if err != nil || len(cases) < 65 {
		t.Fatalf("there are only %d cases: %v", len(cases), err)
	}
	base := newcomer(t)
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files := maps.Clone(base)
			report := breakFiles(t, files, archive)
			dir := t.TempDir()
			for file, body := range files {
				place(t, filepath.Join(dir, file), body)
			}

			var stdout, stderr bytes.Buffer
			status := run([]string{"check", "--content", dir}, &stdout, &stderr)
			got := strings.ReplaceAll(stdout.String(), dir, "content")
			got = addresses.ReplaceAllString(got, "$1 N $2")
			if stderr.Len() > 0 {
				t.Errorf("stderr: %s", &stderr)
			}
			faulty := !strings.Contains(got, "No faults")
			if want := map[bool]int{false: 0, true: 1}[faulty]; status != want {
				t.Errorf("status %d, want %d", status, want)
			}
			if *updateReports {
				report.Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != string(report.Data) {
				t.Errorf("check reports:\n%s\nwant:\n%s", got, report.Data)
			}
		})
	}
}

// addresses is what a page that is added to the program changes in a report: how
// many addresses there are, and how many of them are lost with a comparison.
var addresses = regexp.MustCompile(`(with|and) \d\d+ (addresses|that follow)`)

var reviewed = regexp.MustCompile(`reviewed: \S+`)

// newcomer returns the files of a content folder that holds nothing but a new
// comparison, with its links and decisions kept.
func newcomer(t *testing.T) map[string][]byte {
	t.Helper()
	words, err := content.FS.ReadFile("words.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	place(t, filepath.Join(dir, "words.md"), words)
	place(t, filepath.Join(dir, "site.md"), []byte(`---
name: Cloth compared
summary: Those who make cloth, and those who make something of it.
organization:
  name: The Guild
  url: https://guild.example/
  summary: Cloth since there were sheep.
  sells: [tailor]
  disclosure: The Guild, which publishes this page, lends Tailors. It lends no Weavers.
contact:
  label: Write to us
  url: https://guild.example/contact
---

Whom do you need?
`))
	command := func(args ...string) {
		var out bytes.Buffer
		if status := run(append(args, "--content", dir), &out, &out); status != 0 {
			t.Fatalf("%v ended with status %d:\n%s", args, status, &out)
		}
	}
	command("new", "tailor-vs-weaver", "--first", "Tailor", "--second", "Weaver")
	comparison := filepath.Join(dir, "comparisons", "tailor-vs-weaver", "comparison.md")
	draft, err := os.ReadFile(comparison)
	if err != nil {
		t.Fatal(err)
	}
	place(t, comparison, bytes.Replace(draft, []byte("draft: true"), []byte("draft: false"), 1))
	command("check", "--update")
	files := map[string][]byte{}
	for _, file := range slices.Concat(glob(t, dir, "*.*"), glob(t, dir, "roles/*"), glob(t, dir, "comparisons/*/*")) {
		body, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		files[file] = body
	}
	return files
}

// breakFiles does to the files what the archive says, and returns its report.
func breakFiles(t *testing.T, files map[string][]byte, archive *txtar.Archive) (report *txtar.File) {
	t.Helper()
	for i := range archive.Files {
		f := &archive.Files[i]
		what, file, _ := strings.Cut(f.Name, " ")
		switch what {
		case "report":
			report = f
		case "edit":
			data := bytes.ReplaceAll(f.Data, []byte("reviewed: TODAY"), reviewed.Find(files[file]))
			before, after, ok := bytes.Cut(data, []byte("\n=>\n"))
			after = bytes.TrimSuffix(after, []byte("\n"))
			if !ok || bytes.Count(files[file], before) != 1 {
				t.Fatalf("%s holds the text to edit %d times, not once", file, bytes.Count(files[file], before))
			}
			files[file] = bytes.Replace(files[file], before, after, 1)
		case "remove":
			if files[file] == nil {
				t.Fatalf("there is no %s to remove", file)
			}
			delete(files, file)
		default:
			files[f.Name] = f.Data
		}
	}
	if report == nil {
		archive.Files = append(archive.Files, txtar.File{Name: "report"})
		report = &archive.Files[len(archive.Files)-1]
	}
	return report
}

func place(t *testing.T, file string, body []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, body, 0o644); err != nil {
		t.Fatal(err)
	}
}

func glob(t *testing.T, dir, pattern string) (files []string) {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range found {
		if name, err := filepath.Rel(dir, file); err == nil {
			files = append(files, name)
		}
	}
	return files
}

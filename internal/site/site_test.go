package site_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"rolecompare/internal/comparison"
	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/internal/recommend"
	"rolecompare/internal/site"
)

var today = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// load loads what must be without fault.
func load(t *testing.T, fsys fstest.MapFS) *site.Site {
	t.Helper()
	s, found := site.Load(fsys, site.Options{Now: today})
	if len(found) > 0 {
		t.Fatal(found)
	}
	return s
}

// replace changes a text that a file of the fixture has once.
func replace(t *testing.T, fsys fstest.MapFS, file, before, after string) {
	t.Helper()
	body := string(fsys[file].Data)
	if strings.Count(body, before) != 1 {
		t.Fatalf("%s has %q %d times", file, before, strings.Count(body, before))
	}
	fsys[file].Data = []byte(strings.Replace(body, before, after, 1))
}

const folder = "comparisons/gardener-vs-landscaper/"

func TestLoad(t *testing.T) {
	t.Parallel()
	s := load(t, markdowntest.Fixture())
	if len(s.Comparisons) != 2 || s.Comparison("gardener-vs-florist") != s.Comparisons[1] || s.Comparison("gardener-vs-gardener") != nil {
		t.Fatal("the comparisons are not those of the fixture, in their order")
	}
	for i, c := range s.Comparisons {
		if c.Comparison != s.Site.Comparisons[i] {
			t.Errorf("%s has another comparison's engine", c.Slug)
		}
		if got := c.Engine.Recommend(c.Engine.Answers(0)).Outcome; got != c.Outcome(got.ID) {
			t.Errorf("the engine of %s recommends what the comparison does not have", c.Slug)
		}
	}
}

func TestLoadReportsEverything(t *testing.T) {
	t.Parallel()
	fsys := markdowntest.Fixture()
	// A mistake for each who looks: the reader, the check, the proofs, the caller.
	replace(t, fsys, "site.md", "sells: [gardener]", "sells: [gardner]")
	replace(t, fsys, folder+"comparison.md", "order: 1", "order: first")
	replace(t, fsys, folder+"outcomes.md", "weekly-care is met", "weekly-care is met\nground-trouble is met")
	replace(t, fsys, "comparisons/gardener-vs-florist/together.md", "{#together}", "")
	calls := 0
	s, found := site.Load(fsys, site.Options{Now: today, Check: func(s *site.Site) (out comparison.Diagnostics) {
		calls++
		out.Add(comparison.Position{File: "links.txt", Line: 2, Column: 1}, "found by the caller", "")
		return out
	}})
	if s == nil || calls != 1 || found.Err() == nil {
		t.Fatalf("the site is %v, the caller looked %d times, found: %v", s, calls, found)
	}
	var files []string
	seen := map[comparison.Position]bool{}
	for _, d := range found {
		files = append(files, d.At.File)
		if seen[d.At] {
			t.Errorf("something is said of %v twice: %v", d.At, found)
		}
		seen[d.At] = true
		if d.At.Line > 0 && d.Source == "" {
			t.Errorf("the line is not quoted: %v", d)
		}
	}
	if !slices.IsSorted(files) {
		t.Errorf("the files are not in order: %v", found)
	}
	for _, file := range []string{"site.md", folder + "comparison.md", folder + "outcomes.md", "comparisons/gardener-vs-florist/together.md", "links.txt"} {
		if !slices.Contains(files, file) {
			t.Errorf("nothing is said of %s: %v", file, found)
		}
	}
}

// TestNothingIsSaidTwice makes a mistake that the check finds, and that would keep
// the rules from being read.
func TestNothingIsSaidTwice(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ file, before, after string }{
		{folder + "questionnaire.md", "meets: [weekly-care]", "meets: [weekly-car]"},
		{folder + "outcomes.md", "weekly-care is met", "weekly-car is met"},
		{folder + "outcomes.md", "## Wait a season {#wait}", "## Wait a season"},
		{folder + "questionnaire.md", "questions:\n", "questions:\n" + `  - id: idle
    ask: Do you like roses?
    options:
      - {id: "yes", label: I do, if: you liked roses, because: you like roses}
      - {id: not-sure, label: I'm not sure}
`},
	} {
		fsys := markdowntest.Fixture()
		replace(t, fsys, c.file, c.before, c.after)
		if _, found := site.Load(fsys, site.Options{Now: today}); len(found) != 1 {
			t.Errorf("%q instead of %q gives %d reports, not one: %v", c.after, c.before, len(found), found)
		}
	}
}

func TestNothingToLoad(t *testing.T) {
	t.Parallel()
	s, found := site.Load(fstest.MapFS{}, site.Options{Now: today, Check: func(*site.Site) comparison.Diagnostics {
		t.Error("there is nothing to check")
		return nil
	}})
	if s != nil || found.Err() == nil {
		t.Errorf("loading nothing gives %v and %v", s, found)
	}
}

// TestTimeAlone loads good content by clocks that are wrong, or right and far off.
func TestTimeAlone(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]string{
		2025: "the review lies in the future",
		2026: "",
		2028: "the facts were last checked more than a year ago",
	} {
		_, found := site.Load(markdowntest.Fixture(), site.Options{Now: time.Date(year, 11, 23, 0, 0, 0, 0, time.UTC)})
		if found.Err() != nil || len(found) > 0 != (want != "") {
			t.Errorf("in %d: %v", year, found)
		}
		for _, d := range found {
			if !d.Warning || d.Message != want {
				t.Errorf("in %d: %v, want %q", year, d, want)
			}
		}
	}
	for _, year := range []int{1970, 2025, 2028, 2100} {
		if _, found := site.Load(os.DirFS("../../content"), site.Options{Now: time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)}); found.Err() != nil {
			t.Errorf("the shipped content in %d: %v", year, found)
		}
	}
}

func TestSiblings(t *testing.T) {
	t.Parallel()
	fsys := markdowntest.Fixture()
	s := load(t, fsys)
	if got := s.Siblings(s.Comparisons[0]); len(got) != 1 || got[0] != s.Comparisons[1] {
		t.Errorf("the siblings of one that shares a role are %v", got)
	}

	replace(t, fsys, "site.md", "[side by side](/compare/gardener-vs-florist)", "side by side")
	replace(t, fsys, "comparisons/gardener-vs-florist/comparison.md", "order: 2", "order: 2\ndraft: true")
	s = load(t, fsys)
	if got := s.Siblings(s.Comparisons[0]); len(got) != 0 {
		t.Errorf("a draft is a sibling: %v", got)
	}
	if got := s.Siblings(s.Comparisons[1]); len(got) != 1 {
		t.Errorf("a draft has no siblings: %v", got)
	}

	public := s.WithoutDrafts()
	if len(public.Comparisons) != 1 || public.Comparisons[0] != s.Comparisons[0] || len(s.Comparisons) != 2 {
		t.Errorf("of %d comparisons, one a draft, %d are public", len(s.Comparisons), len(public.Comparisons))
	}
	if len(s.Roles) != 3 || len(public.Roles) != 2 || public.Role("florist") != nil || public.Role("landscaper") == nil {
		t.Errorf("the public roles are %v, and one is a draft's", public.Roles)
	}
}

// TestSharedRoles moves roles about: which is first does not matter.
func TestSharedRoles(t *testing.T) {
	t.Parallel()
	s := load(t, markdowntest.Fixture())
	c, other := s.Comparisons[0], s.Comparisons[1]
	c.Roles[0], c.Roles[1] = c.Roles[1], c.Roles[0]
	if got := s.Siblings(c); len(got) != 1 {
		t.Errorf("where the second role is another's first, the siblings are %v", got)
	}
	other.Roles[0].Role = &comparison.Role{ID: "cook"}
	if got := s.Siblings(c); len(got) != 0 {
		t.Errorf("a comparison of other roles is a sibling: %v", got)
	}
}

// TestCarry carries answers from one questionnaire to another: those to the
// question that both ask, and no other, though it have the same id.
func TestCarry(t *testing.T) {
	t.Parallel()
	s := load(t, markdowntest.Fixture())
	from, to := s.Comparisons[0], s.Comparisons[1]
	if got, want := from.Carry(recommend.Answers{0, 1, 2}, to), (recommend.Answers{-1, -1, 2, -1}); !slices.Equal(got, want) {
		t.Errorf("there: %v, want %v", got, want)
	}
	if got, want := to.Carry(recommend.Answers{0, 0, 3, 0}, from), (recommend.Answers{-1, -1, 3}); !slices.Equal(got, want) {
		t.Errorf("and back: %v, want %v", got, want)
	}
	to.Questionnaire.Questions[2].From.ID = ""
	if got, want := from.Carry(recommend.Answers{0, 1, 2}, to), (recommend.Answers{-1, -1, -1, -1}); !slices.Equal(got, want) {
		t.Errorf("where it is another question: %v, want %v", got, want)
	}
}

package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"path"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"go.yaml.in/yaml/v4"
	"golang.org/x/net/html"

	"rolecompare/content"
	"rolecompare/internal/comparison"
	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/internal/site"
	"rolecompare/web/page"
)

// mistake is a kind of mistake that somebody may make in the content without
// noticing. It is made wherever it can be, once a time.
type mistake struct {
	name  string
	files string // that it is made in: a pattern, below the comparison's folder
	make  func(c *site.Comparison, text string) []string
	by    seer
	slips int // how many of them slip by in the fixture
}

// seer is who sees a mistake.
type seer int

const (
	rules    seer = iota // check, by what it knows of the format, the rules, and the links and decisions that are kept: always
	examples             // check, too, as far as examples.md says what must come of it
	readers              // whoever reads the pages that examples come to, and knows words.md
	nobody               // it takes somebody who knows what is meant
)

var mistakes = []mistake{
	{"labels of two answers swapped", "questionnaire.md", neighbours(`(?m)^        label: (.*)$`, "\n  - id:"), examples, 2},
	{"“if” of two answers swapped", "questionnaire.md", neighbours(`(?m)^        if: (.*)$`, "\n  - id:"), examples, 3},
	{"“because” of two answers swapped", "questionnaire.md", neighbours(`(?m)^        because: (.*)$`, "\n  - id:"), examples, 2},
	{"headlines of two outcomes swapped", "outcomes.md", neighbours(`(?m)^headline: (.*)$`, ""), examples, 0},
	{"“why” of two outcomes swapped", "outcomes.md", neighbours(`(?m)^why: (.*)$`, ""), examples, 1},
	{"a standing lowered, now to later", "outcomes.md", instead(`(recommends: .*): now`, "$1: later"), rules, 0},
	{"a standing lowered, later to not now", "outcomes.md", instead(`(recommends: .*): later`, "$1: out"), rules, 0},
	{"a standing raised, not now to later", "outcomes.md", instead(`(recommends: .*): out`, "$1: later"), rules, 0},
	{"a standing raised, later to now", "outcomes.md", instead(`(recommends: .*): later`, "$1: now"), rules, 0},
	{"“meets” removed from an answer", "questionnaire.md", instead(`(?m)^        meets: .*\n`, ""), rules, 0},
	{"“fails” removed from an answer", "questionnaire.md", instead(`(?m)^        fails: .*\n`, ""), rules, 0},
	{"a sign moved to the other role", "signs.md", signMoved, rules, 0},
	{"a line of a rule removed", "outcomes.md", instead(`(?m)^(?:at |[a-z0-9-]+ is ).*\n`, ""), rules, 0},
	{"one sign less in a rule", "outcomes.md", oneLess, rules, 0},
	{"“is not failed” made “is not met”", "outcomes.md", instead(`(?m)^(.*) is not failed$`, "$1 is not met"), rules, 0},
	{"“is met” made “is failed”", "outcomes.md", instead(`(?m)^([a-z0-9-]+) is met$`, "$1 is failed"), rules, 0},
	{"two outcomes in another order", "outcomes.md", outcomesMoved, rules, 0},
	{"one way for a rule to hold removed", "outcomes.md", instead(`(?m)^or\n(?:(?:at |[a-z0-9-]+ is ).*\n)+`, ""), rules, 0},
	{"an answer removed", "questionnaire.md", instead(`(?m)^      - id: .*\n(?:        .*\n)*`, ""), rules, 0},
	{"a question removed", "questionnaire.md", instead(`(?m)^  - id: .*\n(?:    .*\n)*`, ""), rules, 0},
	{"a fact made a judgment", "questionnaire.md", instead(`(?m)^    fact: true\n`, ""), rules, 0},
	{"an amount made a judgment", "questionnaire.md", instead(`(?m)^    amount: true\n`, ""), rules, 0},
	{"an example's answer changed", "examples.md", answerChanged, examples, 3},
	{"a link's fragment misspelt", "*.md", instead(`\(#([a-z0-9-]+)\)`, "(#${1}x)"), rules, 0},
	{"an id renamed", "*.md", instead(`\{#([a-z0-9-]+)( [^}]*)?\}`, "{#${1}-x$2}"), rules, 0},
	{"the id of a question or answer renamed", "questionnaire.md", instead(`(?m)^( +- id: .*)$`, "${1}-x"), rules, 0},
	{"the disclosure removed", "../../site.md", instead(`(?m)^  disclosure: .*\n`, ""), rules, 0},
	{"what is sold removed", "../../site.md", instead(`(?m)^  sells: .*\n`, ""), rules, 0},
	{"“now” and “later” swapped", "../../words.md", wordsSwapped("recommendation", "now", "later"), readers, 0},
	{"“later” and “not now” swapped", "../../words.md", wordsSwapped("recommendation", "later", "out"), readers, 0},
	{"“met” and “failed” swapped", "../../words.md", wordsSwapped("signs", "met", "failed"), readers, 0},
	{"“meets” and “fails” swapped", "../../words.md", wordsSwapped("method", "meets", "fails"), readers, 0},
	{"“firm” and “close” swapped", "../../words.md", wordsSwapped("recommendation", "firm", "close"), nobody, 1},
	{"words of two signs swapped", "signs.md", neighbours(`(?m)^- (.*) \{#`, ""), nobody, 3},
	{"when each role is enough swapped", "comparison.md", neighbours(`(?m)^    when: (.*)$`, ""), nobody, 1},
	{"first steps of two outcomes swapped", "outcomes.md", neighbours(`(?m)^1\. (.*)$`, ""), nobody, 2},
}

// instead returns the texts in which something is once written otherwise.
func instead(pattern, with string) func(*site.Comparison, string) []string {
	re := regexp.MustCompile(pattern)
	return func(_ *site.Comparison, text string) (out []string) {
		for _, m := range re.FindAllStringSubmatchIndex(text, -1) {
			out = append(out, text[:m[0]]+string(re.ExpandString(nil, with, text, m))+text[m[1]:])
		}
		return out
	}
}

// neighbours returns the texts in which what stands in a group of the pattern has
// changed places with the next, if nothing that parts them stands between.
func neighbours(pattern, parted string) func(*site.Comparison, string) []string {
	re := regexp.MustCompile(pattern)
	return func(_ *site.Comparison, text string) (out []string) {
		all := re.FindAllStringSubmatchIndex(text, -1)
		for i := range len(all) - 1 {
			a, b := all[i], all[i+1]
			if parted == "" || !strings.Contains(text[a[1]:b[0]], parted) {
				out = append(out, swap(text, a[2:4], b[2:4]))
			}
		}
		return out
	}
}

func swap(text string, a, b []int) string {
	return text[:a[0]] + text[b[0]:b[1]] + text[a[1]:b[0]] + text[a[0]:a[1]] + text[b[1]:]
}

func signMoved(_ *site.Comparison, text string) (out []string) {
	items := regexp.MustCompile(`(?m)^- .*\{#.*\}\n`).FindAllStringIndex(text, -1)
	second := strings.LastIndex(text, "\n## ")
	for _, m := range items {
		to := items[len(items)-1][1] // the end of the second role's list
		if m[0] > second {
			to = items[0][0] // or the beginning of the first one's
		}
		out = append(out, moveTo(text, m, to))
	}
	return out
}

// moveTo moves a part of the text to another place in it.
func moveTo(text string, part []int, to int) string {
	line, rest := text[part[0]:part[1]], text[:part[0]]+text[part[1]:]
	if to > part[0] {
		to -= len(line)
	}
	return rest[:to] + line + rest[to:]
}

func oneLess(_ *site.Comparison, text string) (out []string) {
	for _, m := range regexp.MustCompile(`(?m)^at (?:least|most) (\d+)`).FindAllStringSubmatchIndex(text, -1) {
		n, _ := strconv.Atoi(text[m[2]:m[3]])
		out = append(out, text[:m[2]]+strconv.Itoa(n-1)+text[m[3]:])
	}
	return out
}

func outcomesMoved(_ *site.Comparison, text string) (out []string) {
	parts := strings.Split(text, "\n## ")
	for i := 1; i < len(parts)-1; i++ {
		if !strings.Contains(parts[i]+parts[i+1], "{#"+comparison.Undecided+"}") {
			moved := slices.Clone(parts)
			moved[i], moved[i+1] = strings.TrimRight(parts[i+1], "\n")+"\n", strings.TrimRight(parts[i], "\n")+"\n"
			out = append(out, strings.Join(moved, "\n## "))
		}
	}
	return out
}

// answerChanged gives each answer of each example as the next option.
func answerChanged(c *site.Comparison, text string) (out []string) {
	lines := strings.SplitAfter(text, "\n")
	for _, e := range c.Examples.Items {
		for _, g := range e.Answers {
			for _, q := range c.Questionnaire.Questions {
				if q.ID != g.Question {
					continue
				}
				o := slices.IndexFunc(q.Options, func(o comparison.Option) bool { return o.Label == g.Label })
				changed := slices.Clone(lines)
				changed[g.At.Line-1] = fmt.Sprintf("  %s: %q\n", q.ID, q.Options[(o+1)%len(q.Options)].Label)
				out = append(out, strings.Join(changed, ""))
			}
		}
	}
	return out
}

func wordsSwapped(section, a, b string) func(*site.Comparison, string) []string {
	return func(_ *site.Comparison, text string) []string {
		return []string{swap(text, wordAt(text, section, a), wordAt(text, section, b))}
	}
}

// wordAt is where in words.md a word stands.
func wordAt(text, section, key string) []int {
	begin := strings.Index(text, "\n"+section+":\n")
	m := regexp.MustCompile(`\n +` + key + `: (.*)`).FindStringSubmatchIndex(text[begin:])
	return []int{begin + m[2], begin + m[3]}
}

var everyMistake = flag.Bool("every-mistake", false, "make every mistake in the shipped content, not only two of a kind")

// TestMistakesAreSeen makes mistakes in a copy of the shipped content, and in the
// fixture's comparison that has examples, and counts those that somebody sees; -v
// shows the count. What ships is its editors' to change, so there only what check
// always sees must be seen.
func TestMistakesAreSeen(t *testing.T) {
	t.Parallel()
	t.Run("shipped", func(t *testing.T) {
		t.Parallel()
		shipped := fstest.MapFS{}
		for _, pattern := range []string{"*.*", "*/*.*", "*/*/*.*"} {
			for _, name := range matching(t, content.FS, pattern) {
				body, err := content.FS.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				shipped[name] = &fstest.MapFile{Data: body}
			}
		}
		for _, c := range keep(t, shipped).Comparisons {
			most := 2
			if *everyMistake {
				most = math.MaxInt
			}
			if c.Draft {
				continue // its links and decisions are nobody's yet
			}
			makeMistakes(t, shipped, c, most, func(m mistake, missed []string) bool { return m.by == rules && len(missed) > 0 })
		}
	})
	t.Run("fixture", func(t *testing.T) {
		t.Parallel()
		fixture := markdowntest.Fixture()
		words := string(fixture["words.md"].Data)
		for _, w := range [][]string{
			{"recommendation", "now", "Now"}, {"recommendation", "later", "Later"}, {"recommendation", "out", "Not now"},
			{"signs", "met", "For it"}, {"signs", "failed", "Against it"}, {"method", "meets", "For it"}, {"method", "fails", "Against it"},
		} {
			at := wordAt(words, w[0], w[1])
			words = words[:at[0]] + w[2] + words[at[1]:]
		}
		fixture["words.md"].Data = []byte(words)
		makeMistakes(t, fixture, keep(t, fixture).Comparisons[0], math.MaxInt, func(m mistake, missed []string) bool { return len(missed) != m.slips })
	})
}

func matching(t *testing.T, fsys fs.FS, pattern string) []string {
	t.Helper()
	names, err := fs.Glob(fsys, pattern)
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// makeMistakes makes at most so many of each kind in a comparison.
func makeMistakes(t *testing.T, fsys fstest.MapFS, c *site.Comparison, most int, wrong func(m mistake, missed []string) bool) {
	if err := see(fsys); err != nil {
		t.Fatalf("a mistake is seen where none was made: %v", err)
	}
	made, slipped := 0, 0
	for _, m := range mistakes {
		var mistaken []fstest.MapFS
		for _, name := range matching(t, fsys, path.Join("comparisons", c.Slug, m.files)) {
			for _, text := range m.make(c, string(fsys[name].Data)) {
				copied := maps.Clone(fsys)
				copied[name] = &fstest.MapFile{Data: []byte(text)}
				mistaken = append(mistaken, copied)
			}
		}
		for i := 0; len(mistaken) > most && i < most; i++ {
			mistaken[i] = mistaken[i*(len(mistaken)-1)/(most-1)]
		}
		mistaken = mistaken[:min(len(mistaken), most)]
		missed := unseen(fsys, mistaken)
		made, slipped = made+len(mistaken), slipped+len(missed)
		t.Logf("%s: %d of %d seen %q", m.name, len(mistaken)-len(missed), len(mistaken), missed)
		if wrong(m, missed) {
			t.Errorf("%s: %d of %d slip by: %q", m.name, len(missed), len(mistaken), missed)
		}
	}
	t.Logf("%s: %d of %d mistakes are seen", c.Slug, made-slipped, made)
}

// keep writes down the links and the decisions, as an author would have.
func keep(t *testing.T, fsys fstest.MapFS) *page.Site {
	t.Helper()
	s, found := page.Load(fsys, time.Time{})
	if found.Err() != nil {
		t.Fatal(found)
	}
	for _, u := range s.Updates(s.Addresses()) {
		fsys[u.File] = &fstest.MapFile{Data: u.Body}
	}
	return s
}

// unseen returns the lines that changed in those contents in which nobody sees
// what is wrong.
func unseen(before fstest.MapFS, mistaken []fstest.MapFS) []string {
	missed := make([]string, len(mistaken))
	places := make(chan struct{}, runtime.GOMAXPROCS(0))
	var wg sync.WaitGroup
	for i, after := range mistaken {
		wg.Go(func() {
			places <- struct{}{}
			if see(after) == nil {
				for name := range before {
					if before[name] != after[name] {
						missed[i] = firstDifference(string(before[name].Data), string(after[name].Data))
					}
				}
			}
			<-places
		})
	}
	wg.Wait()
	return slices.DeleteFunc(missed, func(s string) bool { return s == "" })
}

func firstDifference(before, after string) string {
	lines := strings.Split(after, "\n")
	for i, line := range strings.Split(before, "\n") {
		if i >= len(lines) || lines[i] != line {
			return strings.TrimSpace(line)
		}
	}
	return "the end"
}

// see returns what an author is told of the content, or a reader who compares its
// pages with its examples finds wrong.
func see(fsys fstest.MapFS) error {
	s, found := page.Load(fsys, time.Time{})
	if found.Err() != nil {
		return found
	}
	if err := s.CheckKept(s.Addresses()).Err(); err != nil {
		return err
	}
	var words map[string]map[string]any
	_, front, _ := bytes.Cut(fsys["words.md"].Data, []byte("---\n"))
	front, _, _ = bytes.Cut(front, []byte("\n---\n"))
	if err := yaml.Unmarshal(front, &words); err != nil {
		return err
	}
	return errors.Join(crossed(words), misread(s, words))
}

// crossed finds words that say the opposite of what they are for, as far as that
// can be told without knowing what they should be.
func crossed(words map[string]map[string]any) error {
	standings, signs, method := words["recommendation"], words["signs"], words["method"]
	keys := []string{"now", "later", "out"}
	for i, key := range keys {
		for _, other := range append(slices.Clone(keys[:i]), keys[i+1:]...) {
			word := strings.ToLower(fmt.Sprint(standings[key]))
			if word == other || word == strings.ToLower(fmt.Sprint(standings[other])) {
				return fmt.Errorf("“%s” is what an outcome says of a role at “%s”", word, key)
			}
		}
	}
	if signs["met"] == method["fails"] || signs["failed"] == method["meets"] || signs["met"] == signs["failed"] {
		return errors.New("signs that are met are called what the method calls failing")
	}
	return nil
}

// misread finds an example whose page does not say what the example does: the
// headline, how each role stands, and how many of its signs are met.
func misread(s *page.Site, words map[string]map[string]any) error {
	for _, c := range s.Comparisons {
		for _, e := range c.Examples.Items {
			var b bytes.Buffer
			v := page.Recommendation{Site: s, Comparison: c, Result: c.Engine.Recommend(site.AnswersOf(c.Comparison, e))}
			if err := page.Render(&b, page.Frame{Site: s}, v); err != nil {
				return err
			}
			root, err := html.Parse(&b)
			if err != nil {
				return err
			}
			var h1 string
			standings, tallies := map[string]string{}, map[string][]string{}
			for n := range root.Descendants() {
				switch class := attribute(n, "class"); {
				case n.Data == "h1":
					h1 = wordsIn(n)
				case n.Data == "dt" && attribute(n.Parent.Parent, "class") == "standings":
					standings[wordsIn(n)] = wordsIn(n.NextSibling)
				case class == "tally":
					role := wordsIn(n.PrevSibling)
					tallies[role] = regexp.MustCompile(`\d+`).FindAllString(wordsIn(n), -1)
				}
			}
			if h1 != e.Headline {
				return fmt.Errorf("%s: the page says %q", e.ID, h1)
			}
			for i, role := range c.Roles {
				if want := fmt.Sprint(words["recommendation"][e.Recommends[i].String()]); e.Outcome.ID != comparison.Undecided && standings[role.Name] != want {
					return fmt.Errorf("%s: %s stands at %q, not at %q", e.ID, role.Name, standings[role.Name], want)
				}
				want := []string{strconv.Itoa(e.Met[i]), strconv.Itoa(len(c.Signs.Roles[i].Items))}
				if got := tallies[role.Name]; !slices.Equal(got, want) {
					return fmt.Errorf("%s: the signs of %s are counted as %v, not as %v", e.ID, role.Name, got, want)
				}
			}
		}
	}
	return nil
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// wordsIn returns the words in a node.
func wordsIn(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

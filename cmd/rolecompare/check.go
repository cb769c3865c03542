package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"rolecompare/internal/comparison"
	"rolecompare/internal/markdown"
	"rolecompare/internal/recommend"
)

// checkOptions are the flags of check.
type checkOptions struct {
	Content string // a folder; empty: what is built in
	Update  bool
	Format  string
}

// check says what is wrong with the options.
func (o *checkOptions) check() error {
	if o.Format != "text" && o.Format != "json" && o.Format != "github" {
		return fmt.Errorf("--format: “%s” is none of text, json and github", o.Format)
	}
	if o.Update && o.Content == "" {
		return fmt.Errorf("--update writes files: name the folder with --content")
	}
	return nil
}

// check reports every fault of the content: what keeps the server from
// starting, and beyond that whatever would break a promise to a reader, such as
// a decision that changed unseen.
func check(o checkOptions, stdout io.Writer) error {
	fsys, done, err := openContent(o.Content)
	if err != nil {
		return err
	}
	defer done()

	s, faults := read(fsys)
	var followed crawled
	if faults.Err() == nil {
		var links []broken
		if followed, links, err = crawl(s); err != nil {
			return err
		}
		faults = append(faults, locate(fsys, links)...)
	}
	var updated []string
	if o.Update && faults.Err() == nil {
		if updated, err = update(o.Content, s); err != nil {
			return err
		}
	} else if s != nil {
		for _, c := range s.Comparisons {
			if e := s.engines[c.Slug]; e != nil {
				faults = append(faults, e.CheckDecisions()...)
			}
			unkept(c, &faults)
		}
	}
	faults.Sort()
	markdown.Quote(fsys, faults)

	faults = below(o.Content, faults)
	if err := report(stdout, o.Format, faults, summary(o, s, faults, followed, updated)); err != nil {
		return failed("cannot write the report: %v", plain(err))
	}
	if faults.Err() != nil {
		return errReported
	}
	return nil
}

// unkept warns of links that visitors may share already and that nothing keeps
// from breaking yet.
func unkept(c *comparison.Comparison, faults *comparison.Faults) {
	missing := newAnchors(c)
	if len(missing) == 0 || c.Draft {
		return
	}
	shown := strings.Join(missing[:min(3, len(missing))], ", ")
	if len(missing) > 3 {
		shown += " and others"
	}
	faults.Warn(comparison.Place{File: "comparisons/" + c.Slug + "/" + anchorsFile},
		count(len(missing), "link is not kept yet", "links are not kept yet")+": "+shown,
		"before this is public, run “rolecompare check --update”, which writes them down")
}

// newAnchors returns the links that are not among the published ones.
func newAnchors(c *comparison.Comparison) []string {
	return slices.DeleteFunc(c.Anchors(), func(link string) bool {
		return slices.ContainsFunc(c.Published, func(a comparison.Anchor) bool { return a.Link == link })
	})
}

const (
	anchorsFile   = "anchors.txt"
	decisionsFile = "decisions.tsv"
)

// update writes the links and decisions of every comparison, and returns a
// sentence about each file that changed. No published link is ever removed. A
// draft's links are nobody's yet.
func update(dir string, s *site) (updated []string, err error) {
	for _, c := range s.Comparisons {
		folder := filepath.Join(dir, "comparisons", c.Slug)
		if added := newAnchors(c); len(added) > 0 && !c.Draft {
			all := added
			for _, a := range c.Published {
				all = append(all, a.Link)
			}
			slices.Sort(all)
			file := filepath.Join(folder, anchorsFile)
			if err := write(file, []byte(strings.Join(slices.Compact(all), "\n")+"\n")); err != nil {
				return nil, err
			}
			updated = append(updated, fmt.Sprintf("%s keeps %s.", file, count(len(added), "more link", "more links")))
		}
		if err := updateDecisions(folder, s.engines[c.Slug], &updated); err != nil {
			return nil, err
		}
	}
	return updated, nil
}

func updateDecisions(folder string, e *recommend.Engine, updated *[]string) error {
	now := e.Decisions()
	if e.Comparison().Decisions.Body == string(now) {
		return nil
	}
	file := filepath.Join(folder, decisionsFile)
	effect := ""
	if changes := e.CheckDecisions(); e.Comparison().Decisions.Body != "" && len(changes) > 0 {
		effect = " What that means: " + changes[0].What + "."
	}
	if err := write(file, now); err != nil {
		return err
	}
	*updated = append(*updated, fmt.Sprintf("%s keeps the decisions as they are now.%s", file, effect))
	return nil
}

// summary says in words how the check went.
func summary(o checkOptions, s *site, faults comparison.Faults, followed crawled, updated []string) string {
	warnings := 0
	for _, f := range faults {
		if f.Warning {
			warnings++
		}
	}
	said := "No faults"
	if n := len(faults) - warnings; n > 0 {
		said = count(n, "fault", "faults")
	}
	if warnings > 0 {
		said += " and " + count(warnings, "warning", "warnings")
	}
	said += "."
	if faults.Err() != nil {
		if o.Update {
			said += " Nothing was written."
		}
		return said
	}
	combinations := 0
	for _, e := range s.engines {
		combinations += e.Combinations()
	}
	said += fmt.Sprintf(" Checked %s (%s of answers), %s and %s: %s, with %s followed.",
		count(len(s.Comparisons), "comparison", "comparisons"),
		count(combinations, "combination", "combinations"),
		count(len(s.Services), "service", "services"),
		count(len(s.Pages), "page", "pages"),
		count(followed.pages, "page rendered", "pages rendered"),
		count(followed.links, "link", "links"))
	switch {
	case len(updated) > 0:
		said += "\n" + strings.Join(updated, "\n")
	case o.Update:
		said += "\nNothing had to be written."
	}
	return said
}

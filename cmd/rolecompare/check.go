package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"rolecompare/internal/comparison"
	"rolecompare/internal/markdown"
	"rolecompare/internal/recommend"
	"rolecompare/internal/site"
	"rolecompare/static"
	"rolecompare/web"
	"rolecompare/web/page"
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

// check reports everything wrong with the content: what keeps the server from
// starting, and beyond that whatever would break a promise to a reader, such as
// a decision that changed unseen.
func check(o checkOptions, stdout io.Writer) error {
	fsys, done, err := openContent(o.Content)
	if err != nil {
		return err
	}
	defer done()

	s, found := page.Load(fsys, time.Now())
	var updated []string
	if found.Err() == nil {
		if _, err := web.NewSnapshot(s, static.FS, web.SnapshotOptions{Dev: true}); err != nil {
			return failed("the pages cannot be rendered: %v", err)
		}
		addresses := s.Addresses()
		if o.Update {
			for _, u := range s.Updates(addresses) {
				file := filepath.Join(o.Content, filepath.FromSlash(u.File))
				if err := write(file, u.Body); err != nil {
					return err
				}
				updated = append(updated, file+" "+u.Says)
			}
		} else {
			found = append(found, s.CheckKept(addresses)...)
			found.Sort()
			markdown.Quote(fsys, found)
		}
	}
	said := summary(o, s, found, updated)
	if found.Err() == nil && o.Format == "text" {
		for _, c := range s.Comparisons {
			said += "\n\n" + decides(c)
		}
	}
	if err := report(stdout, o.Format, below(o.Content, found), said); err != nil {
		return failed("cannot write the report: %v", plain(err))
	}
	if found.Err() != nil {
		return errReported
	}
	return nil
}

// decides says in words how a comparison decides, over the ways to answer it
// with nothing unsure, so that its authors see what is seldom reached.
func decides(c *site.Comparison) string {
	all := c.Engine.Summary()
	full, questions := all.Full, c.Questionnaire.Questions
	percent := func(n int) string {
		if share := 100 * float64(n) / float64(full.Combinations); n == 0 || share >= 1 {
			return fmt.Sprintf("%.0f%%", share)
		}
		return "under 1%"
	}
	var outcomes, decisive []string
	for i, o := range c.Outcomes.Items {
		outcomes = append(outcomes, o.ID+" "+percent(full.Outcomes[i]))
	}
	for q, n := range all.Decides { // in how many of them another answer to it alone gives another outcome
		decisive = append(decisive, questions[q].ID+" "+percent(n))
	}
	asked := c.Engine.MeanAsked(func(recommend.Answers) bool { return true })
	return fmt.Sprintf(`%s, over the %s ways to answer every question:
  outcomes: %s
  certainty: firm %s, close %s
  how much each question decides: %s
  asked on average: %.1f of %s`,
		c.Title, comparison.Number(full.Combinations),
		strings.Join(outcomes, ", "),
		percent(full.Certainties[recommend.Firm]), percent(full.Certainties[recommend.Close]),
		strings.Join(decisive, ", "),
		asked, count(len(questions), "question", "questions"))
}

// summary says in words how the check went.
func summary(o checkOptions, s *page.Site, found comparison.Diagnostics, updated []string) string {
	warnings := 0
	for _, d := range found {
		if d.Warning {
			warnings++
		}
	}
	said := "No faults"
	if n := len(found) - warnings; n > 0 {
		said = count(n, "fault", "faults")
	}
	if warnings > 0 {
		said += " and " + count(warnings, "warning", "warnings")
	}
	said += "."
	if found.Err() != nil {
		if o.Update {
			said += " Nothing was written."
		}
		return said
	}
	combinations := 0
	for _, c := range s.Comparisons {
		combinations += c.Engine.Combinations()
	}
	said += fmt.Sprintf(" Checked %s (%s of answers), %s and %s, with %s.",
		count(len(s.Comparisons), "comparison", "comparisons"),
		count(combinations, "combination", "combinations"),
		count(len(s.Services), "service", "services"),
		count(len(s.Pages), "page", "pages"),
		count(len(s.Addresses()), "address", "addresses"))
	switch {
	case len(updated) > 0:
		said += "\n" + strings.Join(updated, "\n")
	case o.Update:
		said += "\nNothing had to be written."
	}
	return said
}

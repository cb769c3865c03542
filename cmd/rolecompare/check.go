package main

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"rolecompare/internal/comparison"
	"rolecompare/internal/recommend"
	"rolecompare/internal/site"
	"rolecompare/static"
	"rolecompare/web"
	"rolecompare/web/page"
)

// check reports everything wrong with the content of a folder, or with what is built
// in, and where it differs from its kept links and decisions. It may update these.
func check(dir string, update bool, format string, stdout io.Writer) error {
	if format != "text" && format != "json" && format != "github" {
		return fmt.Errorf("--format: “%s” is none of text, json and github", format)
	}
	if update && dir == "" {
		return fmt.Errorf("--update writes files: name the folder with --content")
	}
	s, found, err := load(dir)
	if err != nil {
		return err
	}
	if found.Err() == nil {
		if _, err := web.NewSnapshot(s, static.FS, web.SnapshotOptions{Dev: true}); err != nil {
			return failed("the pages cannot be rendered: %v", err)
		}
	}
	written := ""
	switch {
	case update && found.Err() != nil:
		written = " Nothing was written."
	case update:
		for _, u := range s.Updates(s.Addresses()) {
			file := filepath.Join(dir, u.File)
			if err := write(file, u.Body); err != nil {
				return err
			}
			written += "\n" + file + " " + u.Says
		}
		written = cmp.Or(written, "\nNothing had to be written.")
	case found.Err() == nil:
		found = append(found, s.CheckKept(s.Addresses())...)
		found.Sort()
	}
	summary := tally(found) + "."
	if found.Err() == nil {
		summary += " " + extent(s)
		for _, c := range s.Comparisons {
			if format == "text" {
				written += "\n\n" + decides(c)
			}
		}
	}
	if err := report(stdout, format, below(dir, found), summary+written); err != nil {
		return failed("cannot write the report: %v", plain(err))
	}
	if found.Err() != nil {
		return errReported
	}
	return nil
}

// decides says in words how a comparison decides, so that its authors see what is
// seldom reached.
func decides(c *site.Comparison) string {
	full := c.Engine.Summary()
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
	for q, n := range full.Decides { // in how many of them another answer to it alone gives another outcome
		decisive = append(decisive, c.Questionnaire.Questions[q].ID+" "+percent(n))
	}
	return fmt.Sprintf(`%s, over the %s ways to answer every question:
  outcomes: %s
  certainty: firm %s, close %s
  how much each question decides: %s`,
		c.Title, comparison.Number(full.Combinations),
		strings.Join(outcomes, ", "),
		percent(full.Certainties[recommend.Firm]), percent(full.Certainties[recommend.Close]),
		strings.Join(decisive, ", "))
}

func extent(s *page.Site) string {
	combinations := 0
	for _, c := range s.Comparisons {
		combinations += c.Engine.Combinations()
	}
	return fmt.Sprintf("Checked %s (%s of answers), %s and %s, with %s.",
		count(len(s.Comparisons), "comparison", "comparisons"),
		count(combinations, "combination", "combinations"),
		count(len(s.Services), "service", "services"),
		count(len(s.Pages), "page", "pages"),
		count(len(s.Addresses()), "address", "addresses"))
}

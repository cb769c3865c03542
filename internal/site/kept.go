package site

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"rolecompare/internal/comparison"
)

// LinksFile has every address that was ever made public, DecisionsFile, in each
// comparison's folder, every combination of answers with what it comes to.
const (
	LinksFile     = "links.txt"
	DecisionsFile = "decisions.tsv"
)

// CheckKept compares a sound site with what its authors keep of it. Decisions that
// are no longer what the rules give are mistakes. Addresses of the published site
// that are not kept yet are a warning.
func (s *Site) CheckKept(addresses []string) comparison.Diagnostics {
	var out comparison.Diagnostics
	for _, c := range s.Comparisons {
		out = append(out, c.Engine.CheckDecisions()...)
	}
	if added := s.unkept(addresses); len(added) > 0 {
		shown := added[:min(3, len(added))]
		out.Warn(comparison.Position{File: LinksFile}, fmt.Sprintf("addresses that are not kept yet (%d): %s", len(added), strings.Join(shown, ", ")),
			"before this is public, run “rolecompare check --update”, which writes them down")
	}
	return out
}

// unkept returns the addresses that are not among the published ones.
func (s *Site) unkept(addresses []string) []string {
	kept := map[string]bool{}
	for _, l := range s.Published {
		kept[l.URL] = true
	}
	return slices.DeleteFunc(slices.Clone(addresses), func(a string) bool { return kept[a] })
}

// Update is a kept file as it is to be from now on.
type Update struct {
	File string // its path within the content folder
	Body []byte
	Says string // what the new one means, in a sentence
}

// Updates returns the kept files that have to be written anew so that CheckKept
// finds nothing. An address is never removed.
func (s *Site) Updates(addresses []string) []Update {
	var out []Update
	if added := s.unkept(addresses); len(added) > 0 {
		all := slices.Clone(added)
		for _, l := range s.Published {
			all = append(all, l.URL)
		}
		slices.Sort(all)
		out = append(out, Update{
			File: LinksFile,
			Body: []byte(strings.Join(slices.Compact(all), "\n") + "\n"),
			Says: fmt.Sprintf("keeps more addresses (%d).", len(added)),
		})
	}
	for _, c := range s.Comparisons {
		now := c.Engine.Decisions()
		if c.Decisions == string(now) {
			continue
		}
		says := "keeps the decisions as they are now."
		if c.Decisions != "" {
			says += " What that means: " + c.Engine.CheckDecisions()[0].Message + "."
		}
		out = append(out, Update{File: path.Join("comparisons", c.Slug, DecisionsFile), Body: now, Says: says})
	}
	return out
}

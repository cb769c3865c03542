package page

import (
	"io/fs"
	"time"

	"rolecompare/internal/comparison"
	"rolecompare/internal/site"
)

// Load reads the content and checks it, its links included. now tells whether a
// review is overdue. See [site.Load] for what it returns.
func Load(fsys fs.FS, now time.Time) (*Site, comparison.Diagnostics) {
	s := &Site{}
	var found comparison.Diagnostics
	s.Site, found = site.Load(fsys, site.Options{Now: now, Words: &s.Words, Check: checkLinks})
	if s.Site == nil {
		return nil, found
	}
	return s, found
}

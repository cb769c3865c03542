// Package content holds what the site says, as its authors wrote it. README.md
// beside this file tells them how.
package content

import "embed"

// FS is the content folder as it was when the program was built.
//
//go:embed site.md words.md links.txt comparisons pages roles services
var FS embed.FS

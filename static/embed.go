// Package static holds the files that pages use as they are: the stylesheet,
// the scripts and the icons.
package static

import "embed"

// FS is the folder as it was when the program was built.
//
//go:embed site.css site.js dev.js icon.svg favicon.ico touch-icon.png icon-192.png icon-512.png
var FS embed.FS

// Package static holds the files that pages use as they are: the stylesheet,
// the scripts, the icons and the typeface, Newsreader, under the SIL Open Font
// License. web/browsertest/fonts.mjs says how its files are made.
package static

import "embed"

// FS is the folder as it was when the program was built. A font's license goes
// wherever the font does.
//
//go:embed site.css site.js dev.js prefetch.json icon.svg favicon.ico touch-icon.png icon-192.png icon-512.png
//go:embed newsreader.woff2 newsreader-italic.woff2 newsreader-license.txt
var FS embed.FS

package web

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// style is the stylesheet as it stands in every page, so that the first view
// takes a single round trip.
type style struct {
	text   string
	source string // of the Content-Security-Policy: it allows this text and no other
}

func newStyle(css []byte) style {
	text := condense(string(css))
	sum := sha256.Sum256([]byte(text))
	return style{text, "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"}
}

// condense takes comments and indentation out of a stylesheet, but nothing out
// of its strings.
func condense(css string) string {
	var b strings.Builder
	for css != "" {
		n := strings.IndexAny(css, "\"'/\n")
		if n < 0 {
			b.WriteString(css)
			break
		}
		b.WriteString(css[:n])
		css = css[n:]
		switch {
		case strings.HasPrefix(css, "/*"):
			_, css, _ = strings.Cut(css[2:], "*/")
		case css[0] == '\n':
			if css = strings.TrimLeft(css, " \t\n"); b.Len() > 0 {
				b.WriteByte('\n')
			}
		case css[0] == '/':
			b.WriteByte('/')
			css = css[1:]
		default:
			n := endOfString(css)
			b.WriteString(css[:n])
			css = css[n:]
		}
	}
	return strings.TrimSpace(b.String())
}

// endOfString returns the length of the quoted string that css begins with.
func endOfString(css string) int {
	for i := 1; i < len(css); i++ {
		switch css[i] {
		case '\\':
			i++
		case css[0]:
			return i + 1
		}
	}
	return len(css)
}

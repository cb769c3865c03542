package prerender

import "strings"

// matches reports whether the lines of an If-Match or If-None-Match field name
// this strong entity tag, by RFC 9110, section 13.1. Weak comparison, for the
// latter, takes a proxy's weakened tag for the same. What follows a tag that
// cannot be read is not looked at.
func matches(lines []string, tag string, weak bool) bool {
	if len(lines) == 1 && lines[0] == tag {
		return true
	}
	for _, rest := range lines {
		if trim(rest) == "*" {
			return true
		}
		for {
			rest = strings.TrimLeft(rest, " \t,")
			opaque, isWeak := strings.CutPrefix(rest, "W/")
			if opaque == "" || opaque[0] != '"' {
				break
			}
			end := strings.IndexByte(opaque[1:], '"') + 2
			if end < 2 {
				break
			}
			if opaque[:end] == tag && (weak || !isWeak) {
				return true
			}
			rest = opaque[end:]
		}
	}
	return false
}

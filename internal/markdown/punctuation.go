package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// typeset replaces what a keyboard has by what a printer would set: curly
// quotation marks and apostrophes, dashes for -- and ---, an ellipsis for
// three dots. What stands after a backslash is left alone. The character
// before s, 0 at the beginning of a passage, decides which way a mark turns.
func typeset(s string, before rune) string {
	if !strings.ContainsAny(s, `'"`) && !strings.Contains(s, "--") && !strings.Contains(s, "...") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 8)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		rest := s[i+size:]
		switch {
		case r == '\\' && rest != "":
			b.WriteByte('\\')
			i += size
			r, size = utf8.DecodeRuneInString(rest)
		case r == '"' && opens(before):
			r = '“'
		case r == '"':
			r = '”'
		case r == '\'' && opens(before) && !elided(rest):
			r = '‘'
		case r == '\'':
			r = '’'
		case r == '-' && strings.HasPrefix(rest, "--"):
			r, size = '—', 3
		case r == '-' && strings.HasPrefix(rest, "-"):
			r, size = '–', 2
		case r == '.' && strings.HasPrefix(rest, ".."):
			r, size = '…', 3
		}
		b.WriteRune(r)
		before = r
		i += size
	}
	return b.String()
}

// opens reports whether a quotation mark after r begins a quotation.
func opens(r rune) bool {
	return r == 0 || unicode.IsSpace(r) || strings.ContainsRune("([{/-–—“‘", r)
}

// elided reports whether the apostrophe before s stands for letters left out,
// as in '90s and 'tis.
func elided(s string) bool {
	if s != "" && s[0] >= '0' && s[0] <= '9' {
		return true
	}
	word := s
	if end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }); end >= 0 {
		word = s[:end]
	}
	switch strings.ToLower(word) {
	case "tis", "twas", "em", "til", "cause":
		return true
	}
	return false
}

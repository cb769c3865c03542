package page

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// opening is as much of the beginning of a text as fits in a number of
// characters: whole sentences if there is one that fits, else whole words.
func opening(text string, limit int) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	runes := []rune(text)
	cut := string(runes[:limit])
	if end := max(strings.LastIndex(cut, ". "), strings.LastIndex(cut, "? "), strings.LastIndex(cut, "! ")); end > 0 {
		return cut[:end+1]
	}
	if end := strings.LastIndexByte(cut, ' '); end > 0 {
		cut = cut[:end]
	} else {
		cut = string(runes[:limit-1])
	}
	return strings.TrimRight(cut, ",;:–— ") + "…"
}

// grouped writes a number with its thousands parted.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

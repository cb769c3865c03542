package comparison

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// IsID reports whether s may be an id: small letters and digits, with single
// hyphens between them. Ids are parts of addresses that people share, so they
// survive being read out, typed and printed.
func IsID(s string) bool {
	if len(s) > 80 {
		return false
	}
	after := byte('-')
	for i := range len(s) {
		c := s[i]
		if c == '-' && after == '-' || c != '-' && (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
		after = c
	}
	return after != '-'
}

// MakeID makes an id of the words of a heading, to be offered to its author.
func MakeID(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == '\'' || r == '’':
		default:
			b.WriteString(plainLetters(r))
		}
	}
	id := ""
	for _, word := range strings.Fields(b.String()) {
		if id == "" {
			id = word[:min(len(word), 60)]
		} else if len(id)+len(word) < 60 {
			id += "-" + word
		} else {
			break
		}
	}
	if id == "" {
		return "id"
	}
	return id
}

// plainLetters is what stands for an accented letter in an id, or a space if r
// is none.
func plainLetters(r rune) string {
	for plain, accented := range map[string]string{
		"a": "àáâãäåā", "ae": "æ", "c": "çćč", "d": "ðď", "e": "èéêëēėę", "g": "ğ", "i": "ìíîïīı", "l": "ł", "n": "ñńň",
		"o": "òóôõöøō", "oe": "œ", "r": "ř", "s": "śšş", "ss": "ß", "t": "ť", "th": "þ", "u": "ùúûüūů", "y": "ýÿ", "z": "źżž",
	} {
		if strings.ContainsRune(accented, r) {
			return plain
		}
	}
	return " "
}

// AdviseID says how to write s as an id.
func AdviseID(s string) string {
	do := "use small letters and digits, with single hyphens between words"
	if id := MakeID(s); id != s && id != "id" {
		do += fmt.Sprintf(": %s", id)
	}
	return do
}

// Suggest advises somebody who wrote s where only the known words mean
// something: it offers the nearest of them, or else all if they are few.
func Suggest(s string, known []string) string {
	best, distance := "", max(2, utf8.RuneCountInString(s)/3)+1
	for _, k := range known {
		if d := edits(strings.ToLower(s), strings.ToLower(k)); d < distance {
			best, distance = k, d
		}
	}
	switch {
	case best != "":
		return fmt.Sprintf("did you mean “%s”?", best)
	case len(known) == 0:
		return "remove it"
	case len(known) <= 12:
		return "it may be “" + strings.Join(known, "”, “") + "”"
	}
	return "check how it is spelt"
}

// edits is how many letters must be added, removed or changed, or two
// neighbours swapped, to turn a into b.
func edits(a, b string) int {
	s, t := []rune(a), []rune(b)
	var before []int
	row := make([]int, len(t)+1)
	for j := range row {
		row[j] = j
	}
	for i := range s {
		next := make([]int, len(t)+1)
		next[0] = i + 1
		for j := range t {
			cost := 1
			if s[i] == t[j] {
				cost = 0
			}
			next[j+1] = min(row[j]+cost, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && s[i] == t[j-1] && s[i-1] == t[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(t)]
}

package comparison

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// IsID reports whether s may be an id: small letters and digits, with single
// hyphens between them, which survive being read out, typed and printed.
func IsID(s string) bool { return len(s) <= 80 && wellFormed.MatchString(s) }

var wellFormed = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// plain replaces what cannot stand in an id, and yet need not part two words.
var plain = strings.NewReplacer("'", "", "’", "", "à", "a", "á", "a", "â", "a", "ä", "a", "å", "a", "æ", "ae", "ç", "c", "è", "e", "é", "e",
	"ê", "e", "ë", "e", "í", "i", "î", "i", "ï", "i", "ñ", "n", "ó", "o", "ô", "o", "ö", "o", "ø", "o", "œ", "oe", "ß", "ss", "ú", "u", "û", "u", "ü", "u")

var notInID = regexp.MustCompile(`[^a-z0-9]+`)

// MakeID makes an id of the first words of a heading, to be offered to its author.
func MakeID(s string) string {
	words := strings.Fields(notInID.ReplaceAllString(plain.Replace(strings.ToLower(s)), " "))
	return cmp.Or(strings.Join(words[:min(len(words), 8)], "-"), "id")
}

// AdviseID says how to write s as an id.
func AdviseID(s string) string {
	return "use small letters and digits, with single hyphens between words: " + MakeID(s)
}

// Suggest advises somebody who wrote s where only the known words mean
// something: it offers the nearest of them, or else all if they are few.
func Suggest(s string, known []string) string {
	known = slices.DeleteFunc(slices.Clone(known), func(k string) bool { return k == "" })
	switch best := Nearest(s, known); {
	case best != "":
		return fmt.Sprintf("did you mean “%s”?", best)
	case len(known) == 0:
		return "remove it"
	case len(known) <= 12:
		return "it may be “" + strings.Join(known, "”, “") + "”"
	}
	return "check how it is spelt"
}

// Nearest returns the known word that s may be, misspelt; or "".
func Nearest(s string, known []string) string {
	best, distance := "", max(2, utf8.RuneCountInString(s)/3)+1
	for _, k := range known {
		if d := edits(strings.ToLower(s), strings.ToLower(k)); d < distance {
			best, distance = k, d
		}
	}
	return best
}

// edits is how many letters must be added, removed or changed to turn a into b.
func edits(a, b string) int {
	s, t := []rune(a), []rune(b)
	row := make([]int, len(t)+1)
	for j := range row {
		row[j] = j
	}
	for i := range s {
		next := []int{i + 1}
		for j := range t {
			changed := row[j]
			if s[i] != t[j] {
				changed++
			}
			next = append(next, min(changed, row[j+1]+1, next[j]+1))
		}
		row = next
	}
	return row[len(t)]
}

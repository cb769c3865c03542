package page

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rolecompare/internal/comparison"
)

// rooted is HTML whose links to places on its own page, at path, lead there
// from elsewhere too.
func rooted(html, path string) string {
	return strings.ReplaceAll(html, `href="#`, `href="`+path+`#`)
}

// writtenDate is a day as the authors write it.
func writtenDate(words *DateWords, day time.Time) string {
	months := strings.Split(words.Months.String(), ",")
	return words.Date.With("day", day.Day(), "month", strings.TrimSpace(months[(int(day.Month())-1)%len(months)]), "year", day.Year())
}

// passage is part of a text, about a role or about neither.
type passage struct {
	text string
	role *comparison.Role // nil: neither
}

// roleNames parts a text at the roles' names, where it has them.
func roleNames(text string, roles [2]comparison.Candidate) []passage {
	passages := []passage{{text, nil}}
	for _, r := range roles {
		for i, p := range passages {
			if before, after, ok := strings.Cut(p.text, r.Name); ok && p.role == nil {
				parts := []passage{{before, nil}, {r.Name, r.Role}, {after, nil}}
				passages = append(passages[:i:i], append(parts, passages[i+1:]...)...)
				break
			}
		}
	}
	return passages
}

// roleMark is the number of a role as pages mark it. All that a role's colour and
// kind of line depend on is this, wherever the role stands.
func roleMark(r *comparison.Role) string { return strconv.Itoa(r.Mark) }

// sentence is text with a capital at its beginning and a full stop at its end.
func sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:] + "."
}

package page

import (
	"html"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"

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

// marked is a text as HTML, each role's name in it underlined as its colour and rule
// mark it everywhere.
func marked(text string, roles [2]comparison.Candidate) templ.Component {
	var marks []string
	for _, r := range roles {
		name := html.EscapeString(r.Name)
		marks = append(marks, name, `<span class="role" data-role="`+roleMark(r.Role)+`">`+name+"</span>")
	}
	return templ.Raw(strings.NewReplacer(marks...).Replace(html.EscapeString(text)))
}

// roleMark is the number of a role as pages mark it. All that a role's colour and
// kind of line depend on is this, wherever the role stands.
func roleMark(r *comparison.Role) string { return strconv.Itoa(r.Mark) }

// sentence is text with a capital at its beginning and a full stop at its end.
func sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:] + "."
}

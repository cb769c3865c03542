package prerender

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// chooseCoding returns the content coding that Accept-Encoding lines weigh
// highest, by RFC 9110, section 12.5.3, and "" for identity. Among equals it is
// the one that makes content smallest.
func chooseCoding(lines []string) string {
	asked := parsePreferences(lines)
	_, br := find(asked, "br", "*")
	_, gz := find(asked, "gzip", "x-gzip", "*")
	_, identity := find(asked, "identity", "*")
	switch {
	case br > 0 && br >= gz && br >= identity:
		return "br"
	case gz > 0 && gz >= identity:
		return "gzip"
	}
	return ""
}

// Negotiate returns which of the offered media types ("text/html", without
// parameters) suits a request's Accept lines best, by RFC 9110, section 12.5.1,
// or -1 if the client takes none of them. Without any Accept, and with one that
// cannot be read, it is the first.
//
// Of those that the client weighs equally it is the one that is named rather
// than covered by a wildcard, then the one that is named first, then the one
// that is offered first. So an offer that no browser names is served to none
// by accident, and who writes "text/markdown, text/html, */*" gets Markdown.
func Negotiate(accept []string, offers ...string) int {
	asked := parsePreferences(accept)
	if len(asked) == 0 {
		return 0
	}
	best, first := -1, len(asked)
	for i, offer := range offers {
		group, _, _ := strings.Cut(offer, "/")
		place, q := find(asked, offer, group+"/*", "*/*", "*") // the last is Java's
		if q > 0 && place < first {
			best, first = i, place
		}
	}
	return best
}

// A preference is an element of an Accept or Accept-Encoding list.
type preference struct {
	name string
	q    float64 // the quality value, 0 to 1
}

// parsePreferences reads a list with quality values (RFC 9110, section 12.4.2),
// and gives the most wanted first. Elements that cannot be read are left out.
// Other parameters are not looked at, nor are quotes, which nobody needs for what
// is offered here.
func parsePreferences(lines []string) []preference {
	var list []preference
	for element := range strings.SplitSeq(strings.Join(lines, ","), ",") {
		name, parameters, _ := strings.Cut(element, ";")
		p := preference{strings.TrimSpace(name), 1}
		for parameter := range strings.SplitSeq(parameters, ";") {
			key, value, _ := strings.Cut(parameter, "=")
			if strings.EqualFold(strings.TrimSpace(key), "q") {
				var err error
				if p.q, err = strconv.ParseFloat(strings.TrimSpace(value), 64); err != nil {
					p.q = -1
				}
			}
		}
		if p.name != "" && p.q >= 0 && p.q <= 1 {
			list = append(list, p)
		}
	}
	slices.SortStableFunc(list, func(a, b preference) int {
		return cmp.Or(cmp.Compare(b.q, a.q), cmp.Compare(strings.Count(a.name, "*"), strings.Count(b.name, "*")))
	})
	return list
}

// find returns the place and the quality of the first of these names that is in
// the list, or a quality of 0. Of what is said twice it is what the client wants
// more: the rest is about variants, such as text/html;level=1.
func find(list []preference, names ...string) (place int, q float64) {
	for _, name := range names {
		for i, p := range list {
			if strings.EqualFold(p.name, name) {
				return i, p.q
			}
		}
	}
	return len(list), 0
}

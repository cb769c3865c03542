package prerender

import "strings"

// weights say how much a client wants each coding: refused, unasked (only ever
// identity, which is acceptable unless it is refused), or a thousand times its
// quality value, plus unasked.
type weights [codings]int

const (
	refused = 0
	unasked = 1
)

// accepted reads Accept-Encoding lines by RFC 9110, section 12.5.3. What cannot
// be read is passed over, and of what is said twice the first counts.
func accepted(lines []string) weights {
	var (
		w     weights
		named [codings]bool
		star  = -1 // the weight of "*", if given
	)
	for _, rest := range lines {
		for rest != "" {
			var element string
			element, rest = cut(rest, ',')
			name, q, _, ok := weigh(element)
			if !ok {
				continue
			}
			c, known := codingNamed(name)
			switch {
			case known && !named[c]:
				named[c], w[c] = true, wanted(q)
			case name == "*" && star < 0:
				star = wanted(q)
			}
		}
	}
	for c := range w {
		switch {
		case named[c]:
		case star >= 0:
			w[c] = star
		case coding(c) == identity:
			w[c] = unasked
		}
	}
	return w
}

// wanted is the weight of a quality value in thousandths.
func wanted(q int) int {
	if q == 0 {
		return refused
	}
	return unasked + q
}

// best returns the coding with the highest weight, identity if all are refused.
func (w *weights) best() coding {
	best := identity
	for c := int(identity) - 1; c >= 0; c-- {
		if w[c] != refused && w[c] >= w[best] {
			best = coding(c)
		}
	}
	return best
}

// codingNamed knows the codings by their registered names and the alias that
// section 8.4.1.3 asks for, in either case.
func codingNamed(name string) (coding, bool) {
	switch len(name) {
	case 2:
		return br, strings.EqualFold(name, "br")
	case 4:
		if strings.EqualFold(name, "gzip") {
			return gz, true
		}
		return zst, strings.EqualFold(name, "zstd")
	case 6:
		return gz, strings.EqualFold(name, "x-gzip")
	case 8:
		return identity, strings.EqualFold(name, "identity")
	}
	return 0, false
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
	var (
		best    = -1
		most    match
		legible bool
	)
	for i, offer := range offers {
		m, read := find(accept, offer)
		legible = legible || read
		if m.q > 0 && (best < 0 || m.before(most)) {
			best, most = i, m
			if m == surest {
				break
			}
		}
	}
	if best < 0 && !legible {
		return 0
	}
	return best
}

// match is what an Accept field says of one media type.
type match struct {
	q    int    // in thousandths
	kind naming // how the type is named
	nth  int    // and at which place
}

type naming int

const (
	unnamed      naming = iota
	byStar              // */*
	byType              // text/*
	byParameters        // text/html;level=1: not quite what is offered, but meant
	byName              // text/html
)

// surest is the match that none comes before.
var surest = match{q: 1000, kind: byName}

func (m match) before(other match) bool {
	switch {
	case m.q != other.q:
		return m.q > other.q
	case m.kind != other.kind:
		return m.kind > other.kind
	}
	return m.nth < other.nth
}

// find returns what the lines say of an offer, the most specific first, and
// whether they say anything legible.
func find(lines []string, offer string) (m match, legible bool) {
	nth := 0
	for _, rest := range lines {
		for rest != "" {
			var element string
			element, rest = cut(rest, ',')
			name, q, parameters, ok := weigh(element)
			if !ok {
				continue
			}
			legible = true
			if kind := covers(name, parameters, offer); kind > m.kind {
				m = match{q, kind, nth}
				if m == surest {
					return m, true
				}
			}
			nth++
		}
	}
	return m, legible
}

func covers(name string, parameters bool, offer string) naming {
	switch {
	case strings.EqualFold(name, offer):
		if parameters {
			return byParameters
		}
		return byName
	case name == "*/*", name == "*": // the latter is Java's
		return byStar
	}
	if group, ok := strings.CutSuffix(name, "/*"); ok {
		if of, _, _ := strings.Cut(offer, "/"); strings.EqualFold(group, of) {
			return byType
		}
	}
	return unnamed
}

// weigh takes an element of an Accept or Accept-Encoding list apart into its
// name and its quality value in thousandths. It tells whether there are other
// parameters, and whether the element can be read at all.
func weigh(element string) (name string, q int, parameters, ok bool) {
	name, rest := cut(element, ';')
	name = trim(name)
	q = 1000
	for rest != "" {
		var parameter string
		parameter, rest = cut(rest, ';')
		key, value, _ := strings.Cut(parameter, "=")
		if key = trim(key); key != "q" && key != "Q" {
			parameters = parameters || key != ""
			continue
		}
		if q, ok = quality(trim(value)); !ok {
			return "", 0, false, false
		}
	}
	return name, q, parameters, name != ""
}

// quality reads a quality value (section 12.4.2) as thousandths. It is lenient
// with more digits than three and with a missing zero, which are both seen.
func quality(s string) (q int, ok bool) {
	whole, fraction, _ := strings.Cut(s, ".")
	switch whole {
	case "1":
		q = 1000
	case "0":
	case "":
		if fraction == "" {
			return 0, false
		}
	default:
		return 0, false
	}
	unit := 100
	for i := range len(fraction) {
		digit := int(fraction[i]) - '0'
		if digit < 0 || digit > 9 {
			return 0, false
		}
		q += digit * unit
		unit /= 10
		if unit == 0 && q == 0 && digit > 0 {
			q = 1 // very little is not nothing
		}
	}
	return q, q <= 1000
}

// cut splits a list at the first separator that is outside of quotes.
func cut(list string, separator byte) (first, rest string) {
	quoted := false
	for i := 0; i < len(list); i++ {
		switch c := list[i]; {
		case c == '"':
			quoted = !quoted
		case c == '\\' && quoted:
			i++
		case c == separator && !quoted:
			return list[:i], list[i+1:]
		}
	}
	return list, ""
}

// trim removes optional white space.
func trim(s string) string { return strings.Trim(s, " \t") }

package prerender

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func TestAcceptEncoding(t *testing.T) {
	t.Parallel()
	body := New(html, page(1, 4<<10), nil)
	for _, test := range []struct{ lines, want string }{ // "|" between lines
		{"gzip, deflate, br, zstd", "br"}, // Chrome, Firefox
		{"gzip, deflate, br", "br"},       // Safari
		{"gzip, deflate", "gzip"},
		{"gzip", "gzip"},
		{"br", "br"},
		{"zstd", ""},
		{"zstd, gzip", "gzip"},
		{"br, gzip", "br"},
		{"gzip, br", "br"},
		{"", ""},
		{" ", ""},
		{",,,", ""},
		{"deflate", ""},
		{"identity", ""},

		// Quality values.
		{"gzip;q=1.0, br;q=0.5", "gzip"},
		{"gzip;q=0.5, br;q=0.5", "br"},
		{"br;q=0.001", "br"},
		{"br;q=0", ""},
		{"br;q=0.000, gzip", "gzip"},
		{"br;q=0., gzip;q=1.", "gzip"},
		{"gzip;q=0.8, br;q=0.799", "gzip"},
		{"identity;q=1, br;q=0.9", ""},
		{"identity;q=0.5, br;q=0.5", "br"},
		{"identity;q=0.5, br;q=0.4", ""},

		// Identity refused. It is what goes to whoever refuses all.
		{"identity;q=0", ""},
		{"identity;q=0, br", "br"},
		{"identity;q=0, deflate", ""},
		{"identity;q=0, br;q=0, gzip;q=0.1", "gzip"},
		{"identity;q=0, *", "br"},
		{"*;q=0", ""},
		{"*;q=0, gzip", "gzip"},
		{"*;q=0, identity", ""},
		{"*;q=0, identity;q=0.1", ""},
		{"gzip;q=0, *;q=0", ""},

		// The wildcard.
		{"*", "br"},
		{"*, br;q=0", "gzip"},
		{"br;q=0, *;q=0.5", "gzip"},
		{"*;q=0.5, gzip", "gzip"},
		{"gzip;q=0.4, *;q=0.5", "br"},
		{"br;q=0, gzip;q=0, *", ""},

		// Case, aliases, space.
		{"BR", "br"},
		{"GZip;Q=0.5, IDENTITY;q=0", "gzip"},
		{"x-gzip", "gzip"},
		{"X-GZIP;q=0.5, identity;q=0", "gzip"},
		{"gzip ; q=0.5 ,\tbr\t;\tq=0.4", "gzip"},
		{"  br  ", "br"},
		{"deflate,br", "br"},

		// Several lines.
		{"gzip|br", "br"},
		{"gzip;q=0.5|br;q=0.4", "gzip"},
		{"|gzip", "gzip"},
		{"identity;q=0|br", "br"},

		// What is said twice: the higher counts. An alias is looked at if its name is not said.
		{"br;q=0, br", "br"},
		{"br, br;q=0", "br"},
		{"br;q=0.1, gzip;q=0.5, br;q=0.9", "br"},
		{"gzip;q=0, x-gzip", ""},
		{"x-gzip;q=0, *, br;q=0", ""},
		{"*;q=0, *, br", "br"},

		// What cannot be read is passed over.
		{"br;q=2, gzip", "gzip"},
		{"br;q=x, gzip", "gzip"},
		{"br;q=-1, gzip", "gzip"},
		{"br;q=, gzip", "gzip"},
		{"br;q, gzip", "gzip"},
		{"br;q=1.5, gzip", "gzip"},
		{"br;q=nan, gzip", "gzip"},
		{"br;q=inf, gzip", "gzip"},
		{"identity;q=x", ""},
		{"br gzip", ""},
		{"brotli", ""},
		{";q=1, gzip", "gzip"},
		{"\"br, gzip", "gzip"},
		{"x-br", ""},
		{"gzip;level=9", "gzip"},
		{"gzip;level=9;q=0", ""},
		{"br;q=0.33333333, gzip;q=0.333333", "br"},
		{"gzip;q=0.9;q=x, identity;q=0", ""},
		{"br;q=0.00001, identity;q=0", "br"},
		{"br;q=.5, identity;q=0", "br"},
		{"\x00\xff", ""},
	} {
		var fields []string
		for line := range strings.SplitSeq(test.lines, "|") {
			fields = append(fields, "Accept-Encoding", line)
		}
		r := get(t, body, fields...)
		if got := r.Header.Get("Content-Encoding"); r.StatusCode != 200 || got != test.want {
			t.Errorf("%q gets %d in %q, want it in %q", test.lines, r.StatusCode, got, test.want)
		}
	}
	if got := get(t, body).Header.Get("Content-Encoding"); got != "" {
		t.Errorf("who accepts nothing gets %q", got)
	}
}

func TestNegotiate(t *testing.T) {
	t.Parallel()
	const page, md = "text/html", "text/markdown"
	for _, test := range []struct{ lines, want string }{
		{"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8", page},
		{"text/html", page},
		{"text/markdown", md},
		{"*/*", page},
		{"*", page},
		{"text/*", page},
		{"", page},
		{"application/json", ""},
		{"image/*", ""},

		{"text/markdown, text/html, */*", md},
		{"text/html, text/markdown, */*", page},
		{"text/markdown;q=0.5, text/html", page},
		{"text/html;q=0.5, text/markdown", md},
		{"text/markdown, */*", md},
		{"*/*, text/markdown", md},
		{"text/*, text/markdown;q=0.9", page},
		{"text/html;q=0, */*", md},
		{"text/html;q=0, text/*;q=0.1", md},
		{"text/html;q=0, text/markdown;q=0", ""},
		{"*/*;q=0", ""},
		{"*/*;q=0, text/markdown;q=0.1", md},
		{"text/*;q=0.2, text/markdown;q=0.1, */*", page},

		{"TEXT/Markdown", md},
		{"text/markdown ; q=0.9 , text/html;Q=0.8", md},
		{"text/markdown;charset=utf-8", md},
		{"text/markdown;charset=utf-8, */*;q=0.1", md},
		{"text/markdown;variant=\"a,b;q=0\", text/html;q=0.5", md},
		{"text/html;level=1;q=0.1, text/html;q=0.7, text/markdown;q=0.5", page},
		{"*; q=.2, text/markdown; q=.3", md},
		{"application/json|text/markdown", md},

		{"text/markdown;q=x", page},
		{"text/markdown;q=x, application/json", ""},
		{"text", ""},
		{";;;,,,", page},
		{"\x00", ""},
	} {
		got := ""
		switch Negotiate(strings.Split(test.lines, "|"), page, md) {
		case 0:
			got = page
		case 1:
			got = md
		}
		if got != test.want {
			t.Errorf("%q gets %q, want %q", test.lines, got, test.want)
		}
	}
	if got := Negotiate(nil, page, md); got != 0 {
		t.Errorf("who accepts nothing in particular gets offer %d", got)
	}
}

// wellFormed is Accept-Encoding's grammar.
var wellFormed = func() *regexp.Regexp {
	const (
		space   = "[ \t]*"
		token   = "[-!#$%&'*+.^_`|~0-9A-Za-z]+"
		weight  = space + ";" + space + `[qQ]=(0(\.[0-9]{0,3})?|1(\.0{0,3})?)`
		element = "(" + token + "(" + weight + ")?)?"
	)
	return regexp.MustCompile("^" + space + element + "(" + space + "," + space + element + ")*" + space + "$")
}()

// qualities reads a well-formed line the plain way: what it says of each coding.
func qualities(line string) map[string]float64 {
	said := map[string]float64{}
	for element := range strings.SplitSeq(line, ",") {
		name, weight, weighed := strings.Cut(element, ";")
		name = strings.ToLower(strings.Trim(name, " \t"))
		q := 1.0
		if weighed {
			q, _ = strconv.ParseFloat(strings.Trim(weight, " \t")[len("q="):], 64)
		}
		said[name] = max(said[name], q)
	}
	return said
}

func FuzzAcceptEncoding(f *testing.F) {
	for _, seed := range []string{
		"gzip, deflate, br, zstd", "*;q=0", "identity;q=0, *", "br;q=0.5,gzip;q=0.4 , zstd ; q=0",
		"x-gzip;q=0.000", "\"br, gzip", "br;q=2", "gzip;a=\"\\\",;q=0\";q=1", ";,;,", "BR ;Q=1.000",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		got := chooseCoding([]string{line})
		if got != "" && got != "br" && got != "gzip" {
			t.Fatalf("%q gets %q", line, got)
		}
		if !wellFormed.MatchString(line) {
			return
		}

		// The one that is weighed highest, ties in our order.
		want, most := "", 0.0
		said := qualities(line)
		for _, names := range [][]string{{"br", "*"}, {"gzip", "x-gzip", "*"}, {"identity", "*"}} {
			var q float64
			for _, name := range names {
				if weight, ok := said[name]; ok {
					q = weight
					break
				}
			}
			if q > most {
				want, most = names[0], q
			}
		}
		if got != strings.TrimPrefix(want, "identity") {
			t.Errorf("%q gets %q, want %q", line, got, want)
		}
	})
}

func FuzzNegotiate(f *testing.F) {
	for _, seed := range []string{
		"text/html,application/xhtml+xml,*/*;q=0.8", "text/markdown, text/html, */*", "text/*;q=0",
		"text/html;x=\"a,b\";q=0", "*; q=.2", "text/html;q=x", "\"", ";,",
	} {
		f.Add(seed, "text/markdown;q=0.5")
	}
	f.Fuzz(func(t *testing.T, one, two string) {
		got := Negotiate([]string{one, two}, "text/html", "text/markdown")
		if got < -1 || got > 1 {
			t.Fatalf("offer %d", got)
		}
		if joined := Negotiate([]string{one + "," + two}, "text/html", "text/markdown"); joined != got {
			t.Errorf("%q and %q give %d, in one line %d", one, two, got, joined)
		}
		if got >= 0 && !strings.Contains(strings.ToLower(one+two), "text") && !strings.Contains(one+two, "*") && got != 0 {
			t.Errorf("%q and %q give %d, and name nothing of it", one, two, got)
		}
	})
}

func BenchmarkNegotiate(b *testing.B) {
	accept := []string{"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"}
	b.ReportAllocs()
	for b.Loop() {
		Negotiate(accept, "text/html", "text/markdown")
	}
}

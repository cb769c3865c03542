package prerender

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

const html = "text/html; charset=utf-8"

// page returns HTML of at least this size, the same for the same seed: running
// text of a few thousand different words, some used far more than others, in the
// usual nesting.
func page(seed uint64, size int) []byte {
	random := rand.New(rand.NewPCG(seed, 1))
	syllables := strings.Fields("ba co di fe gu ha ing ja ki lo mu ne or pa qui re sa to un ve wi za tion ment ly er")
	word := func() string {
		var w string
		for range 1 + random.IntN(3) {
			w += syllables[random.IntN(1+random.IntN(len(syllables)))]
		}
		return w
	}
	var b bytes.Buffer
	b.WriteString("<!doctype html>\n<html lang=\"en\">\n<title>A page</title>\n")
	for b.Len() < size {
		id := word()
		fmt.Fprintf(&b, "<section class=\"point\" id=\"%s-%s\">\n<h3><a href=\"#%[1]s-%s\">%[1]s %s</a></h3>\n<p>", id, word(), word(), word())
		for range 20 + random.IntN(40) {
			b.WriteString(word() + " ")
		}
		b.WriteString("</p>\n</section>\n")
	}
	return b.Bytes()
}

// decode undoes a Content-Encoding.
func decode(t testing.TB, encoding string, data []byte) []byte {
	t.Helper()
	var r io.Reader = bytes.NewReader(data)
	var err error
	switch encoding {
	case "":
	case "br":
		r = brotli.NewReader(r)
	case "gzip":
		r, err = gzip.NewReader(r)
	default:
		t.Fatalf("unknown coding %q", encoding)
	}
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(r)
	if err != nil {
		t.Fatalf("%s: %v", encoding, err)
	}
	return out
}

// get asks a body for an answer, with header fields given as names and values
// in turn.
func get(t testing.TB, b *Body, fields ...string) *http.Response {
	t.Helper()
	w := httptest.NewRecorder()
	b.Serve(w, request(http.MethodGet, fields...), http.StatusOK)
	return w.Result()
}

func request(method string, fields ...string) *http.Request {
	r := httptest.NewRequest(method, "/", nil)
	for i := 0; i < len(fields); i += 2 {
		r.Header.Add(fields[i], fields[i+1])
	}
	return r
}

func read(t testing.TB, r *http.Response) []byte {
	t.Helper()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

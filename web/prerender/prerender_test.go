package prerender

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var everyCoding = []string{"br", "zstd", "gzip", "identity"}

func TestServe(t *testing.T) {
	t.Parallel()
	content := page(1, 20<<10)
	body := New(html, content, http.Header{
		"Cache-Control":    {"public, max-age=0"},
		"Vary":             {"Accept"},
		"Link":             {"</x>; rel=preload"},
		"Content-Language": {"en"},
	})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Frame-Options", "DENY")
		if refusal := body.Serve(w, r); refusal != 0 {
			w.WriteHeader(refusal)
		}
	}))
	t.Cleanup(server.Close)
	do := func(method string, fields ...string) (*http.Response, []byte) {
		t.Helper()
		r, err := http.NewRequest(method, server.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(fields); i += 2 {
			r.Header.Set(fields[i], fields[i+1])
		}
		answer, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		data, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer, data
	}

	for _, coding := range everyCoding {
		whole, data := do("GET", "Accept-Encoding", coding)
		encoding := strings.TrimPrefix(coding, "identity")
		if got := decode(t, encoding, data); whole.StatusCode != 200 || !bytes.Equal(got, content) {
			t.Errorf("%s: status %d, other content", coding, whole.StatusCode)
		}
		tag := whole.Header.Get("Etag")
		for name, want := range map[string]string{
			"Content-Type":     html,
			"Content-Encoding": encoding,
			"Content-Length":   strconv.Itoa(len(data)),
			"Vary":             "Accept-Encoding, Accept",
			"Cache-Control":    "public, max-age=0",
			"Link":             "</x>; rel=preload",
			"X-Frame-Options":  "DENY",
			"Accept-Ranges":    "",
		} {
			if got := whole.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", coding, name, got, want)
			}
		}

		head, none := do("HEAD", "Accept-Encoding", coding)
		whole.Header.Del("Date")
		head.Header.Del("Date")
		if len(none) > 0 || !equalHeaders(head.Header, whole.Header) {
			t.Errorf("%s: HEAD has %v, GET %v", coding, head.Header, whole.Header)
		}

		same, none := do("GET", "Accept-Encoding", coding, "If-None-Match", tag)
		same.Header.Del("Date")
		if want := (http.Header{
			"Etag": {tag}, "Vary": {"Accept-Encoding, Accept"}, "Cache-Control": {"public, max-age=0"}, "X-Frame-Options": {"DENY"},
		}); same.StatusCode != 304 || len(none) > 0 || !equalHeaders(same.Header, want) {
			t.Errorf("%s: not modified is %d with %v", coding, same.StatusCode, same.Header)
		}
	}

	part, data := do("GET", "Accept-Encoding", "identity", "Range", "bytes=0-9")
	if part.StatusCode != 200 || part.Header.Get("Accept-Ranges") != "none" || len(data) != len(content) {
		t.Errorf("a range: %d, %v, %d bytes", part.StatusCode, part.Header, len(data))
	}
}

func equalHeaders(a, b http.Header) bool {
	if len(a) != len(b) {
		return false
	}
	for name, values := range a {
		if !slices.Equal(values, b[name]) {
			return false
		}
	}
	return true
}

func TestServeConditions(t *testing.T) {
	t.Parallel()
	body := New(html, page(1, 4<<10), nil)
	tag := get(t, body, "Accept-Encoding", "br").Header.Get("Etag")
	other := get(t, body, "Accept-Encoding", "gzip").Header.Get("Etag")
	for _, test := range []struct {
		field, value string
		want         int
	}{
		{"If-None-Match", tag, 304},
		{"If-None-Match", "W/" + tag, 304},
		{"If-None-Match", `"x", ` + tag, 304},
		{"If-None-Match", `"x",W/"a,b" ,, ` + tag + `,"y"`, 304},
		{"If-None-Match", "\t" + tag + " ", 304},
		{"If-None-Match", "*", 304},
		{"If-None-Match", " * ", 304},
		{"If-None-Match", other, 200},
		{"If-None-Match", `"x"`, 200},
		{"If-None-Match", `""`, 200},
		{"If-None-Match", "", 200},
		{"If-None-Match", `"*"`, 200},
		{"If-None-Match", strings.Trim(tag, `"`), 200},
		{"If-None-Match", tag[:len(tag)-1], 200},
		{"If-None-Match", "w/" + tag, 200},
		{"If-None-Match", `"`, 200},
		{"If-None-Match", "W/", 200},
		{"If-Match", tag, 200},
		{"If-Match", `"x", ` + tag, 200},
		{"If-Match", "*", 200},
		{"If-Match", "W/" + tag, 412},
		{"If-Match", other, 412},
		{"If-Match", `"x"`, 412},
		{"If-Match", "", 412},
		{"If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT", 200},
		{"If-Unmodified-Since", "Sat, 01 Jan 2000 00:00:00 GMT", 200},
		{"If-Range", tag, 200},
	} {
		if got := get(t, body, "Accept-Encoding", "br", test.field, test.value).StatusCode; got != test.want {
			t.Errorf("%s: %s is answered %d, want %d", test.field, test.value, got, test.want)
		}
	}
	if got := get(t, body, "Accept-Encoding", "br", "If-None-Match", `"x"`, "If-None-Match", tag).StatusCode; got != 304 {
		t.Errorf("the tag in a second line is answered %d", got)
	}
	if got := get(t, body, "Accept-Encoding", "br", "If-Match", `"x"`, "If-None-Match", tag).StatusCode; got != 412 {
		t.Errorf("If-Match does not come before If-None-Match: %d", got)
	}
}

func TestServeStatus(t *testing.T) {
	t.Parallel()
	content := page(1, 4<<10)
	body := New(html, content, http.Header{"Cache-Control": {"no-store"}})
	tag := get(t, body, "Accept-Encoding", "br").Header.Get("Etag")
	for _, test := range []struct{ method, accept, encoding string }{
		{"GET", "br", "br"},
		{"POST", "gzip", "gzip"},
		{"GET", "identity;q=0", ""},
		{"HEAD", "br", "br"},
	} {
		w := httptest.NewRecorder()
		body.ServeStatus(w, request(test.method, "Accept-Encoding", test.accept, "If-None-Match", tag, "If-Match", `"x"`), 404)
		r := w.Result()
		if r.StatusCode != 404 || r.Header.Get("Content-Encoding") != test.encoding || r.Header.Get("Etag") != "" ||
			r.Header.Get("Vary") != "Accept-Encoding" || r.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%v: %d, %v", test, r.StatusCode, r.Header)
		}
		data := read(t, r)
		if test.method == "HEAD" {
			if len(data) > 0 {
				t.Errorf("%v: HEAD has content", test)
			}
		} else if !bytes.Equal(decode(t, test.encoding, data), content) {
			t.Errorf("%v: other content", test)
		}
	}
}

// TestTag holds what a strong validator promises: the same bytes have the same
// tag wherever they are made, other bytes another, whatever makes them differ.
func TestTag(t *testing.T) {
	t.Parallel()
	content := page(1, 2<<10)
	seen := map[string]string{} // the bytes each tag stood for
	for range 2 {
		for _, body := range []*Body{New(html, content, nil), New(html, content[1:], nil)} {
			for range 2 { // quick, then best
				for _, coding := range everyCoding {
					r := get(t, body, "Accept-Encoding", coding)
					tag, data := r.Header.Get("Etag"), string(read(t, r))
					if before, ok := seen[tag]; ok && before != data {
						t.Errorf("%s stands for two contents", tag)
					}
					seen[tag] = data
					if len(tag) != 18 || tag[0] != '"' || tag[17] != '"' {
						t.Errorf("the tag is %s", tag)
					}
				}
				if err := Improve(t.Context(), []*Body{body}); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if least := 2 * (4 + 1); len(seen) < least { // of each content the four codings, and one of them improved
		t.Errorf("%d tags, want at least %d", len(seen), least)
	}
	const golden = `"ungWv48Bz-pBQUDe"` // the first 96 bits of its SHA-256
	if got := get(t, New("text/plain", []byte("abc"), nil)).Header.Get("Etag"); got != golden {
		t.Errorf("the tag of abc is %s, want %s", got, golden)
	}
}

// TestSharedValues: what a handler or a middleware does with one answer's header
// does not show in the next.
func TestSharedValues(t *testing.T) {
	t.Parallel()
	header := http.Header{"Cache-Control": slices.Grow([]string{"no-cache"}, 8)}
	content := page(1, 4<<10)
	body := New(html, content, header)
	header["Cache-Control"][0] = "changed"
	content[0] = 'X'
	for range 2 {
		w := httptest.NewRecorder()
		body.Serve(w, request("GET"))
		for name, values := range w.Header() {
			if len(values) != 1 || values[0] == "changed" {
				t.Errorf("%s is %q", name, values)
			}
			w.Header().Add(name, "changed")
		}
		if w.Body.Bytes()[0] != '<' {
			t.Error("the content is not a copy")
		}
	}
}

func TestCompressible(t *testing.T) {
	t.Parallel()
	for mediaType, want := range map[string]bool{
		html:                        true,
		"text/markdown":             true,
		"TEXT/CSS":                  true,
		"image/svg+xml":             true,
		"application/manifest+json": true,
		"application/xml":           true,
		"image/png":                 false,
		"font/woff2":                false,
		"application/octet-stream":  false,
		"text":                      false,
		"":                          false,
	} {
		if got := compressible(mediaType); got != want {
			t.Errorf("%q: %v", mediaType, got)
		}
	}
	r := get(t, New("image/png", page(1, 4<<10), nil), "Accept-Encoding", "br")
	if r.Header.Get("Content-Encoding") != "" || r.Header.Get("Vary") != "Accept-Encoding" {
		t.Errorf("an image is sent with %v", r.Header)
	}
	if got := get(t, New("image/png", nil, nil), "Accept-Encoding", "br, identity;q=0").StatusCode; got != 406 {
		t.Errorf("an image, for one who refuses identity, is answered %d", got)
	}
}

package prerender

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

var everyCoding = []string{"br", "gzip", "identity"}

func TestServe(t *testing.T) {
	t.Parallel()
	content := page(1, 20<<10)
	header := http.Header{
		"Cache-Control":    {"public, max-age=0"},
		"Vary":             {"Accept"},
		"Link":             {"</x>; rel=preload"},
		"Content-Language": {"en"},
	}
	quick, best := New(html, content, header), New(html, content, header)
	best.Prepare()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Frame-Options", "DENY")
		w.Header().Set("Cache-Control", "no-store")
		body := quick
		if r.URL.Path == "/best" {
			body = best
		}
		body.Serve(w, r, http.StatusOK)
	}))
	t.Cleanup(server.Close)
	do := func(method, path string, fields ...string) (*http.Response, []byte) {
		t.Helper()
		r, err := http.NewRequest(method, server.URL+path, nil)
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
		answer.Header.Del("Date")
		return answer, data
	}

	for _, path := range []string{"/quick", "/best"} {
		for _, coding := range everyCoding {
			whole, data := do("GET", path, "Accept-Encoding", coding)
			encoding := strings.TrimPrefix(coding, "identity")
			if got := decode(t, encoding, data); whole.StatusCode != 200 || !bytes.Equal(got, content) {
				t.Errorf("%s in %s: status %d, other content", path, coding, whole.StatusCode)
			}
			tag := whole.Header.Get("Etag")
			want := http.Header{
				"Content-Type":     {html},
				"Content-Length":   {strconv.Itoa(len(data))},
				"Vary":             {"Accept-Encoding, Accept"},
				"Cache-Control":    {"public, max-age=0"},
				"Link":             {"</x>; rel=preload"},
				"Content-Language": {"en"},
				"X-Frame-Options":  {"DENY"},
				"Accept-Ranges":    {"none"},
				"Etag":             {tag},
			}
			if encoding != "" {
				want.Set("Content-Encoding", encoding)
			}
			if !equalHeaders(whole.Header, want) {
				t.Errorf("%s in %s has %v, want %v", path, coding, whole.Header, want)
			}

			head, none := do("HEAD", path, "Accept-Encoding", coding)
			if head.StatusCode != 200 || len(none) > 0 || !equalHeaders(head.Header, whole.Header) {
				t.Errorf("%s in %s: HEAD has %v, GET %v", path, coding, head.Header, whole.Header)
			}

			want = http.Header{
				"Etag": {tag}, "Vary": {"Accept-Encoding, Accept"}, "Cache-Control": {"public, max-age=0"},
				"X-Frame-Options": {"DENY"},
			}
			for _, method := range []string{"GET", "HEAD"} {
				same, none := do(method, path, "Accept-Encoding", coding, "If-None-Match", tag)
				if same.StatusCode != 304 || len(none) > 0 || !equalHeaders(same.Header, want) {
					t.Errorf("%s %s in %s: not modified is %d with %v", method, path, coding, same.StatusCode, same.Header)
				}
			}
		}

		part, data := do("GET", path, "Accept-Encoding", "identity", "Range", "bytes=0-9")
		if part.StatusCode != 200 || part.Header.Get("Accept-Ranges") != "none" || len(data) != len(content) {
			t.Errorf("a range of %s: %d, %v, %d bytes", path, part.StatusCode, part.Header, len(data))
		}
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
		{"If-None-Match", `"x", W/` + tag, 304},
		{"If-None-Match", `"x",W/"a,b" ,, ` + tag + `,"y"`, 304},
		{"If-None-Match", "\t" + tag + " ", 304},
		{"If-None-Match", "*", 304},
		{"If-None-Match", " * ", 304},
		{"If-None-Match", other, 200},
		{"If-None-Match", `"x"`, 200},
		{"If-None-Match", `""`, 200},
		{"If-None-Match", "", 200},
		{"If-None-Match", `"*"`, 200},
		{"If-None-Match", `"a,*,b"`, 200},
		{"If-None-Match", strings.Trim(tag, `"`), 200},
		{"If-None-Match", tag[:len(tag)-1], 200},
		{"If-None-Match", tag[:len(tag)-1] + `1"`, 200},
		{"If-None-Match", `"1` + tag[1:], 200},
		{"If-None-Match", `"`, 200},
		{"If-None-Match", "W/", 200},
		{"If-Match", `"x"`, 200},
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
}

func FuzzIfNoneMatch(f *testing.F) {
	body := New("text/plain", []byte("abc"), nil)
	tag := get(f, body).Header.Get("Etag")
	for _, seed := range []string{tag, "W/" + tag, `"x", ` + tag, "*", `"a,b",,W/"c" "`, `W/`, `"`, `"abc`, `abc"`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		if got := get(t, body, "If-None-Match", line).StatusCode; got != 200 && got != 304 {
			t.Errorf("%q is answered %d", line, got)
		} else if got == 304 && !strings.Contains(line, tag) && strings.TrimSpace(line) != "*" {
			t.Errorf("%q matches without naming it", line)
		}
		for _, lines := range [][]string{{line, tag}, {`"x" , W/"y"` + "\t," + tag, line}, {line, "W/" + tag}} {
			if got := get(t, body, "If-None-Match", lines[0], "If-None-Match", lines[1]).StatusCode; got != 304 {
				t.Errorf("%q in another line hides it", line)
			}
		}
	})
}

// TestServeStatus: an error's page has no tag, and no condition keeps it from
// being told.
func TestServeStatus(t *testing.T) {
	t.Parallel()
	content := page(1, 4<<10)
	quick, best := New(html, content, http.Header{"Cache-Control": {"no-store"}}), New(html, content, http.Header{"Cache-Control": {"no-store"}})
	best.Prepare()
	for _, body := range []*Body{quick, best} {
		tag := get(t, body, "Accept-Encoding", "br").Header.Get("Etag")
		for _, test := range []struct{ method, accept, encoding string }{
			{"GET", "br", "br"},
			{"POST", "gzip", "gzip"},
			{"GET", "identity;q=0", ""},
			{"HEAD", "br", "br"},
		} {
			w := httptest.NewRecorder()
			body.Serve(w, request(test.method, "Accept-Encoding", test.accept, "If-None-Match", tag+", *"), 404)
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
}

// TestTag holds what a strong validator promises: the same bytes have the same
// tag wherever they are made, other bytes another, whatever makes them differ.
func TestTag(t *testing.T) {
	t.Parallel()
	content := page(1, 2<<10)
	bytesOf, tagOf := map[string]string{}, map[string]string{}
	for range 2 {
		for _, body := range []*Body{New(html, content, nil), New(html, content[1:], nil)} {
			for range 2 { // quick, then best
				for _, coding := range everyCoding {
					r := get(t, body, "Accept-Encoding", coding)
					tag, data := r.Header.Get("Etag"), string(read(t, r))
					if before, ok := bytesOf[tag]; ok && before != data {
						t.Errorf("%s stands for two contents", tag)
					}
					if before, ok := tagOf[data]; ok && before != tag {
						t.Errorf("the same bytes have the tags %s and %s", before, tag)
					}
					bytesOf[tag], tagOf[data] = data, tag
				}
				body.Prepare()
			}
		}
	}
	if want := 2 * (2 + 2 + 1); len(bytesOf) != want { // of each content two codings in two levels, and identity
		t.Errorf("%d tags, want %d", len(bytesOf), want)
	}
	// The first 96 bits of the content's SHA-256, and the coding with its level.
	const hash = "328de8f1895f8bb09f6e6b4c"
	abc := bytes.Repeat([]byte("abc"), 1000)
	for coding, want := range map[string]string{"br": `"` + hash + `-br2"`, "gzip": `"` + hash + `-gzip1"`, "identity": `"` + hash + `-0"`} {
		if got := get(t, New("text/plain", abc, nil), "Accept-Encoding", coding).Header.Get("Etag"); got != want {
			t.Errorf("the tag in %s is %s, want %s", coding, got, want)
		}
	}
}

// TestSharedValues: what a handler or a middleware does with one answer's header
// does not show in the next, nor in the header that bodies share.
func TestSharedValues(t *testing.T) {
	t.Parallel()
	header := http.Header{"Cache-Control": slices.Grow([]string{"no-cache"}, 8), "Vary": slices.Grow([]string{"Accept"}, 8)}
	body := New(html, page(1, 4<<10), header)
	tag := get(t, body).Header.Get("Etag")
	for _, known := range []string{"", tag} {
		for range 2 {
			w := httptest.NewRecorder()
			body.Serve(w, request("GET", "If-None-Match", known), 200)
			for name, values := range w.Header() {
				if len(values) != 1 || values[0] == "changed" {
					t.Errorf("%s is %q", name, values)
				}
				values[0] = "changed"
				w.Header().Add(name, "changed")
			}
		}
	}
	if want := (http.Header{"Cache-Control": {"no-cache"}, "Vary": {"Accept"}}); !equalHeaders(header, want) {
		t.Errorf("the header given is changed to %v", header)
	}
}

func TestCompressible(t *testing.T) {
	t.Parallel()
	for mediaType, want := range map[string]bool{
		html:                        true,
		"text/markdown":             true,
		"text/javascript":           true,
		"image/svg+xml":             true,
		"application/json":          true,
		"application/manifest+json": true,
		"application/xml":           true,
		"image/png":                 false,
		"image/x-icon":              false,
		"font/woff2":                false,
		"application/octet-stream":  false,
		"text":                      false,
		"":                          false,
	} {
		if got := compressible(mediaType); got != want {
			t.Errorf("%q: %v", mediaType, got)
		}
	}
	content := page(1, 4<<10)
	body := New("image/png", content, nil)
	for range 2 {
		for _, accept := range []string{"br", "br, identity;q=0"} {
			r := get(t, body, "Accept-Encoding", accept)
			if r.Header.Get("Content-Encoding") != "" || r.Header.Get("Vary") != "Accept-Encoding" || !bytes.Equal(read(t, r), content) {
				t.Errorf("an image is sent with %v", r.Header)
			}
		}
		body.Prepare()
	}
}

// TestNeverLarger: a coded form that saves nothing is not sent.
func TestNeverLarger(t *testing.T) {
	t.Parallel()
	for _, content := range []string{"", "a", "ok\n", "User-agent: *\n"} {
		body := New("text/plain", []byte(content), nil)
		for range 2 {
			for _, accept := range []string{"gzip, br", "gzip, identity;q=0.1", "gzip, identity;q=0", "br, *;q=0"} {
				r := get(t, body, "Accept-Encoding", accept)
				if got := string(read(t, r)); got != content || r.Header.Get("Content-Encoding") != "" ||
					r.Header.Get("Content-Length") != strconv.Itoa(len(content)) {
					t.Errorf("%q: %q gets %q with %v", content, accept, got, r.Header)
				}
			}
			body.Prepare()
		}
	}
}

func TestPrepare(t *testing.T) {
	t.Parallel()
	content := page(2, 12<<10)
	body := New(html, content, nil)
	quick := map[string]int{}
	for _, coding := range everyCoding {
		quick[coding] = len(read(t, get(t, body, "Accept-Encoding", coding)))
	}
	body.Prepare()
	for _, coding := range everyCoding {
		got := len(read(t, get(t, body, "Accept-Encoding", coding)))
		if coding == "identity" && got != quick[coding] || coding != "identity" && got >= quick[coding] {
			t.Errorf("%s takes %d bytes, and took %d before", coding, got, quick[coding])
		}
	}
}

// TestServeWhilePreparing is for the race detector.
func TestServeWhilePreparing(t *testing.T) {
	t.Parallel()
	content := page(1, 10<<10)
	body := New(html, content, http.Header{"Cache-Control": {"no-cache"}})
	var (
		all   sync.WaitGroup
		mu    sync.Mutex
		tagOf = map[string]string{} // by the bytes
	)
	all.Go(body.Prepare)
	for _, coding := range everyCoding {
		all.Go(func() {
			for range 50 {
				r := get(t, body, "Accept-Encoding", coding)
				data, tag := read(t, r), r.Header.Get("Etag")
				if !bytes.Equal(decode(t, r.Header.Get("Content-Encoding"), data), content) {
					t.Errorf("%s has other content", coding)
				}
				mu.Lock()
				if before, ok := tagOf[string(data)]; ok && before != tag {
					t.Errorf("the same bytes have the tags %s and %s", before, tag)
				}
				tagOf[string(data)] = tag
				mu.Unlock()
			}
		})
	}
	all.Wait()
}

// TestMemory is not parallel, as it counts what all allocate.
func TestMemory(t *testing.T) {
	content := page(1, 41<<10)
	body := New(html, page(1, 1<<20), nil)
	tag := get(t, body, "Accept-Encoding", "br").Header.Get("Etag")
	revalidation := request("GET", "Accept-Encoding", "br", "If-None-Match", tag)
	for _, test := range []struct {
		name string
		most uint64
		act  func()
	}{
		{"a 304, which encodes nothing", 32 << 10, func() { body.Serve(httptest.NewRecorder(), revalidation, 200) }},
		{"a new quick encoder of brotli", 4 << 20, func() { encode(idle["br"].New().(encoder), content) }},
		{"a new quick encoder of gzip", 2 << 20, func() { encode(idle["gzip"].New().(encoder), content) }},
		{"brotli at its best", 8 << 20, func() { encodeBest("br", content) }},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		test.act()
		runtime.ReadMemStats(&after)
		if got := after.TotalAlloc - before.TotalAlloc; got > test.most {
			t.Errorf("%s takes %d bytes, more than %d", test.name, got, test.most)
		}
	}
}

// BenchmarkServe is of a page that is prepared, one that is made for this
// request, and one that the client has.
func BenchmarkServe(b *testing.B) {
	content := page(1, 41<<10)
	header := http.Header{"Cache-Control": {"no-cache"}}
	prepared := New(html, content, header)
	prepared.Prepare()
	for _, coding := range []string{"br", "gzip"} {
		whole := request("GET", "Accept-Encoding", coding)
		known := request("GET", "Accept-Encoding", coding, "If-None-Match", get(b, prepared, "Accept-Encoding", coding).Header.Get("Etag"))
		for name, serve := range map[string]func(http.ResponseWriter){
			"prepared": func(w http.ResponseWriter) { prepared.Serve(w, whole, 200) },
			"made":     func(w http.ResponseWriter) { New(html, content, header).Serve(w, whole, 200) },
			"known":    func(w http.ResponseWriter) { prepared.Serve(w, known, 200) },
		} {
			b.Run(name+"/"+coding, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					serve(httptest.NewRecorder())
				}
			})
		}
	}
}

package web_test

import (
	"bufio"
	"bytes"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"

	"rolecompare/web"
)

// listenRaw serves a content on a socket. Each call of the function it returns
// sends bytes over a connection of their own and returns all that comes back.
func listenRaw(tb testing.TB, c content) (send func(raw []byte) []byte, logged *buffer) {
	tb.Helper()
	logged = new(buffer)
	server := web.HTTPServer(web.NewServer(c.snapshot, web.Options{
		Limits: unlimited.Limits, Logger: slog.New(slog.NewTextHandler(logged, &slog.HandlerOptions{Level: slog.LevelError})),
	}), slog.New(slog.DiscardHandler))
	socket := filepath.Join(tb.TempDir(), "s")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		tb.Fatal(err)
	}
	go func() { _ = server.Serve(listener) }()
	tb.Cleanup(func() { server.Close() })
	return func(raw []byte) []byte {
		connection, err := net.Dial("unix", socket)
		if err != nil {
			panic(err)
		}
		defer connection.Close()
		go func() {
			_, _ = connection.Write(raw)
			_ = connection.(*net.UnixConn).CloseWrite() // it has said all it has to say
		}()
		out, _ := io.ReadAll(connection)
		return out
	}, logged
}

// buffer is what many goroutines may write to.
type buffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// FuzzRaw sends anything at all. Whatever is sent, nothing panics, no answer is
// a fault of the server's, and each is well-formed and has the headers that
// keep visitors safe, unless net/http itself refused the request before any
// handler saw it.
func FuzzRaw(f *testing.F) {
	c := fixture()
	one := c.site.Comparisons[0]
	whole := query(one, 0)
	base := "/compare/" + one.Slug
	for _, seed := range []string{
		"GET / HTTP/1.1\r\nHost: a\r\n\r\n",
		"GET / HTTP/1.0\r\n\r\n",
		"HEAD " + base + " HTTP/1.1\r\nHost: a\r\nAccept-Encoding: br;q=0.1, zstd\r\n\r\n",
		"GET " + base + " HTTP/1.1\r\nHost: a\r\nAccept: text/markdown\r\nIf-None-Match: \"a\", W/\"b\", *\r\nRange: bytes=0-1\r\n\r\n",
		"GET " + base + "/recommendation?" + whole + " HTTP/1.1\r\nHost: a\r\n\r\nGET " + base + "/recommendation?v=1&" + whole + " HTTP/1.1\r\nHost: a\r\n\r\n",
		"GET " + base + "/questionnaire?" + one.Questionnaire.Questions[0].ID + "=%ff HTTP/1.1\r\nHost: a\r\n\r\n",
		"POST " + base + "/questionnaire HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=b",
		"POST " + base + "/questionnaire HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n",
		"POST " + base + "/questionnaire HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 99\r\n\r\na=b",
		"POST " + base + "/questionnaire HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n",
		"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
		"CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n",
		"GET http://evil.example/compare/ HTTP/1.1\r\nHost: a\r\n\r\n",
		"GET //evil.example/%2e%2e/ HTTP/1.1\r\nHost: a\r\n\r\n",
		"GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n",
		"GET /static/site.0123456789.css HTTP/1.1\r\nHost: a\r\n\r\n",
		"GET /og/compare/" + one.Slug + ".png HTTP/1.1\r\nHost: a\r\n\r\n",
		"POST " + base + "/questionnaire HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
		"POST " + base + "/questionnaire HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 9\r\n\r\n--x--\r\n\r\n",
		"POST " + base + "/questionnaire HTTP/1.1\r\nHost: a\r\nSec-Fetch-Site: cross-site\r\nContent-Length: 0\r\n\r\n",
		"POST " + base + "/questionnaire HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
		"POST " + base + "/questionnaire HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
		"GET " + base + " HTTP/1.1\r\nHost: a\r\nAccept-Encoding: identity;q=0, *;q=0\r\n\r\n",
		"GET " + base + " HTTP/1.1\r\nHost: a\r\nAccept-Encoding: ,;q=,br;q=9\r\nAccept: ;;,text/markdown;q=x\r\nIf-Match: \"\r\n\r\n",
		"GET " + base + "/ HTTP/1.1\nHost: a\n\n",
		"GET /compare/../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n",
		"GET /dev/events HTTP/1.1\r\nHost: a\r\n\r\n",
		"DELETE " + base + " HTTP/1.1\r\nHost: a\r\n\r\n",
		"\x16\x03\x01\x02\x00\x01",
		"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
	} {
		f.Add([]byte(seed))
	}
	send, logged := listenRaw(f, c)
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) > 64<<10 {
			return
		}
		checkRaw(t, send(raw))
		if faults := logged.String(); faults != "" {
			t.Fatalf("the log has errors:\n%s", faults)
		}
	})
}

func checkRaw(t *testing.T, out []byte) {
	t.Helper()
	in := bufio.NewReader(bytes.NewReader(out))
	for {
		if _, err := in.Peek(1); err != nil {
			return
		}
		// Whether the request was HEAD is not known here; the answers to it are
		// those that end at their header.
		before, _ := in.Peek(in.Buffered())
		response, err := http.ReadResponse(in, nil)
		if err != nil {
			t.Fatalf("not an answer: %v\n%.300q", err, before)
		}
		if response.StatusCode < 200 {
			continue
		}
		if response.StatusCode >= 500 && response.StatusCode != http.StatusNotImplemented && response.StatusCode != http.StatusHTTPVersionNotSupported {
			t.Fatalf("%s", response.Status)
		}
		if response.Header.Get("Content-Security-Policy") == "" {
			// net/http's own words, or none, for what it cannot read.
			kind := response.Header.Get("Content-Type")
			if response.StatusCode < 400 || !response.Close || kind != "" && !strings.HasPrefix(kind, "text/plain") {
				t.Fatalf("%s without a policy: %v", response.Status, response.Header)
			}
			return
		}
		for _, name := range []string{"X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Embedder-Policy", "Cross-Origin-Resource-Policy", "Permissions-Policy", "Strict-Transport-Security", "Cache-Control"} {
			if len(response.Header[name]) != 1 {
				t.Fatalf("%s: %s: %q", response.Status, name, response.Header[name])
			}
		}
		body, err := io.ReadAll(response.Body)
		if err == io.ErrUnexpectedEOF && len(body) == 0 {
			return // the answer to HEAD, the last on its connection
		}
		if err != nil {
			return // HEAD in the middle of others: what follows cannot be told apart
		}
		if strings.HasPrefix(response.Header.Get("Content-Type"), "text/") && response.Header.Get("Content-Encoding") == "" {
			checkBody(t, response, body)
		}
	}
}

// checkBody: a text is valid UTF-8, and HTML ends where it should.
func checkBody(t *testing.T, response *http.Response, body []byte) {
	t.Helper()
	if !utf8.Valid(body) {
		t.Fatalf("%s: not UTF-8", response.Status)
	}
	if !strings.HasPrefix(response.Header.Get("Content-Type"), "text/html") {
		return
	}
	if !bytes.HasPrefix(body, []byte("<!doctype html>")) || !bytes.HasSuffix(bytes.TrimSpace(body), []byte("</html>")) {
		t.Fatalf("%s: half a page: %.100q … %.100q", response.Status, body, body[max(0, len(body)-100):])
	}
	var open []string
	for in := html.NewTokenizer(bytes.NewReader(body)); ; {
		switch in.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Fatalf("%s: %q stay open", response.Status, open)
			}
			return
		case html.StartTagToken:
			name, _ := in.TagName()
			if !void[string(name)] {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := in.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				t.Fatalf("%s: </%s> closes %q", response.Status, name, open)
			}
			open = open[:len(open)-1]
		}
	}
}

// void are the elements without an end tag.
var void = map[string]bool{"meta": true, "link": true, "input": true, "br": true, "hr": true, "img": true, "col": true, "wbr": true}

// TestSlowForm: a form that does not come in time gets an answer that says so.
func TestSlowForm(t *testing.T) {
	t.Parallel()
	c := fixture()
	server := web.HTTPServer(web.NewServer(c.snapshot, unlimited), slog.New(slog.DiscardHandler))
	server.ReadTimeout = 50 * time.Millisecond
	socket := filepath.Join(t.TempDir(), "s")
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(listener) }()
	defer server.Close()
	connection, err := net.Dial("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	form := "/compare/" + c.site.Comparisons[0].Slug + "/questionnaire"
	_, _ = io.WriteString(connection, "POST "+form+" HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\na=b")
	response, err := http.ReadResponse(bufio.NewReader(connection), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if body, err := io.ReadAll(response.Body); err != nil || response.StatusCode != http.StatusRequestTimeout || !response.Close || !bytes.Contains(body, []byte("<h1")) {
		t.Errorf("%s, close: %v, %v", response.Status, response.Close, err)
	}
}

// TestUnreadBodies: who announces a body that is refused gets his answer although
// none of it has come, is not asked for it, and is let go.
func TestUnreadBodies(t *testing.T) {
	t.Parallel()
	c := fixture()
	s := serve(t, c, unlimited)
	form := "/compare/" + c.site.Comparisons[0].Slug + "/questionnaire"
	const kind = "Content-Type: application/x-www-form-urlencoded\r\n"
	for _, test := range []struct {
		head string
		want int
	}{
		{"POST " + form + " HTTP/1.1\r\n" + kind + "Content-Length: 65537\r\n", 413},
		{"POST " + form + " HTTP/1.1\r\n" + kind + "Content-Length: 65537\r\nExpect: 100-continue\r\n", 413},
		{"GET " + form + " HTTP/1.1\r\nContent-Length: 1000000\r\n", 413},
		{"PUT /nowhere HTTP/1.1\r\nContent-Length: 65537\r\nExpect: 100-continue\r\n", 413},
		{"POST /nowhere HTTP/1.1\r\nContent-Length: 9\r\n", 404},
		{"POST " + form + " HTTP/1.1\r\nSec-Fetch-Site: cross-site\r\nContent-Length: 9\r\n", 403},
	} {
		conn, err := net.Dial("tcp", s.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(conn, test.head+"Host: a\r\n\r\n")
		response, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatalf("%s: %v", test.head, err)
		}
		if body, err := io.ReadAll(response.Body); response.StatusCode != test.want || !response.Close || err != nil || !bytes.Contains(body, []byte("<h1")) {
			t.Errorf("%s: %s, close: %v, %v", test.head, response.Status, response.Close, err)
		}
		conn.Close()
	}
}

// TestLongAddresses: whatever an address would lead to, one that is too long is
// refused.
func TestLongAddresses(t *testing.T) {
	t.Parallel()
	c := fixture()
	s := serve(t, c, unlimited)
	long := strings.Repeat("a", 9<<10)
	for _, address := range append(c.addresses(), "/readyz", "/nowhere", "/nowhere/") {
		mark := "?"
		if strings.Contains(address, "?") {
			mark = "&"
		}
		for _, method := range []string{"GET", "HEAD", "POST"} {
			if got := s.do(t, method, address+mark+long, ""); got.StatusCode != http.StatusRequestURITooLong {
				t.Errorf("%s %s with a long query: %s", method, address, got.Status)
			}
		}
	}
}

// TestTransferEncoding: whoever sends a body of unannounced length is answered,
// and let go.
func TestTransferEncoding(t *testing.T) {
	t.Parallel()
	c := fixture()
	send, _ := listenRaw(t, c)
	form := "/compare/" + c.site.Comparisons[0].Slug + "/questionnaire"
	out := send([]byte("POST " + form + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n" +
		"3\r\na=b\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"))
	in := bufio.NewReader(bytes.NewReader(out))
	response, err := http.ReadResponse(in, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, response.Body)
	if rest, _ := io.ReadAll(in); response.StatusCode != http.StatusUnprocessableEntity || !response.Close || len(rest) > 0 {
		t.Errorf("%s, close: %v, and %d bytes more", response.Status, response.Close, len(rest))
	}
}

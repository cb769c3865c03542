package web_test

import (
	"bufio"
	"bytes"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"rolecompare/web"
	"rolecompare/web/prerender"
)

// counted is a listener that counts what the server writes.
type counted struct {
	net.Listener
	writes *atomic.Int64
}

func (l counted) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	return countedConn{c, l.writes}, err
}

type countedConn struct {
	net.Conn
	writes *atomic.Int64
}

func (c countedConn) Write(b []byte) (int, error) {
	c.writes.Add(1)
	return c.Conn.Write(b)
}

// connection is a kept connection to a server, whose own end costs nothing: no
// allocation is a client's.
type connection struct {
	net.Conn
	in     *bufio.Reader
	writes *atomic.Int64
}

func connect(tb testing.TB, h http.Handler) *connection {
	tb.Helper()
	socket := filepath.Join(tb.TempDir(), "s")
	l, err := net.Listen("unix", socket)
	if err != nil {
		tb.Fatal(err)
	}
	server := web.HTTPServer(h, nil)
	writes := new(atomic.Int64)
	go func() { _ = server.Serve(prerender.OneWrite(counted{l, writes})) }()
	tb.Cleanup(func() { server.Close() })
	c, err := net.Dial("unix", socket)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { c.Close() })
	return &connection{c, bufio.NewReaderSize(c, 256<<10), writes}
}

// do sends a request and reads the answer. It returns the length of the answer
// with its header.
func (c *connection) do(request []byte) (int, error) {
	if _, err := c.Write(request); err != nil {
		return 0, err
	}
	total, length := 0, 0
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return total, err
		}
		total += len(line)
		if len(line) == 2 {
			break
		}
		if value, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			for _, digit := range bytes.TrimSpace(value) {
				length = 10*length + int(digit-'0')
			}
		}
	}
	n, err := c.in.Discard(length)
	return total + n, err
}

// browser is what a browser sends with a request.
const browser = "Host: site.example\r\nUser-Agent: Mozilla/5.0\r\nAccept: text/html,application/xhtml+xml,*/*;q=0.8\r\nAccept-Language: en\r\nAccept-Encoding: gzip, deflate, br, zstd\r\nSec-Fetch-Site: none\r\n"

// requests are the ones whose cost matters.
func (c content) requests(tb testing.TB, h http.Handler) (names []string, requests map[string][]byte) {
	one := c.site.Comparisons[0]
	engine := c.engines[one.Slug]
	whole := engine.Query(engine.Answers(0))
	page := "/compare/" + one.Slug
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, page, nil)
	r.Header.Set("Accept-Encoding", "br")
	h.ServeHTTP(w, r)
	get := func(address string, fields ...string) []byte {
		return []byte("GET " + address + " HTTP/1.1\r\n" + browser + strings.Join(fields, "") + "\r\n")
	}
	return []string{"page", "304", "recommendation", "post", "404"}, map[string][]byte{
		"page":           get(page),
		"304":            get(page, "If-None-Match: "+w.Header().Get("Etag")+"\r\n"),
		"recommendation": get(page + "/recommendation?" + whole),
		"post": []byte("POST " + page + "/questionnaire HTTP/1.1\r\n" + browser + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
			strconv.Itoa(len(whole)) + "\r\n\r\n" + whole),
		"404": get("/nowhere"),
	}
}

// production is a server with everything on: it logs, counts and limits.
func (c content) production(tb testing.TB) *web.Server {
	return web.NewServer(c.edition(tb, web.EditionOptions{BaseURL: baseURL}), web.Options{
		Logger: slog.New(slog.NewTextHandler(io.Discard, nil)), PostsPerMinute: 1 << 40,
	})
}

// TestCost holds what a request costs, net/http's own part included: what it
// allocates, and that the answer is written in one piece. Neither flickers.
func TestCost(t *testing.T) {
	c := realContent()
	server := c.production(t)
	names, requests := c.requests(t, server)
	limits := map[string]float64{"page": 30, "304": 30, "recommendation": 35, "post": 95, "404": 40}
	for _, name := range names {
		connection := connect(t, server)
		for range 10 { // fill pools and caches
			if _, err := connection.do(requests[name]); err != nil {
				t.Fatal(name, err)
			}
		}
		connection.writes.Store(0)
		const runs = 100
		allocations := testing.AllocsPerRun(runs, func() {
			if _, err := connection.do(requests[name]); err != nil {
				t.Fatal(name, err)
			}
		})
		if allocations > limits[name] && !raceDetected {
			t.Errorf("%s: %v allocations, at most %v are allowed", name, allocations, limits[name])
		}
		if writes := connection.writes.Load(); writes != runs+1 { // AllocsPerRun runs once more, to warm up
			t.Errorf("%s: %d writes for %d answers", name, writes, runs+1)
		}
	}
}

// TestFirstView: every page with its style, headers included, fits into the
// first round trip of a new connection.
func TestFirstView(t *testing.T) {
	t.Parallel()
	c := realContent()
	edition := c.edition(t, web.EditionOptions{BaseURL: baseURL})
	if err := edition.Prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	server := web.NewServer(edition, web.Options{})
	connection := connect(t, server)
	const roundTrip = 14_000
	pages, largest := 0, 0
	for _, address := range append(c.addresses(), "/nowhere") {
		if w := ask(server, address); !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			continue
		}
		size, err := connection.do([]byte("GET " + address + " HTTP/1.1\r\n" + browser + "\r\n"))
		if err != nil {
			t.Fatal(address, err)
		}
		if size > roundTrip {
			t.Errorf("%s takes %d bytes", address, size)
		}
		pages, largest = pages+1, max(largest, size)
	}
	t.Logf("%d pages, the largest of %d bytes", pages, largest)
}

func BenchmarkRequest(b *testing.B) {
	c := realContent()
	server := c.production(b)
	names, requests := c.requests(b, server)
	for _, name := range names {
		b.Run(name, func(b *testing.B) {
			connection := connect(b, server)
			b.ReportAllocs()
			for b.Loop() {
				n, err := connection.do(requests[name])
				if err != nil {
					b.Fatal(err)
				}
				b.SetBytes(int64(n))
			}
			b.ReportMetric(float64(connection.writes.Load())/float64(b.N), "writes/op")
		})
	}
	b.Run("bare", func(b *testing.B) {
		// The ceiling: a constant page, and nothing else.
		body := bytes.Repeat([]byte("x"), 10_000)
		connection := connect(b, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", strconv.Itoa(len(body)))
			_, _ = w.Write(body)
		}))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := connection.do(requests["page"]); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkObserve is what the log and the counters cost a request: the
// difference between these two.
func BenchmarkObserve(b *testing.B) {
	c := realContent()
	for name, options := range map[string]web.Options{
		"logged":   {Logger: slog.New(slog.NewTextHandler(io.Discard, nil))},
		"unlogged": {},
	} {
		b.Run(name, func(b *testing.B) {
			server := web.NewServer(c.edition(b, web.EditionOptions{}), options)
			r := httptest.NewRequest(http.MethodGet, "/compare/"+c.site.Comparisons[0].Slug, nil)
			w := &discard{header: http.Header{}}
			b.ReportAllocs()
			for b.Loop() {
				clear(w.header)
				server.ServeHTTP(w, r)
			}
		})
	}
}

type discard struct{ header http.Header }

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) Write(b []byte) (int, error) { return len(b), nil }
func (d *discard) WriteHeader(int)             {}

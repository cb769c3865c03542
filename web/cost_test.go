package web_test

import (
	"bufio"
	"bytes"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"rolecompare/web"
	"rolecompare/web/page"
)

// connection is a kept connection to a server, whose own end costs next to
// nothing: no allocation is a client's.
type connection struct {
	net.Conn
	in *bufio.Reader
}

// connect serves on a port of loopback that is free, and connects to it.
func connect(tb testing.TB, s *http.Server) *connection {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	go func() { _ = s.Serve(l) }()
	tb.Cleanup(func() { s.Close() })
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { c.Close() })
	return &connection{c, bufio.NewReaderSize(c, 256<<10)}
}

// do sends a request and reads the answer, whose length with its header it
// returns.
func (c *connection) do(request []byte) (int, error) {
	if _, err := c.Write(request); err != nil {
		return 0, err
	}
	total, length, chunked := 0, 0, false
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
			length = number(value, 10)
		}
		chunked = chunked || string(line) == "Transfer-Encoding: chunked\r\n"
	}
	for {
		end := 0
		if chunked {
			line, err := c.in.ReadSlice('\n')
			if err != nil {
				return total, err
			}
			total += len(line)
			length, end = number(line, 16), 2
		}
		n, err := c.in.Discard(length + end)
		total += n
		if err != nil || !chunked || length == 0 {
			return total, err
		}
	}
}

// number reads a number at the beginning of a line, without allocating.
func number(line []byte, base int) int {
	n := 0
	for _, c := range line {
		digit := strings.IndexByte("0123456789abcdef", c)
		if digit < 0 {
			break
		}
		n = base*n + digit
	}
	return n
}

// browser is what a browser sends with a request, which ends after it.
const browser = "Host: site.example\r\nUser-Agent: Mozilla/5.0\r\nAccept: text/html,application/xhtml+xml,*/*;q=0.8\r\nAccept-Language: en\r\nAccept-Encoding: gzip, deflate, br, zstd\r\nSec-Fetch-Site: none\r\n"

// rawGet is a browser's request for an address, with more fields of its header.
func rawGet(address string, fields ...string) []byte {
	return []byte("GET " + address + " HTTP/1.1\r\n" + browser + strings.Join(fields, "") + "\r\n")
}

// rawPost is how a browser posts a form.
func rawPost(address, form string) []byte {
	return []byte("POST " + address + " HTTP/1.1\r\n" + browser +
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + strconv.Itoa(len(form)) + "\r\n\r\n" + form)
}

// TestCost holds what a request allocates, net/http's own part included. That
// does not flicker, as time does.
func TestCost(t *testing.T) {
	c := preparedFixture()
	one := c.site.Comparisons[0]
	path := "/compare/" + one.Slug
	server := web.NewServer(c.snapshot, web.Options{Limits: web.Limits{PostsPerMinute: 1 << 40}, Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", "br")
	w := httptest.NewRecorder()
	server.ServeHTTP(w, r)
	for _, test := range []struct {
		name    string
		request []byte
		most    float64 // allocations
	}{
		{"page", rawGet(path), 80},
		{"304", rawGet(path, "If-None-Match: "+w.Header().Get("Etag")+"\r\n"), 72},
		{"recommendation", rawGet(path + "/recommendation?" + query(one, 0)), 800},
		{"post", rawPost(path+"/questionnaire", query(one, 0)), 120},
		{"404", rawGet("/nowhere"), 60},
	} {
		connection := connect(t, web.HTTPServer(server, slog.New(slog.DiscardHandler)))
		allocations := testing.AllocsPerRun(100, func() {
			if _, err := connection.do(test.request); err != nil {
				t.Fatal(test.name, err)
			}
		})
		if allocations > test.most && !raceDetected {
			t.Errorf("%s: %v allocations, at most %v are allowed", test.name, allocations, test.most)
		}
	}
}

// TestFirstView: every page with its style, headers included, fits into the
// first round trip of a new connection. What the real content takes is its
// authors' to see to; here it is only said.
func TestFirstView(t *testing.T) {
	t.Parallel()
	shipped := realContent()
	shipped.snapshot = shipped.another(t, web.SnapshotOptions{BaseURL: baseURL})
	shipped.snapshot.Prepare()
	for _, c := range []content{preparedFixture(), shipped} {
		server := web.NewServer(c.snapshot, web.Options{})
		connection := connect(t, web.HTTPServer(server, slog.New(slog.DiscardHandler)))
		const roundTrip = 14_000
		pages, largest := 0, 0
		addresses := append(c.addresses(), "/nowhere")
		for _, one := range c.site.Comparisons { // what is made for one visitor, encoded quickly
			for n := 0; n < one.Engine.Combinations(); n += one.Engine.Combinations()/50 + 1 {
				addresses = append(addresses, page.RecommendationPath(one, one.Engine.Answers(n)), page.QuestionnairePath(one, one.Engine.Answers(n)))
			}
		}
		for _, address := range addresses {
			if w := ask(server, address); !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
				continue
			}
			size, err := connection.do(rawGet(address))
			if err != nil {
				t.Fatal(address, err)
			}
			if size > roundTrip && c.name == "fixture" {
				t.Errorf("%s takes %d bytes", address, size)
			}
			pages, largest = pages+1, max(largest, size)
		}
		t.Logf("%s content: %d pages, the largest of %d bytes", c.name, pages, largest)
	}
}

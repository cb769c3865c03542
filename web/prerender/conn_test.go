package prerender

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// counting counts the writes of the connections it accepts.
type counting struct {
	net.Listener
	writes *atomic.Int32
}

type countingConn struct {
	net.Conn
	writes *atomic.Int32
}

func (l counting) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	return countingConn{c, l.writes}, err
}

func (c countingConn) Write(p []byte) (int, error) {
	c.writes.Add(1)
	return c.Conn.Write(p)
}

// TestOneWrite holds how many writes an answer takes, and that gathering them
// changes nothing else: several answers on one connection, those with no or
// much content among them.
func TestOneWrite(t *testing.T) {
	t.Parallel()
	contents := map[string][]byte{}
	bodies := map[string]*Body{}
	for _, size := range []int{0, 1, 2000, 4000, 4096, 5000, 8192, 12_000, 16_384, 30_000} {
		path := fmt.Sprint("/", size)
		contents[path] = page(uint64(size), size)[:size]
		bodies[path] = New("text/plain", contents[path], nil)
	}
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if body := bodies[r.URL.Path]; body == nil {
			bodies["/5000"].ServeStatus(w, r, 404)
		} else if refusal := body.Serve(w, r); refusal != 0 {
			http.Error(w, "refused", refusal)
		}
	})
	for _, plain := range []bool{false, true} {
		var writes atomic.Int32
		server := httptest.NewUnstartedServer(handler)
		server.Listener = counting{server.Listener, &writes}
		if !plain {
			server.Listener = OneWrite(server.Listener)
			server.Config.ConnContext = ConnContext
		}
		server.Start()
		t.Cleanup(server.Close)
		c, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		answers := bufio.NewReader(c)
		for _, test := range []struct {
			method, path, more string
			status, size       int
			writes, ungathered int32
		}{
			{"GET", "/0", "", 200, 0, 1, 1},
			{"GET", "/1", "", 200, 1, 1, 1},
			{"GET", "/2000", "", 200, 2000, 1, 1},
			{"GET", "/4000", "", 200, 4000, 1, 2},
			{"GET", "/4096", "", 200, 4096, 1, 2},
			{"HEAD", "/12000", "", 200, 0, 1, 1},
			{"GET", "/5000", "", 200, 5000, 1, 2},
			{"GET", "/8192", "", 200, 8192, 1, 2},
			{"GET", "/12000", "", 200, 12_000, 1, 2},
			{"GET", "/12000", "If-None-Match: *\r\n", 304, 0, 1, 1},
			{"GET", "/16384", "", 200, 16_384, 1, 2},
			{"GET", "/30000", "", 200, 30_000, 2, 2},
			{"GET", "/1", "Accept-Encoding: identity;q=0\r\n", 406, len("refused\n"), 1, 1},
			{"GET", "/none", "", 404, 5000, 1, 2},
			{"GET", "/5000", "Connection: close\r\n", 200, 5000, 1, 2},
		} {
			writes.Store(0)
			fmt.Fprintf(c, "%s %s HTTP/1.1\r\nHost: x\r\n%s\r\n", test.method, test.path, test.more)
			r, err := http.ReadResponse(answers, &http.Request{Method: test.method})
			if err != nil {
				t.Fatalf("%v: %v", test, err)
			}
			data, err := io.ReadAll(r.Body)
			if err != nil {
				t.Fatalf("%v: %v", test, err)
			}
			if r.StatusCode != test.status || len(data) != test.size || r.Close != strings.Contains(test.more, "close") {
				t.Errorf("%s %s: %d with %d bytes, closed: %v", test.method, test.path, r.StatusCode, len(data), r.Close)
			}
			if r.StatusCode == 200 && test.method == "GET" && !bytes.Equal(data, contents[test.path]) {
				t.Errorf("%s %s has other content", test.method, test.path)
			}
			want := test.writes
			if plain {
				want = test.ungathered
			}
			if got := writes.Load(); got != want {
				t.Errorf("%s %s took %d writes, want %d (plain: %v)", test.method, test.path, got, want, plain)
			}
		}
	}
}

// TestOneWriteWaits: clients that do not read cost neither the others an answer
// nor the server much memory.
// It takes what all share, so it is not parallel.
func TestOneWriteWaits(t *testing.T) {
	content := page(1, 12<<10)[:12<<10]
	body := New("text/plain", content, nil)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { body.Serve(w, r) }))
	server.Listener = OneWrite(server.Listener)
	server.Config.ConnContext = ConnContext
	server.Start()
	t.Cleanup(server.Close)

	taken := make([][]byte, 0, cap(buffers))
	for len(taken) < cap(buffers) { // as if that many answers waited
		taken = append(taken, <-buffers)
	}
	defer func() {
		for _, b := range taken {
			buffers <- b
		}
	}()
	r, err := server.Client().Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	if got := read(t, r); !bytes.Equal(got, content) {
		t.Errorf("%d bytes instead of %d", len(got), len(content))
	}
}

//go:build linux

package web_test

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"

	"rolecompare/web"
	"rolecompare/web/page"
)

// Linux gives every address of 127.0.0.0/8 to this machine, so that there can be
// many clients.
const (
	hoarder = "127.0.1.1"
	visitor = "127.0.2.1"
)

// serveLimited serves a content with so many places for connections, none of which
// becomes free by time alone.
func serveLimited(t *testing.T, c content, places int, secure bool, o web.Options) (s *httptest.Server, server *web.Server) {
	t.Helper()
	server = web.NewServer(c.snapshot, o)
	s = httptest.NewUnstartedServer(server)
	s.Config = web.HTTPServer(server, slog.New(slog.DiscardHandler))
	s.Config.ReadHeaderTimeout, s.Config.ReadTimeout, s.Config.WriteTimeout = 0, 0, 0
	s.Listener = server.LimitConnections(s.Config, s.Listener, places)
	if s.EnableHTTP2 = secure; secure {
		s.StartTLS()
	} else {
		s.Start()
	}
	t.Cleanup(s.Close)
	return s, server
}

// clientOf is a client with an address of its own, which keeps no connection.
func clientOf(ip string) *http.Client {
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(ip)}}
	return &http.Client{Transport: &http.Transport{
		DialContext: dialer.DialContext, DisableKeepAlives: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true},
	}}
}

// hold opens a connection and asks for nothing. The server has it, at the latest,
// when it answers somebody who comes after.
func hold(t *testing.T, s *httptest.Server, ip string) net.Conn {
	t.Helper()
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(ip)}}
	conn, err := dialer.Dial("tcp", strings.TrimPrefix(s.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	return conn
}

// awaitClosed waits until the server closes a connection.
func awaitClosed(t *testing.T, conn net.Conn) {
	t.Helper()
	if n, _ := conn.Read(make([]byte, 1)); n > 0 {
		t.Error("there is an answer to what nobody asked, or to half a request")
	}
}

// use asks for something over a connection.
func use(t *testing.T, conn net.Conn) {
	t.Helper()
	_, _ = io.WriteString(conn, "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
	if resp, err := http.ReadResponse(bufio.NewReader(conn), nil); err != nil || resp.StatusCode != http.StatusOK {
		t.Errorf("a connection that should be held: %v", err)
	}
}

func get(t *testing.T, client *http.Client, url string) (status int) {
	t.Helper()
	resp, err := client.Get(url)
	if err != nil {
		t.Error(err)
		return 0
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode
}

// TestHoarderGivesWay: who holds all connections loses the oldest of them to
// newcomers, and nobody else loses any.
func TestHoarderGivesWay(t *testing.T) {
	t.Parallel()
	log := new(buffer)
	const places = 10
	s, server := serveLimited(t, fixture(), places, false, web.Options{Logger: slog.New(slog.NewJSONHandler(log, nil))})
	kept := hold(t, s, "127.0.3.1")
	var hoard []net.Conn
	for range places + 5 {
		hoard = append(hoard, hold(t, s, hoarder))
	}
	for _, path := range []string{"/", "/livez", "/services"} {
		if got := get(t, clientOf(visitor), s.URL+path); got != http.StatusOK {
			t.Errorf("%s: %d", path, got)
		}
	}
	for _, conn := range hoard[:6] { // there are 17 of all
		awaitClosed(t, conn)
	}
	use(t, kept)
	use(t, hoard[len(hoard)-1])
	text := ask(server.Admin(), "/metrics").Body.String()
	if !strings.Contains(text, "rolecompare_connections_closed_for_others_total ") || strings.Contains(text, "rolecompare_connections_closed_for_others_total 0") {
		t.Error("/metrics does not count who was closed for others")
	}
	if got := strings.Count(log.String(), "all connections that memory allows are taken"); got != 1 || !strings.Contains(log.String(), `"level":"WARN"`) {
		t.Errorf("it is said %d times that there is no room:\n%s", got, log)
	}
}

// TestProxiesAreExempt: a trusted proxy speaks for many, so its connections stay
// while somebody else has several; and where there is nobody else, its idle ones go.
func TestProxiesAreExempt(t *testing.T) {
	t.Parallel()
	proxies := web.Options{Limits: web.Limits{TrustedProxies: []netip.Prefix{netip.MustParsePrefix("127.0.4.0/24")}}}
	s, _ := serveLimited(t, fixture(), 6, false, proxies)
	first := hold(t, s, "127.0.4.1")
	for range 3 {
		hold(t, s, "127.0.4.1")
	}
	a, b := hold(t, s, hoarder), hold(t, s, hoarder)
	hold(t, s, hoarder)
	awaitClosed(t, a) // and none of the proxy
	hold(t, s, "127.0.4.2")
	awaitClosed(t, b)
	hold(t, s, "127.0.4.2")
	awaitClosed(t, first) // now everybody has one
}

// TestSlowFormsGiveWay: who sends half of each form takes nobody's place either,
// although none of the connections is idle, and not many addresses are one.
func TestSlowFormsGiveWay(t *testing.T) {
	t.Parallel()
	c := fixture()
	s, _ := serveLimited(t, c, 30, false, unlimited)
	form := "/compare/" + c.site.Comparisons[0].Slug + "/questionnaire"
	half := strings.Repeat("a", 62<<10)
	const forms, rest = 60, 10 // three places each
	gone := make(chan struct{})
	for i := range forms {
		dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 1, byte(i%10+1))}}
		conn, err := dialer.Dial("tcp", strings.TrimPrefix(s.URL, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", form, 63<<10, half)
		go func() { awaitClosed(t, conn); gone <- struct{}{} }()
	}
	for range 3 {
		if got := get(t, clientOf(visitor), s.URL+form); got != http.StatusOK {
			t.Errorf("the visitor: %d", got)
		}
	}
	for range forms - rest {
		<-gone
	}
}

// TestStalledStreamsGiveWay: what counts of HTTP/2 is what is asked for over a
// connection. Although none of it is taken, it holds up nobody who asks for a page
// that is made for him alone.
func TestStalledStreamsGiveWay(t *testing.T) {
	t.Parallel()
	c := fixture()
	one := c.site.Comparisons[0]
	s, _ := serveLimited(t, c, 200, true, unlimited)
	path := "/compare/" + one.Slug + "/recommendation?" + query(one, 0)
	var first *tls.Conn
	for range 20 {
		conn := stall(t, s, path)
		if first == nil {
			first = conn
		}
	}
	for range 3 {
		if got := get(t, clientOf(visitor), s.URL+path); got != http.StatusOK {
			t.Errorf("the visitor: %d", got)
		}
	}
	_, _ = io.Copy(io.Discard, first) // ends when it is closed
}

// stall asks for 32 pages at once, of which none may be sent, and waits until all
// are made.
func stall(t *testing.T, s *httptest.Server, path string) *tls.Conn {
	t.Helper()
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(hoarder)}}
	conn, err := tls.DialWithDialer(&dialer, "tcp", strings.TrimPrefix(s.URL, "https://"), &tls.Config{InsecureSkipVerify: true, NextProtos: []string{"h2"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	_, _ = io.WriteString(conn, http2.ClientPreface)
	framer := http2.NewFramer(conn, conn)
	_ = framer.WriteSettings(http2.Setting{ID: http2.SettingInitialWindowSize, Val: 0})
	var block bytes.Buffer
	encoder := hpack.NewEncoder(&block)
	const streams = 32
	for i := range streams {
		block.Reset()
		for _, f := range [][2]string{{":method", "GET"}, {":scheme", "https"}, {":authority", "a"}, {":path", path}} {
			_ = encoder.WriteField(hpack.HeaderField{Name: f[0], Value: f[1]})
		}
		_ = framer.WriteHeaders(http2.HeadersFrameParam{StreamID: uint32(2*i + 1), BlockFragment: block.Bytes(), EndStream: true, EndHeaders: true})
	}
	for begun := 0; begun < streams; {
		frame, err := framer.ReadFrame()
		if err != nil {
			return conn // closed for others
		}
		if frame.Header().Type == http2.FrameHeaders {
			begun++
		}
	}
	return conn
}

// TestMadeBeforehandNeverWaits: while nobody gets a turn, what is made beforehand
// and health are answered, and who asks for more hears when to try again.
func TestMadeBeforehandNeverWaits(t *testing.T) {
	t.Parallel()
	c := fixture()
	c.snapshot = c.another(t, web.SnapshotOptions{})
	defer c.snapshot.OccupyTurns()()
	s := serve(t, c, unlimited)
	slug := c.site.Comparisons[0].Slug
	tag := s.get(t, "/compare/"+slug).Header.Get("Etag")
	for address, want := range map[string]int{
		"/": 200, "/livez": 200, "/readyz": 503, "/compare/" + slug + ".md": 200, "/robots.txt": 200, "/nowhere": 404,
		"/compare/" + slug + "/questionnaire": 200, "/services/": 308,
	} {
		if got := s.get(t, address); got.StatusCode != want {
			t.Errorf("%s: %s, want %d", address, got.Status, want)
		}
	}
	if got := s.get(t, "/compare/"+slug, "If-None-Match: "+tag); got.StatusCode != http.StatusNotModified {
		t.Errorf("what the visitor has: %s", got.Status)
	}
	answers := make(chan answer)
	answered := page.Query(c.site.Comparisons[0], c.site.Comparisons[0].Engine.Answers(0), "")
	made := []string{
		"/compare/" + slug + "/recommendation?" + answered, "/compare/" + slug + "/recommendation.json?" + answered,
		"/compare/" + slug + "/questionnaire?" + answered, "/compare/" + slug + "/questionnaire.json", "/og/site.png",
	}
	for _, address := range made {
		go func() { answers <- s.get(t, address) }()
	}
	for range made {
		got := <-answers
		if got.StatusCode != http.StatusServiceUnavailable || got.Header.Get("Retry-After") == "" || !strings.Contains(got.body, "<h1") {
			t.Errorf("%s: %s, Retry-After: %q", got.Request.URL, got.Status, got.Header.Get("Retry-After"))
		}
	}
}

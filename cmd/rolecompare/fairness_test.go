//go:build linux

package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"

	"rolecompare/content"
	"rolecompare/web/page"
)

// BenchmarkFairness attacks the program, and nginx and Caddy where they are
// installed, each in turn on one processor, and says what a visitor from another
// address sees meanwhile: over a new connection every 25 milliseconds, the page
// that was made beforehand. p50-ms and p99-ms are until its last byte, or until
// he gives up after two seconds; lost-% is how many got something else or nothing;
// peak-MiB is the most memory that the server had.
//
// The program has the memory of a container of 128 MiB; the others have their
// usual configuration, and serve the page from a file, compressed as it is asked
// for. They make no pages on demand, so that attack asks them for the same file.
func BenchmarkFairness(b *testing.B) {
	site, found := page.Load(content.FS, time.Now())
	if err := found.Err(); err != nil {
		b.Fatal(err)
	}
	c := site.WithoutDrafts().Comparisons[0]
	all := target{page: page.RouteComparison.Path(c.Slug), form: page.RouteQuestionnaire.Path(c.Slug)}
	for n := range c.Engine.Combinations() {
		all.made = append(all.made, page.RecommendationPath(c, c.Engine.Answers(n)))
	}
	dir := b.TempDir()
	program := filepath.Join(dir, "rolecompare")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("go build: %v\n%s", err, out)
	}
	peers := []peer{{"rolecompare", program, startOurs}, {"nginx", "nginx", startNginx}, {"caddy", "caddy", startCaddy}}
	for _, attack := range []struct {
		name   string
		secure bool
		unread bool // nobody reads the log
		run    func(ctx context.Context, addr string, t target)
	}{
		{"none", false, false, func(context.Context, string, target) {}},
		{"idle-hoard", false, false, hoard},
		{"slow-forms", false, false, slowForms},
		{"stalled-http2", true, false, stalledStreams},
		{"on-demand-flood", false, false, flood(1000)},
		{"on-demand-flood-3500", false, false, flood(3500)},
		{"stalled-log", false, true, flood(20)},
	} {
		for _, p := range peers {
			b.Run(attack.name+"/"+p.name, func(b *testing.B) {
				if _, err := exec.LookPath(p.program); err != nil {
					b.Skip("it is not installed")
				}
				target := all
				if p.name != "rolecompare" {
					target.made = []string{target.page}
				}
				for b.Loop() {
					s := startPeer(b, p, target, attack.secure, attack.unread)
					ctx, cancel := context.WithTimeout(b.Context(), 8*time.Second)
					ended := make(chan struct{})
					go func() { defer close(ended); attack.run(ctx, s.addr, target) }()
					time.Sleep(2 * time.Second) // until it is in full swing
					s.visit(b, target.page, attack.secure)
					cancel()
					<-ended
					s.end(b)
				}
			})
		}
	}
}

// target is what is asked for.
type target struct {
	page, form string
	made       []string // made on demand, each another
}

type peer struct {
	name, program string
	start         func(b *testing.B, p peer, dir, port, cert, key string) *exec.Cmd
}

func startOurs(_ *testing.B, p peer, _, port, cert, key string) *exec.Cmd {
	cmd := exec.Command(p.program, "--addr", "127.0.0.1:"+port, "--tls-cert", cert, "--tls-key", key)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1", "GOMEMLIMIT=115MiB") // nine tenths of 128, as in a container
	return cmd
}

func startNginx(b *testing.B, p peer, dir, port, cert, key string) *exec.Cmd {
	listen, ssl := port, ""
	if cert != "" {
		listen, ssl = port+" ssl http2", "ssl_certificate "+cert+"; ssl_certificate_key "+key+";"
	}
	return configured(b, p, dir, "nginx.conf", `daemon off; worker_processes 1; pid `+dir+`/pid; error_log stderr;
events { worker_connections 768; }
http {
	sendfile on; tcp_nopush on; gzip on; default_type text/html; access_log /dev/stderr;
	client_body_temp_path `+dir+`; proxy_temp_path `+dir+`; fastcgi_temp_path `+dir+`; uwsgi_temp_path `+dir+`; scgi_temp_path `+dir+`;
	server { listen 127.0.0.1:`+listen+`; `+ssl+` root `+dir+`/root; }
}`, "-c")
}

func startCaddy(b *testing.B, p peer, dir, port, cert, key string) *exec.Cmd {
	scheme, secure := "http", ""
	if cert != "" {
		scheme, secure = "https", "tls "+cert+" "+key
	}
	return configured(b, p, dir, "Caddyfile", `{
	admin off
	auto_https off
	default_sni 127.0.0.1
}
`+scheme+`://127.0.0.1:`+port+` {
	`+secure+`
	root * `+dir+`/root
	encode gzip
	log {
		output stderr
	}
	header Content-Type text/html
	file_server
}
`, "run", "--adapter", "caddyfile", "--config")
}

func configured(b *testing.B, p peer, dir, name, config string, args ...string) *exec.Cmd {
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, []byte(config), 0o644); err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command(p.program, append(args, file)...)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1", "XDG_DATA_HOME="+dir, "XDG_CONFIG_HOME="+dir)
	return cmd
}

// attacked is a server that runs.
type attacked struct {
	addr   string
	cmd    *exec.Cmd
	stderr *os.File // the end to read
	peak   chan int // the most memory it had, in KiB, once it has ended
	stop   context.CancelFunc
}

func startPeer(b *testing.B, p peer, t target, secure, unread bool) *attacked {
	dir := b.TempDir()
	if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil { // nginx's workers are nobody
		b.Fatal(err)
	}
	port := freePort(b)
	var cert, key string
	if secure {
		cert, key = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
		if err := writeCertificate(cert, key, "127.0.0.1"); err != nil {
			b.Fatal(err)
		}
	}
	// The others serve what the program makes.
	file := filepath.Join(dir, "root", t.page)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(file, bytes.Repeat([]byte("<p>A page of as many bytes as ours.</p>\n"), 1000), 0o644); err != nil {
		b.Fatal(err)
	}
	s := &attacked{addr: "127.0.0.1:" + port, cmd: p.start(b, p, dir, port, cert, key), peak: make(chan int)}
	r, w, err := os.Pipe()
	if err != nil {
		b.Fatal(err)
	}
	s.cmd.Stderr, s.stderr = w, r
	if err := s.cmd.Start(); err != nil {
		b.Fatal(err)
	}
	w.Close()
	b.Cleanup(func() { _ = s.cmd.Process.Kill() })
	if !unread {
		go func() { _, _ = io.Copy(io.Discard, r) }()
	}
	ready := "/readyz"
	if p.name != "rolecompare" {
		ready = t.page
	}
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			b.Fatalf("%s does not start", p.name)
		}
		if _, ok := ask1(s.addr, ready, secure); ok {
			break
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.stop = cancel
	go s.watchMemory(ctx)
	return s
}

// watchMemory adds up the memory of the server and its workers, again and again.
func (s *attacked) watchMemory(ctx context.Context) {
	most := 0
	for {
		sum := 0
		for _, pid := range append(children(s.cmd.Process.Pid), s.cmd.Process.Pid) {
			status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
			if _, rest, ok := bytes.Cut(status, []byte("VmRSS:")); ok {
				kib, _ := strconv.Atoi(string(bytes.Fields(rest)[0]))
				sum += kib
			}
		}
		most = max(most, sum)
		select {
		case <-ctx.Done():
			s.peak <- most
			return
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func children(pid int) (out []int) {
	list, _ := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	for _, field := range strings.Fields(string(list)) {
		child, _ := strconv.Atoi(field)
		out = append(out, child)
	}
	return out
}

// visit is what the visitor sees, for five seconds.
func (s *attacked) visit(b *testing.B, path string, secure bool) {
	const visits = 200
	took := make([]time.Duration, visits)
	var lost atomic.Int64
	var wg sync.WaitGroup
	every := time.NewTicker(25 * time.Millisecond)
	defer every.Stop()
	for i := range visits {
		<-every.C
		wg.Go(func() {
			var ok bool
			if took[i], ok = ask1(s.addr, path, secure); !ok {
				lost.Add(1)
			}
		})
	}
	wg.Wait()
	slices.Sort(took)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	b.ReportMetric(ms(took[visits/2]), "p50-ms")
	b.ReportMetric(ms(took[visits*99/100]), "p99-ms")
	b.ReportMetric(float64(lost.Load())*100/visits, "lost-%")
	b.ReportMetric(0, "ns/op")
}

// ask1 asks for a page over a connection of its own, from another address than
// the attacks come from.
func ask1(addr, path string, secure bool) (took time.Duration, ok bool) {
	began := time.Now()
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 2)}}
	client := http.Client{Timeout: 2 * time.Second, Transport: &http.Transport{
		DialContext: dialer.DialContext, DisableKeepAlives: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true},
	}}
	scheme := "http://"
	if secure {
		scheme = "https://"
	}
	resp, err := client.Get(scheme + addr + path)
	if err != nil {
		return time.Since(began), false
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return time.Since(began), err == nil && resp.StatusCode == http.StatusOK
}

func (s *attacked) end(b *testing.B) {
	s.stop()
	b.ReportMetric(float64(<-s.peak)/1024, "peak-MiB")
	workers := children(s.cmd.Process.Pid) // they are nobody's children once it has ended
	_ = s.cmd.Process.Kill()
	for _, pid := range workers {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
	_ = s.cmd.Wait()
	s.stderr.Close()
}

// swarm runs n attackers until the context is done, each from an address of the
// given number of them. One whose connection is closed tries again.
func swarm(ctx context.Context, n, addresses int, addr string, attack func(net.Conn, int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 1, byte(i%addresses))}}
			for ctx.Err() == nil {
				conn, err := dialer.DialContext(ctx, "tcp", addr)
				if err == nil {
					stop := context.AfterFunc(ctx, func() { conn.Close() })
					attack(conn, i)
					conn.Close()
					stop()
				}
				select { // it is no flood of connections
				case <-ctx.Done():
				case <-time.After(time.Second):
				}
			}
		})
		time.Sleep(200 * time.Microsecond)
	}
	wg.Wait()
}

// hoard holds connections, and asks for nothing more.
func hoard(ctx context.Context, addr string, t target) {
	swarm(ctx, 2000, 1, addr, func(conn net.Conn, _ int) {
		fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", t.page)
		_, _ = io.Copy(io.Discard, conn)
	})
}

// slowForms sends nearly all of a form of 63 KB, and waits.
func slowForms(ctx context.Context, addr string, t target) {
	form := bytes.Repeat([]byte("a"), 62<<10)
	swarm(ctx, 2000, 10, addr, func(conn net.Conn, _ int) {
		fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n", t.form, 63<<10)
		_, _ = conn.Write(form)
		_, _ = io.Copy(io.Discard, conn)
	})
}

// stalledStreams asks for as many pages over one connection as it may, and lets
// none be sent.
func stalledStreams(ctx context.Context, addr string, t target) {
	swarm(ctx, 250, 1, addr, func(raw net.Conn, n int) {
		conn := tls.Client(raw, &tls.Config{InsecureSkipVerify: true, NextProtos: []string{"h2"}})
		_, _ = io.WriteString(conn, http2.ClientPreface)
		framer := http2.NewFramer(conn, conn)
		_ = framer.WriteSettings(http2.Setting{ID: http2.SettingInitialWindowSize, Val: 0})
		var block bytes.Buffer
		encoder := hpack.NewEncoder(&block)
		for i := range 32 {
			path := t.page
			if conn.ConnectionState().NegotiatedProtocol == "h2" && len(t.made) > 0 {
				path = t.made[(n*32+i)%len(t.made)]
			}
			block.Reset()
			for _, f := range [][2]string{{":method", "GET"}, {":scheme", "https"}, {":authority", "a"}, {":path", path}} {
				_ = encoder.WriteField(hpack.HeaderField{Name: f[0], Value: f[1]})
			}
			_ = framer.WriteHeaders(http2.HeadersFrameParam{StreamID: uint32(2*i + 1), BlockFragment: block.Bytes(), EndStream: true, EndHeaders: true})
		}
		for {
			frame, err := framer.ReadFrame()
			if err != nil {
				return
			}
			if ping, ok := frame.(*http2.PingFrame); ok && !ping.IsAck() {
				_ = framer.WritePing(true, ping.Data)
			}
		}
	})
}

// flood asks for one page after the other that is made on demand.
func flood(connections int) func(context.Context, string, target) {
	return func(ctx context.Context, addr string, t target) {
		var next atomic.Int64
		swarm(ctx, connections, 1, addr, func(conn net.Conn, n int) {
			in := bufio.NewReader(conn)
			for {
				path := t.made[int(next.Add(1))%len(t.made)]
				fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip, br\r\n\r\n", path)
				resp, err := http.ReadResponse(in, nil)
				if err != nil {
					return
				}
				if _, err := io.Copy(io.Discard, resp.Body); err != nil || resp.Close {
					return
				}
			}
		})
	}
}

func freePort(b *testing.B) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"rolecompare/content"
	"rolecompare/web/page"
)

// TestRollingRestarts replaces two replicas behind a balancer, one after the
// other, under a constant load of GETs and POSTs. No request may be lost, although
// the balancer tries none twice.
func TestRollingRestarts(t *testing.T) {
	t.Parallel()
	b := newBalancer(t)
	first, second := startReplica(t, b), startReplica(t, b)
	lost := b.load(t, 2000, func() {
		first, second = b.replace(t, first), b.replace(t, second)
	})
	if lost > 0 {
		t.Errorf("%d requests were lost", lost)
	}
	first.stop(t)
	second.stop(t)
}

// TestReload has a server read its content again and again, now good, now
// faulty, under load. No request may be lost.
func TestReload(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.CopyFS(dir, content.FS); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(dir + "/site.md")
	if err != nil {
		t.Fatal(err)
	}
	b := newBalancer(t)
	r := startReplica(t, b, "--content", dir)
	lost := b.load(t, 1000, func() {
		for range 2 {
			for body, says := range map[string]string{"no content": "what was good before is still served", string(good): "the content was read again"} {
				if err := write(dir+"/site.md", []byte(body)); err != nil {
					t.Error(err)
				}
				if err := r.Process.Signal(syscall.SIGHUP); err != nil {
					t.Error(err)
				}
				r.await(t, says)
			}
		}
	})
	if lost > 0 {
		t.Errorf("%d requests were lost", lost)
	}
	r.stop(t)
}

// replica is a server in a process of its own.
type replica struct {
	*exec.Cmd
	addr  string
	log   chan string // what it logs of itself
	ready atomic.Bool
	up    chan struct{} // closed when it is ready for the first time
	mu    sync.Mutex
	idle  []*link
}

// link is a connection that is kept.
type link struct {
	net.Conn
	in *bufio.Reader
}

// startReplica starts a server and waits until the balancer may use it.
func startReplica(t *testing.T, b *balancer, flags ...string) *replica {
	t.Helper()
	flags = append([]string{"serve", "--addr", "127.0.0.1:0", "--drain", "300ms", "--trusted-proxies", "127.0.0.1"}, flags...)
	r := &replica{up: make(chan struct{}), Cmd: exec.Command(b.program, flags...)}
	stderr, err := r.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Process.Kill() })
	r.log = make(chan string, 1000)
	go func() {
		defer close(r.log)
		for in := bufio.NewScanner(stderr); in.Scan(); {
			if !strings.Contains(in.Text(), "msg=request ") {
				r.log <- in.Text()
			}
		}
	}()
	r.addr = strings.TrimPrefix(r.await(t, `open=(\S+)`), "http://")
	go r.watch(t)
	b.add(r)
	select {
	case <-r.up:
	case <-t.Context().Done():
	}
	return r
}

// await waits for a line of this pattern.
func (r *replica) await(t *testing.T, pattern string) string {
	t.Helper()
	re := regexp.MustCompile(pattern)
	var seen []string
	for line := range r.log {
		if m := re.FindStringSubmatch(line); m != nil {
			return m[len(m)-1]
		}
		seen = append(seen, line)
	}
	t.Fatalf("a replica ended without logging %q:\n%s", pattern, strings.Join(seen, "\n"))
	return ""
}

// watch asks for the replica's health, as balancers do.
func (r *replica) watch(t *testing.T) {
	every := time.NewTicker(20 * time.Millisecond)
	defer every.Stop()
	up := sync.OnceFunc(func() { close(r.up) })
	for {
		resp, err := http.Get("http://" + r.addr + "/readyz")
		if err == nil {
			resp.Body.Close()
		}
		if r.ready.Store(err == nil && resp.StatusCode == http.StatusOK); r.ready.Load() {
			up()
		}
		select {
		case <-every.C:
		case <-t.Context().Done():
			return
		}
	}
}

// stop asks the replica to stop, and waits until it has.
func (r *replica) stop(t *testing.T) {
	if err := r.Process.Signal(syscall.SIGTERM); err != nil {
		t.Error(err)
	}
	r.await(t, "msg=stopped")
	if err := r.Wait(); err != nil {
		t.Errorf("a replica ended badly: %v", err)
	}
}

// balancer sends each request to a replica that is ready, over connections that
// it keeps, and never twice.
type balancer struct {
	program  string
	mu       sync.Mutex
	replicas []*replica
	next     int
}

// newBalancer builds the program as it is shipped: with the race detector, which
// the test itself may have, replicas would take many times as long to be ready.
func newBalancer(t *testing.T) *balancer {
	t.Helper()
	b := &balancer{program: filepath.Join(t.TempDir(), "rolecompare")}
	if out, err := exec.Command("go", "build", "-o", b.program, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return b
}

func (b *balancer) add(r *replica) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.replicas = append(b.replicas, r)
}

// replace starts another replica, and stops the old one when that is ready.
func (b *balancer) replace(t *testing.T, old *replica) *replica {
	r := startReplica(t, b)
	old.stop(t)
	return r
}

func (b *balancer) pick() *replica {
	b.mu.Lock()
	defer b.mu.Unlock()
	for range b.replicas {
		b.next++
		if r := b.replicas[b.next%len(b.replicas)]; r.ready.Load() {
			return r
		}
	}
	return nil
}

// send sends a request, whole, and reads the answer.
func (b *balancer) send(request []byte) (status int, err error) {
	r := b.pick()
	if r == nil {
		return 0, fmt.Errorf("no replica is ready")
	}
	var l *link
	r.mu.Lock()
	if n := len(r.idle); n > 0 {
		l, r.idle = r.idle[n-1], r.idle[:n-1]
	}
	r.mu.Unlock()
	if l == nil {
		conn, err := net.Dial("tcp", r.addr)
		if err != nil {
			return 0, err
		}
		l = &link{conn, bufio.NewReader(conn)}
	}
	if _, err := l.Write(request); err != nil {
		return 0, err
	}
	resp, err := http.ReadResponse(l.in, nil)
	if err != nil {
		return 0, err
	}
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		return 0, err
	}
	if resp.Close {
		l.Close()
		return resp.StatusCode, nil
	}
	r.mu.Lock()
	r.idle = append(r.idle, l)
	r.mu.Unlock()
	return resp.StatusCode, nil
}

// load sends requests until what meanwhile does is done and there were enough.
// It returns how many were lost, and says why.
func (b *balancer) load(t *testing.T, enough int64, meanwhile func()) (lost int64) {
	t.Helper()
	s, found := page.Load(content.FS, time.Now())
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	var requests [][]byte
	for _, c := range s.WithoutDrafts().Comparisons {
		answers := c.Engine.Answers(0)
		form := page.Query(c, answers, "")
		requests = append(requests,
			fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: example.com\r\n\r\n", page.RouteComparison.Path(c.Slug)),
			fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: example.com\r\n\r\n", page.RecommendationPath(c, answers)),
			fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: example.com\r\nX-Forwarded-For: CLIENT\r\n"+
				"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", page.RouteQuestionnaire.Path(c.Slug), len(form), form))
	}
	done := make(chan struct{})
	// The load is steady, and leaves the processors to whoever starts.
	next := time.NewTicker(500 * time.Microsecond)
	defer next.Stop()
	var sent, bad atomic.Int64
	var wg sync.WaitGroup
	for worker := range 4 {
		wg.Go(func() {
			for {
				<-next.C
				n := sent.Add(1)
				select {
				case <-done:
					if n > enough {
						return
					}
				default:
				}
				client := fmt.Sprintf("10.%d.%d.%d", worker, n>>8&255, n&255)
				request := bytes.Replace(requests[int(n)%len(requests)], []byte("CLIENT"), []byte(client), 1)
				status, err := b.send(request)
				if err != nil || status != http.StatusOK && status != http.StatusSeeOther {
					if bad.Add(1) <= 3 {
						t.Errorf("request %d: status %d, %v", n, status, err)
					}
				}
			}
		})
	}
	func() {
		defer wg.Wait()
		defer close(done) // also where the test is over
		meanwhile()
	}()
	t.Logf("%d requests sent, %d lost", sent.Load(), bad.Load())
	return bad.Load()
}

package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/exec"
	"sort"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
	"sync/atomic"
	"rolecompare/web/prerender"
)

type key struct{}

type conn struct {
	net.Conn
	hold, vec bool
	buf []byte
	pair [2][]byte
	bufs net.Buffers
	n *atomic.Int64
}

func (c *conn) Write(p []byte) (int, error) {
	if !c.hold { c.n.Add(1); return c.Conn.Write(p) }
	if c.vec && len(c.buf) > 0 {
		c.hold = false
		c.pair = [2][]byte{c.buf, p}
		c.bufs = c.pair[:]
		c.n.Add(1)
		_, err := c.bufs.WriteTo(c.Conn)
		c.buf = c.buf[:0]
		return len(p), err
	}
	c.buf = append(c.buf, p...)
	return len(p), nil
}
func (c *conn) release() {
	c.hold = false
	if len(c.buf) > 0 { c.n.Add(1); c.Conn.Write(c.buf); c.buf = c.buf[:0] }
}

type ln struct { net.Listener; vec bool; n *atomic.Int64 }
func (l ln) Accept() (net.Conn, error) { c, err := l.Listener.Accept(); if err != nil { return nil, err }; return &conn{Conn: c, vec: l.vec, n: l.n}, nil }

func server(mode string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil { log.Fatal(err) }
	size, _ := strconv.Atoi(os.Args[3])
	b := make([]byte, size)
	x := uint32(1)
	for i := range b { x = x*1664525 + 1013904223; b[i] = byte(x >> 24) }
	body := prerender.New("application/octet-stream", b, http.Header{"Cache-Control": {"public, max-age=0, s-maxage=600, stale-while-revalidate=60"}})
	var hs []struct{k string; v []string}
	for i := range 10 { hs = append(hs, struct{k string; v []string}{fmt.Sprintf("X-Security-Header-%d", i), []string{strings.Repeat("v", 30)}}) }
	var n, reqs atomic.Int64
	if i := strings.IndexByte(mode, '-'); i > 0 { k, _ := strconv.Atoi(mode[i+1:]); hs = hs[:k]; mode = mode[:i] }
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reqs.Add(1)
		hh := w.Header()
		for i := range hs { hh[hs[i].k] = hs[i].v }
		if mode == "copy" || mode == "vec" {
			c := r.Context().Value(key{}).(*conn)
			c.hold = true
			body.Serve(w, r)
			w.(http.Flusher).Flush()
			c.release()
			return
		}
		body.Serve(w, r)
	})
	s := &http.Server{Handler: h}
	s.ConnContext = func(ctx context.Context, c net.Conn) context.Context { return context.WithValue(ctx, key{}, c) }
	if mode == "bare" { h = func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Content-Type", "text/html"); w.Header().Set("Content-Length", os.Args[3]); w.Write(b) } }
	fmt.Println(l.Addr().String())
	go func() { io.Copy(io.Discard, os.Stdin); fmt.Fprintf(os.Stderr, "%s: %.2f counted writes/request\n", mode, float64(n.Load())/float64(reqs.Load())); os.Exit(0) }()
	if mode == "one" { s.ConnContext = prerender.ConnContext; log.Fatal(s.Serve(prerender.OneWrite(l))) }
	if mode == "bare" || strings.HasPrefix(mode, "plain") { log.Fatal(s.Serve(l)) }
	log.Fatal(s.Serve(ln{l, mode == "vec", &n}))
}

func cpu(pid int) time.Duration {
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	f := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+2:]))
	u, _ := strconv.Atoi(f[11]); s, _ := strconv.Atoi(f[12])
	return time.Duration(u+s) * 10 * time.Millisecond
}

func main() {
	if len(os.Args) > 2 && os.Args[1] == "server" { server(os.Args[2]); return }
	size := os.Args[1]
	modes := strings.Split(os.Args[2], ",")
	type srv struct { addr string; cmd *exec.Cmd; in io.Closer }
	var srvs []srv
	for _, m := range modes {
		c := exec.Command("taskset", "-c", "0", os.Args[0], "server", m, size)
		c.Env = append(os.Environ(), "GOMAXPROCS=1")
		c.Stderr = os.Stderr
		in, _ := c.StdinPipe()
		out, _ := c.StdoutPipe()
		if err := c.Start(); err != nil { log.Fatal(err) }
		line, _ := bufio.NewReader(out).ReadString('\n')
		srvs = append(srvs, srv{strings.TrimSpace(line), c, in})
	}
	run := func(s srv) (float64, float64) {
		var total atomic.Int64
		var wg sync.WaitGroup
		c0 := cpu(s.cmd.Process.Pid)
		end := time.Now().Add(1500*time.Millisecond)
		for range 16 {
			wg.Go(func() {
				c, err := net.Dial("tcp", s.addr)
				if err != nil { log.Fatal(err) }
				defer c.Close()
				req := []byte("GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n")
				buf := make([]byte, 64<<10)
				need := 0
				for time.Now().Before(end) {
					c.Write(req)
					got := 0
					for need == 0 || got < need {
						n, err := c.Read(buf[got:])
						if err != nil { log.Fatal(err) }
						got += n
						if need == 0 {
							if i := strings.Index(string(buf[:got]), "\r\n\r\n"); i >= 0 { sz, _ := strconv.Atoi(size); need = i + 4 + sz }
						}
					}
					total.Add(1)
				}
			})
		}
		wg.Wait()
		n := float64(total.Load())
		return n / 1.5, float64(cpu(s.cmd.Process.Pid)-c0) / n / 1000
	}
	rates := make([][]float64, len(modes)); cpus := make([][]float64, len(modes))
	for range 11 { for i, s := range srvs { r, c := run(s); rates[i] = append(rates[i], r); cpus[i] = append(cpus[i], c) } }
	for i, s := range srvs {
		sort.Float64s(rates[i]); sort.Float64s(cpus[i])
		fmt.Printf("size %s %-7s %8.0f req/s   %6.2f µs cpu/request (medians)\n", size, modes[i], rates[i][5], cpus[i][5])
		s.in.Close(); s.cmd.Wait()
	}
	_ = syscall.SIGTERM
}

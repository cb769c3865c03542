package main

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"rolecompare/internal/markdown/markdowntest"
)

// TestDescriptors has one client take every file descriptor that the program may
// have. Others are served all the same, and the operator hears of it.
func TestDescriptors(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.CopyFS(dir, markdowntest.Fixture()); err != nil {
		t.Fatal(err)
	}
	const most = 40
	server := exec.Command("sh", "-c", `ulimit -n 40 && exec rolecompare serve --addr 127.0.0.1:0 --content "$0" --dev`, dir)
	stderr, err := server.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Process.Kill(); _ = server.Wait() }()
	log := bufio.NewScanner(stderr)
	await := func(pattern string) string {
		for log.Scan() {
			if m := regexp.MustCompile(pattern).FindStringSubmatch(log.Text()); m != nil {
				return m[len(m)-1]
			}
		}
		t.Fatalf("nothing is logged of %s", pattern)
		return ""
	}
	open := await(`msg=serving open=(\S+)`)
	for range most {
		conn, err := net.Dial("tcp", strings.TrimPrefix(open, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
	}
	visitor := http.Client{Transport: &http.Transport{
		DialContext: (&net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 2, 1)}}).DialContext, DisableKeepAlives: true,
	}}
	for range 5 {
		resp, err := visitor.Get(open + "/livez")
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
	}
	await("level=WARN msg=\"a connection cannot be accepted: .*too many open files")
}

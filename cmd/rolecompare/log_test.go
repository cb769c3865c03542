package main

import (
	"bufio"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"

	"rolecompare/internal/markdown/markdowntest"
)

// TestLogDropsWhatNobodyReads logs into a pipe of the operating system, which
// nobody reads at first.
func TestLogDropsWhatNobodyReads(t *testing.T) {
	t.Parallel()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	const sent = 5000 // more than the pipe and the queue hold
	logger, queue := newLogger(serveOptions{Level: slog.LevelError}, w)
	for range sent {
		logger.Error("line", "padding", strings.Repeat("-", 64))
	}
	dropped := int(queue.dropped.Load())
	if dropped == 0 {
		t.Error("no line was dropped")
	}

	read := make(chan []byte)
	go func() {
		all, _ := io.ReadAll(r)
		read <- all
	}()
	queue.flush()
	w.Close()
	all := string(<-read)
	if got := strings.Count(all, "msg=line"); got != sent-dropped {
		t.Errorf("%d lines are written, want %d, for %d were dropped", got, sent-dropped, dropped)
	}
	reported := 0
	for _, m := range regexp.MustCompile(`level=ERROR msg="(\S+) lines? of the log (?:was|were) dropped: `).FindAllStringSubmatch(all, -1) {
		n, err := strconv.Atoi(strings.ReplaceAll(m[1], ",", ""))
		if err != nil {
			t.Fatal(err)
		}
		reported += n
	}
	if reported != dropped {
		t.Errorf("%d lines are said to have been dropped, want %d", reported, dropped)
	}
}

func TestLogIsFlushedInOrder(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	logger, queue := newLogger(serveOptions{JSON: true, Level: slog.LevelWarn}, &out)
	logger.Info("not this")
	logger.Warn("one")
	logger.Error("two")
	queue.flush()
	if ok, _ := regexp.MatchString(`^\{.*"level":"WARN","msg":"one"\}\n\{.*"level":"ERROR","msg":"two"\}\n$`, out.String()); !ok {
		t.Errorf("the log says:\n%s", &out)
	}
}

// TestFlushGivesUp has the clock of a bubble, which takes no time.
func TestFlushGivesUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r, w := io.Pipe()
		logger, queue := newLogger(serveOptions{}, w)
		logger.Info("nobody reads this")
		queue.flush()
		r.Close() // lets go of what still waits
	})
}

// TestServeWithoutReaderOfTheLog has a server whose log nobody reads any more once
// it serves, or whose log's reader is gone. It has to answer, and to end well.
func TestServeWithoutReaderOfTheLog(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.CopyFS(dir, markdowntest.Fixture()); err != nil {
		t.Fatal(err)
	}
	for name, requests := range map[string]int{
		"idle": 2000, // more than the pipe and the queue hold
		"gone": 10,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := exec.Command("rolecompare", "serve", "--addr", "127.0.0.1:0", "--content", dir, "--dev")
			stderr, err := server.StderrPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := server.Start(); err != nil {
				t.Fatal(err)
			}
			defer server.Process.Kill()
			var open string
			for in := bufio.NewScanner(stderr); open == "" && in.Scan(); {
				if m := regexp.MustCompile(`msg=serving open=(\S+)`).FindStringSubmatch(in.Text()); m != nil {
					open = m[1]
				}
			}
			if name == "gone" {
				stderr.Close()
			}
			for range requests {
				resp, err := http.Get(open + "/robots.txt")
				if err != nil {
					t.Fatal(err)
				}
				_, _ = io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
			}
			if err := server.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			if state, err := server.Process.Wait(); err != nil || !state.Success() {
				t.Errorf("the server ended badly: %v, %v", state, err)
			}
		})
	}
}

func BenchmarkLog(b *testing.B) {
	logger, queue := newLogger(serveOptions{}, io.Discard)
	defer queue.flush()
	for b.Loop() {
		logger.Info("request", slog.Int("status", 200))
	}
}

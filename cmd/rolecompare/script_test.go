package main

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/web/page"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"rolecompare": main})
}

// TestScripts runs the program as people run it. Beside testscript's own
// commands, the scripts have those of the map below.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Values["servers"] = servers{}
			env.Values["streams"] = streams{}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"content":   copyContent,
			"wrong":     wrongUse,
			"replace":   replaceText,
			"start":     startServer,
			"logged":    awaitLog,
			"signal":    signalServer,
			"ended":     awaitEnd,
			"fetch":     fetch,
			"occupy":    occupyPort,
			"subscribe": subscribe,
			"event":     awaitEvent,
			"certify":   certify,
			"handshake": handshake,
			"stall":     stall,
		},
	})
}

// patience is how long a script waits for what has to come: with the race detector
// it takes half a minute until every page is prepared.
const patience = 2 * time.Minute

// content DIR writes a content folder without faults: the fixture, reviewed today,
// since what is built in is its authors' to change.
func copyContent(ts *testscript.TestScript, _ bool, args []string) {
	fsys := markdowntest.Fixture()
	today := []byte("reviewed: " + time.Now().UTC().Format(time.DateOnly))
	for _, file := range fsys {
		file.Data = regexp.MustCompile(`reviewed: \S+`).ReplaceAll(file.Data, today)
	}
	s, found := page.Load(fsys, time.Now())
	ts.Check(found.Err())
	for _, u := range s.Updates(s.Addresses()) {
		fsys[u.File] = &fstest.MapFile{Data: u.Body, Mode: 0o644}
	}
	ts.Check(os.CopyFS(ts.MkAbs(args[0]), fsys))
}

// wrong [ARG…] runs the program and expects status 2.
func wrongUse(ts *testscript.TestScript, _ bool, args []string) {
	var exit *exec.ExitError
	if err := ts.Exec("rolecompare", args...); !errors.As(err, &exit) || exit.ExitCode() != 2 {
		ts.Fatalf("expected status 2, got: %v", err)
	}
}

// replace FILE OLD NEW replaces the first OLD in a file, in one step, as
// editors do. \n stands for a new line.
func replaceText(ts *testscript.TestScript, _ bool, args []string) {
	lines := strings.NewReplacer(`\n`, "\n")
	before, after, ok := strings.Cut(ts.ReadFile(args[0]), lines.Replace(args[1]))
	if !ok {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	ts.Check(write(ts.MkAbs(args[0]), []byte(before+lines.Replace(args[2])+after)))
}

// server is a rolecompare that runs beside a script.
type server struct {
	*exec.Cmd
	log  *following
	done chan error
}

// servers are a script's servers, by the names that it gives them.
type servers = map[string]*server

// start NAME [FLAG…] starts a server on a port of its own, waits until it serves,
// and sets $NAME to its address, $NAME_HOST to the part after https://, and
// $NAME_ADMIN to the operators' address, if any.
func startServer(ts *testscript.TestScript, _ bool, args []string) {
	program, err := lookPath(ts.Getenv("PATH"), "rolecompare")
	ts.Check(err)
	s := &server{
		Cmd:  exec.Command(program, append([]string{"serve", "--addr", "127.0.0.1:0"}, args[1:]...)...),
		done: make(chan error, 1),
	}
	s.Dir = ts.MkAbs(".")
	stderr, err := s.StderrPipe()
	ts.Check(err)
	ts.Check(s.Start())
	ts.Defer(func() { _ = s.Process.Kill() })
	s.log = follow(stderr, func() { s.done <- s.Wait() })
	ts.Value("servers").(servers)[args[0]] = s
	address := s.log.await(ts, `msg=serving open=(\S+)`)
	ts.Setenv(args[0], address)
	for _, line := range s.log.past {
		if _, admin, ok := strings.Cut(line, "profiles\" open="); ok {
			ts.Setenv(args[0]+"_ADMIN", strings.TrimSuffix(admin, "/metrics"))
		}
	}
	_, host, _ := strings.Cut(address, "://")
	ts.Setenv(args[0]+"_HOST", host)
}

func lookPath(path, program string) (string, error) {
	for _, dir := range filepath.SplitList(path) {
		file := filepath.Join(dir, program)
		if _, err := os.Stat(file); err == nil {
			return file, nil
		}
	}
	return "", exec.ErrNotFound
}

// logged NAME PATTERN waits until the server logs a line of this pattern.
func awaitLog(ts *testscript.TestScript, _ bool, args []string) {
	ts.Value("servers").(servers)[args[0]].log.await(ts, args[1])
}

// signal NAME TERM|INT|HUP signals a server.
func signalServer(ts *testscript.TestScript, _ bool, args []string) {
	signals := map[string]os.Signal{"TERM": syscall.SIGTERM, "INT": syscall.SIGINT, "HUP": syscall.SIGHUP}
	ts.Check(ts.Value("servers").(servers)[args[0]].Process.Signal(signals[args[1]]))
}

// ended NAME STATUS waits until the server has ended, with this status.
func awaitEnd(ts *testscript.TestScript, _ bool, args []string) {
	s := ts.Value("servers").(servers)[args[0]]
	s.log.rest()
	select {
	case <-s.done:
		if got := strconv.Itoa(s.ProcessState.ExitCode()); got != args[1] {
			ts.Fatalf("the server ended with status %s, not %s:\n%s", got, args[1], s.log.seen())
		}
	case <-time.After(patience):
		ts.Fatalf("the server did not end")
	}
}

// fetch STATUS ADDRESS writes the answer's body to stdout.
func fetch(ts *testscript.TestScript, _ bool, args []string) {
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	resp, err := client.Get(args[1])
	ts.Check(err)
	defer resp.Body.Close()
	if got := strconv.Itoa(resp.StatusCode); got != args[0] {
		ts.Fatalf("%s answered %s, not %s", args[1], got, args[0])
	}
	_, err = io.Copy(ts.Stdout(), resp.Body)
	ts.Check(err)
}

// occupy NAME listens on a port and sets $NAME to its address.
func occupyPort(ts *testscript.TestScript, _ bool, args []string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { l.Close() })
	ts.Setenv(args[0], l.Addr().String())
}

// certify NAME CERT KEY writes a certificate for this name, and its key.
func certify(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(writeCertificate(ts.MkAbs(args[1]), ts.MkAbs(args[2]), args[0]))
}

func writeCertificate(certFile, keyFile, name string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	if err := write(certFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert})); err != nil {
		return err
	}
	return write(keyFile, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}))
}

// stall NAME FILE signals HUP to a server, and waits until it reads the file, which
// from now on has no end.
func stall(ts *testscript.TestScript, _ bool, args []string) {
	file := ts.MkAbs(args[1])
	ts.Check(os.Remove(file))
	ts.Check(syscall.Mkfifo(file, 0o600))
	signalServer(ts, false, []string{args[0], "HUP"})
	writer, err := os.OpenFile(file, os.O_WRONLY, 0) // waits for a reader
	ts.Check(err)
	ts.Defer(func() { writer.Close() })
}

// handshake HOST writes what a TLS connection comes to: the certificate's name,
// the version, the protocol.
func handshake(ts *testscript.TestScript, _ bool, args []string) {
	conn, err := tls.Dial("tcp", args[0], &tls.Config{InsecureSkipVerify: true, NextProtos: []string{"h2", "http/1.1"}})
	ts.Check(err)
	defer conn.Close()
	state := conn.ConnectionState()
	fmt.Fprintln(ts.Stdout(), state.PeerCertificates[0].Subject.CommonName, tls.VersionName(state.Version), state.NegotiatedProtocol)
}

// streams are a script's server-sent events, by the names that it gives them.
type streams = map[string]*following

// subscribe NAME ADDRESS opens a stream of server-sent events.
func subscribe(ts *testscript.TestScript, _ bool, args []string) {
	resp, err := http.Get(args[1])
	ts.Check(err)
	ts.Defer(func() { resp.Body.Close() })
	ts.Value("streams").(streams)[args[0]] = follow(resp.Body, func() {})
}

// event NAME PATTERN waits until the stream has a line of this pattern.
func awaitEvent(ts *testscript.TestScript, _ bool, args []string) {
	ts.Value("streams").(streams)[args[0]].await(ts, args[1])
}

// following is a text that is read while it grows.
type following struct {
	lines chan string
	past  []string
}

// follow reads lines until there are no more, and then calls done.
func follow(r io.Reader, done func()) *following {
	f := &following{lines: make(chan string, 10_000)}
	go func() {
		for in := bufio.NewScanner(r); in.Scan(); {
			f.lines <- in.Text()
		}
		close(f.lines)
		done()
	}()
	return f
}

// await waits for a line of this pattern, and returns the pattern's last group.
func (f *following) await(ts *testscript.TestScript, pattern string) string {
	re, late := regexp.MustCompile(pattern), time.After(patience)
	for {
		select {
		case line, ok := <-f.lines:
			if !ok {
				ts.Fatalf("it ended without %q:\n%s", pattern, f.seen())
			}
			f.past = append(f.past, line)
			if m := re.FindStringSubmatch(line); m != nil {
				return m[len(m)-1]
			}
		case <-late:
			ts.Fatalf("waited in vain for %q:\n%s", pattern, f.seen())
		}
	}
}

// rest reads to the end.
func (f *following) rest() {
	for line := range f.lines {
		f.past = append(f.past, line)
	}
}

func (f *following) seen() string { return strings.Join(f.past, "\n") }

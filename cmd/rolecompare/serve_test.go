package main

import (
	"crypto/tls"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/static"
	"rolecompare/web"
	"rolecompare/web/page"
)

// TestStopDrainsFirst looks at the server's health whenever a line is logged.
func TestStopDrainsFirst(t *testing.T) {
	t.Parallel()
	s, found := page.Load(markdowntest.Fixture(), time.Time{})
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	snapshot, err := web.NewSnapshot(s, static.FS, web.SnapshotOptions{Dev: true})
	if err != nil {
		t.Fatal(err)
	}
	p := &program{server: web.NewServer(snapshot, web.Options{})}
	health := func() int {
		w := httptest.NewRecorder()
		p.server.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/readyz", nil))
		return w.Code
	}
	if got := health(); got != http.StatusOK {
		t.Errorf("before it stops, /readyz answers %d", got)
	}
	lines := 0
	p.logger = slog.New(slog.NewTextHandler(onWrite(func() {
		lines++
		if got := health(); got != http.StatusServiceUnavailable {
			t.Errorf("when line %d is logged, /readyz answers %d", lines, got)
		}
	}), nil))
	if err := p.stop(&http.Server{}, nil); err != nil || lines == 0 {
		t.Errorf("%d lines were logged, and the end was: %v", lines, err)
	}
}

// TestTLS: of TLS 1.2, only the suites that authenticate what they encrypt are spoken.
func TestTLS(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	p := &program{serveOptions: serveOptions{TLSCert: dir + "/cert.pem", TLSKey: dir + "/key.pem"}}
	if err := writeCertificate(p.TLSCert, p.TLSKey, "localhost"); err != nil {
		t.Fatal(err)
	}
	if err := p.loadCertificate(); err != nil {
		t.Fatal(err)
	}
	l, err := tls.Listen("tcp", "127.0.0.1:0", p.tlsConfig())
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			_ = conn.(*tls.Conn).Handshake()
			conn.Close()
		}
	}()
	for _, suite := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		if !slices.Contains(suite.SupportedVersions, tls.VersionTLS12) || strings.Contains(suite.Name, "_RSA_WITH") {
			continue // of TLS 1.3, or not for a certificate of this kind
		}
		conn, err := tls.Dial("tcp", l.Addr().String(), &tls.Config{
			InsecureSkipVerify: true, MinVersion: tls.VersionTLS12, MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{suite.ID},
		})
		if want := strings.Contains(suite.Name, "GCM") || strings.Contains(suite.Name, "POLY1305"); (err == nil) != want {
			t.Errorf("%s: %v", suite.Name, err)
		}
		if err == nil {
			conn.Close()
		}
	}
	if conn, err := tls.Dial("tcp", l.Addr().String(), &tls.Config{InsecureSkipVerify: true, MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10}); err == nil {
		conn.Close()
		t.Error("TLS 1.1 is spoken")
	}
}

type onWrite func()

func (f onWrite) Write(b []byte) (int, error) {
	f()
	return len(b), nil
}

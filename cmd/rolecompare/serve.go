package main

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/KimMachineGun/automemlimit/memlimit"

	"rolecompare/internal/comparison"
	"rolecompare/static"
	"rolecompare/web"
)

const (
	// defaultDrain is long enough for a balancer that asks /readyz every two
	// seconds and believes the second refusal.
	defaultDrain = 5 * time.Second
	// closing is how long requests under way have to finish after that. Together
	// they stay below the ten seconds after which Docker kills.
	closing = 4 * time.Second
)

// serve serves the site until it is told to stop.
func serve(o serveOptions, stderr io.Writer) error {
	began := time.Now()
	quit, again := make(chan os.Signal, 2), make(chan os.Signal, 1)
	signal.Notify(quit, syscall.SIGINT, syscall.SIGTERM)
	signal.Notify(again, syscall.SIGHUP)
	signal.Ignore(syscall.SIGPIPE) // whoever reads the log may go away
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50) // rather often: it is memory that containers are short of
	}
	_, _ = memlimit.Set() // of the container or service unit; where no limit can be found there is none to heed

	// What can fail without any work fails first.
	listener, err := listen("addr", o.Addr)
	if err != nil {
		return err
	}
	logger, queue := newLogger(o, stderr)
	defer queue.flush()
	p := &program{serveOptions: o, logger: logger}
	if o.TLSCert != "" {
		if err := p.loadCertificate(); err != nil {
			return err
		}
	}
	snapshot, err := p.snapshot()
	if found, faulty := errors.AsType[comparison.Diagnostics](err); faulty {
		return failed("the content is not served, because of %s; “rolecompare check” reports the same:\n%v", tally(found), below(o.Content, found))
	}
	if err != nil {
		return err
	}
	p.server = web.NewServer(snapshot, web.Options{
		Limits:     web.Limits{TrustedProxies: o.TrustedProxies},
		Logger:     logger,
		LogDropped: func() float64 { return float64(queue.dropped.Load()) },
		Build:      build(),
	})
	if o.Dev {
		if err := watch(o.Content, p.reload); err != nil {
			return err
		}
	} else {
		go p.prepare(snapshot)
	}
	go func() {
		for range again {
			p.reload()
		}
	}()

	broken := make(chan error, 2)
	public := web.HTTPServer(p.server, logger)
	visitors := p.server.LimitConnections(public, listener, connections(debug.SetMemoryLimit(-1)))
	scheme := "http"
	if o.TLSCert == "" {
		go func() { broken <- public.Serve(visitors) }()
	} else {
		scheme = "https"
		public.TLSConfig = p.tlsConfig()
		go func() { broken <- public.ServeTLS(visitors, "", "") }()
	}
	if o.AdminAddr != "" {
		private, err := listen("admin-addr", o.AdminAddr)
		if err != nil {
			return err
		}
		admin := web.HTTPServer(p.server.Admin(), logger)
		admin.WriteTimeout = 2 * time.Minute // a profile takes as long as it is asked to
		go func() { broken <- admin.Serve(private) }()
		logger.Info("serving metrics, version and profiles", "open", browse("http", private)+"/metrics")
	}
	logger.Info("serving", "open", browse(scheme, listener), "version", build().Version, "took", time.Since(began).Round(time.Millisecond))
	if o.BaseURL == "" && !o.Dev {
		logger.Warn("without --base-url, pages name no canonical address and have no preview picture, and there is no sitemap")
	}

	select {
	case err := <-broken:
		logger.Error("the server broke off: " + plain(err).Error())
		return errReported
	case <-quit:
		return p.stop(public, quit)
	}
}

// program is what serves, and what it serves from.
type program struct {
	serveOptions
	logger      *slog.Logger
	certificate atomic.Pointer[tls.Certificate] // nil without TLS
	server      *web.Server
	reloading   sync.Mutex // a signal may come while a saved file is being read
}

// loadCertificate reads the certificate. If it is faulty, the one before stays.
func (p *program) loadCertificate() error {
	pair, err := tls.LoadX509KeyPair(p.TLSCert, p.TLSKey)
	if err != nil {
		return failed("cannot use the certificate %s with the key %s: %v", p.TLSCert, p.TLSKey, plain(err))
	}
	p.certificate.Store(&pair)
	return nil
}

// tlsConfig allows, of TLS 1.2, the suites that authenticate what they encrypt: every
// browser of the last ten years has one of them.
func (p *program) tlsConfig() *tls.Config {
	return &tls.Config{
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return p.certificate.Load(), nil },
		CipherSuites: []uint16{
			tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
			tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
			tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, tls.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
		},
	}
}

// snapshot reads the content and renders it. Faulty content is its diagnostics.
func (p *program) snapshot() (*web.Snapshot, error) {
	s, found, err := load(p.Content)
	if err != nil {
		return nil, err
	}
	for i := range found { // an author at work sees on the site what an example comes to
		found[i].Warning = found[i].Warning || p.Dev && found[i].Example
	}
	if err := found.Err(); err != nil {
		return nil, err
	}
	for _, warning := range below(p.Content, found) {
		p.logger.Warn(warning.String())
	}
	folder, _ := filepath.Abs(p.Content) // editors want the whole path
	return web.NewSnapshot(s, static.FS, web.SnapshotOptions{
		BaseURL: p.BaseURL, Dev: p.Dev, Warnings: found,
		Editor: strings.Replace(p.Editor, "{path}", filepath.Join(folder, "{path}"), 1),
	})
}

// prepare compresses the pages of a snapshot, which may be served meanwhile, and
// then gives back the memory that this took.
func (p *program) prepare(snapshot *web.Snapshot) {
	began := time.Now()
	snapshot.Prepare()
	debug.FreeOSMemory()
	p.logger.Info("every page is prepared", "took", time.Since(began).Round(time.Millisecond))
}

// reload reads the certificate and the content folder again. Where something is
// faulty, what was good before stays in use.
func (p *program) reload() {
	p.reloading.Lock()
	defer p.reloading.Unlock()
	if p.TLSCert != "" {
		if err := p.loadCertificate(); err != nil {
			p.logger.Error(err.Error() + "; the one before stays in use")
		} else {
			p.logger.Info("the certificate was read again")
		}
	}
	if p.Content == "" {
		return
	}
	snapshot, err := p.snapshot()
	if err != nil {
		if found, faulty := errors.AsType[comparison.Diagnostics](err); faulty {
			p.server.Report(found)
			for _, d := range below(p.Content, found) {
				p.logger.Error(d.String())
			}
			err = errors.New("the content has " + tally(found))
		}
		p.logger.Error(err.Error() + "; what was good before is still served")
		return
	}
	if !p.Dev {
		p.prepare(snapshot)
	}
	p.server.Publish(snapshot)
	p.logger.Info("the content was read again")
}

// stop ends the service: balancers are told first, then requests under way are
// finished. Another signal ends it at once.
func (p *program) stop(public *http.Server, quit <-chan os.Signal) error {
	p.server.Drain()
	p.logger.Info("stopping; a second signal stops at once", "drain", p.Drain)
	stopped := make(chan error, 1)
	go func() {
		time.Sleep(p.Drain)
		ctx, cancel := context.WithTimeout(context.Background(), closing)
		defer cancel()
		stopped <- public.Shutdown(ctx)
	}()
	select {
	case <-quit:
		p.logger.Warn("stopped at once, as the second signal asked")
		return errReported
	case err := <-stopped:
		if err != nil {
			p.logger.Warn("some requests took too long and were cut off")
		}
	}
	p.logger.Info("stopped")
	return nil
}

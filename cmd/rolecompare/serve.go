package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/KimMachineGun/automemlimit/memlimit"

	"rolecompare/internal/comparison"
	"rolecompare/static"
	"rolecompare/web"
	"rolecompare/web/page"
)

const (
	// defaultDrain is long enough for a balancer that asks /readyz every two
	// seconds and believes the second refusal.
	defaultDrain = 5 * time.Second
	// closing is how long requests under way have to finish after that. Together
	// they stay below the ten seconds after which Docker kills; Kubernetes waits
	// for thirty.
	closing = 4 * time.Second
)

// serve serves the site until it is told to stop.
func serve(ctx context.Context, o serveOptions, stderr io.Writer) error {
	began := time.Now()
	quit, reread := make(chan os.Signal, 2), make(chan os.Signal, 1)
	signal.Notify(quit, syscall.SIGINT, syscall.SIGTERM)
	signal.Notify(reread, syscall.SIGHUP)
	defer signal.Stop(quit)
	defer signal.Stop(reread)
	saveMemory()

	// What can fail without any work fails first.
	listener, err := listen("addr", o.Addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	var adminListener net.Listener
	if o.AdminAddr != "" {
		if adminListener, err = listen("admin-addr", o.AdminAddr); err != nil {
			return err
		}
		defer adminListener.Close()
	}
	logger, flush := newLogger(o, stderr)
	defer flush()
	p := &program{serveOptions: o, logger: logger, stderr: stderr}
	if o.TLSCert != "" {
		p.certificate = &certificate{certFile: o.TLSCert, keyFile: o.TLSKey}
		if err := p.certificate.load(); err != nil {
			return err
		}
	}
	snapshot, err := p.snapshot()
	if err != nil {
		return p.refuse(err)
	}
	p.server = web.NewServer(snapshot, web.Options{
		Limits:     web.Limits{TrustedProxies: o.TrustedProxies},
		Logger:     p.logger,
		LogAddress: o.Level <= slog.LevelDebug,
		Build:      build(),
	})

	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	changes := make(chan struct{}, 1)
	if o.Dev {
		if err := watch(ctx, o.Content, func() {
			select {
			case changes <- struct{}{}:
			default: // it will be read again anyway
			}
		}); err != nil {
			return err
		}
	}

	if !o.Dev {
		go p.prepare(ctx, snapshot)
	}
	broken := make(chan error, 2)
	public := web.HTTPServer(p.server, p.logger)
	defer public.Close()
	scheme := "http"
	if p.certificate != nil {
		scheme = "https"
		public.TLSConfig = p.certificate.config()
		go func() { broken <- public.ServeTLS(listener, "", "") }()
	} else {
		go func() { broken <- public.Serve(listener) }()
	}
	if adminListener != nil {
		admin := web.HTTPServer(p.server.Admin(), p.logger)
		admin.WriteTimeout = 2 * time.Minute // a profile takes as long as it is asked to
		defer admin.Close()
		go func() { broken <- admin.Serve(adminListener) }()
		p.logger.Info("serving metrics, version and profiles", "open", browse("http", adminListener.Addr())+"/metrics")
	}
	p.logger.Info("serving", "open", browse(scheme, listener.Addr()), "version", build().Version, "took", time.Since(began).Round(time.Millisecond))
	if o.BaseURL == "" && !o.Dev {
		p.logger.Warn("without --base-url, pages name no canonical address and have no preview picture, and there is no sitemap")
	}

	for {
		select {
		case err := <-broken:
			return failed("the server broke off: %v", plain(err))
		case <-changes:
			p.show()
		case <-reread:
			p.reread(ctx)
		case <-ctx.Done():
			return p.stop(public, quit)
		case <-quit:
			return p.stop(public, quit)
		}
	}
}

// program is what serves, and what it serves from.
type program struct {
	serveOptions
	logger      *slog.Logger
	stderr      io.Writer
	certificate *certificate // nil without TLS
	server      *web.Server
}

// snapshot reads the content and renders it. Faulty content is an error that
// holds all of its diagnostics.
func (p *program) snapshot() (*web.Snapshot, error) {
	fsys, done, err := openContent(p.Content)
	if err != nil {
		return nil, err
	}
	defer done()
	s, found := page.Load(fsys, time.Now())
	found = below(p.Content, found)
	if err := found.Err(); err != nil {
		return nil, err
	}
	for _, warning := range found {
		p.logger.Warn(warning.String())
	}
	return web.NewSnapshot(s, static.FS, web.SnapshotOptions{BaseURL: p.BaseURL, Dev: p.Dev})
}

// prepare compresses the pages of a snapshot, which may be served meanwhile, and
// then gives back the memory that this took.
func (p *program) prepare(ctx context.Context, snapshot *web.Snapshot) {
	began := time.Now()
	switch err := snapshot.Prepare(ctx); {
	case err == nil:
		debug.FreeOSMemory()
		p.logger.Info("every page is prepared", "took", time.Since(began).Round(time.Millisecond))
	case ctx.Err() == nil:
		p.logger.Error("some pages cannot be prepared: " + err.Error())
	}
}

// refuse reports why there is nothing to serve.
func (p *program) refuse(err error) error {
	found, ok := errors.AsType[comparison.Diagnostics](err)
	if !ok {
		return err
	}
	fmt.Fprintf(p.stderr, "%v\n\n", found)
	return failed("the content is not served, because of %s; “rolecompare check” reports the same", count(len(found), "fault", "faults"))
}

// show shows what an author has just saved, or what is wrong with it, over the
// last good pages.
func (p *program) show() {
	began := time.Now()
	snapshot, err := p.snapshot()
	if err != nil {
		fmt.Fprintf(p.stderr, "%v\n", err)
		p.server.Report(err)
		return
	}
	p.server.Publish(snapshot)
	p.logger.Info("the change is shown", "took", time.Since(began).Round(time.Millisecond))
}

// reread reads the content folder and the certificate again. What is faulty is
// logged, and what was good before stays in use.
func (p *program) reread(ctx context.Context) {
	if p.certificate != nil {
		if err := p.certificate.load(); err != nil {
			p.logger.Error(err.Error() + "; the one before stays in use")
		} else {
			p.logger.Info("the certificate was read again")
		}
	}
	if p.Content == "" {
		return
	}
	snapshot, err := p.snapshot()
	found, faulty := errors.AsType[comparison.Diagnostics](err)
	switch {
	case faulty:
		for _, d := range found {
			p.logger.Error(d.String())
		}
		p.logger.Error("the content has faults; what was good before is still served", "faults", len(found))
	case err != nil:
		p.logger.Error(err.Error() + "; what was good before is still served")
	default:
		p.prepare(ctx, snapshot)
		p.server.Publish(snapshot)
		p.logger.Info("the content was read again")
	}
}

// stop ends the service: balancers are told first, then requests under way are
// finished. A signal meanwhile ends it at once.
func (p *program) stop(public *http.Server, quit <-chan os.Signal) error {
	p.logger.Info("stopping; a second signal stops at once", "drain", p.Drain)
	p.server.Drain()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	hasty := make(chan struct{})
	go func() {
		select {
		case <-quit:
			close(hasty)
			cancel()
		case <-ctx.Done():
		}
	}()
	select {
	case <-time.After(p.Drain):
	case <-hasty:
	}
	deadline, over := context.WithTimeout(ctx, closing)
	defer over()
	err := public.Shutdown(deadline)
	select {
	case <-hasty:
		return failed("stopped at once, as the second signal asked")
	default:
	}
	if err != nil {
		p.logger.Warn("some requests took too long and were cut off")
	}
	p.logger.Info("stopped")
	return nil
}

// saveMemory has the garbage collector come when a half has been added to what
// is in use, not as much again: that is little, so it costs little to go through
// more often. GOGC says otherwise. It also heeds the limit of the container or
// the service unit; a tenth is left for what the collector does not count.
func saveMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
	// Where no limit can be found there is none to heed.
	_, _ = memlimit.Set(memlimit.WithRatio(0.9))
}

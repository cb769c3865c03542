package main

import (
	"crypto/tls"
	"errors"
	"net"
	"runtime/debug"
	"sync/atomic"
	"syscall"

	"golang.org/x/net/netutil"
)

// listen listens on addr, which was given by the flag of that name. It holds as
// many connections at once as there is memory for; more wait in the operating
// system's queue.
func listen(flag, addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	switch {
	case err == nil:
		return netutil.LimitListener(l, connections(debug.SetMemoryLimit(-1))), nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, failed("cannot listen on %s: the address is already in use; choose another with --%s", addr, flag)
	case errors.Is(err, syscall.EACCES):
		return nil, failed("cannot listen on %s: ports below 1024 are not for everybody; choose another with --%s", addr, flag)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return nil, failed("cannot listen on %s: this machine has no such address; choose another with --%s", addr, flag)
	}
	var network *net.OpError
	if errors.As(err, &network) {
		err = network.Err
	}
	return nil, failed("cannot listen on %s: %v; choose another with --%s", addr, err, flag)
}

// connections returns how many connections may be held with that many bytes of
// memory: half of it is theirs, and the dearest were measured to take 44 KiB each,
// those that send half a form and wait.
func connections(memory int64) int {
	const most, least, each = 4096, 64, 48 << 10
	return int(min(max(memory/2/each, least), most))
}

// browse returns the address to open in a browser for what is listened on.
func browse(scheme string, addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return addr.String()
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "localhost"
	}
	return scheme + "://" + net.JoinHostPort(host, port)
}

// certificate is the TLS certificate in use. It can be replaced while
// connections are made.
type certificate struct {
	certFile, keyFile string
	current           atomic.Pointer[tls.Certificate]
}

// load reads the files. If they are faulty, what was read before stays in use.
func (c *certificate) load() error {
	pair, err := tls.LoadX509KeyPair(c.certFile, c.keyFile)
	if err != nil {
		return failed("cannot use the certificate %s with the key %s: %v", c.certFile, c.keyFile, plain(err))
	}
	c.current.Store(&pair)
	return nil
}

// config asks for TLS 1.2 at least. Go prefers 1.3 and its own order of ciphers.
func (c *certificate) config() *tls.Config {
	return &tls.Config{
		MinVersion: tls.VersionTLS12,
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
			return c.current.Load(), nil
		},
	}
}

package web

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/go-chi/httprate"
)

// How many places a connection takes besides its own: for each request of HTTP/2,
// and while a form is read or what was made on demand is sent, at the client's pace.
const (
	placesPerStream  = 1
	placesPerContent = 2
)

// connections are those that a listener holds. A newcomer always finds a place: if
// all are taken, the client that holds most gives up the connection that has been
// idle, or busy, for longest. So one client has them all only while nobody else
// wants any.
type connections struct {
	net.Listener
	limits    Limits
	telemetry *telemetry

	mu    sync.Mutex
	room  *sync.Cond // signalled when there may be a place, or somebody to give one up
	free  int        // places; below zero when too many are taken
	held  map[net.Conn]*connection
	taken map[string]*int // places, by client
}

type connection struct {
	net.Conn
	of     *connections
	client string
	taken  *int // places, by all of its client's
	proxy  bool // a trusted one, which speaks for many
	places int  // 0 once it is closed
	idle   bool
	since  time.Time // when it became idle, or busy
}

type connectionKey struct{}

// LimitConnections has a server hold as many connections of a listener as there are
// places, each for 48 KiB of memory, and returns the listener to serve from.
func (s *Server) LimitConnections(server *http.Server, l net.Listener, places int) net.Listener {
	c := &connections{Listener: l, limits: s.limits, telemetry: s.telemetry, free: places}
	c.held, c.taken, c.room = map[net.Conn]*connection{}, map[string]*int{}, sync.NewCond(&c.mu)
	server.ConnContext, server.ConnState = c.enter, c.change
	return c
}

// Accept logs why a connection cannot be accepted. Most likely no file descriptor is
// left for it, so another one is closed.
func (c *connections) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	if err != nil && !errors.Is(err, net.ErrClosed) {
		c.telemetry.seldom("a connection cannot be accepted: " + err.Error())
		c.mu.Lock()
		defer c.mu.Unlock()
		c.closeOne()
	}
	return conn, err
}

// enter gives a connection its place, for which it waits only where all others are
// of trusted proxies, and busy. The clients of one IPv6 network are one; each
// connection of a proxy is another's.
func (c *connections) enter(ctx context.Context, conn net.Conn) context.Context {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.free <= 0 {
		c.telemetry.seldom("all connections that memory allows are taken: whoever holds most of them loses some")
		if !c.closeOne() {
			c.room.Wait()
		}
	}
	client := conn.RemoteAddr().String()
	held := &connection{Conn: conn, of: c, proxy: c.limits.trusts(client), idle: true, since: time.Now()}
	if addr, err := netip.ParseAddrPort(client); err == nil && !held.proxy {
		client = httprate.CanonicalizeIP(addr.Addr().Unmap().WithZone("").String())
	}
	if c.taken[client] == nil {
		c.taken[client] = new(int)
	}
	held.client, held.taken, c.held[conn] = client, c.taken[client], held
	c.take(held, 1)
	return context.WithValue(ctx, connectionKey{}, held)
}

// change notes what net/http says of a connection.
func (c *connections) change(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	held := c.held[conn]
	switch {
	case held == nil || state == http.StateNew:
	case state == http.StateActive || state == http.StateIdle:
		held.idle, held.since = state == http.StateIdle, time.Now()
		c.room.Signal()
	default:
		c.take(held, -held.places)
	}
}

func (c *connections) take(held *connection, places int) {
	c.free -= places
	if *held.taken += places; *held.taken == 0 {
		delete(c.taken, held.client)
	}
	if held.places += places; held.places == 0 {
		delete(c.held, held.Conn)
	}
	c.room.Signal()
}

// hold takes more places for a request's connection, until release is called.
func hold(r *http.Request, places int) (release func()) {
	held, limited := r.Context().Value(connectionKey{}).(*connection)
	if !limited {
		return func() {}
	}
	take := func(places int) {
		held.of.mu.Lock()
		defer held.of.mu.Unlock()
		if held.places > 0 {
			held.of.take(held, places)
		}
		for held.of.free < 0 && held.of.closeOne() {
		}
	}
	take(places)
	return func() { take(-places) }
}

// closeOne closes the connection that others can best do without, if there is one.
func (c *connections) closeOne() bool {
	var one *connection
	for _, held := range c.held {
		if (held.idle || !held.proxy) && (one == nil ||
			cmp.Or(cmp.Compare(*one.taken, *held.taken), held.since.Compare(one.since)) < 0) {
			one = held
		}
	}
	if one == nil {
		return false
	}
	c.take(one, -one.places)
	c.telemetry.set.GetOrCreateCounter(`rolecompare_connections_closed_for_others_total`).Inc()
	conn := one.Conn
	if secure, ok := conn.(*tls.Conn); ok {
		conn = secure.NetConn() // without a farewell, which might take its time
	}
	conn.Close()
	return true
}

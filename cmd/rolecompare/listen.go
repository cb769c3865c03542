package main

import "net"

// listen listens on addr, which was given by that flag.
func listen(flag, addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, failed("cannot listen on %s: %v; choose another with --%s", addr, plain(err), flag)
	}
	return l, nil
}

// connections returns how many connections half of that many bytes of memory can
// hold: the dearest, which send half a form and wait, were measured to take 44 KiB.
func connections(memory int64) int {
	const most, least, each = 4096, 64, 48 << 10
	return int(min(max(memory/2/each, least), most))
}

// browse returns the address to open in a browser for what is listened on.
func browse(scheme string, l net.Listener) string {
	host, port, _ := net.SplitHostPort(l.Addr().String())
	if net.ParseIP(host).IsUnspecified() {
		host = "localhost"
	}
	return scheme + "://" + net.JoinHostPort(host, port)
}

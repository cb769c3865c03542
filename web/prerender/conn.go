package prerender

import (
	"context"
	"net"
	"net/http"
	"sync"
)

// OneWrite returns a listener whose connections send an answer of a [Body] in
// one write. Left alone, net/http takes two for an answer of more than 4 KiB: it
// fills a buffer of that size with the header and the start of the content, and
// sends the rest by itself. That second system call is a quarter of what a page
// costs the server.
//
// The listener's server needs [ConnContext]. TLS connections and HTTP/2, which
// frame writes by themselves, are served as ever. A handler must not leave the
// goroutine it was called in, as http.TimeoutHandler's do.
func OneWrite(l net.Listener) net.Listener { return oneWrite{l} }

// ConnContext makes the connections of [OneWrite] known to the requests they
// bring. It is for http.Server's field of this name.
func ConnContext(ctx context.Context, c net.Conn) context.Context {
	if c, ok := c.(*conn); ok {
		return context.WithValue(ctx, connKey{}, c)
	}
	return ctx
}

type connKey struct{}

type oneWrite struct{ net.Listener }

func (l oneWrite) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &conn{Conn: c}, nil
}

// conn gathers what is written to it while it holds a buffer.
type conn struct {
	net.Conn
	gathered *[]byte
}

func (c *conn) Write(p []byte) (int, error) {
	if c.gathered == nil {
		return c.Conn.Write(p)
	}
	*c.gathered = append(*c.gathered, p...)
	return len(p), nil
}

// most is the largest content that is gathered: about what a page takes in any
// coding. Copying more costs as much as a second write.
const most = 32 << 10

// buffers have room for the largest content and its header.
var buffers = sync.Pool{New: func() any {
	b := make([]byte, 0, most+4<<10)
	return &b
}}

// writeOnce writes the content of an answer whose header is set. All of it has
// left when it returns, so that nothing is gathered outside of this function.
func writeOnce(w http.ResponseWriter, r *http.Request, content []byte) {
	c, ok := r.Context().Value(connKey{}).(*conn)
	if !ok || r.ProtoMajor != 1 || len(content) > most {
		w.Write(content)
		return
	}
	c.gathered = buffers.Get().(*[]byte)
	defer func() {
		gathered := c.gathered
		c.gathered = nil
		if len(*gathered) > 0 {
			if _, err := c.Conn.Write(*gathered); err != nil {
				// net/http takes it for sent; so that it sends nothing more:
				c.Conn.Close()
			}
		}
		*gathered = (*gathered)[:0]
		buffers.Put(gathered)
	}()
	w.Write(content)
	http.NewResponseController(w).Flush()
}

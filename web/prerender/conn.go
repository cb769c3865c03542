package prerender

import (
	"context"
	"net"
	"net/http"
)

// OneWrite returns a listener whose connections send an answer of a [Body] in
// one write. Left alone, net/http takes two for an answer of more than 4 KiB: it
// fills a buffer of that size with the header and the start of the content, and
// sends the rest by itself. That second system call is a fifth of what a page
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

// conn gathers what is written to it while gathering is set.
type conn struct {
	net.Conn
	gathering bool
	gathered  []byte
}

func (c *conn) Write(p []byte) (int, error) {
	if !c.gathering {
		return c.Conn.Write(p)
	}
	c.gathered = append(c.gathered, p...)
	return len(p), nil
}

// most is the largest content that is gathered: more than a page takes in any
// coding but identity. Copying much more costs as much as a second write.
const most = 16 << 10

// buffers are what answers are gathered in. A write that has to wait for its
// client keeps one; when all of them wait, answers go out in two writes, so that
// slow clients cannot make them many.
var buffers = make(chan []byte, 16)

func init() {
	for range cap(buffers) {
		buffers <- nil
	}
}

// writeOnce writes the content of an answer whose header is set. All of it has
// left when it returns, so that nothing is gathered outside of this function.
func writeOnce(w http.ResponseWriter, r *http.Request, content []byte) {
	c, ok := r.Context().Value(connKey{}).(*conn)
	if !ok || r.ProtoMajor != 1 || len(content) > most {
		w.Write(content)
		return
	}
	select {
	case c.gathered = <-buffers:
	default:
		w.Write(content)
		return
	}
	c.gathering = true
	defer func() {
		c.gathering = false
		if len(c.gathered) > 0 {
			if _, err := c.Conn.Write(c.gathered); err != nil {
				// net/http takes it for sent; so that it sends nothing more:
				c.Conn.Close()
			}
		}
		buffers <- c.gathered[:0]
		c.gathered = nil
	}()
	w.Write(content)
	http.NewResponseController(w).Flush()
}

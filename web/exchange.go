package web

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"net/netip"
	"sync"
	"time"
)

// exchange is one request and its answer. It is the http.ResponseWriter that
// every handler gets, which is how handlers find the edition they answer from:
// one edition an answer, even if another is published meanwhile.
//
// Exchanges are reused, so that none may be kept once its request is done.
type exchange struct {
	http.ResponseWriter
	*published
	began  time.Time
	route  route
	status int   // 0 until the answer has begun
	bytes  int64 // of the body
	id     string
	client netip.Addr // only where addresses are logged
}

var exchanges = sync.Pool{New: func() any { return new(exchange) }}

func (x *exchange) WriteHeader(status int) {
	if x.status == 0 && status >= 200 {
		x.status = status
	}
	x.ResponseWriter.WriteHeader(status)
}

func (x *exchange) Write(b []byte) (int, error) {
	if x.status == 0 {
		x.status = http.StatusOK
	}
	n, err := x.ResponseWriter.Write(b)
	x.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (x *exchange) Unwrap() http.ResponseWriter { return x.ResponseWriter }

// requestID is what finds this request in the log. It is random and short: it
// is read out on the phone.
func (x *exchange) requestID() string {
	if x.id == "" {
		ids := requestIDs.Get().(*idBatch)
		x.id = ids.next()
		requestIDs.Put(ids)
	}
	return x.id
}

// idBatch is request ids that are made many at a time.
type idBatch struct{ left string }

var requestIDs = sync.Pool{New: func() any { return new(idBatch) }}

func (b *idBatch) next() string {
	if b.left == "" {
		var random [64 * requestIDLength / 2]byte
		rand.Read(random[:]) // never fails
		b.left = hex.EncodeToString(random[:])
	}
	id := b.left[:requestIDLength]
	b.left = b.left[requestIDLength:]
	return id
}

const requestIDLength = 12

// redirect sends the visitor to another address of this site: a path, never a
// whole address, so that it stays right behind any proxy.
func (x *exchange) redirect(status int, to string, cache header) error {
	h := x.Header()
	h["Location"] = []string{escapeNonASCII(to)}
	h["Content-Length"] = []string{"0"}
	cache.set(h)
	x.WriteHeader(status)
	return nil
}

// moved sends to the address that took another's place, whatever the method.
// Caches may not keep it for longer than a page: browsers would keep it for
// ever, and ids may change again.
func (x *exchange) moved(path, query string) error {
	if query != "" {
		path += "?" + query
	}
	return x.redirect(http.StatusPermanentRedirect, path, cachePage)
}

// escapeNonASCII escapes what a field of a header may not hold.
func escapeNonASCII(s string) string {
	const digits = "0123456789ABCDEF"
	var b []byte
	for i := range len(s) {
		switch c := s[i]; {
		case c > ' ' && c < 0x7f:
			if b != nil {
				b = append(b, c)
			}
		default:
			if b == nil {
				b = append(make([]byte, 0, len(s)+16), s[:i]...)
			}
			b = append(b, '%', digits[c>>4], digits[c&15])
		}
	}
	if b == nil {
		return s
	}
	return string(b)
}

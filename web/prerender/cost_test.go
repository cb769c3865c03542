package prerender

import (
	"context"
	"fmt"
	"net/http"
	"testing"
)

const (
	chrome       = "gzip, deflate, br, zstd"
	chromeAccept = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7"
)

// writer is a http.ResponseWriter that counts, and is used again and again.
type writer struct {
	header               http.Header
	status, writes, size int
}

func (w *writer) Header() http.Header    { return w.header }
func (w *writer) WriteHeader(status int) { w.status = status }
func (w *writer) Flush()                 {}
func (w *writer) Write(p []byte) (int, error) {
	w.writes++
	w.size += len(p)
	return len(p), nil
}

// TestCost holds that nothing on the way to an answer allocates, and that an
// answer is one Write.
func TestCost(t *testing.T) {
	body := New(html, page(1, 60<<10), http.Header{"Cache-Control": {"no-cache"}})
	cache := NewCache(1<<20, func([2]int) (*Body, error) { return body, nil })
	tag := get(t, body, "Accept-Encoding", chrome).Header.Get("Etag")
	w := &writer{header: http.Header{}}
	for _, test := range []struct {
		name           string
		r              *http.Request
		status, writes int
	}{
		{"a browser's request", request("GET", "Accept-Encoding", chrome), 200, 1},
		{"the simplest request", request("GET"), 200, 1},
		{"an odd request", request("GET", "Accept-Encoding", " GZIP;Q=0.5;a=\"b\",*;q=0.1", "Accept-Encoding", "x-br"), 200, 1},
		{"revalidation", request("GET", "Accept-Encoding", chrome, "If-None-Match", `W/"x", W/`+tag), 304, 0},
		{"a request on a connection of OneWrite", request("GET", "Accept-Encoding", chrome).WithContext(context.WithValue(t.Context(), connKey{}, new(conn))), 200, 1},
		{"HEAD", request("HEAD", "Accept-Encoding", chrome), 200, 0},
	} {
		*w = writer{header: w.header}
		if body.Serve(w, test.r); w.status != test.status || w.writes != test.writes {
			t.Errorf("%s is answered %d with %d writes", test.name, w.status, w.writes)
		}
		if allocations := testing.AllocsPerRun(100, func() { body.Serve(w, test.r) }); allocations > 0 {
			t.Errorf("%s allocates %v times", test.name, allocations)
		}
	}
	accept := []string{chromeAccept}
	for name, act := range map[string]func(){
		"Negotiate": func() { Negotiate(accept, "text/markdown", "text/html") },
		"Cache.Get": func() { cache.Get([2]int{1, 2}) },
	} {
		if allocations := testing.AllocsPerRun(100, act); allocations > 0 {
			t.Errorf("%s allocates %v times", name, allocations)
		}
	}
}

func BenchmarkServe(b *testing.B) {
	body := New(html, page(1, 60<<10), http.Header{"Cache-Control": {"no-cache"}})
	tag := get(b, body, "Accept-Encoding", chrome).Header.Get("Etag")
	for name, r := range map[string]*http.Request{
		"200": request("GET", "Accept-Encoding", chrome),
		"304": request("GET", "Accept-Encoding", chrome, "If-None-Match", tag),
	} {
		b.Run(name, func(b *testing.B) {
			w := &writer{header: http.Header{}}
			b.ReportAllocs()
			for b.Loop() {
				body.Serve(w, r)
			}
		})
	}
}

func BenchmarkNegotiate(b *testing.B) {
	accept := []string{chromeAccept}
	b.ReportAllocs()
	for b.Loop() {
		Negotiate(accept, "text/html", "text/markdown")
	}
}

func BenchmarkCacheHit(b *testing.B) {
	cache := NewCache(1<<20, func(int) (*Body, error) { return New(html, nil, nil), nil })
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			cache.Get(1)
		}
	})
}

// BenchmarkEncode says what a form costs, for a recommendation's page and a
// comparison's.
func BenchmarkEncode(b *testing.B) {
	for _, size := range []int{30 << 10, 60 << 10} {
		content := page(1, size)
		for c := range int(identity) {
			b.Run(fmt.Sprintf("%s/%dKB", contentEncoding[c][0], size>>10), func(b *testing.B) {
				b.ReportAllocs()
				var data []byte
				for b.Loop() {
					data = encodeQuickly(coding(c), content)
				}
				b.ReportMetric(float64(len(data)), "bytes")
			})
		}
	}
}

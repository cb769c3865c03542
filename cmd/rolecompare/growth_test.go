package main

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"path"
	"runtime"
	"testing"
	"testing/fstest"
	"time"

	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/static"
	"rolecompare/web"
	"rolecompare/web/page"
)

// grown is the fixture's two comparisons and n more, each of them a copy of
// one under another name.
func grown(n int) fstest.MapFS {
	const original = "comparisons/gardener-vs-florist"
	out := markdowntest.Fixture()
	for name, file := range maps.Clone(out) {
		if path.Dir(name) == original {
			for i := range n {
				out[path.Join(fmt.Sprintf("%s-%d", original, i), path.Base(name))] = file
			}
		}
	}
	return out
}

// BenchmarkGrowth serves more and more comparisons. It reports the time until
// the first page can be served, the memory that each comparison takes beyond
// its page's own bytes once all pages were asked for, and the time of a request.
func BenchmarkGrowth(b *testing.B) {
	for _, n := range []int{1, 10, 100, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			content := grown(n)
			before := heap()
			began := time.Now()
			s, found := page.Load(content, time.Now())
			if err := found.Err(); err != nil {
				b.Fatal(err)
			}
			snapshot, err := web.NewSnapshot(s, static.FS, web.SnapshotOptions{BaseURL: "https://example.com"})
			if err != nil {
				b.Fatal(err)
			}
			server := web.NewServer(snapshot, web.Options{})
			ready := time.Since(began)

			pages := 0
			for _, c := range s.Comparisons {
				w := httptest.NewRecorder()
				server.ServeHTTP(w, httptest.NewRequest(http.MethodGet, page.RouteComparison.Path(c.Slug), nil))
				if w.Code != http.StatusOK {
					b.Fatal(w.Code, w.Body)
				}
				pages += w.Body.Len()
			}
			held := heap() - before

			r := httptest.NewRequest(http.MethodGet, page.RouteComparison.Path(s.Comparisons[n/2].Slug), nil)
			r.Header.Set("Accept-Encoding", "br")
			w := httptest.NewRecorder()
			for b.Loop() {
				w.Body.Reset()
				server.ServeHTTP(w, r)
			}
			b.ReportMetric(float64(ready.Microseconds())/1000, "ms-to-ready")
			b.ReportMetric((float64(held)-float64(pages))/1024/float64(len(s.Comparisons)), "KiB/comparison")
			runtime.KeepAlive(server)
		})
	}
}

// heap returns how many bytes are in use.
func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

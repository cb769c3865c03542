//go:build unix

package web_test

import (
	"bufio"
	"bytes"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/yuin/goldmark"

	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/internal/site"
	"rolecompare/static"
	"rolecompare/web"
	"rolecompare/web/page"
)

// BenchmarkServe puts the server beside two others, over a connection of
// loopback that is kept: a bare net/http handler that sends the very same bytes
// and nothing else, and one that is built as such a site usually is. It has
// everything on, as in production: headers, metrics, and a log that goes through
// the kernel; only posts are not limited.
//
// In each round every server answers the same number of requests in turn, so
// that whatever else the machine does meets all of them alike. Reported is the
// median of the rounds: ns/op is from a request to the last byte of its answer,
// cpu-ns/op what the whole process took of the processors for it, in the program
// and in the kernel. That includes collecting the garbage, and the client's end,
// which only writes bytes that were made before and passes over the answer's; it
// is the same for all three. x-bare and x-usual are how many times the others'
// cpu-ns/op it is.
func BenchmarkServe(b *testing.B) {
	defer debug.SetGCPercent(debug.SetGCPercent(50)) // as the program has it
	c := realContent()
	one := c.site.Comparisons[0]
	snapshot := c.another(b, web.SnapshotOptions{BaseURL: baseURL})
	snapshot.Prepare()
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		b.Fatal(err)
	}
	defer null.Close()
	server := web.NewServer(snapshot, web.Options{
		Limits: unlimited.Limits,
		// The lines of a busy moment go together, as they do in the program.
		Logger: slog.New(slog.NewTextHandler(bufio.NewWriterSize(null, 64<<10), nil)),
	})
	usual := usualServer(b, c, one)

	address := "/compare/" + one.Slug
	var posts, brotli, gzip [][]byte
	for n := range one.Engine.Combinations() {
		q := query(one, n)
		get := rawGet(address + "/recommendation?" + q)
		posts = append(posts, rawPost(address+"/questionnaire", q))
		brotli = append(brotli, get)
		gzip = append(gzip, bytes.Replace(get, []byte("deflate, br, zstd"), []byte("deflate"), 1))
	}
	tag := recorded(server, rawGet(address)).Header().Get("Etag")
	for _, test := range []struct {
		name     string
		requests [][]byte
	}{
		{"page", [][]byte{rawGet(address)}},
		{"304", [][]byte{rawGet(address, "If-None-Match: "+tag+"\r\n")}},
		{"recommendation-br", brotli},
		{"recommendation-gzip", gzip},
		{"post", posts},
		{"404", [][]byte{rawGet("/nowhere")}},
	} {
		b.Run(test.name, func(b *testing.B) {
			ours := &timed{connection: connect(b, web.HTTPServer(server, slog.New(slog.DiscardHandler))), requests: test.requests}
			bare := &timed{connection: connect(b, &http.Server{Handler: bareServer(recorded(server, test.requests[0]))}), requests: test.requests}
			usual := &timed{connection: connect(b, &http.Server{Handler: usual}), requests: test.requests}
			for b.Loop() {
				for _, t := range []*timed{ours, bare, usual} {
					t.round(b)
				}
			}
			b.ReportMetric(median(ours.wall), "ns/op")
			b.ReportMetric(median(ours.cpu), "cpu-ns/op")
			b.ReportMetric(median(bare.cpu), "bare-cpu-ns/op")
			b.ReportMetric(median(usual.cpu), "usual-cpu-ns/op")
			b.ReportMetric(median(ours.cpu)/median(bare.cpu), "x-bare")
			b.ReportMetric(median(ours.cpu)/median(usual.cpu), "x-usual")
		})
	}
}

// timed is a server whose answers are timed, in rounds.
type timed struct {
	connection *connection
	requests   [][]byte // one after the other, then again
	next       int
	wall, cpu  []float64 // nanoseconds a request, in each round
}

// round is how long a round takes of each server.
const round = 100 * time.Millisecond

func (t *timed) round(b *testing.B) {
	runtime.GC() // nobody else's garbage
	began, used, n := time.Now(), processTime(), 0
	for ; time.Since(began) < round; n++ {
		if _, err := t.connection.do(t.requests[t.next]); err != nil {
			b.Fatal(err)
		}
		t.next = (t.next + 1) % len(t.requests)
	}
	t.wall = append(t.wall, float64(time.Since(began))/float64(n))
	t.cpu = append(t.cpu, float64(processTime()-used)/float64(n))
}

// processTime is what this process has used of the processors.
func processTime() time.Duration {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // it fails for no process of ours
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func median(all []float64) float64 {
	slices.Sort(all)
	return all[len(all)/2]
}

// recorded is a handler's answer to a request as it goes over the wire.
func recorded(h http.Handler, request []byte) *httptest.ResponseRecorder {
	r, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(request)))
	if err != nil {
		panic(err)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// bareServer sends the bytes of an answer, each time, and does nothing else.
func bareServer(w *httptest.ResponseRecorder) http.Handler {
	body, status := w.Body.Bytes(), w.Code
	fields := [][2]string{{"Content-Length", strconv.Itoa(len(body))}}
	for _, name := range []string{"Content-Type", "Content-Encoding", "Location"} {
		if v := w.Header().Get(name); v != "" {
			fields = append(fields, [2]string{name, v})
		}
	}
	if status == http.StatusNotModified {
		fields = nil
	}
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for _, f := range fields {
			w.Header().Set(f[0], f[1])
		}
		w.WriteHeader(status)
		_, _ = w.Write(body)
	})
}

// usualServer is how such a site is usually served: routed by chi, its Markdown
// rendered by goldmark and its pages by templ on each request, compressed on the
// way out. It knows no validators, so that whoever has a page gets it again.
func usualServer(b *testing.B, c content, one *site.Comparison) http.Handler {
	folder := os.DirFS(markdowntest.Root())
	sources := map[string][]byte{}
	names, err := fs.Glob(folder, path.Join("content/comparisons", one.Slug, "*.md"))
	if err != nil || len(names) == 0 {
		b.Fatal("there is no Markdown: ", err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(folder, name)
		if err != nil {
			b.Fatal(err)
		}
		sources[path.Base(name)] = text
	}
	style, err := static.FS.ReadFile("site.css")
	if err != nil {
		b.Fatal(err)
	}
	frame := page.Frame{Site: c.site, BaseURL: baseURL, Assets: page.Assets{Style: string(style), Script: "/site.js", Icon: "/icon.svg"}}
	show := func(w http.ResponseWriter, v page.View, markdown ...string) {
		var out bytes.Buffer
		for _, name := range markdown {
			if err := goldmark.Convert(sources[name], &out); err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
				return
			}
		}
		out.Reset() // the view has it already
		if err := page.Render(&out, frame, v); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(out.Bytes())
	}
	all := []string{"comparison.md", "differences.md", "responsibilities.md", "signs.md", "together.md", "provider.md", "closing.md", "faq.md"}
	r := chi.NewRouter()
	r.Use(middleware.Compress(5))
	r.Get("/compare/{slug}", func(w http.ResponseWriter, r *http.Request) {
		show(w, page.Comparison{Site: c.site, Comparison: c.site.Comparison(chi.URLParam(r, "slug"))}, all...)
	})
	r.Get("/compare/{slug}/recommendation", func(w http.ResponseWriter, r *http.Request) {
		one := c.site.Comparison(chi.URLParam(r, "slug"))
		answers, ok := one.Engine.Read(r.URL.Query()).Answers()
		if !ok {
			http.Error(w, "answers are missing", http.StatusBadRequest)
			return
		}
		show(w, page.Recommendation{Site: c.site, Comparison: one, Result: one.Engine.Recommend(answers)}, "outcomes.md")
	})
	r.Post("/compare/{slug}/questionnaire", func(w http.ResponseWriter, r *http.Request) {
		one := c.site.Comparison(chi.URLParam(r, "slug"))
		if err := r.ParseForm(); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		answers, ok := one.Engine.Read(r.PostForm).Answers()
		if !ok {
			http.Error(w, "answers are missing", http.StatusBadRequest)
			return
		}
		http.Redirect(w, r, page.RecommendationPath(one, answers), http.StatusSeeOther)
	})
	for _, address := range []string{"/compare/" + one.Slug, page.RecommendationPath(one, one.Engine.Answers(0))} {
		if w := ask(r, address); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "</html>") {
			b.Fatal(address, w.Code)
		}
	}
	return r
}

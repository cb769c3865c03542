package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strconv"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"rolecompare/content"
	"rolecompare/internal/comparison"
	"rolecompare/internal/markdown"
	"rolecompare/internal/recommend"
	"rolecompare/static"
	"rolecompare/web"
	"rolecompare/web/page"
	"rolecompare/web/prerender"
)

// served is what the server tells the load: where its handlers are, and what
// to ask the site for.
type served struct {
	Bare, Site, Usual string // addresses
	Page              string // path of the comparison
	ETag              string // of its page in brotli
	Form              string // where the questionnaire is posted to
	Recommendation    string // path
	Queries           []string
}

// requests are what is measured.
func (s served) requests() []request {
	get := func(path, more string) []byte {
		return fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip, deflate, br, zstd\r\nAccept: text/html,*/*;q=0.8\r\n%s\r\n", path, more)
	}
	var post, results [][]byte
	for _, q := range s.Queries {
		results = append(results, get(s.Recommendation+"?"+q, ""))
		post = append(post, fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", s.Form, len(q), q))
	}
	one := func(b []byte) [][]byte { return [][]byte{b} }
	return []request{
		{"bare net/http, the same bytes", s.Bare, one(get("/", "")), http.StatusOK},
		{"comparison page", s.Site, one(get(s.Page, "")), http.StatusOK},
		{"comparison page, not modified", s.Site, one(get(s.Page, "If-None-Match: "+s.ETag+"\r\n")), http.StatusNotModified},
		{"recommendation, warm", s.Site, results[:1], http.StatusOK},
		{"recommendation, another each time", s.Site, results, http.StatusOK},
		{"questionnaire posted", s.Site, post, http.StatusSeeOther},
		{"usual handler: chi, templ, gzip", s.Usual, one(get("/", "")), http.StatusOK},
	}
}

// serve serves all handlers until standard input ends.
func serve() error {
	site, engines, err := read()
	if err != nil {
		return err
	}
	edition, err := web.Build(site, engines, static.FS, web.EditionOptions{BaseURL: "https://example.com"})
	if err != nil {
		return err
	}
	if err := edition.Prepare(context.Background()); err != nil {
		return err
	}
	// The log goes through the kernel, as it would to a file or a pipe, and as
	// there the lines of a busy moment go together.
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	logger := slog.New(slog.NewJSONHandler(bufio.NewWriterSize(null, 64<<10), nil))
	handler := web.NewServer(edition, web.Options{Logger: logger, PostsPerMinute: -1})

	c := site.Comparisons[0]
	s := served{
		Page:           "/compare/" + c.Slug,
		Form:           "/compare/" + c.Slug + "/questionnaire",
		Recommendation: "/compare/" + c.Slug + "/recommendation",
	}
	e := engines[c.Slug]
	for n := range e.Combinations() {
		s.Queries = append(s.Queries, e.Query(e.Answers(n)))
	}
	if s.Site, err = listen(web.HTTPServer(handler, logger)); err != nil {
		return err
	}
	body, etag, err := fetch("http://" + s.Site + s.Page)
	if err != nil {
		return err
	}
	s.ETag = etag
	if s.Bare, err = listen(&http.Server{Handler: bare(body)}); err != nil {
		return err
	}
	view := page.Comparison{Site: site, Comparison: c, Engine: e}
	if s.Usual, err = listen(&http.Server{Handler: usual(edition.Frame(), view)}); err != nil {
		return err
	}
	if err := json.NewEncoder(os.Stdout).Encode(s); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

func read() (*comparison.Site, map[string]*recommend.Engine, error) {
	site, faults := markdown.Read(content.FS, markdown.Options{})
	if err := faults.Err(); err != nil {
		return nil, nil, err
	}
	engines := map[string]*recommend.Engine{}
	for _, c := range site.Comparisons {
		e, faults := recommend.Compile(c)
		if err := faults.Err(); err != nil {
			return nil, nil, err
		}
		engines[c.Slug] = e
	}
	return site, engines, nil
}

// listen serves on a port of loopback that is free, on connections like those
// of the program; what the site makes of them is its own.
func listen(s *http.Server) (addr string, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	go s.Serve(prerender.OneWrite(l))
	return l.Addr().String(), nil
}

// fetch returns a page as it goes over the wire to a browser.
func fetch(url string) (body []byte, etag string, err error) {
	r, err := http.NewRequest("GET", url, nil)
	if err != nil {
		return nil, "", err
	}
	r.Header.Set("Accept-Encoding", "br")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, "", err
	}
	defer answer.Body.Close()
	body, err = io.ReadAll(answer.Body)
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Encoding") != "br" {
		return nil, "", errors.New("the page does not come in brotli: " + answer.Status)
	}
	return body, answer.Header.Get("ETag"), err
}

// bare writes the same bytes each time, and does nothing else.
func bare(body []byte) http.Handler {
	length := strconv.Itoa(len(body))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Encoding", "br")
		w.Header().Set("Content-Length", length)
		w.Write(body)
	})
}

// usual is how such a page is usually served: routed by chi, rendered by templ
// on each request, compressed on the way out.
func usual(f page.Frame, v page.Comparison) http.Handler {
	r := chi.NewRouter()
	r.Use(middleware.Compress(5))
	r.Get("/", func(w http.ResponseWriter, r *http.Request) {
		var b bytes.Buffer
		if err := page.Render(&b, f, v); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write(b.Bytes())
	})
	return r
}

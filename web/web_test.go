package web_test

import (
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"rolecompare/internal/comparison"
	"rolecompare/internal/markdown"
	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/internal/recommend"
	"rolecompare/static"
	"rolecompare/web"
)

// content is a site to test with: the real one, or one of an unrelated pair of
// roles, so that nothing here can know either by heart.
type content struct {
	name    string
	site    *comparison.Site
	engines map[string]*recommend.Engine
}

var (
	realContent = sync.OnceValue(func() content {
		return read("real", os.DirFS(filepath.Join(markdowntest.Root(), "content")))
	})
	fixture = sync.OnceValue(func() content { return read("fixture", markdowntest.Fixture()) })
)

func read(name string, fsys fs.FS) content {
	site, faults := markdown.Read(fsys, markdown.Options{})
	c := content{name, site, map[string]*recommend.Engine{}}
	if site != nil {
		for _, one := range site.Comparisons {
			engine, found := recommend.Compile(one)
			faults = append(faults, found...)
			c.engines[one.Slug] = engine
		}
	}
	if err := faults.Err(); err != nil {
		panic(err)
	}
	return c
}

// edition is the content as it is served at https://site.example.
func (c content) edition(tb testing.TB, options web.EditionOptions) *web.Edition {
	tb.Helper()
	e, err := web.Build(c.site, c.engines, static.FS, options)
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

const baseURL = "https://site.example"

// both runs a test on each content, against a server of it.
func both(t *testing.T, test func(t *testing.T, c content, s site)) {
	t.Parallel()
	for _, c := range []func() content{realContent, fixture} {
		c := c()
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			test(t, c, serve(t, c, web.Options{PostsPerMinute: -1}))
		})
	}
}

// site is a server that listens.
type site struct {
	*httptest.Server
	server *web.Server
}

func serve(tb testing.TB, c content, options web.Options) site {
	tb.Helper()
	server := web.NewServer(c.edition(tb, web.EditionOptions{BaseURL: baseURL}), options)
	listening := httptest.NewUnstartedServer(server)
	listening.Config = web.HTTPServer(server, options.Logger)
	listening.Start()
	tb.Cleanup(listening.Close)
	listening.Client().CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return site{listening, server}
}

// answer is an answer, read whole.
type answer struct {
	*http.Response
	body string
}

// ask asks a handler without a network between.
func ask(h http.Handler, address string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
	return w
}

// get asks for an address, with header fields given as "Name: value".
func (s site) get(tb testing.TB, address string, header ...string) answer {
	tb.Helper()
	return s.do(tb, http.MethodGet, address, "", header...)
}

// post posts a form.
func (s site) post(tb testing.TB, address, form string, header ...string) answer {
	tb.Helper()
	return s.do(tb, http.MethodPost, address, form, append([]string{"Content-Type: application/x-www-form-urlencoded"}, header...)...)
}

func (s site) do(tb testing.TB, method, address, body string, header ...string) answer {
	tb.Helper()
	r, err := http.NewRequest(method, s.URL+address, strings.NewReader(body))
	if err != nil {
		tb.Fatal(err)
	}
	for _, field := range header {
		name, value, _ := strings.Cut(field, ": ")
		r.Header.Set(name, value)
	}
	if r.Header.Get("Accept-Encoding") == "" {
		r.Header.Set("Accept-Encoding", "identity")
	}
	response, err := s.Client().Do(r)
	if err != nil {
		tb.Fatal(err)
	}
	defer response.Body.Close()
	b, err := io.ReadAll(response.Body)
	if err != nil {
		tb.Fatal(err)
	}
	return answer{response, string(b)}
}

// addresses are all addresses of a content that design.md promises.
func (c content) addresses() []string {
	out := []string{"/", "/services", "/sitemap.xml", "/robots.txt", "/llms.txt", "/site.webmanifest", "/favicon.ico", "/livez", "/readyz"}
	for _, one := range c.site.Comparisons {
		base := "/compare/" + one.Slug
		engine := c.engines[one.Slug]
		any := engine.Query(engine.Answers(0))
		out = append(out, base, base+".md", base+"/questionnaire", base+"/method", base+"/recommendation?"+any, base+"/recommendation.md?"+any)
		for _, q := range one.FAQ.Items {
			out = append(out, base+"/faq/"+q.ID)
		}
	}
	for _, v := range c.site.Services {
		out = append(out, "/services/"+v.ID)
	}
	for _, p := range c.site.Pages {
		out = append(out, "/pages/"+p.ID)
	}
	return out
}

// unlimited lets a test post as often as it likes.
var unlimited = web.Options{PostsPerMinute: -1}

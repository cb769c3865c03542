package web_test

import (
	"cmp"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/internal/site"
	"rolecompare/static"
	"rolecompare/web"
	"rolecompare/web/page"
)

// content is a site to test with: the real one, of which nothing is known but
// that check accepts it, or one of unrelated pairs of roles, so that no test can
// know either by heart.
type content struct {
	name     string
	site     *page.Site    // as visitors see it
	loaded   *page.Site    // drafts included
	snapshot *web.Snapshot // as it is served at baseURL; nothing of it is prepared
}

const baseURL = "https://site.example"

var (
	realContent = sync.OnceValue(func() content {
		return load("real", os.DirFS(filepath.Join(markdowntest.Root(), "content")))
	})
	fixture = sync.OnceValue(func() content { return load("fixture", markdowntest.Fixture()) })

	// preparedFixture is the fixture with a snapshot that is prepared, which takes
	// a second.
	preparedFixture = sync.OnceValue(func() content {
		c := load("fixture", markdowntest.Fixture())
		c.snapshot.Prepare()
		return c
	})
)

func load(name string, fsys fs.FS) content {
	loaded, found := page.Load(fsys, time.Time{})
	if err := found.Err(); err != nil {
		panic(err)
	}
	snapshot, err := web.NewSnapshot(loaded, static.FS, web.SnapshotOptions{BaseURL: baseURL})
	if err != nil {
		panic(err)
	}
	return content{name, loaded.WithoutDrafts(), loaded, snapshot}
}

// edit is a change to a file of the fixture.
type edit struct{ file, old, new string }

// edited returns the fixture with some of its files changed.
func edited(tb testing.TB, edits ...edit) content {
	tb.Helper()
	fsys := markdowntest.Fixture()
	for _, e := range edits {
		before := string(fsys[e.file].Data)
		if !strings.Contains(before, e.old) {
			tb.Fatalf("%s has no %q", e.file, e.old)
		}
		fsys[e.file].Data = []byte(strings.Replace(before, e.old, e.new, 1))
	}
	return load("edited fixture", fsys)
}

// another returns another snapshot of the content.
func (c content) another(tb testing.TB, o web.SnapshotOptions) *web.Snapshot {
	tb.Helper()
	s, err := web.NewSnapshot(c.loaded, static.FS, o)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// query is the query of the address of a combination of answers.
func query(c *site.Comparison, n int) string {
	return page.Query(c, c.Engine.Answers(n), c.Engine.Version())
}

// both runs a test on each content, against a server of it.
func both(t *testing.T, test func(t *testing.T, c content, s listening)) {
	t.Parallel()
	for _, c := range []func() content{realContent, fixture} {
		c := c()
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			test(t, c, serve(t, c, unlimited))
		})
	}
}

// unlimited lets a test post as often as it likes.
var unlimited = web.Options{Limits: web.Limits{PostsPerMinute: 1 << 40}}

// listening is a server that listens.
type listening struct {
	*httptest.Server
	server *web.Server
}

func serve(tb testing.TB, c content, o web.Options) listening {
	tb.Helper()
	server := web.NewServer(c.snapshot, o)
	s := httptest.NewUnstartedServer(server)
	s.Config = web.HTTPServer(server, cmp.Or(o.Logger, slog.New(slog.DiscardHandler)))
	s.Start()
	tb.Cleanup(s.Close)
	s.Client().CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return listening{s, server}
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
func (s listening) get(tb testing.TB, address string, header ...string) answer {
	tb.Helper()
	return s.do(tb, http.MethodGet, address, "", header...)
}

// post posts a form.
func (s listening) post(tb testing.TB, address, form string, header ...string) answer {
	tb.Helper()
	return s.do(tb, http.MethodPost, address, form, append([]string{"Content-Type: application/x-www-form-urlencoded"}, header...)...)
}

func (s listening) do(tb testing.TB, method, address, body string, header ...string) answer {
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

// addresses are all addresses of a content that design.md promises, but for
// /readyz, whose answer depends on the moment.
func (c content) addresses() []string {
	out := []string{"/", "/services", "/services.md", "/sitemap.xml", "/robots.txt", "/llms.txt", "/site.webmanifest", "/favicon.ico", "/livez"}
	for _, one := range c.site.Comparisons {
		base := "/compare/" + one.Slug
		out = append(out, base, base+".md", base+"/questionnaire", base+"/method", base+"/method.md",
			base+"/recommendation?"+query(one, 0), base+"/recommendation.md?"+query(one, 0), "/og"+base+".png",
			base+"/questionnaire.json", base+"/recommendation.json?"+page.Query(one, one.Engine.Answers(0), ""))
		for _, q := range one.FAQ.Items {
			out = append(out, base+"/faq/"+q.ID, base+"/faq/"+q.ID+".md")
		}
	}
	for _, v := range c.site.Services {
		out = append(out, "/services/"+v.ID, "/services/"+v.ID+".md")
	}
	for _, p := range c.site.Pages {
		out = append(out, "/pages/"+p.ID, "/pages/"+p.ID+".md")
	}
	return append(out, "/og/site.png")
}

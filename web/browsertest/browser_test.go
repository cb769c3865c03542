//go:build browser

// Package browsertest walks through the site in a real browser, and has every
// page and state looked at by those who know better: axe, html-validate, the
// validators of structured data, and the browser's own layout. It holds tests
// only.
//
// The tests are behind a build tag, since they need more than Go: Chromium, Node
// with this folder's npm packages, and a font as wide as Times New Roman. What is
// missing fails them, and nothing is skipped; .ci/run installs it and runs
//
//	go test -tags browser ./web/browsertest
//
// To see every page in one place, as pictures:
//
//	go test -tags browser ./web/browsertest -run Gallery
//
// writes web/browsertest/gallery/index.html.
package browsertest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	devtools "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"rolecompare/content"
	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/internal/recommend"
	"rolecompare/internal/site"
	"rolecompare/static"
	"rolecompare/web"
	"rolecompare/web/page"
)

// browser is started once, and every test has tabs of its own in it.
var browser context.Context

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		fmt.Fprintln(os.Stderr, "there is no Chromium here: install it, or run .ci/run, which does")
		return 1
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", true),
		// A page out of this cache fires no load event, which is waited for.
		chromedp.Flag("disable-features", "BackForwardCache,Translate"),
	)
	if os.Getuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium refuses to sandbox itself as root
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	defer stop()
	var cancel context.CancelFunc
	browser, cancel = chromedp.NewContext(allocator)
	defer cancel()
	if err := chromedp.Do(browser); err != nil {
		fmt.Fprintln(os.Stderr, "Chromium does not start:", err)
		return 1
	}
	return m.Run()
}

// tabs bounds how many tabs work at once: more only wait for each other. A test
// that opens several at once could wait for ever.
var tabs = make(chan struct{}, 2)

// tab is a tab of the browser. Whatever the browser complains of in it, and
// whatever it asks of another host, fails the test.
type tab struct {
	t   *testing.T
	ctx context.Context
	url string // of the site
}

// patience is how long one tab may take for all it does.
const patience = 5 * time.Minute

func open(t *testing.T, site string) *tab {
	t.Helper()
	tabs <- struct{}{}
	ctx, close := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	ctx, cancel := context.WithTimeout(ctx, patience)
	var mu sync.Mutex
	var complaints []string
	complain := func(format string, values ...any) {
		mu.Lock()
		defer mu.Unlock()
		complaints = append(complaints, fmt.Sprintf(format, values...))
	}
	t.Cleanup(func() {
		cancel()
		close()
		<-tabs
		mu.Lock()
		defer mu.Unlock()
		for _, c := range complaints {
			t.Error(c)
		}
	})
	err := chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventConsoleAPICalled:
			complain("the console says %s: %s", e.Type, e.Args[0].Value)
		case *runtime.EventExceptionThrown:
			complain("the script fails: %s", e.ExceptionDetails.Text)
		case *log.EventEntryAdded:
			// A page that answers with an error is said to have failed to load, and
			// so is a script that a test blocks.
			if text := e.Entry.Text; !strings.Contains(text, "the server responded with a status of") && !strings.Contains(text, "ERR_BLOCKED_BY_CLIENT") {
				complain("the browser logs: %s (%s)", e.Entry.Text, e.Entry.URL)
			}
		case *network.EventRequestWillBeSent:
			if u := e.Request.URL; !strings.HasPrefix(u, site) && !strings.HasPrefix(u, "data:") {
				complain("another host is asked for %s", u)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	b := &tab{t, ctx, site}
	b.media("prefers-reduced-motion=reduce") // what is clicked stands still
	return b
}

// do runs steps, and ends the test if one fails.
func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// visit opens a page and waits until it is loaded.
func (b *tab) visit(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.url + path))
}

// follow does what leads to another page, and waits until that is loaded. It
// returns the page's status.
func (b *tab) follow(steps ...chromedp.Action[chromedp.Void]) int {
	b.t.Helper()
	if _, err := chromedp.RunResponse(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
	b.turned()
	// The browser is asked, since a page that it fetched ahead has no response.
	return eval[int](b, `performance.getEntriesByType("navigation")[0].responseStatus`)
}

// turned waits until one page has turned into the next: meanwhile the browser loses
// what is clicked.
func (b *tab) turned() {
	b.t.Helper()
	eval[chromedp.Void](b, `new Promise(requestAnimationFrame).then(() => document.activeViewTransition?.finished)`)
}

// eval evaluates a script in the page.
func eval[T any](b *tab, script string) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%.80s…: %v", strings.TrimSpace(script), err)
	}
	return v
}

func (b *tab) size(width, height int64) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(width, height))
}

// media sets what the page may ask of its reader: "prefers-color-scheme=dark".
// The first word may be "print".
func (b *tab) media(features ...string) {
	b.t.Helper()
	p := emulation.SetEmulatedMediaParams{}
	for _, f := range features {
		if name, value, ok := strings.Cut(f, "="); ok {
			p.Features = append(p.Features, &emulation.MediaFeature{Name: name, Value: value})
		} else {
			p.Media = f
		}
	}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, p); err != nil {
		b.t.Fatal(err)
	}
}

// withoutScript keeps the page's scripts from being loaded. (The browser's own
// switch would stop the tests' scripts as well.)
func (b *tab) withoutScript() {
	b.t.Helper()
	block := network.SetBlockedURLsParams{URLPatterns: []*network.BlockPattern{{URLPattern: "*://*:*/*.js", Block: true}}}
	if _, err := chromedp.Call(b.ctx, network.SetBlockedURLs, block); err != nil {
		b.t.Fatal(err)
	}
}

// before has a script run in every page before its own.
func (b *tab) before(script string) {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, devtools.AddScriptToEvaluateOnNewDocument, devtools.AddScriptToEvaluateOnNewDocumentParams{Source: script}); err != nil {
		b.t.Fatal(err)
	}
}

// load reads and checks the content.
func load(t *testing.T, fsys fs.FS) *page.Site {
	t.Helper()
	read, found := page.Load(fsys, time.Time{})
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return read
}

// server is the site as it is served, for some content.
type server struct {
	*httptest.Server
	*page.Site
}

// serve serves the content. Beside the site's own addresses there are those
// below /states/, which answer with what the site says to requests that no link
// makes.
func serve(t *testing.T, fsys fs.FS) *server {
	t.Helper()
	s := &server{Site: load(t, fsys)}
	snapshot, err := web.NewSnapshot(s.Site, static.FS, web.SnapshotOptions{})
	if err != nil {
		t.Fatal(err)
	}
	limited := web.NewServer(snapshot, web.Options{Limits: web.Limits{PostsPerMinute: 1}})
	handler := web.NewServer(snapshot, web.Options{Limits: web.Limits{PostsPerMinute: 1 << 40}})
	form := "/compare/" + s.Comparisons[0].Slug + "/questionnaire"
	mux := http.NewServeMux()
	mux.Handle("/", handler)
	mux.HandleFunc("/states/", func(w http.ResponseWriter, r *http.Request) {
		post := func(body io.Reader) *http.Request {
			p := httptest.NewRequestWithContext(r.Context(), http.MethodPost, form, body)
			p.Header = r.Header.Clone()
			p.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			p.RemoteAddr = r.RemoteAddr
			return p
		}
		switch strings.TrimPrefix(r.URL.Path, "/states/") {
		case "403":
			p := post(strings.NewReader(""))
			p.Header.Set("Sec-Fetch-Site", "cross-site")
			handler.ServeHTTP(w, p)
		case "413":
			handler.ServeHTTP(w, post(strings.NewReader(strings.Repeat("x", 1<<20))))
		case "422": // answers that are none, one of them to a question that is not asked alone
			q := s.Comparisons[0].Questionnaire.Questions
			handler.ServeHTTP(w, post(strings.NewReader(url.Values{q[0].ID: {q[0].Options[0].ID}, q[1].ID: {"<b>"}, q[2].ID: {"<i>"}}.Encode())))
		case "skipped": // a step sent without an answer, after those in the query
			fields := r.URL.Query()
			given, _ := s.Comparisons[0].Engine.Read(fields).Answers()
			fields.Set(page.AskedKey, s.Comparisons[0].Questionnaire.Questions[s.Comparisons[0].Engine.Next(given)[0]].ID)
			handler.ServeHTTP(w, post(strings.NewReader(fields.Encode())))
		case "429":
			limited.ServeHTTP(httptest.NewRecorder(), post(strings.NewReader("")))
			limited.ServeHTTP(w, post(strings.NewReader("")))
		case "500":
			handler.ServeHTTP(w, post(faultyBody{}))
		}
	})
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

// faultyBody is a form that makes its handler panic.
type faultyBody struct{}

func (faultyBody) Read([]byte) (int, error) { panic("as the test asked") }

// state is a page in one of the states that a visitor can meet.
type state struct{ name, path string }

// states are every page and state of a site, each once.
func (s *server) states() []state {
	out := []state{{"index", "/"}, {"index-nothing", "/choose"}, {"roles", "/roles"}}
	add := func(name, path string) { out = append(out, state{name, path}) }
	for _, r := range s.Roles {
		add("role-"+r.ID, "/roles/"+r.ID)
	}
	for i, c := range s.Comparisons {
		base := "/compare/" + c.Slug
		add("comparison-"+c.Slug, base)
		add("questionnaire-"+c.Slug, base+"/questionnaire")
		add("method-"+c.Slug, base+"/method")
		for k := range c.FAQ.Items {
			if i == 0 || k == 0 {
				add("faq-"+c.FAQ.Items[k].ID, base+"/faq/"+c.FAQ.Items[k].ID)
			}
		}
		// Each outcome, of the first comparison with each certainty, and what nothing
		// but "not sure" comes to.
		seen := map[string]bool{}
		for n := range c.Engine.Combinations() {
			r := c.Engine.Recommend(c.Engine.Answers(n))
			name := "recommendation-" + c.Slug + "-" + r.Outcome.ID
			if i == 0 {
				name += "-" + r.Certainty.String()
			}
			if last := n == c.Engine.Combinations()-1; last {
				name = "recommendation-" + c.Slug + "-unsure"
			}
			if !seen[name] {
				seen[name] = true
				add(name, page.RecommendationPath(c, r.Answers))
			}
		}
		way := steps(c)
		for _, step := range []int{1, len(way) - 1} {
			add(fmt.Sprint("questionnaire-", c.Slug, "-step-", step+1), base+"/questionnaire?"+page.Query(c, way[step], ""))
			if i == 0 {
				add(fmt.Sprint("questionnaire-skipped-", step), "/states/skipped?"+page.Query(c, way[step-1], ""))
			}
		}
		if i > 0 {
			continue
		}
		answers := c.Engine.Answers(c.Engine.Combinations() / 3)
		query := page.Query(c, answers, "")
		_, rest, _ := strings.Cut(query, "&")
		add("questionnaire-prefilled", base+"/questionnaire?"+query)
		add("questionnaire-dropped", base+"/recommendation?"+rest+"&"+c.Questionnaire.Questions[0].ID+"=gone")
		add("recommendation-stale", base+"/recommendation?"+page.Query(c, answers, "00000000"))
		add("recommendation-some", base+"/recommendation?"+rest)
	}
	add("services", "/services")
	for _, v := range s.Services {
		add("service-"+v.ID, "/services/"+v.ID)
	}
	for _, p := range s.Pages {
		add("page-"+p.ID, "/pages/"+p.ID)
	}
	add("problem-404", "/nowhere")
	for _, status := range []string{"403", "413", "422", "429", "500"} {
		add("problem-"+status, "/states/"+status)
	}
	return out
}

// steps are the answers before each step of the longest way through the form, and
// those that need no further one.
func steps(c *site.Comparison) []recommend.Answers {
	longest := map[string][]recommend.Answers{} // from some answers on
	var from func(a recommend.Answers) []recommend.Answers
	from = func(a recommend.Answers) []recommend.Answers {
		key := page.Query(c, a, "")
		if longest[key] == nil {
			var best []recommend.Answers
			if next := c.Engine.Next(a); len(next) > 0 {
				for o := range len(c.Questionnaire.Questions[next[0]].Options) - 1 {
					if way := from(a.With(next[0], o)); len(way) > len(best) {
						best = way
					}
				}
			}
			longest[key] = append([]recommend.Answers{a}, best...)
		}
		return longest[key]
	}
	nothing, _ := c.Engine.Read(nil).Answers()
	return from(nothing)
}

// contents are what the site is tried with: the real content, and a fixture of
// roles that have nothing to do with it.
func contents() map[string]fs.FS {
	return map[string]fs.FS{"real": content.FS, "fixture": markdowntest.Fixture()}
}

// node runs a script of this folder and returns what it prints.
func node(t *testing.T, stdin []byte, args ...string) []byte {
	t.Helper()
	if _, err := os.Stat("node_modules"); err != nil {
		t.Fatal("node_modules is missing: run .ci/run, or npm ci in web/browsertest")
	}
	cmd := exec.Command("node", args...)
	cmd.Stdin = bytes.NewReader(stdin)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if stderr.Len() > 0 {
		t.Fatal(stderr.String())
	}
	return out
}

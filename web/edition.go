package web

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"rolecompare/internal/comparison"
	"rolecompare/internal/recommend"
	"rolecompare/web/page"
	"rolecompare/web/prerender"
)

// EditionOptions say how an edition is made.
type EditionOptions struct {
	BaseURL string // of the site, as "https://example.com"; empty where it is not known
	Dev     bool   // show drafts, and reload pages when another edition is published
}

// Edition is everything a server answers with, made from one state of the
// content and the assets. It never changes; pages that are made when they are
// first asked for come out the same whenever that is.
type Edition struct {
	options EditionOptions
	site    *comparison.Site // without its drafts, unless in dev
	engines map[string]*recommend.Engine
	frame   page.Frame
	files   *files
	headers []header // on every answer

	at       map[string]*resource // by its path
	order    []*resource          // the most important first
	aliases  map[string]string    // paths that were once published, and where they lead now
	problems sync.Map             // problemKey to problemPage
	cache    *prerender.Cache[made]

	preparing, prepared atomic.Bool
}

// eager is how many pages are made, and encoded as well as can be, without
// waiting for anybody to ask. The shipped content has fewer; that of a
// thousand comparisons is ready as soon.
const eager = 64

// memory is how much may be kept of what is made on demand: recommendations,
// forms with answers in them, cards. It has room for some eighty, which each take
// less than a millisecond to make again, cards ten.
const memory = 4 << 20

// Build makes an edition of the site. Engines has one for each comparison, by
// its slug; static is the folder of assets. The front page and the page of
// status 500 are made at once, so that a fault in what all pages share is found
// here.
func Build(site *comparison.Site, engines map[string]*recommend.Engine, static fs.FS, options EditionOptions) (*Edition, error) {
	e := &Edition{
		options: options,
		site:    shown(site, options.Dev),
		engines: map[string]*recommend.Engine{},
		at:      map[string]*resource{},
		aliases: map[string]string{},
	}
	for _, c := range e.site.Comparisons {
		if e.engines[c.Slug] = engines[c.Slug]; engines[c.Slug] == nil {
			return nil, fmt.Errorf("comparison %q has no engine", c.Slug)
		}
	}
	var err error
	if e.files, err = readFiles(static); err != nil {
		return nil, err
	}
	if !options.Dev {
		delete(e.files.byName, "dev.js")
	}
	e.frame = page.Frame{Site: e.site, Assets: e.files.assets(), BaseURL: options.BaseURL, Dev: options.Dev}
	e.headers = securityHeaders(options.BaseURL, e.files.style.source)
	e.cache = prerender.NewCache(memory, e.make)

	e.addFiles()
	e.addPages()
	e.addMachines()
	slices.SortStableFunc(e.order, func(a, b *resource) int { return cmp.Compare(a.rank, b.rank) })

	failure := problemKey{status: http.StatusInternalServerError}
	p, err := e.renderProblem(failure)
	if err != nil {
		return nil, err
	}
	e.problems.Store(failure, p)
	if _, err := e.at["/"].get(e); err != nil {
		return nil, err
	}
	return e, nil
}

// shown returns the site as visitors see it.
func shown(site *comparison.Site, drafts bool) *comparison.Site {
	s := *site
	if !drafts {
		s.Comparisons = slices.DeleteFunc(slices.Clone(s.Comparisons), func(c *comparison.Comparison) bool { return c.Draft })
	}
	if s.Home != "" && s.Comparison(s.Home) == nil {
		s.Home = ""
	}
	return &s
}

// Frame is what surrounds every page of the edition, for whoever renders one
// besides.
func (e *Edition) Frame() page.Frame { return e.frame }

// resource is what is found at an address: a page, a file.
type resource struct {
	route     route
	path      string
	rank      int  // 0 comes first
	plain     bool // its path alone says what to answer
	mediaType string
	cache     header
	extra     []header // besides
	content   func() ([]byte, error)
	twin      *resource // the same, at another address; nil where there is none

	view     page.View // what a page shows; nil for other files
	reviewed time.Time // when what a page says was last checked; zero where nobody says
	markdown *resource // the same as Markdown, nil where there is none

	body   atomic.Pointer[prerender.Body]
	making sync.Mutex
}

func (e *Edition) add(p *resource) *resource {
	e.at[p.path] = p
	e.order = append(e.order, p)
	return p
}

// addPage adds a page, and its Markdown if pages of its kind have that form.
func (e *Edition) addPage(to route, path string, rank int, v page.View) *resource {
	p := e.add(&resource{
		route: to, path: path, rank: rank, plain: true,
		mediaType: htmlType, cache: cachePage, view: v,
		content: func() ([]byte, error) { return e.render(v) },
	})
	p.extra = append(p.extra, e.files.prefetch)
	if as := markdownOf[to]; as != unknown {
		p.extra = append(p.extra, varyAccept)
		if path == "/" {
			path = "/index"
		}
		p.markdown = e.add(&resource{
			route: as, path: path + ".md", rank: rank + 4, plain: true,
			mediaType: markdownType, cache: cachePage, extra: []header{e.source(to, p.path), varyAccept},
			content: func() ([]byte, error) { return []byte(page.Absolute(v.Markdown(), e.options.BaseURL)), nil },
		})
	}
	return p
}

// source tells search engines that a page's Markdown is another form of it. They
// may get it at the page's own address, so it can't just be kept from them.
func (e *Edition) source(to route, path string) header {
	if e.options.BaseURL == "" || to == faqPage {
		return noIndex
	}
	return newHeader("Link", "<"+e.options.BaseURL+path+`>; rel="canonical"`)
}

// get returns the resource's body, made now if nobody asked before.
func (p *resource) get(e *Edition) (*prerender.Body, error) {
	if p.twin != nil {
		p = p.twin
	}
	if b := p.body.Load(); b != nil {
		return b, nil
	}
	p.making.Lock()
	defer p.making.Unlock()
	if b := p.body.Load(); b != nil {
		return b, nil
	}
	content, err := p.content()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.path, err)
	}
	b := prerender.New(p.mediaType, content, e.fields(p.cache, p.extra...))
	p.body.Store(b)
	return b, nil
}

// serve answers with the resource, or with its Markdown if that is asked for.
func (p *resource) serve(x *exchange, r *http.Request) error {
	if p.markdown != nil && wantsMarkdown(r) {
		p = p.markdown
	}
	b, err := p.get(x.Edition)
	if err != nil {
		return err
	}
	return serve(x, r, b)
}

func serve(x *exchange, r *http.Request, b *prerender.Body) error {
	if refusal := b.Serve(x, r); refusal != 0 {
		return &problem{status: refusal}
	}
	return nil
}

func wantsMarkdown(r *http.Request) bool {
	accept := r.Header["Accept"]
	return accept != nil && prerender.Negotiate(accept, "text/html", "text/markdown") == 1
}

// once answers with a page that was made for this request alone.
func (x *exchange) once(r *http.Request, status int, content []byte) error {
	prerender.New(htmlType, content, nil).ServeStatus(x, r, status)
	return nil
}

// render returns a page as HTML.
func (e *Edition) render(v page.View) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(32 << 10)
	if err := page.Render(&b, e.frame, v); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Prepare makes the pages that are asked for most, with their best encodings,
// and returns when all is done or the context is. The edition is served
// meanwhile: it is the work of a moment that can be done beforehand. Until it
// is, other replicas may answer with other encodings of the same pages, so
// /readyz waits for it if it has begun.
func (e *Edition) Prepare(ctx context.Context) error {
	e.preparing.Store(true)
	first := e.order[:min(eager, len(e.order))]
	if err := e.renderAll(ctx, first); err != nil {
		return err
	}
	bodies := make([]*prerender.Body, 0, len(first))
	for _, p := range first {
		bodies = append(bodies, p.body.Load())
	}
	if err := prerender.Improve(ctx, bodies); err != nil {
		return err
	}
	e.prepared.Store(true)
	return nil
}

// Render makes every page and file there is, to see that it can be made.
func (e *Edition) Render(ctx context.Context) error { return e.renderAll(ctx, e.order) }

func (e *Edition) renderAll(ctx context.Context, all []*resource) error {
	var (
		next   atomic.Int64
		wg     sync.WaitGroup
		mu     sync.Mutex
		faults []error
	)
	for range min(runtime.GOMAXPROCS(0), len(all)) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(all) || ctx.Err() != nil {
					return
				}
				if _, err := all[i].get(e); err != nil {
					mu.Lock()
					faults = append(faults, err)
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	return cmp.Or(errors.Join(faults...), ctx.Err())
}

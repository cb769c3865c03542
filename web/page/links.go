package page

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"rolecompare/internal/comparison"
	"rolecompare/internal/site"
)

// Load reads the content and checks it, its links included. now tells whether a
// review is overdue. See [site.Load] for what it returns.
func Load(fsys fs.FS, now time.Time) (*Site, comparison.Diagnostics) {
	s := &Site{}
	var found comparison.Diagnostics
	s.Site, found = site.Load(fsys, site.Options{Now: now, Words: &s.Words, Check: checkLinks})
	if s.Site == nil {
		return nil, found
	}
	return s, found
}

// everywhere are the ids that every page has. Like the others that are reserved,
// pages have them of themselves, and no author may give them to something else.
var (
	everywhere = []string{"imprint", "main", "top"}
	reserved   = append(everywhere, "contents", "error-summary", "related-services", "short-answer", "sources", "stages", chooserID)
)

// checkLinks reports links that an author wrote and that lead nowhere, addresses
// that were published and lead nowhere any longer, and ids that addresses need
// for something else.
func checkLinks(s *site.Site) comparison.Diagnostics {
	m := newSiteMap(s)
	var out comparison.Diagnostics
	m.checkIDs(&out)
	checkAddress(s.Organization.URL, &out)
	for _, c := range s.Comparisons {
		for _, source := range c.Sources {
			checkAddress(source.URL, &out)
		}
	}
	for _, p := range m.pages {
		m.check(p, &out)
	}
	for _, l := range s.Published {
		m.checkPublished(l, &out)
	}
	return out
}

// siteMap is every address of the site with the places on it.
type siteMap struct {
	site  *site.Site
	pages []Page
	at    map[string]target
}

// target is where an address leads.
type target struct {
	places []string
	draft  bool
	known  bool // whether places is all there is: a mistake may have left something without its id
}

func newSiteMap(s *site.Site) siteMap {
	m := siteMap{site: s, pages: (&Site{Site: s}).AllPages(), at: map[string]target{}}
	for _, file := range []Route{RouteSitemap, RouteRobots, RouteLLMs, RouteManifest} {
		m.at[file.Path()] = target{known: true}
	}
	for _, c := range s.Comparisons {
		m.at[RouteRecommendation.Path(c.Slug)] = target{draft: c.Draft}
	}
	for _, p := range m.pages {
		t := target{draft: p.Draft, known: true}
		for _, n := range p.places {
			t.places = append(t.places, n.ID)
			t.known = t.known && n.ID != ""
			for _, a := range n.Aliases {
				t.places = append(t.places, a.ID)
			}
		}
		for _, path := range append(p.Former, p.Path, p.Markdown) {
			m.at[path] = t
		}
	}
	return m
}

func (m siteMap) checkIDs(out *comparison.Diagnostics) {
	for _, p := range m.pages {
		for _, n := range p.places {
			for _, r := range append([]comparison.Ref{{At: n.At, ID: n.ID}}, n.Aliases...) {
				if r.At.File != "" && slices.Contains(reserved, r.ID) {
					out.Add(r.At, fmt.Sprintf("the id “%s” is the site's own", r.ID), "choose another")
				}
			}
			if p.Route == RouteQuestionnaire && (n.ID == VersionKey || n.ID == AskedKey) {
				out.Add(n.At, fmt.Sprintf("the id “%s” is the site's own", n.ID), "choose another")
			}
		}
	}
}

// check checks the links in the texts of a page.
func (m siteMap) check(p Page, out *comparison.Diagnostics) {
	for _, l := range p.links {
		u, err := url.Parse(l.URL)
		if err != nil || u.Host != "" || u.Scheme != "" || !strings.HasPrefix(l.URL, "/") && !strings.HasPrefix(l.URL, "#") || l.URL == "#" {
			checkAddress(l, out)
			continue
		}
		if u.Path == "" {
			u.Path = p.Path
		}
		if d, ok := m.missing(u, false); !ok {
			d.At, d.Message = l.At, "the link leads nowhere: "+d.Message
			*out = append(*out, d)
		} else if m.at[u.Path].draft && !p.Draft {
			out.Add(l.At, fmt.Sprintf("the link leads to a draft, which visitors cannot see: “%s”", u.Path), "remove the link, or “draft” from its comparison.md")
		}
	}
}

// writtenIn are the files in which the pages of a comparison have their names.
var writtenIn = map[string][]string{
	"":              {"comparison.md", "differences.md", "responsibilities.md", "signs.md", "together.md", "provider.md", "faq.md", "closing.md"},
	"faq":           {"faq.md"},
	"method":        {"outcomes.md", "examples.md"},
	"questionnaire": {"questionnaire.md"},
}

// missing tells what is not there of an address of this site, unless all is. One that
// was published led somewhere, so that another mistake may be why it does not.
func (m siteMap) missing(u *url.URL, published bool) (d comparison.Diagnostic, ok bool) {
	u.Path = cmp.Or(Renamed(m.site, u.Path), u.Path)
	t, found := m.at[u.Path]
	if found && (u.Fragment == "" || slices.Contains(t.places, u.Fragment) || slices.Contains(everywhere, u.Fragment)) {
		return d, true
	}
	kind, rest, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
	id, item, _ := strings.Cut(strings.TrimSuffix(rest, ".md"), "/")
	in := path.Join(strings.Replace(kind, "compare", "comparisons", 1), id)
	d.Missing = path.Join(in, cmp.Or(u.Fragment, path.Base(item)))
	if found {
		d.Message, d.Hint = fmt.Sprintf("that page has no place “#%s”", u.Fragment), comparison.Suggest(u.Fragment, t.places)
	} else {
		d.Message, d.Hint = fmt.Sprintf("this site has no address “%s”", u.Path), comparison.Suggest(u.Path, slices.Sorted(maps.Keys(m.at)))
		if t, found = m.at[RouteComparison.Path(id)]; !found {
			d.Missing = in // and with it all that was on it
		}
	}
	// What lacks its id may be what the link means, and what is spelt like nothing here may be lost.
	if !t.known || published || strings.HasPrefix(d.Hint, "check") {
		d.Needs = []string{in + ".md", "roles/"}
		below, _, _ := strings.Cut(item, "/")
		for _, file := range writtenIn[below] {
			d.Needs = append(d.Needs, path.Join(in, file))
		}
	}
	return d, false
}

// checkPublished reports an address that was published and works no longer.
func (m siteMap) checkPublished(l comparison.Link, out *comparison.Diagnostics) {
	u, err := url.Parse(l.URL)
	if err != nil || !strings.HasPrefix(u.Path, "/") {
		out.Add(l.At, fmt.Sprintf("“%s” is no address of this site", l.URL), "write it from its first slash, or let “rolecompare check --update” write this file")
		return
	}
	d, ok := m.missing(u, true)
	if ok {
		if m.at[u.Path].draft {
			out.Miss(l.At, fmt.Sprintf("the link “%s” was published and now leads to a draft, which visitors cannot see", l.URL), "remove “draft” from its comparison.md", "draft", "comparisons/")
		}
		return
	}
	d.At, d.Message, d.Hint = l.At, fmt.Sprintf("the link “%s” was published and now leads nowhere", l.URL), "keep it working: bring back what was there"
	page, item, _ := strings.Cut(u.Path, "/faq/")
	if slug, ok := strings.CutPrefix(d.Missing, "comparisons/"); ok && !strings.Contains(slug, "/") {
		d.Message = fmt.Sprintf("the comparison “%s” was published, and its folder is gone", slug)
		d.Hint = fmt.Sprintf("if the folder has another name now, add “aliases: [%s]” to its comparison.md; or else bring it back", slug)
	} else if _, ok := m.at[page]; ok {
		d.Hint = fmt.Sprintf("keep it working: give the id back, or add it where its content is now, {#new-id aliases=\"%s\"}", cmp.Or(item, u.Fragment))
	}
	*out = append(*out, d)
}

// host is what the address of a site begins with.
var host = regexp.MustCompile(`^[\pL\pN-]+(\.[\pL\pN-]+)+(:\d+)?$`)

// checkAddress reports an address that leads to no page of this site and to
// nothing else either, as far as it shows.
func checkAddress(l comparison.Link, out *comparison.Diagnostics) {
	const write = "write #id for a place on the page, /services/id or another address of this site, https://… for another site, or mailto:…"
	u, err := url.Parse(l.URL)
	switch {
	case l.At.File == "": // which is reported
	case l.URL == "" || l.URL == "#":
		out.Add(l.At, "the link has no address", write)
	case err == nil && u.Scheme == "http" && u.Host != "":
		out.Add(l.At, fmt.Sprintf("the address “%s” is not secure", l.URL), "write https:// if the site has it, as nearly all do")
	case err == nil && u.Scheme == "https" && u.User == nil && host.MatchString(u.Host):
	case err == nil && u.Scheme == "mailto" && strings.Contains(u.Opaque, "@"):
	default:
		out.Add(l.At, fmt.Sprintf("“%s” is no address that can be linked to", l.URL), write)
	}
}

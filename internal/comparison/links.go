package comparison

import (
	"fmt"
	"net/url"
	"strings"
)

// CheckAddress says what is wrong with an address that an author wrote, and
// what to do about it, as far as the address alone shows it. Whether a page of
// this site exists is [Site.Check]'s to say.
func CheckAddress(address string) (what, do string) {
	write := "write #id for a place on the page, /services/id or another address of this site, https://… for another site, or mailto:…"
	u, err := url.Parse(address)
	switch {
	case address == "" || address == "#":
		return "the link has no address", write
	case err != nil:
		return fmt.Sprintf("the address “%s” is malformed", address), write
	case strings.HasPrefix(address, "#") || strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//"):
		return "", ""
	case u.Scheme == "mailto":
		if name, host, ok := strings.Cut(u.Opaque, "@"); !ok || name == "" || !strings.Contains(host, ".") {
			return fmt.Sprintf("“%s” is no e-mail address", address), "write it as mailto:name@example.com"
		}
		return "", ""
	case u.Scheme == "http" && u.Host != "":
		return fmt.Sprintf("the address “%s” is not secure", address), "write https:// if the site has it, as nearly all do"
	case u.Scheme == "https" && wellFormed(u):
		return "", ""
	case u.Scheme == "https", strings.HasPrefix(address, "//"):
		return fmt.Sprintf("the address “%s” is malformed", address), "write it whole: https://example.com/page"
	}
	return fmt.Sprintf("“%s” is no address that can be linked to", address), write
}

func wellFormed(u *url.URL) bool {
	host := u.Hostname()
	return u.User == nil && strings.Contains(host, ".") && !strings.HasPrefix(host, ".") && !strings.HasSuffix(host, ".") &&
		!strings.Contains(host, "..") && !strings.ContainsAny(host, " _%") && u.Opaque == ""
}

// checkLinks reports links that lead to a page of this site, or a place on one,
// that is not there.
func (s *Site) checkLinks(faults *Faults) {
	s.checkLink(s.Contact, false, nil, faults)
	check := func(p *Prose, draft bool, own []Name) {
		for _, l := range p.Links {
			s.checkLink(l, draft, own, faults)
		}
	}
	check(&s.Intro, false, s.Intro.Names)
	for _, v := range s.Services {
		check(&v.Body, false, v.Body.Names)
	}
	for _, p := range s.Pages {
		check(&p.Body, false, p.Body.Names)
	}
	for _, c := range s.Comparisons {
		for _, p := range c.prose() {
			check(p, c.Draft, nil)
		}
	}
}

// prose returns every passage of the comparison that may hold links.
func (c *Comparison) prose() []*Prose {
	out := []*Prose{
		&c.Overview.Body, &c.Differences.Body, &c.Responsibilities.Body, &c.Signs.Body, &c.Together.Body,
		&c.Provider.Body, &c.FAQ.Body, &c.Closing.Body, &c.Questionnaire.Body, &c.Outcomes.Body,
	}
	for i := range c.Differences.Items {
		out = append(out, &c.Differences.Items[i].Sides[0], &c.Differences.Items[i].Sides[1])
	}
	for role := range c.Roles {
		d, l := &c.Responsibilities.Roles[role], &c.Signs.Roles[role]
		out = append(out, &d.Intro, &d.Question, &d.Outro, &l.Intro, &l.Outro)
		for i := range d.Items {
			out = append(out, &d.Items[i])
		}
		for i := range l.Items {
			out = append(out, &l.Items[i].Text)
		}
	}
	for i := range c.FAQ.Items {
		out = append(out, &c.FAQ.Items[i].Answer)
	}
	for i := range c.Outcomes.Items {
		o := &c.Outcomes.Items[i]
		out = append(out, &o.Advice, &o.Reason)
		for j := range o.Steps {
			out = append(out, &o.Steps[j])
		}
	}
	return out
}

// checkLink checks a link of this site to itself. draft tells whether it stands
// in a draft; own are the names of the page where it stands, if that is neither
// a comparison nor anything of one.
func (s *Site) checkLink(l Link, draft bool, own []Name, faults *Faults) {
	u, err := url.Parse(l.URL)
	if err != nil || u.Host != "" || !strings.HasPrefix(l.URL, "/") && !strings.HasPrefix(l.URL, "#") {
		return // Another site, or a fault of the address itself.
	}
	nowhere := func(what string, known []string) {
		faults.Add(l.At, fmt.Sprintf("the link leads nowhere: %s", what), Suggest(lastPart(u), known))
	}
	place := func(names []Name, more ...string) {
		if u.Fragment == "" {
			return
		}
		known := more
		for _, n := range names {
			known = append(known, n.ID)
			for _, a := range n.Aliases {
				known = append(known, a.ID)
			}
		}
		for _, id := range known {
			if id == u.Fragment {
				return
			}
		}
		nowhere(fmt.Sprintf("that page has no place “#%s”", u.Fragment), known)
	}
	first, rest, _ := strings.Cut(strings.TrimPrefix(u.Path, "/"), "/")
	switch {
	case u.Path == "":
		place(own, Reserved...)
	case first == "compare" && rest != "":
		slug, below, _ := strings.Cut(rest, "/")
		c := s.Comparison(strings.TrimSuffix(slug, ".md"))
		if c == nil {
			var known []string
			for _, c := range s.Comparisons {
				known = append(known, c.Slug)
			}
			faults.Add(l.At, fmt.Sprintf("the link leads nowhere: there is no comparison “%s”", slug), Suggest(slug, known))
			return
		}
		if c.Draft && !draft {
			faults.Add(l.At, fmt.Sprintf("the link leads to a draft, which visitors cannot see: “%s”", slug), "remove the link, or “draft” from its comparison.md")
		}
		c.checkBelow(below, place, nowhere)
	case first == "services" && rest != "":
		var known []string
		for _, v := range s.Services {
			known = append(known, v.ID)
		}
		if v := s.Service(rest); v != nil {
			place(v.Body.Names, Reserved...)
		} else {
			faults.Add(l.At, fmt.Sprintf("the link leads nowhere: there is no service “%s”", rest), Suggest(rest, known))
		}
	case first == "pages" && rest != "":
		var known []string
		for _, p := range s.Pages {
			if p.ID == rest {
				place(p.Body.Names, Reserved...)
				return
			}
			known = append(known, p.ID)
		}
		faults.Add(l.At, fmt.Sprintf("the link leads nowhere: there is no page “%s”", rest), Suggest(rest, known))
	case u.Path == "/", u.Path == "/services", u.Path == "/sitemap.xml", u.Path == "/llms.txt", first == "static":
	default:
		nowhere(fmt.Sprintf("this site has no address “%s”", u.Path), []string{"/compare/…", "/services/…", "/pages/…"})
	}
}

// checkBelow checks a link to one of the comparison's own pages.
func (c *Comparison) checkBelow(below string, place func([]Name, ...string), nowhere func(string, []string)) {
	if id, ok := strings.CutPrefix(below, "faq/"); ok {
		if item, _ := c.FAQItem(id); item < 0 && !c.lacksID() {
			var known []string
			for _, q := range c.FAQ.Items {
				known = append(known, q.ID)
			}
			nowhere(fmt.Sprintf("there is no question “%s” in that FAQ", id), known)
		}
		return
	}
	switch below {
	case "":
		if !c.lacksID() {
			place(c.Names(), Reserved...)
		}
	case "questionnaire":
		names := append([]Name{c.Questionnaire.Name}, c.Questionnaire.Body.Names...)
		for _, q := range c.Questionnaire.Questions {
			names = append(names, Name{ID: q.ID})
		}
		place(names, Reserved...)
	case "method", "recommendation":
	default:
		nowhere(fmt.Sprintf("a comparison has no page “%s”", below), []string{"questionnaire", "method", "faq/…"})
	}
}

// lastPart is the part of an address most likely to be misspelt.
func lastPart(u *url.URL) string {
	if u.Fragment != "" {
		return u.Fragment
	}
	return u.Path[strings.LastIndexByte(u.Path, '/')+1:]
}

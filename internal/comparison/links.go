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
	case address == "":
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

package web

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"rolecompare/web/page"
)

// assets are the files of the folder static. The stylesheet is part of every
// page, so that the first view takes a single round trip; each of the others is
// found at an address that has a hash of its content in it, and may so be kept
// for ever. Where the stylesheet says url(name) of another, its address is put in
// place of the name.
type assets struct {
	byName      map[string]asset
	style       string
	styleSource string // of the Content-Security-Policy: it allows this style and no other
	prefetch    field  // names the rules by which browsers fetch a page that somebody is about to open
}

type asset struct {
	address, mediaType string
	content            []byte
	fields             []field // it is sent with besides
}

// mediaTypes are those of the assets. A file of any other kind has no place among
// them.
var mediaTypes = map[string]string{
	".css":         "text/css; charset=utf-8", // in the pages, not at an address
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/speculationrules+json",
	".svg":         "image/svg+xml",
	".png":         "image/png",
	".ico":         "image/x-icon",
	".woff2":       "font/woff2",
	".webmanifest": "application/manifest+json",
}

// readAssets reads the folder of assets, without what is for dev alone unless it
// is wanted. The stylesheet learns the site's address, for what is printed.
func readAssets(static fs.FS, baseURL string, dev bool) (*assets, error) {
	a := &assets{byName: map[string]asset{}}
	names, err := fs.Glob(static, "*")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if mediaTypes[path.Ext(name)] == "" || name == "dev.js" && !dev {
			continue
		}
		content, err := fs.ReadFile(static, name)
		if err != nil {
			return nil, fmt.Errorf("the assets: %w", err)
		}
		a.add(name, content)
	}
	a.style = condense(strings.Replace(string(a.byName["site.css"].content), `--host: ""`, `--host: "`+baseURL+`"`, 1))
	delete(a.byName, "site.css")
	for name, f := range a.byName {
		a.style = strings.ReplaceAll(a.style, "url("+name+")", "url("+f.address+")")
	}
	sum := sha256.Sum256([]byte(a.style))
	a.styleSource = "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	a.prefetch = field{"Speculation-Rules", `"` + a.byName["prefetch.json"].address + `"`}
	return a, nil
}

func (a *assets) add(name string, content []byte) {
	sum := sha256.Sum256(content)
	extension := path.Ext(name)
	f := asset{mediaType: mediaTypes[extension], content: content}
	f.address = "/static/" + strings.TrimSuffix(name, extension) + "." + hex.EncodeToString(sum[:5]) + extension
	if strings.HasPrefix(f.mediaType, "image/") {
		f.fields = []field{crossOrigin} // others may show an icon
	}
	a.byName[name] = f
}

// condense takes comments and needless space out of a stylesheet. Ours has neither in
// its strings.
func condense(css string) string {
	return tight.ReplaceAllString(spare.ReplaceAllString(css, " "), "$1$2")
}

var tight = regexp.MustCompile(` ?([{};,]) ?|(:) `)

var spare = regexp.MustCompile(`\s*\n\s*(/\*(?s:.*?)\*/\s*)*|\s*/\*(?s:.*?)\*/\s*`)

// forPages tells the pages where the assets are.
func (a *assets) forPages() page.Assets {
	at := func(name string) string { return a.byName[name].address }
	sum := sha512.Sum384(a.byName["site.js"].content)
	return page.Assets{
		Style:     a.style,
		Script:    at("site.js"),
		Integrity: "sha384-" + base64.StdEncoding.EncodeToString(sum[:]),
		Font:      at("newsreader.woff2"),
		Icon:      at("icon.svg"),
		TouchIcon: at("touch-icon.png"),
		Manifest:  page.RouteManifest.Path(),
		DevScript: at("dev.js"),
	}
}

// manifest lets the site be kept on a home screen.
func (a *assets) manifest(s *page.Site) []byte {
	var icons []map[string]string
	for _, icon := range [][2]string{{"icon-192.png", "192x192"}, {"icon-512.png", "512x512"}, {"icon.svg", "any"}} {
		if f, ok := a.byName[icon[0]]; ok {
			icons = append(icons, map[string]string{"src": f.address, "type": f.mediaType, "sizes": icon[1]})
		}
	}
	b, _ := json.Marshal(map[string]any{ // strings never fail
		"name": s.Name, "description": s.Summary, "start_url": "/", "display": "browser", "icons": icons,
	})
	return b
}

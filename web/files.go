package web

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"

	"rolecompare/web/page"
)

// files are the assets. The stylesheet is part of every page; each of the others
// is found at an address that has a hash of its content in it, and may so be
// kept for ever.
type files struct {
	byName   map[string]file
	style    style
	prefetch header // names the speculation rules
}

type file struct {
	name, address string
	content       []byte
}

// picture reports whether a file is an icon, which others may show.
func (f file) picture() bool {
	return strings.HasPrefix(types[path.Ext(f.name)], "image/")
}

// types are the media types of the assets. A file of any other kind has no
// place among them.
var types = map[string]string{
	".css":         "text/css; charset=utf-8", // in the pages, not at an address
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/speculationrules+json",
	".svg":         "image/svg+xml",
	".png":         "image/png",
	".ico":         "image/x-icon",
	".webmanifest": "application/manifest+json",
}

// speculation asks browsers that know how to fetch a page of ours when somebody
// is about to follow the link to it. They need no script for that, and nothing
// is run beforehand.
const speculation = `{"prefetch":[{"where":{"and":[{"href_matches":"/*"},{"not":{"href_matches":"/*.md"}},{"not":{"href_matches":"/*.md?*"}},{"not":{"href_matches":"/og/*"}}]},"eagerness":"moderate"}]}`

// readFiles reads the folder of assets.
func readFiles(static fs.FS) (*files, error) {
	all := &files{byName: map[string]file{}}
	err := fs.WalkDir(static, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || types[path.Ext(name)] == "" {
			return err
		}
		content, err := fs.ReadFile(static, name)
		if err != nil {
			return err
		}
		if base := path.Base(name); all.byName[base].name != "" {
			return fmt.Errorf("there are two assets called %s", base)
		}
		all.add(path.Base(name), content)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("the assets: %w", err)
	}
	all.style = newStyle(all.byName["site.css"].content)
	delete(all.byName, "site.css")
	rules := all.add("prefetch.json", []byte(speculation))
	all.prefetch = newHeader("Speculation-Rules", `"`+rules.address+`"`)
	return all, nil
}

func (all *files) add(name string, content []byte) file {
	sum := sha256.Sum256(content)
	extension := path.Ext(name)
	f := file{
		name:    name,
		address: "/static/" + strings.TrimSuffix(name, extension) + "." + hex.EncodeToString(sum[:5]) + extension,
		content: content,
	}
	all.byName[name] = f
	return f
}

// assets tells the pages where the files are.
func (all *files) assets() page.Assets {
	at := func(name string) string { return all.byName[name].address }
	sum := sha512.Sum384(all.byName["site.js"].content)
	return page.Assets{
		Style:     all.style.text,
		Script:    at("site.js"),
		Integrity: "sha384-" + base64.StdEncoding.EncodeToString(sum[:]),
		Icon:      at("icon.svg"),
		TouchIcon: at("touch-icon.png"),
		Manifest:  manifestFile.String(),
		DevScript: at("dev.js"),
	}
}

// addFiles adds the assets at their addresses.
func (e *Edition) addFiles() {
	for _, name := range slices.Sorted(maps.Keys(e.files.byName)) {
		f := e.files.byName[name]
		p := e.add(&resource{
			route: asset, path: f.address, plain: true, mediaType: types[path.Ext(f.name)], cache: cacheForever,
			content: func() ([]byte, error) { return f.content, nil },
		})
		if f.picture() {
			p.extra = append(p.extra, crossOrigin)
		}
	}
	if icon, ok := e.files.byName["favicon.ico"]; ok {
		e.add(&resource{
			route: favicon, path: favicon.String(), plain: true, mediaType: types[".ico"], cache: cacheDay, extra: []header{crossOrigin},
			content: func() ([]byte, error) { return icon.content, nil },
		})
	}
	e.add(&resource{route: manifestFile, path: manifestFile.String(), plain: true, mediaType: types[".webmanifest"], cache: cachePage, content: e.manifest})
}

// getAsset answers an address with a hash that is not today's, from a page made
// by another version of the program, with today's file: while replicas are
// replaced one after the other, a page must not lose its icon. It may not be
// kept.
func getAsset(x *exchange, r *http.Request) error {
	name := strings.TrimPrefix(r.URL.Path, "/static/")
	stem, rest, _ := strings.Cut(name, ".")
	hash, extension, _ := strings.Cut(rest, ".")
	f, ok := x.files.byName[stem+"."+extension]
	if _, err := hex.DecodeString(hash); !ok || err != nil || len(hash) != 10 || r.URL.RawPath != "" {
		return elsewhere(x, r)
	}
	return x.made(r, made{kind: madeAsset, name: f.name})
}

// manifest lets the site be kept on a home screen.
func (e *Edition) manifest() ([]byte, error) {
	type icon struct {
		Src   string `json:"src"`
		Type  string `json:"type"`
		Sizes string `json:"sizes"`
	}
	var icons []icon
	for _, i := range []struct{ name, sizes string }{{"icon.svg", "any"}, {"icon-192.png", "192x192"}, {"icon-512.png", "512x512"}} {
		if f, ok := e.files.byName[i.name]; ok {
			icons = append(icons, icon{f.address, types[path.Ext(i.name)], i.sizes})
		}
	}
	return json.Marshal(struct {
		Name        string `json:"name"`
		Description string `json:"description"`
		Start       string `json:"start_url"`
		Display     string `json:"display"`
		Icons       []icon `json:"icons"`
	}{e.site.Name, e.site.Summary, "/", "browser", icons})
}

package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// modules is every module of others in the program, and why it is worth its
// weight. A new one has to give its reason here. All are under MIT, BSD or
// Apache licenses.
var modules = map[string]string{
	"github.com/VictoriaMetrics/metrics": "Prometheus metrics with histograms, a tenth of the usual client's size",
	"github.com/a-h/templ":               "pages that the compiler checks and that escape by context",
	"github.com/andybalholm/brotli":      "the best encoding that every browser takes",
	"github.com/fsnotify/fsnotify":       "--dev sees a file saved without polling",
	"github.com/go-chi/chi/v5":           "routes with patterns to measure by, 405 with Allow, small middleware",
	"github.com/go-chi/httprate":         "a limit on what one client may post",
	"github.com/klauspost/compress":      "zstd, and gzip that is faster than the standard library's",
	"github.com/klauspost/cpuid/v2":      "httprate's hash needs it",
	"github.com/urfave/cli/v3":           "commands whose flags are environment variables, too",
	"github.com/valyala/fastrand":        "metrics' histograms need it",
	"github.com/valyala/histogram":       "metrics needs it",
	"github.com/yuin/goldmark":           "Markdown as a tree with positions",
	"github.com/zeebo/xxh3":              "httprate's hash",
	"go.yaml.in/yaml/v4":                 "front matter as a tree with positions",
	"golang.org/x/image":                 "draws the cards that link previews show",
	"golang.org/x/net":                   "netutil limits the connections held at once",
	"golang.org/x/sys":                   "fsnotify and cpuid ask the system",
	"golang.org/x/text":                  "x/image reads the names in fonts",
}

// arrows is what a package may not depend on, however indirectly.
var arrows = []struct{ from, never string }{
	{"rolecompare/internal/", "net/http"},
	{"rolecompare/web", "rolecompare/content"},
	{"rolecompare/web", "rolecompare/static"},
	{"rolecompare/web", "rolecompare/internal/markdown"},
	{"rolecompare/internal/", "rolecompare/web"},
	{"rolecompare/internal/recommend", "rolecompare/internal/markdown"},
	{"rolecompare/internal/markdown", "rolecompare/internal/recommend"},
	{"rolecompare/internal/comparison", "rolecompare/internal/markdown"},
	{"rolecompare/internal/comparison", "rolecompare/internal/recommend"},
}

// TestDependencies holds the direction of the arrows and the list of modules.
func TestDependencies(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "list", "-deps", "-json=ImportPath,Deps,Module", "rolecompare/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	seen := map[string]bool{}
	for list := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			ImportPath string
			Deps       []string
			Module     *struct{ Path string }
		}
		if err := list.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		for _, a := range arrows {
			if strings.HasPrefix(p.ImportPath, a.from) && slices.Contains(p.Deps, a.never) {
				t.Errorf("%s depends on %s", p.ImportPath, a.never)
			}
		}
		if p.Module == nil || p.Module.Path == "rolecompare" {
			continue
		}
		seen[p.Module.Path] = true
		if modules[p.Module.Path] == "" {
			t.Errorf("module %s is new: give the reason for it in deps_test.go", p.Module.Path)
		}
	}
	for module := range modules {
		if !seen[module] {
			t.Errorf("module %s is listed but not used", module)
		}
	}
	if comparison, err := exec.Command("go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", "rolecompare/internal/comparison").Output(); err != nil || strings.TrimSpace(string(comparison)) != "rolecompare/internal/comparison" {
		t.Errorf("internal/comparison depends on more than the standard library: %s %v", comparison, err)
	}
}

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
	"github.com/JohannesKaufmann/dom":                 "html-to-markdown needs it; the pages are reshaped with it before they are converted",
	"github.com/JohannesKaufmann/html-to-markdown/v2": "every page as Markdown, made of the page, so that the two say the same",
	"github.com/KimMachineGun/automemlimit":           "the limit of memory of the container or the service unit, where Go looks for none",
	"github.com/VictoriaMetrics/metrics":              "Prometheus metrics with histograms, a tenth of the usual client's size",
	"github.com/a-h/templ":                            "pages that the compiler checks and that escape by context",
	"github.com/andybalholm/brotli":                   "the best encoding that every browser takes",
	"github.com/fsnotify/fsnotify":                    "--dev sees a file saved without polling",
	"github.com/go-chi/chi/v5":                        "routes with patterns to measure by, 405 with Allow, small middleware",
	"github.com/go-chi/httprate":                      "a limit on what one client may post",
	"github.com/klauspost/cpuid/v2":                   "httprate's hash needs it",
	"github.com/pbnjay/memory":                        "automemlimit asks it how much memory the machine has",
	"github.com/urfave/cli/v3":                        "commands whose flags are environment variables, too",
	"github.com/valyala/fastrand":                     "metrics' histograms need it",
	"github.com/valyala/histogram":                    "metrics needs it",
	"github.com/yuin/goldmark":                        "Markdown as a tree with positions",
	"github.com/zeebo/xxh3":                           "httprate's hash",
	"go.yaml.in/yaml/v4":                              "front matter as a tree with positions",
	"golang.org/x/image":                              "draws the cards that link previews show, and reads the size of WebP pictures",
	"golang.org/x/net":                                "html reads pages for html-to-markdown",
	"golang.org/x/sys":                                "fsnotify and cpuid ask the system",
	"golang.org/x/text":                               "x/image reads the names in fonts",
}

// imports is what each package may import besides the standard library: ours, and
// others'. A name stands for whatever is below it, too.
var imports = map[string][]string{
	"content":                        nil,
	"static":                         nil,
	"internal/comparison":            nil,
	"internal/markdown":              {"rolecompare/internal/comparison", "github.com/yuin/goldmark", "go.yaml.in/yaml/v4", "golang.org/x/image/webp"},
	"internal/markdown/markdowntest": nil,
	"internal/recommend":             {"rolecompare/internal/comparison"},
	"internal/site":                  {"rolecompare/internal/comparison", "rolecompare/internal/markdown", "rolecompare/internal/recommend"},
	"web/card":                       {"rolecompare/internal/comparison", "golang.org/x/image"},
	"web/prerender":                  {"github.com/andybalholm/brotli"},
	"web/page": {"rolecompare/internal/comparison", "rolecompare/internal/recommend", "rolecompare/internal/site",
		"github.com/a-h/templ", "github.com/JohannesKaufmann", "golang.org/x/net/html"},
	"web": {"rolecompare/internal/comparison", "rolecompare/internal/recommend", "rolecompare/internal/site",
		"rolecompare/web/card", "rolecompare/web/page", "rolecompare/web/prerender",
		"github.com/go-chi", "github.com/VictoriaMetrics/metrics"},
	"web/browsertest": nil,
	"cmd/rolecompare": {"rolecompare", "github.com/urfave/cli/v3", "github.com/KimMachineGun/automemlimit", "github.com/fsnotify/fsnotify"},
}

// TestDependencies holds the direction of the arrows and the list of modules.
func TestDependencies(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "list", "-deps", "-json=ImportPath,Imports,Deps,Module,Standard", "rolecompare/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	type listed struct {
		ImportPath    string
		Imports, Deps []string
		Module        *struct{ Path string }
		Standard      bool
	}
	standard, seen := map[string]bool{}, map[string]bool{}
	var ours []listed
	for list := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := list.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		switch {
		case p.Standard:
			standard[p.ImportPath] = true
		case p.Module.Path == "rolecompare":
			ours = append(ours, p)
		default:
			seen[p.Module.Path] = true
			if modules[p.Module.Path] == "" {
				t.Errorf("module %s is new: give the reason for it in deps_test.go", p.Module.Path)
			}
		}
	}
	for module := range modules {
		if !seen[module] {
			t.Errorf("module %s is listed but not used", module)
		}
	}
	for _, p := range ours {
		name := strings.TrimPrefix(p.ImportPath, "rolecompare/")
		may, ok := imports[name]
		if !ok {
			t.Errorf("package %s is new: say in deps_test.go what it may import", name)
		}
		for _, i := range p.Imports {
			below := func(m string) bool { return i == m || strings.HasPrefix(i, m+"/") }
			if !standard[i] && !slices.ContainsFunc(may, below) {
				t.Errorf("%s may not import %s", name, i)
			}
		}
		if strings.HasPrefix(name, "internal/") && slices.Contains(p.Deps, "net/http") {
			t.Errorf("%s depends on net/http", name)
		}
	}
}

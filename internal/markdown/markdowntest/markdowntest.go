// Package markdowntest gives tests a content folder to work on: two comparisons
// of pairs of roles that have nothing to do with the real ones.
package markdowntest

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"testing/fstest"
)

// Fixture returns a valid content folder, held in memory, that the caller may
// change. Its words are the real ones, so that a new word has one home.
func Fixture() fstest.MapFS {
	root := Root()
	out := load(os.DirFS(filepath.Join(root, "internal", "markdown", "testdata", "fixture")))
	words, err := os.ReadFile(filepath.Join(root, "content", "words.md"))
	if err != nil {
		panic(err)
	}
	out["words.md"] = &fstest.MapFile{Data: words, Mode: 0o644}
	return out
}

// Root returns the folder of the module.
func Root() string {
	dir, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			panic("markdowntest: no go.mod above the working directory")
		}
		dir = parent
	}
}

// load reads a folder into memory.
func load(fsys fs.FS) fstest.MapFS {
	out := fstest.MapFS{}
	err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		out[path.Clean(name)] = &fstest.MapFile{Data: data, Mode: 0o644}
		return err
	})
	if err != nil {
		panic(err)
	}
	return out
}

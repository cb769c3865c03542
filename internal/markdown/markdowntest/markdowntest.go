// Package markdowntest gives tests a content folder to work on: two comparisons
// of pairs of roles that have nothing to do with the real ones.
package markdowntest

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing/fstest"
)

// Fixture returns a valid content folder, held in memory, that the caller may
// change. Its words are the real ones, so that a new word has one home.
func Fixture() fstest.MapFS {
	root := os.DirFS(Root())
	fixture := must(fs.Sub(root, "internal/markdown/testdata/fixture"))
	out := fstest.MapFS{"words.md": read(root, "content/words.md")}
	err := fs.WalkDir(fixture, ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			out[name] = read(fixture, name)
		}
		return err
	})
	if err != nil {
		panic(err)
	}
	return out
}

func read(fsys fs.FS, name string) *fstest.MapFile {
	return &fstest.MapFile{Data: must(fs.ReadFile(fsys, name)), Mode: 0o644}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Root returns the folder of the module.
func Root() string {
	_, here, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(here), "..", "..", "..")
}

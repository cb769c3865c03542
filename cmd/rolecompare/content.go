package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"rolecompare/content"
	"rolecompare/internal/comparison"
	"rolecompare/web/page"
)

// load reads the content folder, or what is built in where dir is empty. The
// folder is opened anew for each reading, so that it may be replaced as a whole.
func load(dir string) (*page.Site, comparison.Diagnostics, error) {
	files := fs.FS(content.FS)
	if dir != "" {
		root, err := os.OpenRoot(dir)
		if err != nil {
			return nil, nil, failed("cannot read the content folder %s: %v; name yours with --content", dir, plain(err))
		}
		defer root.Close()
		files = root.FS()
	}
	s, found := page.Load(files, time.Now())
	return s, found, nil
}

// below gives the files the names by which an editor or a terminal can open them.
func below(dir string, found comparison.Diagnostics) comparison.Diagnostics {
	if dir == "" {
		dir = "content"
	}
	found = slices.Clone(found)
	for i := range found {
		found[i].At.File = filepath.Join(dir, found[i].At.File)
	}
	return found
}

// plain returns an error of the operating system without the call and the path.
func plain(err error) error {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err
}

func write(file string, body []byte) error {
	if err := os.WriteFile(file, body, 0o644); err != nil {
		return failed("cannot write %s: %v", file, plain(err))
	}
	return nil
}

package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"rolecompare/content"
	"rolecompare/internal/comparison"
)

// openContent opens the content folder, or what is built in where dir is empty.
// Nothing outside the folder can be reached through it: a symbolic link that
// leads out is a file that cannot be read. The folder is opened anew for each
// reading, so that it may be replaced as a whole.
func openContent(dir string) (fsys fs.FS, done func() error, err error) {
	if dir == "" {
		return content.FS, func() error { return nil }, nil
	}
	root, err := os.OpenRoot(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, failed("there is no content folder %s; name yours with --content", dir)
	case err != nil:
		return nil, nil, failed("cannot read the content folder %s: %v", dir, plain(err))
	}
	return root.FS(), root.Close, nil
}

// below returns the diagnostics with their files' names as they are seen from where
// the program runs, so that an editor or a terminal can open them.
func below(dir string, found comparison.Diagnostics) comparison.Diagnostics {
	if dir == "" {
		dir = "content"
	}
	out := make(comparison.Diagnostics, len(found))
	for i, d := range found {
		d.At.File = filepath.Join(dir, filepath.FromSlash(d.At.File))
		out[i] = d
	}
	return out
}

// plain returns the reason of an error of the operating system without the call
// and the path around it, which say nothing to whoever runs the program.
func plain(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	var number syscall.Errno
	switch {
	case errors.As(err, &number):
		return number
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}

package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"rolecompare/content"
	"rolecompare/internal/comparison"
	"rolecompare/internal/markdown"
	"rolecompare/internal/recommend"
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

// site is content that was read, with the engine of every comparison whose
// rules hold.
type site struct {
	*comparison.Site
	engines map[string]*recommend.Engine
}

// read reads the content and proves its rules. It returns all that it finds
// wrong with it, sorted. The site is nil if nothing usable could be read.
func read(fsys fs.FS) (*site, comparison.Faults) {
	read, faults := markdown.Read(fsys, markdown.Options{Now: time.Now()})
	if read == nil {
		return nil, faults
	}
	s := &site{Site: read, engines: make(map[string]*recommend.Engine, len(read.Comparisons))}
	known := map[comparison.Place]bool{}
	for _, f := range faults {
		known[f.At] = true
	}
	var mutex sync.Mutex
	var compiled sync.WaitGroup
	for _, c := range read.Comparisons {
		compiled.Go(func() {
			engine, found := recommend.Compile(c)
			mutex.Lock()
			defer mutex.Unlock()
			for _, f := range found {
				if !known[f.At] { // what cannot be read cannot be proved either: one mistake, one fault
					faults = append(faults, f)
				}
			}
			if engine != nil {
				s.engines[c.Slug] = engine
			}
		})
	}
	compiled.Wait()
	faults.Sort()
	markdown.Quote(fsys, faults)
	return s, faults
}

// below returns the faults with their files' names as they are seen from where
// the program runs, so that an editor or a terminal can open them.
func below(dir string, faults comparison.Faults) comparison.Faults {
	if dir == "" {
		dir = "content"
	}
	out := make(comparison.Faults, len(faults))
	for i, f := range faults {
		f.At.File = filepath.Join(dir, filepath.FromSlash(f.At.File))
		out[i] = f
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

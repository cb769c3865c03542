package main

import (
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// settle is how long the folder has to be still before it is read again: an
// editor that saves a file often does so in several steps.
const settle = 30 * time.Millisecond

// watch calls changed when files of dir, at any depth, have changed and settled.
func watch(dir string, changed func()) error {
	watcher, err := fsnotify.NewWatcher()
	if err == nil {
		err = watchFolders(watcher, dir)
	}
	if err != nil {
		return failed("cannot watch %s: %v", dir, plain(err))
	}
	go func() {
		var settled <-chan time.Time
		for {
			select {
			case event := <-watcher.Events:
				if name := filepath.Base(event.Name); event.Op == fsnotify.Chmod || strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") {
					continue // nothing changed, or only what an editor keeps for itself
				}
				if event.Has(fsnotify.Create) {
					// A new folder is watched, too. A file fails here, harmlessly.
					_ = watchFolders(watcher, event.Name)
				}
				settled = time.After(settle)
			case <-watcher.Errors:
				settled = time.After(settle) // events were lost: read everything
			case <-settled:
				changed()
			}
		}
	}()
	return nil
}

func watchFolders(watcher *fsnotify.Watcher, dir string) error {
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		if path != dir && strings.HasPrefix(entry.Name(), ".") {
			return filepath.SkipDir
		}
		return watcher.Add(path)
	})
}

package main

import (
	"context"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// settle is how long the folder has to be still before it is read again: an
// editor that saves a file often does so in several steps.
const settle = 30 * time.Millisecond

// watch calls changed each time that the files of dir, at any depth, have
// changed and settled, until ctx is done.
func watch(ctx context.Context, dir string, changed func()) error {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		return failed("cannot watch %s: %v", dir, plain(err))
	}
	if err := watchFolders(watcher, dir); err != nil {
		watcher.Close()
		return failed("cannot watch %s: %v", dir, plain(err))
	}
	go func() {
		defer watcher.Close()
		settled := time.NewTimer(0)
		<-settled.C
		for {
			select {
			case <-ctx.Done():
				return
			case event := <-watcher.Events:
				if name := filepath.Base(event.Name); event.Op == fsnotify.Chmod || strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") {
					continue // nothing changed, or only what an editor keeps for itself
				}
				if event.Has(fsnotify.Create) {
					// A new folder is watched, too. A file fails here, harmlessly.
					_ = watchFolders(watcher, event.Name)
				}
				settled.Reset(settle)
			case <-watcher.Errors:
				settled.Reset(settle) // events were lost: read everything
			case <-settled.C:
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

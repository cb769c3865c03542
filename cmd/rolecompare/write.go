package main

import (
	"os"
	"path/filepath"
)

// write writes a file in one step: whoever reads it meanwhile, and whatever goes
// wrong, sees either what was there before or all of what is new.
func write(file string, body []byte) error {
	err := func() error {
		unfinished, err := os.CreateTemp(filepath.Dir(file), ".new-")
		if err != nil {
			return err
		}
		defer os.Remove(unfinished.Name()) // which fails, as it should, once it is renamed
		_, err = unfinished.Write(body)
		if err == nil {
			err = unfinished.Chmod(0o644)
		}
		if err == nil {
			err = unfinished.Sync()
		}
		if closed := unfinished.Close(); err == nil {
			err = closed
		}
		if err != nil {
			return err
		}
		return os.Rename(unfinished.Name(), file)
	}()
	if err != nil {
		return failed("cannot write %s: %v", file, plain(err))
	}
	return nil
}

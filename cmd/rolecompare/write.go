package main

import (
	"os"
	"path/filepath"
)

// write writes a file in one step: whoever reads it meanwhile, and whatever goes
// wrong, sees either what was there before or all of what is new.
func write(file string, body []byte) error {
	unfinished := filepath.Join(filepath.Dir(file), ".new-"+filepath.Base(file))
	err := os.WriteFile(unfinished, body, 0o644)
	if err == nil {
		err = os.Rename(unfinished, file)
	}
	if err != nil {
		os.Remove(unfinished)
		return failed("cannot write %s: %v", file, plain(err))
	}
	return nil
}

package main

import (
	"cmp"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"rolecompare/web"
)

// version is set where there is no repository to ask, as in the Dockerfile, by
// -ldflags "-X main.version=v1.2.3".
var version string

// build says which build this is.
func build() web.Build {
	b := web.Build{Version: version, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	if info, ok := debug.ReadBuildInfo(); ok {
		b.Version = cmp.Or(b.Version, info.Main.Version)
		for _, s := range info.Settings {
			switch s.Key {
			case "vcs.revision":
				b.Commit = s.Value
			case "vcs.time":
				b.Time = s.Value
			case "vcs.modified":
				b.Modified = s.Value == "true"
			}
		}
	}
	b.Version = cmp.Or(b.Version, "(devel)")
	return b
}

// printVersion says which build this is, with which Go, for what machine.
func printVersion(w io.Writer) error {
	b := build()
	commit := ""
	if b.Commit != "" {
		commit = " commit " + b.Commit
	}
	if b.Modified {
		commit += " (with changes)"
	}
	_, err := fmt.Fprintf(w, "rolecompare %s%s %s %s\n", b.Version, commit, b.Go, b.Platform)
	return err
}

package main

import (
	"cmp"
	"runtime"
	"runtime/debug"

	"rolecompare/web"
)

// version is set where there is no repository to ask, as in the Dockerfile, by
// -ldflags "-X main.version=v1.2.3".
var version string

// build says which build this is. Go derives a version from the repository: its
// tag, or else the time and the commit, and whether there were changes.
func build() web.Build {
	b := web.Build{Version: version, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	if info, ok := debug.ReadBuildInfo(); ok {
		b.Version = cmp.Or(b.Version, info.Main.Version)
	}
	b.Version = cmp.Or(b.Version, "(devel)")
	return b
}

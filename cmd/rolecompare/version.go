package main

import (
	"fmt"
	"io"
	"runtime/debug"
	"strings"
)

// version is stamped by the linker where the build knows better than its own
// information does, as in the Dockerfile, which has no repository to ask:
//
//	go build -ldflags "-X main.version=v1.2.3" ./cmd/rolecompare
var version string

// printVersion says which build this is, with which Go, for what machine.
func printVersion(w io.Writer) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return failed("this build carries no information about itself")
	}
	setting := map[string]string{}
	for _, s := range info.Settings {
		setting[s.Key] = s.Value
	}
	words := []string{"rolecompare", buildVersion()}
	if revision := setting["vcs.revision"]; revision != "" {
		words = append(words, "commit", revision)
		if setting["vcs.modified"] == "true" {
			words = append(words, "(with changes)")
		}
	}
	words = append(words, info.GoVersion, setting["GOOS"]+"/"+setting["GOARCH"])
	_, err := fmt.Fprintln(w, strings.Join(words, " "))
	return err
}

func buildVersion() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

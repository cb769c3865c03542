package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestServed: the health check of a container finds the address among the
// arguments that the container was started with.
func TestServed(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"/rolecompare":              "",
		"/rolecompare --addr :9000": ":9000",
		"/rolecompare serve --drain 1s --addr=127.0.0.1:81": "127.0.0.1:81",
		"/sbin/docker-init -- /rolecompare --addr :9000":    ":9000",
		"/rolecompare --admin-addr :9000":                   "",
		"/rolecompare --content addr x":                     "",
		"/rolecompare --addr":                               "",
		"/other --addr :9000":                               "",
	} {
		file := filepath.Join(t.TempDir(), "cmdline")
		if err := os.WriteFile(file, []byte(strings.NewReplacer(" ", "\x00", "/rolecompare", os.Args[0]).Replace(line)+"\x00"), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := served(file); got != want {
			t.Errorf("%s: %q; want %q", line, got, want)
		}
	}
	if got := served("nowhere"); got != "" {
		t.Errorf("where there are no processes to see, one has the address %q", got)
	}
}

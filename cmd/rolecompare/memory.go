package main

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
)

// saveMemory has the garbage collector come when a half has been added to what
// is in use, not as much again: that is little, so it costs little to go through
// more often. GOGC says otherwise.
func saveMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
	respectMemoryLimit()
}

// respectMemoryLimit tells the garbage collector how much memory the container
// or the service unit may use, where the operating system says so and GOMEMLIMIT
// does not. A tenth is left for what the collector does not count.
func respectMemoryLimit() {
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	groups, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return // not Linux
	}
	for line := range strings.Lines(string(groups)) {
		group, ok := strings.CutPrefix(strings.TrimSpace(line), "0::")
		if !ok {
			continue
		}
		limit, err := os.ReadFile(filepath.Join("/sys/fs/cgroup", group, "memory.max"))
		if err != nil {
			continue
		}
		if n, err := strconv.ParseInt(strings.TrimSpace(string(limit)), 10, 64); err == nil {
			debug.SetMemoryLimit(n / 10 * 9)
		}
	}
}

// connections returns how many connections may be held with that many bytes of
// memory: half of it is theirs, and the dearest were measured to take 44 KiB each,
// those that send half a form and wait.
func connections(memory int64) int {
	const most, least, each = 4096, 64, 48 << 10
	return int(min(max(memory/2/each, least), most))
}

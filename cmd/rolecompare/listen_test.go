package main

import (
	"math"
	"testing"
)

func TestConnections(t *testing.T) {
	t.Parallel()
	for memory, want := range map[int64]int{
		math.MaxInt64: 4096, // no limit
		57 << 20:      608,  // of a container with 64 MiB
		115 << 20:     1226, // with 128
		1 << 20:       64,   // a site that answers nobody is of no use
	} {
		if got := connections(memory); got != want {
			t.Errorf("with %d bytes, %d connections are held, want %d", memory, got, want)
		}
	}
}

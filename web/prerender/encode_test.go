package prerender

import (
	"bytes"
	"sync"
	"testing"
)

var contents = func() [][]byte {
	var all [][]byte
	for i := range 20 {
		all = append(all, page(uint64(i), i*i*100))
	}
	return append(all, nil, []byte("a"), page(99, 150<<10), bytes.Repeat([]byte("ab"), 40_000))
}()

// TestDeterministic: what an encoder made before does not show in what it makes
// next, so that every replica makes the same bytes.
func TestDeterministic(t *testing.T) {
	t.Parallel()
	for _, coding := range []string{"br", "gzip"} {
		first := make([][]byte, len(contents))
		for i, content := range contents {
			first[i] = encodeQuickly(coding, content)
			if !bytes.Equal(decode(t, coding, first[i]), content) {
				t.Errorf("content %d is not what %s encoded", i, coding)
			}
		}
		var all sync.WaitGroup
		for range 2 {
			all.Go(func() {
				for i := len(contents) - 1; i >= 0; i-- {
					if !bytes.Equal(encodeQuickly(coding, contents[i]), first[i]) {
						t.Errorf("content %d is encoded in two ways by %s", i, coding)
					}
				}
			})
		}
		all.Wait()
	}
}

func TestBest(t *testing.T) {
	t.Parallel()
	for _, coding := range []string{"br", "gzip"} {
		for _, content := range [][]byte{nil, []byte("a"), page(1, 500), page(2, 12<<10), bytes.Repeat([]byte("ab"), 70<<10)} {
			quick, best := encodeQuickly(coding, content), encodeBest(coding, content)
			if len(content) > 100 && len(best) >= len(quick) {
				t.Errorf("of %d bytes, the best %s takes %d, the quick one %d", len(content), coding, len(best), len(quick))
			}
			if !bytes.Equal(decode(t, coding, best), content) {
				t.Errorf("%s has other content than the %d bytes it got", coding, len(content))
			}
			if !bytes.Equal(encodeBest(coding, content), best) {
				t.Errorf("%d bytes are encoded in two ways by %s", len(content), coding)
			}
		}
	}

	// Brotli's window reaches back to the start.
	once := page(3, 20<<10)
	if one, two := len(encodeBest("br", once)), len(encodeBest("br", append(once, once...))); two > one+200 {
		t.Errorf("what takes %d bytes once takes %d twice", one, two)
	}
}

// BenchmarkEncode says what a page costs that is as long as a recommendation.
func BenchmarkEncode(b *testing.B) {
	for _, test := range []struct {
		name   string
		encode func(coding string, content []byte) []byte
	}{{"quick", encodeQuickly}, {"best", encodeBest}} {
		content := page(1, 41<<10)
		for _, coding := range []string{"br", "gzip"} {
			b.Run(test.name+"/"+coding, func(b *testing.B) {
				b.ReportAllocs()
				var data []byte
				for b.Loop() {
					data = test.encode(coding, content)
				}
				b.ReportMetric(float64(len(data)), "bytes")
			})
		}
	}
}

package prerender

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"testing"
)

// TestDeterministic: what an encoder made before does not show in what it makes
// next, so that every replica makes the same bytes.
func TestDeterministic(t *testing.T) {
	t.Parallel()
	var contents [][]byte
	for i := range 20 {
		contents = append(contents, page(uint64(i), i*i*100))
	}
	contents = append(contents, nil, []byte("a"), page(99, 150<<10), bytes.Repeat([]byte("ab"), 40_000))
	first := make([][codings][]byte, len(contents))
	for i, content := range contents {
		for c := range codings {
			first[i][c] = encodeQuickly(coding(c), content)
			if got := decode(t, strings.Join(contentEncoding[c], ""), first[i][c]); !bytes.Equal(got, content) {
				t.Errorf("content %d is not what %v encoded", i, contentEncoding[c])
			}
		}
	}
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() {
			for i := len(contents) - 1; i >= 0; i-- {
				for c := range codings {
					if !bytes.Equal(encodeQuickly(coding(c), contents[i]), first[i][c]) {
						t.Errorf("content %d is encoded in two ways by %v", i, contentEncoding[c])
					}
				}
			}
		})
	}
	all.Wait()
}

func TestImprove(t *testing.T) {
	t.Parallel()
	small, large := page(1, 2<<10), page(2, 12<<10)
	a := []*Body{New(html, small, nil), New(html, large, nil), New("image/png", small, nil)}
	b := []*Body{New(html, large, nil), New(html, small, nil)}
	for _, coding := range everyCoding {
		get(t, a[0], "Accept-Encoding", coding) // these exist, the others do not
	}
	for _, bodies := range [][]*Body{a, b} {
		if err := Improve(t.Context(), bodies); err != nil {
			t.Fatal(err)
		}
	}
	for c := range codings {
		if !bytes.Equal(a[0].forms[c].Load().data, b[1].forms[c].Load().data) ||
			!bytes.Equal(a[1].forms[c].Load().data, b[0].forms[c].Load().data) {
			t.Errorf("%v depends on what was encoded before", contentEncoding[c])
		}
		best := b[0].forms[c].Load().data
		if quick := encodeQuickly(coding(c), large); len(best) > len(quick) || len(best) == len(quick) && coding(c) == br {
			t.Errorf("the best %v takes %d bytes, the quick one %d", contentEncoding[c], len(best), len(quick))
		}
		if !bytes.Equal(decode(t, strings.Join(contentEncoding[c], ""), best), large) {
			t.Errorf("%v has other content", contentEncoding[c])
		}
	}
	if a[2].forms[br].Load() != nil {
		t.Error("an image was compressed")
	}
}

func TestImproveEnds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	body := New(html, page(1, 1<<20), nil)
	if err := Improve(ctx, []*Body{body}); err != context.Canceled {
		t.Errorf("ended with %v", err)
	}
	if body.forms[br].Load() != nil {
		t.Error("an encoding was made after the end")
	}
}

// TestServeWhileImproving is for the race detector.
func TestServeWhileImproving(t *testing.T) {
	t.Parallel()
	content := page(1, 10<<10)
	body := New(html, content, nil)
	var all sync.WaitGroup
	all.Go(func() {
		if err := Improve(t.Context(), []*Body{body}); err != nil {
			t.Error(err)
		}
	})
	for _, coding := range everyCoding {
		all.Go(func() {
			for range 50 {
				r := get(t, body, "Accept-Encoding", coding)
				if !bytes.Equal(decode(t, r.Header.Get("Content-Encoding"), read(t, r)), content) {
					t.Errorf("%s has other content", coding)
				}
			}
		})
	}
	all.Wait()
}

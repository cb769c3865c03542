package prerender

import (
	"bytes"
	"errors"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

func TestCacheMakesOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var made atomic.Int32
		finish := make(chan struct{})
		cache := NewCache(1<<20, func(key int) (*Body, error) {
			made.Add(1)
			<-finish
			return New(html, page(uint64(key), 1<<10), nil), nil
		})
		bodies := make([]*Body, 100)
		var all sync.WaitGroup
		for i := range bodies {
			all.Go(func() {
				var err error
				if bodies[i], err = cache.Get(7); err != nil {
					t.Error(err)
				}
			})
		}
		synctest.Wait() // all of them are in Get now
		close(finish)
		all.Wait()
		for _, body := range bodies {
			if body == nil || body != bodies[0] {
				t.Error("not all got the same body")
			}
		}
		if made.Load() != 1 {
			t.Errorf("made %d times", made.Load())
		}
	})
}

func TestCacheFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		wrong := errors.New("wrong")
		finish := make(chan struct{})
		var act func() (*Body, error)
		cache := NewCache(1<<20, func(int) (*Body, error) {
			<-finish
			return act()
		})
		for _, test := range []struct {
			act  func() (*Body, error)
			want error // of those who waited
		}{
			{func() (*Body, error) { return nil, wrong }, wrong},
			{func() (*Body, error) { panic(wrong) }, errUnmade},
		} {
			act = test.act
			var errs [3]error
			var all sync.WaitGroup
			for i := range errs {
				all.Go(func() {
					defer func() {
						if recover() != nil {
							errs[i] = errUnmade
						}
					}()
					_, errs[i] = cache.Get(1)
				})
			}
			synctest.Wait()
			finish <- struct{}{}
			all.Wait()
			for _, err := range errs {
				if err != test.want {
					t.Errorf("the error is %v, want %v", err, test.want)
				}
			}
		}
		act = func() (*Body, error) { return New(html, nil, nil), nil }
		close(finish)
		if body, err := cache.Get(1); err != nil || body == nil {
			t.Errorf("the failure is kept: %v", err)
		}
	})
}

func TestCacheIsBounded(t *testing.T) {
	t.Parallel()
	const size = 10 << 10
	made := map[int]int{}
	cache := NewCache(10*(size+overhead)+size, func(key int) (*Body, error) {
		made[key]++
		return New(html, page(uint64(key), size)[:size], nil), nil
	})
	ask := func(key int, coding string) {
		t.Helper()
		body, err := cache.Get(key)
		if err != nil {
			t.Fatal(err)
		}
		get(t, body, "Accept-Encoding", coding)
		var held int64
		for e := cache.queue.Front(); e != nil; e = e.Next() {
			body := e.Value.(*entry[int]).body.Load()
			held += int64(len(body.content)) + overhead
			for c := range int(identity) {
				if f := body.forms[c].Load(); f != nil {
					held += int64(len(f.data))
				}
			}
		}
		if got := cache.held.Load(); got != held {
			t.Errorf("the cache counts %d bytes, and holds %d", got, held)
		}
		if most := cache.limit + size; held > most { // the last encoding may have been too much
			t.Errorf("the cache holds %d bytes, more than %d", held, most)
		}
		if cache.queue.Len() != len(cache.entries) {
			t.Errorf("%d in the queue, %d in the map", cache.queue.Len(), len(cache.entries))
		}
	}
	for key := range 100 {
		ask(key, "identity")
		ask(1000, "identity") // stays, as it is asked for again and again
	}
	if made[1000] != 1 {
		t.Errorf("what everybody asks for was made %d times", made[1000])
	}
	if got := cache.queue.Len(); got != 10 {
		t.Errorf("%d bodies are kept, want 10", got)
	}
	before := len(made)
	for key := range 100 {
		for _, coding := range everyCoding {
			ask(key, coding)
		}
	}
	if got := cache.queue.Len(); got < 3 || got > 6 || len(made) != before {
		t.Errorf("%d bodies are kept in all codings", got)
	}

	tight := NewCache(1, func(key int) (*Body, error) { return New(html, page(1, size), nil), nil })
	body, err := tight.Get(1)
	if err != nil || get(t, body, "Accept-Encoding", "br").StatusCode != 200 || tight.queue.Len() != 0 || tight.held.Load() != 0 {
		t.Errorf("a body that is too large is kept, or not served: %v", err)
	}
}

// TestCacheAtOnce is for the race detector.
func TestCacheAtOnce(t *testing.T) {
	t.Parallel()
	contents := make([][]byte, 30)
	for i := range contents {
		contents[i] = page(uint64(i), 2<<10)
	}
	cache := NewCache(20<<10, func(key int) (*Body, error) { return New(html, contents[key], nil), nil })
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			for n := range 1000 {
				key := (n*(i+1) + n/100) % len(contents)
				body, err := cache.Get(key)
				if err != nil {
					t.Error(err)
					return
				}
				w := httptest.NewRecorder()
				body.Serve(w, request("GET", "Accept-Encoding", everyCoding[(n+i)%4]))
				if n%50 == 0 && !bytes.Equal(decode(t, w.Header().Get("Content-Encoding"), w.Body.Bytes()), contents[key]) {
					t.Errorf("%d has other content", key)
				}
			}
		})
	}
	all.Wait()
	cache.evict()
	var held int64
	for e := cache.queue.Front(); e != nil; e = e.Next() {
		held += e.Value.(*entry[int]).body.Load().held.Load()
	}
	if got := cache.held.Load(); got != held || got > cache.limit {
		t.Errorf("the cache counts %d bytes, holds %d, and may hold %d", got, held, cache.limit)
	}
}

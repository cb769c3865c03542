package prerender

import (
	"container/list"
	"errors"
	"sync"
	"sync/atomic"
)

// A Cache makes bodies on demand and keeps as many as its memory allows; those
// that were not asked for lately make room for others. A body that many ask for
// at once is made once. It is safe for concurrent use.
type Cache[K comparable] struct {
	limit int64
	make  func(K) (*Body, error)

	held atomic.Int64 // bytes taken by the bodies in queue

	mu      sync.RWMutex
	entries map[K]*entry[K] // being made, and made
	queue   *list.List      // of *entry[K], made; the oldest first
}

type entry[K comparable] struct {
	key   K
	body  atomic.Pointer[Body]
	asked atomic.Bool // since it was last considered for eviction

	made chan struct{} // closed when body or err is set
	err  error
}

// overhead is about what a body takes besides its content and encodings.
const overhead = 1 << 10

var errUnmade = errors.New("prerender: the making of this body was broken off")

// NewCache returns a cache that makes bodies by the given function and keeps up
// to limit bytes of them, encodings included.
func NewCache[K comparable](limit int64, make func(K) (*Body, error)) *Cache[K] {
	return &Cache[K]{limit: limit, make: make, entries: map[K]*entry[K]{}, queue: list.New()}
}

// Get returns the body for a key. An error is the making function's; it goes to
// all that waited for it, and is not kept.
func (c *Cache[K]) Get(key K) (*Body, error) {
	c.mu.RLock()
	e := c.entries[key]
	c.mu.RUnlock()
	if e == nil {
		var mine bool
		if e, mine = c.enter(key); mine {
			return c.fill(e)
		}
	}
	b := e.body.Load()
	if b == nil {
		<-e.made
		return e.body.Load(), e.err
	}
	if !e.asked.Load() {
		e.asked.Store(true)
	}
	if c.held.Load() > c.limit { // an encoding was added
		c.evict()
	}
	return b, nil
}

// enter returns the entry for a key, and whether the caller is the one to fill it.
func (c *Cache[K]) enter(key K) (e *entry[K], mine bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.entries[key]; e != nil {
		return e, false
	}
	e = &entry[K]{key: key, made: make(chan struct{}), err: errUnmade}
	c.entries[key] = e
	return e, true
}

// fill makes an entry's body. Should the making panic, those who wait get
// errUnmade, and whoever comes next tries again.
func (c *Cache[K]) fill(e *entry[K]) (*Body, error) {
	var b *Body
	defer func() {
		c.mu.Lock()
		if b != nil {
			c.queue.PushBack(e)
		} else {
			delete(c.entries, e.key)
		}
		c.mu.Unlock()
		close(e.made)
		c.evict()
	}()
	made, err := c.make(e.key)
	if e.err = err; err != nil {
		return nil, err
	}
	b = made
	b.total = &c.held
	b.held.Store(int64(len(b.content)) + overhead)
	c.held.Add(b.held.Load())
	e.body.Store(b)
	return b, nil
}

// evict makes room, sparing once whoever was asked for since the last time.
func (c *Cache[K]) evict() {
	if c.held.Load() <= c.limit {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.held.Load() > c.limit && c.queue.Len() > 0 {
		oldest := c.queue.Front()
		e := oldest.Value.(*entry[K])
		if e.asked.Swap(false) {
			c.queue.MoveToBack(oldest)
			continue
		}
		c.queue.Remove(oldest)
		delete(c.entries, e.key)
		c.held.Add(-e.body.Load().held.Swap(gone))
	}
}

// gone is what a body holds once it is evicted.
const gone = -1 << 62

package prerender

import (
	"bytes"
	"context"
	"io"
	"math/bits"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/andybalholm/brotli/matchfinder"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// coding is a content coding of RFC 9110, section 8.4.1. Their order is the
// order of preference where a client has none: the smallest for HTML first.
type coding uint8

const (
	br coding = iota
	zst
	gz
	identity
	codings int = iota
)

var contentEncoding = [codings][]string{br: {"br"}, zst: {"zstd"}, gz: {"gzip"}}

// What an encoder may cost, measured on 60 KB of HTML: brotli's quick form takes
// 0.5 ms and 30% of the content, its best 90 ms and 24%, and quality 9, at 3 ms,
// 28%. zstd's very best level is left out: it is 4% smaller than the one below
// and takes 35 MB of memory.
const (
	quickBrotli = 3
	quickGzip   = 6
	quickZstd   = zstd.SpeedDefault
	bestBrotli  = brotli.BestCompression
	bestGzip    = gzip.BestCompression
	bestZstd    = zstd.SpeedBetterCompression
)

// encoders hold the working memory of quick encodings, up to 4 MB each. They are
// made as they are needed.
type encoders struct {
	brotli *matchfinder.Writer
	gzip   *gzip.Writer
	zstd   *zstd.Encoder
}

// idle are those that nobody uses; the garbage collector may take them.
var idle = sync.Pool{New: func() any { return new(encoders) }}

// turn is held while a quick encoding is under way. One at a time bounds the
// memory they take, whatever the number of requests and of processors, and makes
// some three thousand pages a second.
var turn sync.Mutex

// encodeQuickly encodes content in well below a millisecond for a page. The
// result depends on nothing but the content.
func encodeQuickly(c coding, content []byte) []byte {
	if c == identity {
		return content
	}
	turn.Lock()
	defer turn.Unlock()
	e := idle.Get().(*encoders)
	defer idle.Put(e)
	switch c {
	case br:
		if e.brotli == nil {
			e.brotli = brotli.NewWriterV2(nil, quickBrotli)
		}
		return through(e.brotli, content)
	case gz:
		if e.gzip == nil {
			e.gzip = newGzip(quickGzip)
		}
		return through(e.gzip, content)
	default:
		if e.zstd == nil {
			e.zstd = newZstd(quickZstd)
		}
		return bytes.Clone(e.zstd.EncodeAll(content, nil))
	}
}

// Improve replaces the bodies' quick encodings by the best ones, brotli first,
// which nearly every browser takes. It is to be called in the background, as it
// takes about 2 ms a kilobyte, and it works on one body at a time to leave the
// other processors and the memory to requests; the bodies are served meanwhile.
// It ends early, with the context's error, if the context does.
func Improve(ctx context.Context, bodies []*Body) error {
	for _, c := range []coding{br, gz, zst} {
		encode := bestEncoder(c)
		for _, b := range bodies {
			if err := ctx.Err(); err != nil {
				return err
			}
			b.form(identity)
			if !b.compressible {
				continue
			}
			if best := encode(b.content); len(best) < len(b.form(c).data) {
				b.encoding.Lock()
				b.replace(c, best)
				b.encoding.Unlock()
			}
		}
	}
	return nil
}

func bestEncoder(c coding) func(content []byte) []byte {
	switch c {
	case br:
		return func(content []byte) []byte { return through(newBrotli(len(content)), content) }
	case gz:
		w := newGzip(bestGzip)
		return func(content []byte) []byte { return through(w, content) }
	default:
		w := newZstd(bestZstd)
		return func(content []byte) []byte { return bytes.Clone(w.EncodeAll(content, nil)) }
	}
}

// newBrotli returns the best encoder for content of this size. Its window is
// only as large as the content: with the usual one it takes 39 MB instead of 7.
func newBrotli(size int) *brotli.Writer {
	window := min(max(bits.Len(uint(size+16)), 16), 24) // 2^window - 16 bytes reach back to the start
	return brotli.NewWriterOptions(nil, brotli.WriterOptions{Quality: bestBrotli, LGWin: window})
}

func newGzip(level int) *gzip.Writer {
	w, err := gzip.NewWriterLevel(nil, level)
	if err != nil {
		panic(err) // a level that does not exist
	}
	return w
}

func newZstd(level zstd.EncoderLevel) *zstd.Encoder {
	w, err := zstd.NewWriter(nil,
		zstd.WithEncoderLevel(level),
		zstd.WithEncoderConcurrency(1),
		zstd.WithLowerEncoderMem(true),
		zstd.WithWindowSize(128<<10),
		zstd.WithEncoderCRC(false), // TCP and TLS have their own
	)
	if err != nil {
		panic(err) // an option out of range
	}
	return w
}

// through returns content as an encoder writes it.
func through(w interface {
	io.WriteCloser
	Reset(io.Writer)
}, content []byte) []byte {
	var out bytes.Buffer
	out.Grow(len(content) / 3)
	w.Reset(&out)
	_, err := w.Write(content)
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(err) // a buffer takes every write
	}
	return bytes.Clone(out.Bytes())
}

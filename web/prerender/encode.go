package prerender

import (
	"bytes"
	"compress/gzip"
	"io"
	"math/bits"
	"sync"

	"github.com/andybalholm/brotli"
)

// The levels of each coding. A recommendation of 54 KB of HTML takes, in brotli,
// 12.3 KB and 0.18 ms quickly. At level 1 it would take 13.1 KB and 0.14 ms, and
// with its headers be too large for the first round trip.
var (
	quickLevels = map[string]int{"br": 2, "gzip": gzip.BestSpeed}
	bestLevels  = map[string]int{"br": brotli.BestCompression, "gzip": gzip.BestCompression}
)

type encoder interface {
	io.WriteCloser
	Reset(io.Writer)
}

// idle are the quick encoders that nobody uses now. One takes 2.5 MB for brotli
// and 1.2 MB for gzip, and about as many are in use as there are processors.
var idle = map[string]*sync.Pool{
	"br":   {New: func() any { return brotli.NewWriterV2(nil, quickLevels["br"]) }},
	"gzip": {New: func() any { return newGzip(quickLevels["gzip"]) }},
}

func encodeQuickly(coding string, content []byte) []byte {
	e := idle[coding].Get().(encoder)
	defer idle[coding].Put(e)
	return encode(e, content)
}

func encodeBest(coding string, content []byte) []byte {
	if coding == "gzip" {
		return encode(newGzip(bestLevels["gzip"]), content)
	}
	// The usual window takes 38 MB instead of 5 for a page. 2^window - 16 bytes
	// reach back to the start.
	options := brotli.WriterOptions{Quality: bestLevels["br"], LGWin: bits.Len(uint(len(content) + 16))}
	return encode(brotli.NewWriterOptions(nil, options), content)
}

func newGzip(level int) *gzip.Writer {
	w, _ := gzip.NewWriterLevel(nil, level) // it fails only where there is no such level
	return w
}

// encode returns content as an encoder writes it, which depends on nothing else.
func encode(e encoder, content []byte) []byte {
	var out bytes.Buffer // it takes every write
	out.Grow(len(content) / 3)
	e.Reset(&out)
	e.Write(content)
	e.Close()
	return out.Bytes()
}

// Package prerender serves bytes that exist before they are asked for.
//
// A [Body] is one representation of a page (its HTML, say) in every content
// coding: brotli, zstd, gzip and identity. Serving one is a choice between
// finished answers: no parsing, rendering or compressing, one Write, and header
// values that are shared rather than made. What it promises, RFC 9110 in hand:
//
//   - The coding is the one the client weighs highest (section 12.5.3); among
//     equals brotli, then zstd, then gzip. A coded form that is no smaller than
//     the identity is only sent to a client that refuses identity. To a client
//     that sends no Accept-Encoding goes identity, which every client can read.
//     One that refuses all there is gets 406.
//   - The entity tag is strong and is a hash of the bytes that are sent. So it
//     differs wherever the bytes differ, codings included, and is the same
//     wherever they are the same, whichever replica, restart or build sent them.
//   - If-None-Match and If-Match are heeded (section 13); there is no
//     Last-Modified, so the conditions on dates never apply. A 304 has the
//     fields that section 15.4.5 asks for and none that describe content.
//   - Ranges are not served: a request for one gets the whole, as section 14.2
//     allows, with "Accept-Ranges: none" to save it the next attempt.
//   - Vary names Accept-Encoding in every answer, 304s and errors included.
//
// # Quick and best encodings
//
// A coded form is made when it is first asked for, quickly (well below a
// millisecond for a page), and kept. So a Body can be served as soon as it
// exists. [Improve] then replaces the quick forms of all that is known
// beforehand by the best ones, in the background. As tags follow the bytes, a
// form that is replaced changes its tag, and no cache can mistake one for the
// other. The encoders are deterministic: once Improve has returned, replicas of
// one build answer alike to the last byte, which is when they should call
// themselves ready. Bodies made on demand and held by a [Cache] keep their quick
// forms, so that those too are the same on every replica.
package prerender

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// A Body is the content of an answer with its media type and header fields, in
// every content coding. It is safe for concurrent use.
type Body struct {
	content []byte
	fields  []field // sent with the content
	cached  []field // those of them that a 304 sends too

	compressible bool
	forms        [codings]atomic.Pointer[form]
	encoding     sync.Mutex // held while a form is made, so that each is made once

	// held is what the body takes of its cache's memory, and total the cache's
	// count of it. Once the body is evicted, held is so far below zero that
	// forms made later are no longer counted.
	held  atomic.Int64
	total *atomic.Int64
}

// form is a body in one content coding. Its header values are made once and
// shared by all answers; each has no spare capacity, so that appending to one
// copies it.
type form struct {
	data                  []byte
	encoding, length, tag []string
}

type field struct {
	name   string
	values []string
}

// New makes a body of content, which it copies. The header is sent with every
// answer; a 304 gets those of its fields that concern caches. A Vary in it is
// added to this package's own; Content-Length, Content-Encoding and ETag are not
// for the caller to set.
func New(mediaType string, content []byte, header http.Header) *Body {
	b := &Body{
		content:      bytes.Clone(content),
		compressible: compressible(mediaType),
	}
	vary := strings.Join(append([]string{"Accept-Encoding"}, header["Vary"]...), ", ")
	b.fields = []field{{"Content-Type", []string{mediaType}}, {"Vary", []string{vary}}}
	b.cached = []field{{"Vary", []string{vary}}}
	for name, values := range header {
		f := field{http.CanonicalHeaderKey(name), slices.Clip(slices.Clone(values))}
		switch f.name {
		case "Vary", "Content-Type", "Content-Length", "Content-Encoding", "Etag":
			continue
		case "Cache-Control", "Content-Location", "Expires":
			b.cached = append(b.cached, f)
		}
		b.fields = append(b.fields, f)
	}
	return b
}

// compressible reports whether content of this media type is worth an attempt:
// text is, images and fonts are compressed already.
func compressible(mediaType string) bool {
	name, _, err := mime.ParseMediaType(mediaType)
	if err != nil {
		return false
	}
	_, suffix, _ := strings.Cut(name, "+")
	return strings.HasPrefix(name, "text/") || suffix == "xml" || suffix == "json" ||
		name == "application/json" || name == "application/xml" || name == "application/javascript"
}

// Serve answers a GET or HEAD request with 200, or with 304 if the client has
// this form already. It sets its own fields in w's header, replacing what is
// there, and leaves the others.
//
// Where the request rules out an answer, Serve writes nothing and returns the
// status to refuse it with: 406 if the client takes none of the codings, 412 if
// its If-Match names other content. Otherwise it returns 0.
func (b *Body) Serve(w http.ResponseWriter, r *http.Request) (refusal int) {
	f := b.choose(r.Header["Accept-Encoding"])
	if f == nil {
		return http.StatusNotAcceptable
	}
	tag := f.tag[0]
	if tags := r.Header["If-Match"]; tags != nil && !matches(tags, tag, false) {
		return http.StatusPreconditionFailed
	}
	if tags := r.Header["If-None-Match"]; tags != nil && matches(tags, tag, true) {
		h := w.Header()
		for i := range b.cached {
			h[b.cached[i].name] = b.cached[i].values
		}
		h["Etag"] = f.tag
		w.WriteHeader(http.StatusNotModified)
		return 0
	}
	h := w.Header()
	h["Etag"] = f.tag
	if r.Header["Range"] != nil {
		h["Accept-Ranges"] = none
	}
	b.write(w, h, r, http.StatusOK, f)
	return 0
}

var none = []string{"none"}

// ServeStatus answers with the body and this status, an error's as a rule: the
// request's conditions are not looked at, as they concern the page that was
// asked for, and there is no tag. An error has to be told, so a client that
// refuses every coding gets identity.
func (b *Body) ServeStatus(w http.ResponseWriter, r *http.Request, status int) {
	f := b.choose(r.Header["Accept-Encoding"])
	if f == nil {
		f = b.form(identity)
	}
	b.write(w, w.Header(), r, status, f)
}

func (b *Body) write(w http.ResponseWriter, h http.Header, r *http.Request, status int, f *form) {
	for i := range b.fields {
		h[b.fields[i].name] = b.fields[i].values
	}
	if f.encoding != nil {
		h["Content-Encoding"] = f.encoding
	}
	h["Content-Length"] = f.length
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		// An error would mean that the client has gone, which is for net/http
		// to notice: there is nobody left to tell.
		writeOnce(w, r, f.data)
	}
}

// choose returns the form that suits these Accept-Encoding lines best, nil if
// none does.
func (b *Body) choose(lines []string) *form {
	if len(lines) == 0 {
		return b.form(identity)
	}
	weights := accepted(lines)
	if b.compressible {
		if best := weights.best(); best != identity {
			f := b.form(best)
			if len(f.data) < len(b.content) || weights[identity] == refused {
				return f
			}
		}
	}
	if weights[identity] == refused {
		return nil
	}
	return b.form(identity)
}

// form returns the body in one coding, making it if need be.
func (b *Body) form(c coding) *form {
	if f := b.forms[c].Load(); f != nil {
		return f
	}
	b.encoding.Lock()
	defer b.encoding.Unlock()
	if f := b.forms[c].Load(); f != nil {
		return f
	}
	return b.replace(c, encodeQuickly(c, b.content))
}

// replace sets the body's form in one coding. The caller holds b.encoding.
func (b *Body) replace(c coding, data []byte) *form {
	sum := sha256.Sum256(data)
	f := &form{
		data:   data,
		length: []string{strconv.Itoa(len(data))},
		tag:    []string{`"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`},
	}
	grown := len(data)
	if c == identity {
		grown = 0 // the content was counted from the start
	} else {
		f.encoding = contentEncoding[c]
	}
	if old := b.forms[c].Swap(f); old != nil {
		grown -= len(old.data)
	}
	if b.total != nil && b.held.Add(int64(grown)) > 0 {
		b.total.Add(int64(grown))
	}
	return f
}

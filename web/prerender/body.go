// Package prerender serves content that is complete before it is sent: in the
// coding that suits the client, and not at all if the client has it already.
//
// A [Body] is one representation of a page (its HTML, say), sent as it is, in
// brotli or in gzip. What it promises, RFC 9110 in hand:
//
//   - The coding is the one the client weighs highest (section 12.5.3), brotli
//     among equals. Identity is for images, fonts and what is no smaller encoded,
//     and for who asks for no coding or refuses all: it is more use than a 406.
//   - The entity tag is strong: a hash of the content, with the coding and its
//     level. So it differs wherever the bytes of a build differ, is the same on
//     every replica, and is known before anything is encoded.
//   - If-None-Match is heeded (section 13.1.2), and no other condition. A 304 has
//     the fields that section 15.4.5 asks for and none that describe content.
//   - Ranges are not served: a request for one gets the whole, as section 14.2
//     allows, and "Accept-Ranges: none" says so with all content.
//   - Vary names Accept-Encoding in every answer, 304s and errors included.
//
// A body can be served as soon as it exists, encoded quickly for each request:
// so goes a page that is made for one request. For one that is known beforehand,
// [Body.Prepare] makes the best encodings, whose tags differ. Once all have them,
// replicas answer alike, which is when they should call themselves ready.
package prerender

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
)

// A Body is the content of an answer with its media type and header fields. It
// is safe for concurrent use.
type Body struct {
	mediaType string
	content   []byte
	sum       [sha256.Size]byte // of the content
	header    http.Header
	prepared  atomic.Value // map[string][]byte: the best encodings by coding, once they are made
}

// New makes a body of content in a media type, written in lower case. It keeps
// the content and the header, which must not be changed afterwards.
//
// The header is sent with every answer; of its fields, a 304 has Cache-Control. A Vary
// in it is added to this package's own; Content-Type, Content-Length, Content-Encoding
// and ETag are not for the caller to set.
func New(mediaType string, content []byte, header http.Header) *Body {
	return &Body{mediaType: mediaType, content: content, sum: sha256.Sum256(content), header: header}
}

// Prepare makes the best encodings, which takes about 2 ms a kilobyte. It is to
// be called once, in the background; the body can be served meanwhile.
func (b *Body) Prepare() {
	if !compressible(b.mediaType) {
		return
	}
	prepared := map[string][]byte{}
	for _, coding := range []string{"br", "gzip"} {
		prepared[coding] = bytes.Clone(encodeBest(coding, b.content)) // without spare capacity
	}
	b.prepared.Store(prepared)
}

// compressible reports whether content of this media type is worth an attempt:
// text is, images and fonts are compressed already.
func compressible(mediaType string) bool {
	return strings.HasPrefix(mediaType, "text/") || strings.Contains(mediaType, "xml") ||
		strings.Contains(mediaType, "json") || strings.Contains(mediaType, "javascript")
}

// Serve answers a GET or HEAD request with this status, or with 304 if that is
// 200 and the client has the content already. An answer with another status has
// no tag and heeds no condition, as those concern the page that was asked for;
// it suits requests of any method. Serve sets its own fields in w's header,
// replacing what is there, and leaves the others.
func (b *Body) Serve(w http.ResponseWriter, r *http.Request, status int) {
	coding := ""
	if compressible(b.mediaType) {
		coding = chooseCoding(r.Header["Accept-Encoding"])
	}
	levels := quickLevels
	prepared, done := b.prepared.Load().(map[string][]byte)
	if done {
		levels = bestLevels
	}
	h := w.Header()
	notModified := false
	if status == http.StatusOK {
		tag := fmt.Sprintf(`"%x-%s%d"`, b.sum[:12], coding, levels[coding])
		h.Set("ETag", tag)
		// No tag has a quote within, so a list that contains ours names it. One that
		// a proxy has weakened, by W/ before it, counts as the same.
		known := strings.Join(r.Header["If-None-Match"], ",")
		notModified = strings.TrimSpace(known) == "*" || strings.Contains(known, tag)
	}
	for name, values := range b.header {
		if !notModified || name == "Cache-Control" {
			h[name] = slices.Clone(values) // adding to one answer's header must not show in the next
		}
	}
	h.Set("Vary", strings.Join(append([]string{"Accept-Encoding"}, b.header["Vary"]...), ", "))
	if notModified {
		w.WriteHeader(http.StatusNotModified)
		return
	}

	content := b.content
	if coding != "" {
		encoded := prepared[coding]
		if !done {
			encoded = encodeQuickly(coding, content)
		}
		if len(encoded) < len(content) {
			content = encoded
			h.Set("Content-Encoding", coding)
		}
	}
	h.Set("Content-Type", b.mediaType)
	h.Set("Content-Length", strconv.Itoa(len(content)))
	h.Set("Accept-Ranges", "none")
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		w.Write(content) // an error would mean that the client has gone, so nobody is left to tell
	}
}

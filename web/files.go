package web

import (
	"encoding/hex"
	"net/http"
	"strings"

	"rolecompare/web/prerender"
)

// getCard answers with the picture that chats show beside a link. Cards are drawn
// when they are asked for; caches keep them for a day.
func getCard(w http.ResponseWriter, r *http.Request, s *Snapshot) error {
	c, ok := s.cards[r.URL.Path]
	if !ok {
		return elsewhere(w, r, s)
	}
	return s.serveMade(w, r, http.StatusOK, func() (*prerender.Body, error) {
		picture, err := c.PNG()
		return prerender.New("image/png", picture, s.fields(cacheDay, crossOrigin)), err
	})
}

// getAsset answers with an asset. An address with a hash that is not today's,
// from a page made by another version of the program, gets today's file: while
// replicas are replaced one after the other, a page must not lose its icon. It
// may not be kept.
func getAsset(w http.ResponseWriter, r *http.Request, s *Snapshot) error {
	if s.ready[r.URL.Path] != nil {
		return getPage(w, r, s)
	}
	stem, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/static/"), ".")
	hash, extension, _ := strings.Cut(rest, ".")
	f, ok := s.assets.byName[stem+"."+extension]
	if _, err := hex.DecodeString(hash); !ok || err != nil || len(hash) != 10 {
		return elsewhere(w, r, s)
	}
	prerender.New(f.mediaType, f.content, s.fields(cacheAsk, f.fields...)).Serve(w, r, http.StatusOK)
	return nil
}

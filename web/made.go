package web

import (
	"fmt"
	"net/http"
	"path"

	"rolecompare/internal/recommend"
	"rolecompare/web/page"
	"rolecompare/web/prerender"
)

// made names what is made on demand and kept for a while. There are finitely
// many of each kind, but too many to keep them all.
type made struct {
	kind   madeKind
	slug   string // of a comparison
	number int    // of a combination of answers
	stale  bool   // whether the address was made under other rules
	chosen string // an option and one a question, 0 for none: the answers in a form
	name   string // the path of a card, or the name of an asset
}

type madeKind uint8

const (
	madeRecommendation madeKind = iota
	madeRecommendationMarkdown
	madeForm
	madeCard
	madeAsset // at an address of another version
)

// made answers with what is kept, or makes it.
func (x *exchange) made(r *http.Request, key made) error {
	b, err := x.Edition.cache.Get(key)
	if err != nil {
		return err
	}
	return serve(x, r, b)
}

func (e *Edition) make(key made) (*prerender.Body, error) {
	switch key.kind {
	case madeCard:
		c, _ := e.card(key.name)
		picture, err := c.PNG()
		if err != nil {
			return nil, err
		}
		return prerender.New("image/png", picture, e.fields(cacheDay, crossOrigin)), nil
	case madeAsset:
		f := e.files.byName[key.name]
		fields := e.fields(cacheAsk)
		if f.picture() {
			crossOrigin.set(fields)
		}
		return prerender.New(types[path.Ext(f.name)], f.content, fields), nil
	case madeForm:
		engine := e.engines[key.slug]
		reading := recommend.Reading{Choice: make([]int, len(key.chosen))}
		for q := range reading.Choice {
			if reading.Choice[q] = int(key.chosen[q]) - 1; reading.Choice[q] < 0 {
				reading.Missing = append(reading.Missing, q)
			}
		}
		body, err := e.render(page.Questionnaire{Site: e.site, Comparison: engine.Comparison(), Reading: reading})
		if err != nil {
			return nil, err
		}
		return prerender.New(htmlType, body, e.fields(cachePage, noIndex, e.files.prefetch)), nil
	}
	engine := e.engines[key.slug]
	view := page.Recommendation{
		Site: e.site, Comparison: engine.Comparison(), Engine: engine,
		Result: engine.Recommend(engine.Answers(key.number)), Stale: key.stale,
	}
	if key.kind == madeRecommendationMarkdown {
		return prerender.New(markdownType, []byte(page.Absolute(view.Markdown(), e.options.BaseURL)), e.fields(cachePage, noIndex, varyAccept)), nil
	}
	body, err := e.render(view)
	if err != nil {
		return nil, fmt.Errorf("a recommendation of %s: %w", key.slug, err)
	}
	return prerender.New(htmlType, body, e.fields(cachePage, noIndex, varyAccept, e.files.prefetch)), nil
}

// fields returns the header of what may be kept as long as cache says. An
// author at work wants to see every change at once.
func (e *Edition) fields(cache header, others ...header) http.Header {
	h := http.Header{}
	if cache.set(h); e.options.Dev && cache.values[0] != cacheForever.values[0] {
		cacheAsk.set(h)
	}
	for _, f := range others {
		if f.name != "" {
			f.set(h)
		}
	}
	return h
}

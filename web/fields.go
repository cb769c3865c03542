package web

// field is a field of a header.
type field struct{ name, value string }

// How long answers may be kept. Browsers ask again each time, which an ETag
// makes cheap; caches that many visitors share may keep a page for five minutes,
// serve it for one more while they ask again, and for a day while the site is
// down. No page says no-store, which would keep it out of the back/forward
// cache.
var (
	cachePage    = field{"Cache-Control", "public, max-age=0, s-maxage=300, stale-while-revalidate=60, stale-if-error=86400"}
	cacheForever = field{"Cache-Control", "public, max-age=31536000, immutable"}
	cacheDay     = field{"Cache-Control", "public, max-age=86400, stale-while-revalidate=86400, stale-if-error=604800"}
	cacheAsk     = field{"Cache-Control", "no-cache"}
	cacheNever   = field{"Cache-Control", "no-store"}
)

// Fields that some answers have besides.
var (
	crossOrigin = field{"Cross-Origin-Resource-Policy", "cross-origin"} // others show it
	anyOrigin   = field{"Access-Control-Allow-Origin", "*"}             // pages of other sites may read it
	noIndex     = field{"X-Robots-Tag", "noindex"}
	varyAccept  = field{"Vary", "Accept"}
)

const (
	htmlType     = "text/html; charset=utf-8"
	markdownType = "text/markdown; charset=utf-8"
	textType     = "text/plain; charset=utf-8"
)

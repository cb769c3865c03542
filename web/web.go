// Package web serves the site: values in, an http.Handler out. It knows
// browsers, caches, proxies and what comes from the network, and neither flags
// nor files.
//
// A [Snapshot] is everything there is to answer with, made from one state of the
// content and the assets. A [Server] answers from the snapshot that was published
// last. Pages are made beforehand; what an address alone does not say, such as a
// recommendation, is made anew for each request and not kept.
//
// A request meets, each in a file of its own: what is noted of it (telemetry),
// the headers, the limits, the router, a handler, its turn if something is made on
// demand, a view of package page, and the bytes of package prerender. Handlers
// return errors, and answers.go answers all of them, panics too: with a page for the
// visitor, whose words are the authors', and with a line in the log for the operator.
//
// # Headers
//
// Every answer of a server, errors and 304 included, has:
//
//   - Content-Security-Policy: scripts, styles and images of this site and nothing
//     else, no frame around it, no form that posts elsewhere;
//   - X-Content-Type-Options: nosniff, so that what is text stays text;
//   - Referrer-Policy: same-origin, since a visitor's answers are in the address
//     and no other site is to learn them. It keeps Origin in our own forms, which
//     no-referrer would empty;
//   - Cross-Origin-Opener-Policy, Cross-Origin-Embedder-Policy and
//     Cross-Origin-Resource-Policy, which part the site from all others in the
//     browser's memory, but for cards and icons, which others show;
//   - Permissions-Policy, which refuses what the site never asks for;
//   - Strict-Transport-Security for two years, if the site's address is https.
//
// What programs get, the questions and a recommendation as JSON, pages of any site
// may read: those two addresses alone have Access-Control-Allow-Origin.
//
// There are no cookies. A post from another site is refused by net/http's
// CrossOriginProtection, which needs none.
//
// # Clients
//
// Whoever is connected is the client, unless that is one of
// [Limits.TrustedProxies]: then it is the last address in X-Forwarded-For that is
// not. Addresses are logged only at level debug, and queries, which hold a
// visitor's answers, never are.
package web

// Package web serves the site: values in, an http.Handler out. It knows
// browsers, caches, proxies and what comes from the network, and neither flags
// nor files.
//
// [Build] makes an [Edition] of the content and the assets: every page with its
// encodings and validators, never changed again. A [Server] answers from the
// edition that was published last. What an address alone does not say, a
// recommendation or a form with answers in it, is made on demand and kept in
// bounded memory.
//
// # Errors
//
// Handlers return errors, and [Server.answer] answers all of them: with the page
// for the visitor, whose words are the authors', and with a line in the log for
// the operator. A panic is such an error. Its page was rendered at the start.
//
// # Headers
//
// Every answer of a server, errors and 304 included, has:
//
//   - Content-Security-Policy, which allows scripts, styles and images of this
//     site and nothing else: no inline code, no plug-in, no frame around it, no
//     form that posts elsewhere, no <base>, and no script that makes HTML of a
//     string;
//   - X-Content-Type-Options: nosniff, so that what is text stays text;
//   - Referrer-Policy: same-origin, since a visitor's answers are in the address
//     and no other site is to learn them. It keeps Origin in our own forms, which
//     no-referrer would empty;
//   - Cross-Origin-Opener-Policy, Cross-Origin-Embedder-Policy and
//     Cross-Origin-Resource-Policy, which part the site from all others in the
//     browser's memory. Cards and icons are the exception: others show them;
//   - Permissions-Policy, which refuses what the site never asks for;
//   - Strict-Transport-Security for two years, if the site's address is https.
//     Whether its subdomains are, too, is their owners' to say.
//
// What programs get, the questions and a recommendation as JSON, pages of any site
// may read: those two addresses alone have Access-Control-Allow-Origin.
//
// There are no cookies. A post from another site is refused by net/http's
// CrossOriginProtection, which needs none.
//
// # Clients
//
// Whoever is connected is the client, unless the address is one of
// [Options.TrustedProxies]: then it is the last address in X-Forwarded-For that
// is not one of them. Addresses limit how much one client posts; they are logged
// only if asked for, and queries, which hold a visitor's answers, never are.
package web

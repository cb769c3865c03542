package web

import (
	"testing"

	"rolecompare/internal/markdown"
	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/internal/recommend"
)

// FuzzReadCanonical holds the quick reader of addresses, which nearly every
// request meets, against the one that reads them all.
func FuzzReadCanonical(f *testing.F) {
	site, faults := markdown.Read(markdowntest.Fixture(), markdown.Options{})
	if err := faults.Err(); err != nil {
		f.Fatal(err)
	}
	e, faults := recommend.Compile(site.Comparisons[0])
	if err := faults.Err(); err != nil {
		f.Fatal(err)
	}
	for n := range e.Combinations() {
		query := e.Query(e.Answers(n))
		f.Add(query)
		f.Add(query + "&")
		f.Add("&" + query)
		f.Add(query[:len(query)-3])
		f.Add(query[:len(query)-len("&v=")-8])
	}
	f.Fuzz(func(t *testing.T, query string) {
		number, version, quick := readCanonical(e, query)
		reading := e.Read(readQuery(query))
		if !isVersion(reading.Version) {
			reading.Version = ""
		}
		answers, whole := reading.Answers()
		canonical := whole && canonicalQuery(e, answers, reading.Version) == query
		if quick != canonical {
			t.Fatalf("%q: read quickly %v, at length %v", query, quick, canonical)
		}
		if quick && (number != e.Number(answers) || version != reading.Version) {
			t.Errorf("%q: read quickly as %d %q, at length as %d %q", query, number, version, e.Number(answers), reading.Version)
		}
	})
}

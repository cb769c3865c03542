package recommend_test

import (
	"io/fs"
	"os"
	"testing"

	"rolecompare/internal/markdown"
	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/internal/recommend"
)

// Compile proves what must hold of every comparison. Here it does so for the
// real content and for an unrelated pair with another number of questions.
func TestContentIsProved(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]fs.FS{"the real content": os.DirFS("../../content"), "the fixture": markdowntest.Fixture()} {
		site, faults := markdown.Read(content, markdown.Options{})
		if faults.Err() != nil {
			t.Fatalf("%s:\n%v", name, faults)
		}
		for _, c := range site.Comparisons {
			e, faults := recommend.Compile(c)
			if len(faults) > 0 {
				t.Errorf("%s, %s:\n%v", name, c.Slug, faults)
				continue
			}
			for i, share := range e.Shares() {
				t.Logf("%s: %5d of %d, %s", c.Slug, share, e.Combinations(), c.Outcomes.Items[i].ID)
			}
			t.Logf("%s: %d close calls", c.Slug, e.CloseCalls())
		}
	}
}

func BenchmarkContent(b *testing.B) {
	site, faults := markdown.Read(os.DirFS("../../content"), markdown.Options{})
	if faults.Err() != nil {
		b.Fatal(faults)
	}
	c := site.Comparisons[0]
	e, _ := recommend.Compile(c)
	b.Run("Compile", func(b *testing.B) {
		for b.Loop() {
			recommend.Compile(c)
		}
	})
	b.Run("Recommend", func(b *testing.B) {
		b.ReportAllocs()
		n := 0
		for b.Loop() {
			e.Recommend(e.Answers(n))
			n = (n + 1) % e.Combinations()
		}
	})
}

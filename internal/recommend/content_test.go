package recommend

import (
	"io/fs"
	"os"
	"testing"

	"rolecompare/internal/markdown"
	"rolecompare/internal/markdown/markdowntest"
)

// Compile proves what must hold of every comparison. Here it does so for the
// real content and for unrelated pairs with other numbers of questions.
func TestContentIsProved(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]fs.FS{"the real content": os.DirFS("../../content"), "the fixture": markdowntest.Fixture()} {
		site, diagnostics := markdown.Read(content, nil)
		if err := diagnostics.Err(); err != nil {
			t.Fatalf("%s:\n%v", name, err)
		}
		for _, c := range site.Comparisons {
			e, diagnostics := Compile(c)
			if e == nil {
				t.Errorf("%s, %s:\n%v", name, c.Slug, diagnostics)
				continue
			}
			checkModest(t, e)
		}
	}
}

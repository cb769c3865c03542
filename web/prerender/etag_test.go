package prerender

import (
	"strings"
	"testing"
)

func FuzzMatches(f *testing.F) {
	const tag = `"abc"`
	for _, seed := range []string{tag, "W/" + tag, `"x", ` + tag, "*", `"a,b",,W/"c" "`, `W/`, `"`, `"abc`, `abc"`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		strong, weak := matches([]string{line}, tag, false), matches([]string{line}, tag, true)
		if strong && !weak {
			t.Errorf("%q matches strongly and not weakly", line)
		}
		if weak && !strings.Contains(line, tag) && strings.Trim(line, " \t") != "*" {
			t.Errorf("%q matches without naming it", line)
		}
		if !matches([]string{line, tag}, tag, false) || !matches([]string{`"x" , W/"y"` + "\t," + tag, line}, tag, false) {
			t.Errorf("%q in another line hides it", line)
		}
	})
}

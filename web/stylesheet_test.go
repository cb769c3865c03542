package web

import "testing"

func TestCondense(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                          "",
		"/* why */\na { b: c }\n":   "a { b: c }",
		"a {\n\tb: c;\n\n  d: e\n}": "a {\nb: c;\nd: e\n}",
		"a { b: 1 / 2 } /* x\n*/ c": "a { b: 1 / 2 }  c",
		"a { b: \"/* kept */\" }":   "a { b: \"/* kept */\" }",
		"a { b: '\\'/*' } /* \" */": "a { b: '\\'/*' }",
		"a { b: \"\n  c":            "a { b: \"\n  c",
		"a /* never ended":          "a",
	} {
		if got := condense(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

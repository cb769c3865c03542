package markdown

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// typographer replaces what a keyboard has by what a printer would set: curly
// quotation marks and apostrophes, dashes for -- and ---, an ellipsis for three
// dots. The Markdown package's own extension takes some single quotation marks for
// apostrophes, and leaves some marks at the end of a text straight.
type typographer struct{}

func (typographer) Trigger() []byte { return []byte(`"'-.`) }

func (typographer) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	_, here := block.PeekLine()
	before, rest := block.Source()[:here.Start], block.Source()[here.Start:]
	set, n := "", 1
	switch {
	case rest[0] == '"' && opens(before):
		set = "“"
	case rest[0] == '"':
		set = "”"
	case rest[0] == '\'' && opens(before) && !elided.Match(rest):
		set = "‘"
	case rest[0] == '\'':
		set = "’"
	case bytes.HasPrefix(rest, []byte("---")):
		set, n = "—", 3
	case bytes.HasPrefix(rest, []byte("--")):
		set, n = "–", 2
	case bytes.HasPrefix(rest, []byte("...")):
		set, n = "…", 3
	default:
		return nil
	}
	block.Advance(n)
	return ast.NewString([]byte(set))
}

// opens reports whether a quotation mark begins a quotation, given what stands
// before it. Other quotation marks and the marks of emphasis say nothing.
func opens(before []byte) bool {
	before = bytes.TrimRight(before[max(0, len(before)-20):], `"'*_`)
	r, _ := utf8.DecodeLastRune(before)
	return len(before) == 0 || unicode.IsSpace(r) || strings.ContainsRune("([{/-–—", r)
}

// elided matches an apostrophe for letters left out at the beginning of a word.
var elided = regexp.MustCompile(`^'(?i:\d|(?:tis|twas|em|til|cause)\b)`)

package markdown

import (
	"os"
	"testing"
)

func TestContent(t *testing.T) {
	t.Parallel()
	_, faults := Read(os.DirFS("../../content"), Options{})
	if len(faults) > 0 {
		t.Error(faults)
	}
}

func TestTmp(t *testing.T) {
	s, faults := Read(os.DirFS("testdata/fixture"), Options{})
	if len(faults) > 0 {
		t.Error(faults)
	}
	t.Logf("%+v", s.Comparisons[0])
}

package site_test

import (
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"rolecompare/internal/markdown/markdowntest"
	"rolecompare/internal/site"
)

// kept is the fixture with these links, an old one and its decisions written down.
func kept(t *testing.T, links ...string) fstest.MapFS {
	t.Helper()
	fsys := markdowntest.Fixture()
	fsys[site.LinksFile].Data = []byte(strings.Join(append(links, "/old"), "\n"))
	for _, u := range load(t, fsys).Updates(nil) {
		fsys[u.File] = &fstest.MapFile{Data: u.Body}
	}
	return fsys
}

func TestLinksAreAddedAndNeverRemoved(t *testing.T) {
	t.Parallel()
	s := load(t, kept(t, "/a#b"))
	for _, c := range []struct {
		addresses            []string
		warning, says, links string
	}{
		{nil, "", "", ""},
		{[]string{"/a#b"}, "", "", ""},
		{[]string{"/new", "/a#b"}, "addresses that are not kept yet (1): /new", "keeps more addresses (1).", "/a#b\n/new\n/old\n"},
		{[]string{"/d", "/c", "/b", "/a"}, "addresses that are not kept yet (4): /d, /c, /b", "keeps more addresses (4).", "/a\n/a#b\n/b\n/c\n/d\n/old\n"},
	} {
		found := s.CheckKept(c.addresses)
		if c.warning == "" && len(found) > 0 {
			t.Errorf("with %v: %v", c.addresses, found)
		}
		if c.warning != "" && (len(found) != 1 || found.Err() != nil || found[0].Message != c.warning || found[0].At.File != site.LinksFile) {
			t.Errorf("with %v: %v, want a warning: %s", c.addresses, found, c.warning)
		}
		updates := s.Updates(c.addresses)
		if c.links == "" {
			if len(updates) > 0 {
				t.Errorf("with %v, something is written: %v", c.addresses, updates)
			}
		} else if len(updates) != 1 || updates[0].File != site.LinksFile || string(updates[0].Body) != c.links || updates[0].Says != c.says {
			t.Errorf("with %v: %+v, want %q", c.addresses, updates, c.links)
		}
	}
}

// TestUpdateIsEnough writes what an update says, and finds nothing left to do.
func TestUpdateIsEnough(t *testing.T) {
	t.Parallel()
	fsys := markdowntest.Fixture()
	delete(fsys, site.LinksFile)
	addresses := []string{"/z", "/a"}
	s := load(t, fsys)
	if found := s.CheckKept(addresses); len(found) != 3 || found.Err() == nil {
		t.Errorf("without links and decisions: %v", found)
	}
	for _, u := range s.Updates(addresses) {
		fsys[u.File] = &fstest.MapFile{Data: u.Body}
	}
	s = load(t, fsys)
	if found, updates := s.CheckKept(addresses), s.Updates(addresses); len(found)+len(updates) > 0 {
		t.Errorf("after an update: %v %v", found, updates)
	}
}

func TestDecisionsThatChange(t *testing.T) {
	t.Parallel()
	fsys := kept(t)
	replace(t, fsys, folder+"outcomes.md", "ground-trouble is failed\nor\n", "ground-trouble is failed\n")
	s, _ := site.Load(fsys, site.Options{Now: today})
	found := s.CheckKept(nil)
	at := path.Join(folder, site.DecisionsFile)
	if found.Err() == nil || len(found) != 1 || found[0].At.File != at || !strings.Contains(found[0].Message, "results change") {
		t.Fatalf("a rule that changed gives %v", found)
	}
	updates := s.Updates(nil)
	if len(updates) != 1 || updates[0].File != at || !strings.Contains(updates[0].Says, found[0].Message) {
		t.Errorf("the update says %+v, and not what changes", updates)
	}
	if slices.Equal(updates[0].Body, fsys[at].Data) {
		t.Error("the update writes what is there")
	}
}

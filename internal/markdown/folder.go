package markdown

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"rolecompare/internal/comparison"
)

// maxSize is how many bytes a file may have: more than anybody writes by hand.
const maxSize = 256 << 10

// reader reads files and folders of the content, one after the other.
type reader struct {
	fsys  fs.FS
	roles []*comparison.Role // in the order shown; they are read before the comparisons, which name them
	found comparison.Diagnostics

	pictures map[string]*picture // by their names in the folder
}

func (r *reader) report(name, message, hint string) {
	r.found.Lose(comparison.Position{File: name}, message, hint)
}

// folder returns the names of what is to be read in a folder. check says what is
// wrong with an entry, for a name that is misspelt must not go unnoticed.
func (r *reader) folder(folder string, check func(fs.DirEntry) (message, hint string)) []string {
	entries, err := fs.ReadDir(r.fsys, folder)
	if err != nil {
		r.report(folder, "the folder cannot be read: "+reason(err), "let everybody read it")
	}
	var out []string
	for _, e := range entries {
		name := e.Name()
		info, err := e.Info()
		var message, hint string
		switch {
		case strings.HasPrefix(name, "."), strings.HasSuffix(name, "~"), name == "README.md",
			folder == "." && name == "embed.go": // dot-files, editors' copies, notes
			continue
		case e.Type()&fs.ModeSymlink != 0:
			message, hint = "this is a link to another file or folder, and links are not followed", "put the file itself here"
		case !e.IsDir() && !e.Type().IsRegular():
			message, hint = "this is no ordinary file", "remove it"
		case !e.IsDir() && err == nil && info.Size() > maxSize:
			message, hint = fmt.Sprintf("the file is larger than %d KiB", maxSize>>10), "is it the right one? If so, make it smaller"
		case !e.IsDir() && isPicture(name):
			if message, hint = r.picture(path.Join(folder, name)); message == "" {
				continue
			}
		default:
			message, hint = check(e)
		}
		if message != "" {
			r.report(path.Join(folder, name), message, hint)
		} else {
			out = append(out, name)
		}
	}
	return out
}

// only checks that an entry is one of those files and folders.
func only(files, folders []string) func(fs.DirEntry) (message, hint string) {
	return func(e fs.DirEntry) (message, hint string) {
		switch name := e.Name(); {
		case !e.IsDir() && slices.Contains(files, name), e.IsDir() && slices.Contains(folders, name):
			return "", ""
		case e.IsDir() && slices.Contains(files, name):
			return "a file should be here, and this is a folder", "put its files elsewhere"
		case e.IsDir():
			return "a folder of this name is not expected here", comparison.Suggest(name, folders)
		default:
			return "a file of this name is not expected here", comparison.Suggest(name, files)
		}
	}
}

// read reads a file that must be there, and hands it to use if it is a text.
func (r *reader) read(name string, use func(*file)) {
	if slices.ContainsFunc(r.found, func(d comparison.Diagnostic) bool { return d.At.File == name }) {
		return // It is no such file, as was said when its folder was looked through.
	}
	src, err := fs.ReadFile(r.fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		r.report(name, "the file is missing", "write it; the README of the content folder shows how")
	} else if err != nil {
		r.report(name, "the file cannot be read: "+reason(err), "let everybody read it")
	} else if f := newFile(name, src, &r.found); f != nil {
		f.pictures = r.pictures
		use(f)
	}
}

// reason says why something could not be read, without the call and the path.
func reason(err error) string {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		err = e.Err
	}
	return err.Error()
}

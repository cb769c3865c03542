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

	pictures map[string]*comparison.Picture // by their names in the folder
}

func (r *reader) report(name, message, hint string) {
	r.found.Lose(comparison.Position{File: name}, message, hint)
}

// What stands for any file or folder whose name becomes part of an address.
const (
	anyText   = "any-name.md"
	anyFolder = "any-name/"
)

// folder returns the names of what is to be read in a folder that there may be. What is
// not known is reported, for a name that is misspelt must not go unnoticed.
func (r *reader) folder(folder string, known ...string) []string {
	entries, err := fs.ReadDir(r.fsys, folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		r.report(folder, "the folder cannot be read: "+reason(err), "let everybody read it")
	}
	var out []string
	for _, e := range entries {
		name := e.Name()
		info, err := e.Info()
		kind, id, named, unknown := "file", strings.TrimSuffix(name, ".md"), name, anyText
		if e.IsDir() {
			kind, id, named, unknown = "folder", name, name+"/", anyFolder
		}
		var message, hint string
		switch {
		case strings.HasPrefix(name, "."), strings.HasSuffix(name, "~"), name == "README.md",
			folder == "." && name == "embed.go": // dot-files, editors' copies, notes
			continue
		case !e.IsDir() && !e.Type().IsRegular():
			message, hint = "this is no file or folder, but perhaps a link to one, and links are not followed", "put the file itself here"
		case !e.IsDir() && err == nil && info.Size() > maxSize:
			message, hint = fmt.Sprintf("the file is larger than %d KiB", maxSize>>10), "is it the right one? If so, make it smaller"
		case !e.IsDir() && isPicture(name):
			var p *comparison.Picture
			if message, hint = isAddress(strings.TrimSuffix(name, path.Ext(name))); message == "" {
				p, message, hint = readPicture(r.fsys, path.Join(folder, name))
			}
			if message == "" {
				r.pictures[path.Join(folder, name)] = p
				continue
			}
		case slices.Contains(known, named):
		case slices.Contains(known, unknown) && id+path.Ext(unknown) == name:
			message, hint = isAddress(id)
		default:
			alike := slices.DeleteFunc(slices.Clone(known), func(k string) bool { return strings.HasSuffix(k, "/") != e.IsDir() })
			message, hint = fmt.Sprintf("a %s of this name is not expected here", kind), comparison.Suggest(named, alike)
		}
		if message != "" {
			r.report(path.Join(folder, name), message, hint)
		} else {
			out = append(out, name)
		}
	}
	return out
}

// isAddress says what is wrong with a name that becomes part of an address.
func isAddress(name string) (message, hint string) {
	if comparison.IsID(name) {
		return "", ""
	}
	return fmt.Sprintf("“%s” cannot be part of an address", name), comparison.AdviseID(name)
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

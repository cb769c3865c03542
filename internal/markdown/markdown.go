// Package markdown reads what the site says from a folder of Markdown files
// into the model of package comparison. The format is described for its
// authors in content/README.md.
//
// It is strict, and patient: whatever is not as the format has it is a fault,
// with the place where it stands and what to do about it, and one reading
// finds every fault of the whole folder. Nothing an author can write makes it
// fail in any other way.
//
// Files are plain Markdown without HTML, so that what is rendered from them is
// safe to send as it is. Their quotation marks, dashes and dots are typeset.
package markdown

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"rolecompare/internal/comparison"
)

// Options are what the content alone does not say.
type Options struct {
	Now time.Time // to tell whether a review is overdue; zero: never
}

// Read reads a content folder and checks everything in it that needs no rule to
// be proved. The faults are sorted and quote their lines. The site is nil only
// if nothing could be read; if any fault is more than a warning, it is not to
// be shown to visitors.
func Read(fsys fs.FS, opt Options) (*comparison.Site, comparison.Faults) {
	r := &reader{fsys: fsys}
	site := r.read()
	if site != nil {
		r.faults = append(r.faults, site.Check(opt.Now)...)
	}
	r.faults.Sort()
	Quote(fsys, r.faults)
	return site, r.faults
}

// Quote fills in the lines of the content at which faults point.
func Quote(fsys fs.FS, faults comparison.Faults) {
	files := map[string]*file{}
	for i := range faults {
		at := faults[i].At
		if at.Line == 0 || faults[i].Source != "" {
			continue
		}
		f, ok := files[at.File]
		if !ok {
			if src, err := readFile(fsys, at.File); err == nil {
				f = lines(at.File, src)
			}
			files[at.File] = f
		}
		if f != nil && at.Line <= len(f.starts) {
			faults[i].Source = strings.Map(visible, f.line(at.Line))
		}
	}
}

// visible replaces what would garble a report.
func visible(r rune) rune {
	if control(r) {
		return '\ufffd'
	}
	return r
}

// reader reads files and folders of the content, one after the other.
type reader struct {
	fsys   fs.FS
	faults comparison.Faults
}

func (r *reader) fault(name, what, do string) {
	r.faults.Add(comparison.Place{File: name}, what, do)
}

func (r *reader) read() *comparison.Site {
	entries, err := fs.ReadDir(r.fsys, ".")
	if err != nil {
		r.fault(".", "the content folder cannot be read: "+reason(err), "name the folder that holds site.md and comparisons")
		return nil
	}
	has := map[string]bool{}
	for _, e := range entries {
		if r.expected(".", e, []string{"site.md", "words.md"}, []string{"comparisons", "pages", "services"}) {
			has[e.Name()] = true
		}
	}
	if !has["site.md"] && !has["words.md"] && !has["comparisons"] {
		r.faults = nil
		r.fault(".", "this is no content folder: it has no site.md, no words.md and no comparisons", "name the folder that has them")
		return nil
	}
	site := &comparison.Site{At: comparison.Place{File: "site.md"}}
	if f := r.file("site.md"); f != nil {
		f.site(site)
	}
	if f := r.file("words.md"); f != nil {
		f.words(&site.Words)
	}
	if has["services"] {
		for id, f := range r.texts("services") {
			site.Services = append(site.Services, f.service(id))
		}
	}
	if has["pages"] {
		for id, f := range r.texts("pages") {
			site.Pages = append(site.Pages, f.page(id))
		}
	}
	slices.SortStableFunc(site.Services, func(a, b *comparison.Service) int { return a.Order - b.Order })
	slices.SortStableFunc(site.Pages, func(a, b *comparison.Page) int { return a.Order - b.Order })
	if has["comparisons"] {
		site.Comparisons = r.comparisons()
	}
	if len(site.Comparisons) == 0 {
		r.fault("comparisons", "there is no comparison", "make a folder for each in comparisons, for example with “rolecompare new”")
	}
	slices.SortStableFunc(site.Comparisons, func(a, b *comparison.Comparison) int { return a.Order - b.Order })
	return site
}

// comparisons reads the folder of comparisons, as many at a time as there are
// processors. The order of what it returns and reports is that of their names.
func (r *reader) comparisons() []*comparison.Comparison {
	var slugs []string
	for _, e := range r.folder("comparisons") {
		if r.expected("comparisons", e, nil, nil) {
			slugs = append(slugs, e.Name())
		}
	}
	read := make([]*comparison.Comparison, len(slugs))
	readers := make([]reader, len(slugs))
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(slugs)) {
		wg.Go(func() {
			for i := range next {
				readers[i].fsys = r.fsys
				read[i] = readers[i].comparison(slugs[i])
			}
		})
	}
	for i := range slugs {
		next <- i
	}
	close(next)
	wg.Wait()
	for i := range readers {
		r.faults = append(r.faults, readers[i].faults...)
	}
	return read
}

// texts reads the files of a folder whose names are ids. The file is nil where
// it cannot be read, which is a fault already.
func (r *reader) texts(folder string) func(yield func(string, *file) bool) {
	return func(yield func(string, *file) bool) {
		for _, e := range r.folder(folder) {
			if !r.expected(folder, e, nil, nil) {
				continue
			}
			if !yield(strings.TrimSuffix(e.Name(), ".md"), r.file(path.Join(folder, e.Name()))) {
				return
			}
		}
	}
}

func (r *reader) folder(name string) []fs.DirEntry {
	entries, err := fs.ReadDir(r.fsys, name)
	if err != nil {
		r.fault(name, "the folder cannot be read: "+reason(err), "let everybody read it")
	}
	return entries
}

// expected reports whether an entry of a folder is one to read. What the
// format has no place for is a fault: a misspelt name must not go unnoticed.
//
// In comparisons any folder is expected, in services and pages any text.
func (r *reader) expected(folder string, e fs.DirEntry, files, folders []string) bool {
	name := e.Name()
	full := path.Join(folder, name)
	switch {
	case strings.HasPrefix(name, "."), strings.HasSuffix(name, "~"), name == "README.md",
		folder == "." && name == "embed.go": // dot-files, editors' copies, notes
		return false
	case e.Type()&fs.ModeSymlink != 0:
		r.fault(full, "this is a link to another file or folder, and links are not followed", "put the file itself here")
		return false
	case !e.IsDir() && !e.Type().IsRegular():
		r.fault(full, "this is no ordinary file", "remove it")
		return false
	case folder == "comparisons" && !e.IsDir():
		r.fault(full, "a file is not expected here", "put it in the folder of its comparison, or remove it")
		return false
	case folder == "comparisons":
		if !comparison.IsID(name) {
			r.fault(full, fmt.Sprintf("“%s” cannot be part of an address", name), comparison.AdviseID(name))
			return false
		}
		return true
	case (folder == "services" || folder == "pages") && !e.IsDir():
		id, ok := strings.CutSuffix(name, ".md")
		if !ok {
			r.fault(full, "only files whose names end in .md are expected here", "rename or remove it")
		} else if !comparison.IsID(id) {
			r.fault(full, fmt.Sprintf("“%s” cannot be part of an address", id), comparison.AdviseID(id))
			ok = false
		}
		return ok
	case e.IsDir() && slices.Contains(folders, name), !e.IsDir() && slices.Contains(files, name):
		return true
	case e.IsDir() && slices.Contains(files, name):
		r.fault(full, "a file should be here, and this is a folder", "put its files elsewhere")
	case e.IsDir():
		r.fault(full, "a folder of this name is not expected here", comparison.Suggest(name, folders))
	default:
		r.fault(full, "a file of this name is not expected here", comparison.Suggest(name, files))
	}
	return false
}

// file reads a file that must be there.
func (r *reader) file(name string) *file {
	if slices.ContainsFunc(r.faults, func(f comparison.Fault) bool { return f.At.File == name }) {
		return nil // It is no file, as was said when its folder was looked through.
	}
	src, err := readFile(r.fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.fault(name, "the file is missing", "write it; the README of the content folder shows how")
		return nil
	case err != nil:
		r.fault(name, "the file cannot be read: "+reason(err), "let everybody read it")
		return nil
	}
	return newFile(name, src, &r.faults)
}

// readFile reads no more of a file than it takes to see that it is too large.
// It does not follow a symbolic link, nor wait for what is no ordinary file.
func readFile(fsys fs.FS, name string) ([]byte, error) {
	if info, err := fs.Lstat(fsys, name); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() {
		return nil, fs.ErrInvalid
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxSize+1))
}

// reason says why something could not be read, without the words of the
// operating system's interface.
func reason(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is none"
	case errors.Is(err, fs.ErrPermission):
		return "permission denied"
	case errors.Is(err, fs.ErrInvalid):
		return "it is no ordinary file"
	}
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		err = e.Err
	}
	return err.Error()
}

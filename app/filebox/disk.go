package filebox

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// file is one file or folder as a folder lists it.
type file struct {
	name    string
	lower   string // for the filter
	folder  bool
	hidden  bool
	size    int64
	changed time.Time
}

// listing is the content of a folder, folders first, by name.
type listing struct {
	folder string
	files  []file
}

// read lists a folder. Where it is gone, the nearest one above it that is there
// is listed in its place. Links count as what they lead to; what cannot be looked
// at is left out. Names are in the order of a language, "2" before "10".
func read(folder, lang string) (listing, error) {
	entries, err := os.ReadDir(folder)
	if up := filepath.Dir(folder); errors.Is(err, fs.ErrNotExist) && up != folder {
		return read(up, lang)
	}
	if err != nil {
		return listing{}, err
	}
	files := make([]file, 0, len(entries))
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && info.Mode()&fs.ModeSymlink != 0 {
			info, err = os.Stat(filepath.Join(folder, e.Name()))
		}
		if err != nil { // a link to nowhere, or gone since
			continue
		}
		if !info.IsDir() && !info.Mode().IsRegular() { // a device, a socket: no content to send
			continue
		}
		files = append(files, file{
			name: e.Name(), lower: strings.ToLower(e.Name()), folder: info.IsDir(), hidden: hidden(e.Name(), info),
			size: info.Size(), changed: info.ModTime(),
		})
	}
	sortByName(files, lang)
	return listing{folder, files}, nil
}

func sortByName(files []file, lang string) {
	order := collate.New(language.Make(lang), collate.IgnoreCase, collate.Numeric)
	var buffer collate.Buffer
	keys := make(map[string][]byte, len(files))
	for _, f := range files {
		keys[f.name] = order.KeyFromString(&buffer, f.name)
	}
	slices.SortFunc(files, func(a, b file) int {
		if a.folder != b.folder {
			return foldersFirst(a)
		}
		if c := slices.Compare(keys[a.name], keys[b.name]); c != 0 {
			return c
		}
		return strings.Compare(a.name, b.name)
	})
}

func foldersFirst(a file) int {
	if a.folder {
		return -1
	}
	return 1
}

// problem is what is wrong with the name of a file, as the key of its words.
type problem string

const (
	nameEmpty  problem = "files.name_empty"
	nameSigns  problem = "files.name_signs" // signs that a system forbids in names
	nameFolder problem = "files.name_folder"
)

// forbidden are the signs that no name may have on one of the systems.
const forbidden = `/\:*?"<>|`

// wrongName says what is wrong with a name typed for a file of the listing; empty:
// nothing.
func (l listing) wrongName(name string) problem {
	switch {
	case strings.Trim(name, ". ") == "":
		return nameEmpty
	case strings.ContainsAny(name, forbidden) || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' }):
		return nameSigns
	}
	if f, ok := l.find(name); ok && f.folder {
		return nameFolder
	}
	return ""
}

// find returns the file that a name would replace: some systems take capitals
// for small letters.
func (l listing) find(name string) (file, bool) {
	i := slices.IndexFunc(l.files, func(f file) bool { return strings.EqualFold(f.name, name) })
	if i < 0 {
		return file{}, false
	}
	return l.files[i], true
}

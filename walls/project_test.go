// Package walls holds the tests that keep the house's rooms apart: which package
// may import which, and where the clock, the UI thread and SQL may be touched.
// ARCHITECTURE.md says why each wall stands.
package walls

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "shopbell"

// project is every Go file of the module, parsed. It is read from the source and
// not from `go list`, so that files for other operating systems are held to the
// same walls.
type project struct {
	fset  *token.FileSet
	files []file
}

// file is one Go file. Names are relative to the module's root, with slashes.
type file struct {
	name  string
	lines int
	ast   *ast.File
}

// dir is the folder of the file, "." for the root.
func (f file) dir() string { return path.Dir(f.name) }

func (f file) isTest() bool { return strings.HasSuffix(f.name, "_test.go") }

// in reports whether the file lies in one of the folders or below.
func (f file) in(dirs ...string) bool {
	return slices.ContainsFunc(dirs, func(d string) bool { return f.dir() == d || strings.HasPrefix(f.dir(), d+"/") })
}

// imports returns the import paths of the file.
func (f file) imports() []string {
	paths := make([]string, 0, len(f.ast.Imports))
	for _, spec := range f.ast.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err == nil {
			paths = append(paths, p)
		}
	}
	return paths
}

// own turns an import path of this module into a folder: "shopbell/core/chat"
// gives "core/chat", true.
func own(importPath string) (string, bool) {
	return strings.CutPrefix(importPath, module+"/")
}

// localName is the name under which the file knows the imported package, ""
// where it does not import it. base is the package's own name.
func (f file) localName(importPath, base string) string {
	for _, spec := range f.ast.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err != nil || p != importPath {
			continue
		}
		if spec.Name != nil {
			return spec.Name.Name
		}
		return base
	}
	return ""
}

// uses returns where the file mentions importPath.name for one of the names,
// called or not: handing time.Now on is reading the clock too.
func (p *project) uses(f file, importPath, base string, names ...string) []string {
	local := f.localName(importPath, base)
	if local == "" {
		return nil
	}
	var at []string
	ast.Inspect(f.ast, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok || !slices.Contains(names, sel.Sel.Name) {
			return true
		}
		// A local variable of the package's name has an object; the package has none.
		if x, ok := sel.X.(*ast.Ident); ok && x.Name == local && x.Obj == nil {
			at = append(at, fmt.Sprintf("%s: %s.%s", p.at(f, sel.Pos()), base, sel.Sel.Name))
		}
		return true
	})
	return at
}

// at is "file:line" of a position.
func (p *project) at(f file, pos token.Pos) string {
	return fmt.Sprintf("%s:%d", f.name, p.fset.Position(pos).Line)
}

func (p *project) add(name string, src []byte) error {
	parsed, err := parser.ParseFile(p.fset, name, src, parser.ParseComments)
	if err != nil {
		return err
	}
	lines := strings.Count(string(src), "\n")
	p.files = append(p.files, file{name: name, lines: lines, ast: parsed})
	return nil
}

// readProject parses the module around this package.
func readProject(t *testing.T) *project {
	t.Helper()
	root := ".."
	if _, err := os.Stat(filepath.Join(root, "go.mod")); err != nil {
		t.Fatalf("the walls stand in a folder right below the module's root: %v", err)
	}
	p := &project{fset: token.NewFileSet()}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if entry.IsDir() {
			// tools is a module of its own; testdata is no code of ours.
			if base := path.Base(rel); rel != "." && (strings.HasPrefix(base, ".") || base == "testdata" || rel == "build" || rel == "tools") {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(rel) != ".go" {
			return nil
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return p.add(rel, src)
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.files) == 0 {
		t.Fatal("no Go file found: the walls would hold anything")
	}
	return p
}

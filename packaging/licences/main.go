// Command licences writes the licences of everything that is built into Shopbell's
// programs: of each module, of what a module has brought from elsewhere, and of Go.
//
//	licences FILE   writes FILE
//
// It is run after go.mod has changed; the test beside it fails until it is. It asks
// the go command, in whose module cache the texts are.
package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"shopbell/assets/licences"
)

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "licences:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) != 1 {
		return errors.New("usage: licences FILE")
	}
	all, err := collect(ctx, ".")
	if err != nil {
		return err
	}
	return os.WriteFile(args[0], licences.Format(all), 0o644)
}

// builds are what is packaged: the systems, and the programs with their tags.
var builds = []struct{ system, tags, program string }{
	{"linux", "migrated_fynedo", "."},
	{"windows", "migrated_fynedo", "."},
	{"linux", "", "./core/cmd/shopbelld"},
	{"windows", "", "./core/cmd/shopbelld"},
}

// listed is what is read of a package in `go list -json`.
type listed struct {
	Dir    string
	Module *struct {
		Path, Version, Dir string
		Main               bool
	}
}

// used is a module with the folders of its packages that are built in.
type used struct {
	dir      string
	packages map[string]bool
}

// collect reads the licences of all builds, by the names of the modules. root is the
// folder of go.mod. A module without a text is an error.
func collect(ctx context.Context, root string) ([]licences.Licence, error) {
	modules := map[string]used{}
	for _, b := range builds {
		out, err := goCommand(ctx, root, []string{"GOOS=" + b.system, "GOARCH=amd64", "CGO_ENABLED=1"}, "list", "-deps", "-json=Dir,Module", "-tags", b.tags, b.program)
		if err != nil {
			return nil, err
		}
		for d := json.NewDecoder(bytes.NewReader(out)); ; {
			var p listed
			if err := d.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return nil, fmt.Errorf("go list: %w", err)
			}
			if p.Module == nil || p.Module.Main {
				continue
			}
			name := p.Module.Path + " " + p.Module.Version
			if _, known := modules[name]; !known {
				modules[name] = used{p.Module.Dir, map[string]bool{}}
			}
			modules[name].packages[p.Dir] = true
		}
	}
	goroot, err := goCommand(ctx, root, nil, "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	all, err := read("Go", used{strings.TrimSpace(string(goroot)), map[string]bool{}})
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(modules)) {
		of, err := read(name, modules[name])
		if err != nil {
			return nil, err
		}
		all = append(all, of...)
	}
	return all, nil
}

func goCommand(ctx context.Context, dir string, env []string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	out, err := cmd.Output()
	if e, failed := errors.AsType[*exec.ExitError](err); failed {
		return nil, fmt.Errorf("go %s: %w\n%s", args[0], err, e.Stderr)
	}
	return out, err
}

// named is how files with a licence are called. A notice belongs to the licence.
var named = regexp.MustCompile(`(?i)^(licen[cs]e|copying|copyright|notice|ofl|unlicense|patents)([-._].*)?$`)

// plain are the names, in the first folder of a module, that say no more than that it
// is the module's licence.
var plain = regexp.MustCompile(`(?i)^(licen[cs]e|copying)(\.(md|txt))?$`)

// source is what a file of Go or C may end in, beside the names above.
var source = regexp.MustCompile(`\.(go|c|h|s)$`)

// read finds the licences of a module: beside its packages that are built in, in the
// folders above them, and in those below that hold no Go, as fonts do and C sources.
func read(name string, m used) ([]licences.Licence, error) {
	var all []licences.Licence
	err := filepath.WalkDir(m.dir, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && path != m.dir && (e.Name() == "testdata" || strings.HasPrefix(e.Name(), ".") || len(m.packages) == 0):
			return fs.SkipDir
		case e.IsDir() || !named.MatchString(e.Name()) || source.MatchString(e.Name()):
			return nil
		}
		in, err := concerns(filepath.Dir(path), m)
		if err != nil || !in {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		of := name
		if below, err := filepath.Rel(m.dir, path); err != nil {
			return err
		} else if !plain.MatchString(below) {
			of += ", " + filepath.ToSlash(below)
		}
		all = append(all, licences.Licence{Of: of, Text: tidy(text)})
		return nil
	})
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("%s has no licence in %s", name, m.dir)
	}
	slices.SortStableFunc(all, func(a, b licences.Licence) int { return cmp.Compare(len(a.Of), len(b.Of)) })
	return all, err
}

// concerns reports whether a licence in dir is one of what is built in.
func concerns(dir string, m used) (bool, error) {
	if dir == m.dir {
		return true, nil
	}
	for p := range m.packages {
		if p == dir || strings.HasPrefix(p, dir+string(filepath.Separator)) {
			return true, nil
		}
	}
	for above := dir; ; above = filepath.Dir(above) {
		if m.packages[above] {
			return true, nil
		}
		if code, err := filepath.Glob(filepath.Join(above, "*.go")); err != nil || len(code) > 0 || above == m.dir {
			return false, err
		}
	}
}

// tidy takes away what differs between editors.
func tidy(text []byte) string {
	lines := strings.Split(strings.ReplaceAll(strings.ToValidUTF8(string(text), "?"), "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\f")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

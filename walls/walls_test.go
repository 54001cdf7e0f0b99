package walls

import (
	"fmt"
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A wall is one rule. breaches lists what breaks it, one line each.
type wall struct {
	name     string
	reason   string
	breaches func(p *project) []string
}

// rings lists every package of core. Imports run inwards: to the same ring or a
// lower one. Ring 1 is words and pure decisions, ring 2 one outside thing each,
// ring 3 machinery, ring 4 the programs.
var rings = map[string]int{
	"core/staff":           1,
	"core/chat":            1,
	"core/autoreply":       1,
	"core/autoreply/words": 1,
	"core/autoreply/packs": 1,
	"core/rulebench":       1,
	"core/find":            1,
	"core/table":           1,
	"core/contactfile":     1,
	"core/desk":            1,
	"core/chatexport":      1,
	"core/learn":           1,
	"core/voice":           1,
	"core/store":           2,
	"core/cloudapi":        2,
	"core/retry":           2,
	"core/secrets":         2,
	"core/tunnel":          2,
	"core/media":           2,
	"core/backup":          2,
	"core/stock":           2,
	"core/api":             2,
	"core/intake":          3,
	"core/outbox":          3,
	"core/sandbox":         3,
	"core/host":            3,
	"core/cmd/shopbelld":   4,
	"core/desk/desktest":   4,
	"core/store/storetest": 4,
}

// shared are the packages under app that screens stand on; every other one is a
// screen, or drives the whole program from outside (app/windowtest).
var shared = []string{"app/live", "app/kit", "app/look", "app/locale", "app/person", "app/sound", "app/clipboard"}

const windowTest = "app/windowtest"

// edges are where the clock may be read: the programs, what opens everything,
// and the store, whose transactions carry one moment each.
var edges = []string{"core/cmd", "core/host", "core/store", "bench", "packaging", windowTest}

var walls = []wall{
	{
		name:     "every package of core has its ring",
		reason:   "a package that is in no ring is behind no wall: add it to the table in walls_test.go",
		breaches: packagesWithoutRing,
	},
	{
		name:     "imports run inwards",
		reason:   "words know nothing of machinery, so that they can be tested and read alone",
		breaches: outwardImports,
	},
	{
		name:     "ring 1 is pure",
		reason:   "decisions take time and data as arguments: no network, file, database, process or goroutine",
		breaches: impurities,
	},
	{
		name:     "app sees the shop through core/desk only",
		reason:   "a screen never knows whether the desk is in this process or on another machine; only main.go opens it",
		breaches: appImports,
	},
	{
		name:     "screens do not import one another",
		reason:   "a screen can be read, tested and taken out alone; what two need stands in kit, live, look, locale or person",
		breaches: screenImports,
	},
	{
		name:     "fyne.Do is called in app/live only",
		reason:   "one place crosses to the UI thread, so that cancellation and order are decided once",
		breaches: threadHops,
	},
	{
		name:     "the clock is read at the edges only",
		reason:   "time is an argument or a Now field, so that midnight can be tested at noon",
		breaches: clockReadings,
	},
	{
		name:     "SQL stands in core/store only",
		reason:   "the schema has one owner; everybody else calls its methods",
		breaches: sqlElsewhere,
	},
	{
		name:     "sound is played in app/sound only",
		reason:   "a program has one output; everybody else gives it samples, and a test takes them without a device",
		breaches: importedElsewhere("app/sound", "github.com/ebitengine/oto/"),
	},
	{
		name:     "pictures go through the clipboard in app/clipboard only",
		reason:   "each system has another library for it; a screen asks for a picture, and a test gives it one",
		breaches: importedElsewhere("app/clipboard", "github.com/jezek/xgb", "golang.design/x/clipboard"),
	},
	{
		name:     "a file stays under 500 lines",
		reason:   "what does not fit is two ideas: give each its file",
		breaches: longFiles,
	},
	{
		name:     "a package is named after what it owns",
		reason:   "a bag of helpers has no owner and no end",
		breaches: bagsOfHelpers,
	},
}

func TestWalls(t *testing.T) {
	p := readProject(t)
	for _, w := range walls {
		t.Run(w.name, func(t *testing.T) {
			for _, b := range w.breaches(p) {
				t.Errorf("%s\n\twall: %s, because %s", b, w.name, w.reason)
			}
		})
	}
}

func packagesWithoutRing(p *project) []string {
	var out []string
	for _, f := range p.files {
		if _, ok := rings[f.dir()]; f.in("core") && !ok {
			out = append(out, f.dir()+" has no ring")
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// outwardImports leaves tests out: a test of the words may drive them with a
// helper from further out.
func outwardImports(p *project) []string {
	var out []string
	for _, f := range p.files {
		ring, ok := rings[f.dir()]
		if !ok || f.isTest() {
			continue
		}
		for _, imported := range f.imports() {
			dir, ours := own(imported)
			if !ours {
				continue
			}
			switch r, known := rings[dir]; {
			case known && r > ring:
				out = append(out, fmt.Sprintf("%s (ring %d) imports %s (ring %d)", f.name, ring, dir, r))
			case !known && !strings.HasPrefix(dir, "core/"):
				out = append(out, fmt.Sprintf("%s imports %s, which is outside core", f.name, dir))
			}
		}
	}
	return out
}

func impurities(p *project) []string {
	outside := []string{"net", "os", "database", "syscall", "plugin", "log", "io/fs", "testing"}
	pure := []string{"net/url", "net/netip"} // parsing only, whatever their folder says
	var out []string
	for _, f := range p.files {
		if rings[f.dir()] != 1 || f.isTest() {
			continue
		}
		for _, imported := range f.imports() {
			if slices.Contains(pure, imported) {
				continue
			}
			for _, o := range outside {
				if imported == o || strings.HasPrefix(imported, o+"/") {
					out = append(out, fmt.Sprintf("%s imports %s", f.name, imported))
				}
			}
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if g, ok := n.(*ast.GoStmt); ok {
				out = append(out, p.at(f, g.Pos())+" starts a goroutine")
			}
			return true
		})
	}
	return out
}

func appImports(p *project) []string {
	foreign := []string{"net/http", "database/sql", "modernc.org/sqlite", "github.com/nats-io"}
	var out []string
	for _, f := range p.files {
		if !f.in("app") || f.in(windowTest) {
			continue
		}
		for _, imported := range f.imports() {
			for _, x := range foreign {
				if imported == x || strings.HasPrefix(imported, x+"/") {
					out = append(out, fmt.Sprintf("%s imports %s", f.name, imported))
				}
			}
			dir, ours := own(imported)
			if ours && strings.HasPrefix(dir, "core/") && rings[dir] != 1 && (!f.isTest() || dir != "core/desk/desktest") {
				out = append(out, fmt.Sprintf("%s imports %s, which is not in ring 1", f.name, dir))
			}
		}
	}
	return out
}

func screenImports(p *project) []string {
	isScreen := func(dir string) bool {
		return strings.HasPrefix(dir, "app/") && dir != windowTest &&
			!slices.ContainsFunc(shared, func(s string) bool { return dir == s || strings.HasPrefix(dir, s+"/") })
	}
	// The screen of a folder: app/inbox for app/inbox and for what lies below it.
	screen := func(dir string) string {
		return strings.Join(strings.SplitN(dir, "/", 3)[:2], "/")
	}
	var out []string
	for _, f := range p.files {
		if !f.in("app") || f.dir() == "app" || f.in(windowTest) {
			continue // app itself is the frame that holds the screens
		}
		for _, imported := range f.imports() {
			dir, ours := own(imported)
			switch {
			case ours && dir == "app":
				out = append(out, fmt.Sprintf("%s imports app, the frame around it", f.name))
			case ours && isScreen(dir) && screen(dir) != screen(f.dir()):
				out = append(out, fmt.Sprintf("%s imports the screen %s", f.name, dir))
			}
		}
	}
	return out
}

func threadHops(p *project) []string {
	var out []string
	for _, f := range p.files {
		if !f.in("app/live") {
			out = append(out, p.uses(f, "fyne.io/fyne/v2", "fyne", "Do", "DoAndWait")...)
		}
	}
	return out
}

func clockReadings(p *project) []string {
	var out []string
	for _, f := range p.files {
		if !f.isTest() && f.dir() != "." && !f.in(edges...) {
			out = append(out, p.uses(f, "time", "time", "Now", "Since", "Until")...)
		}
	}
	return out
}

var statement = regexp.MustCompile(`(?is)^\s*(select\s.+\sfrom\s|insert\s+(or\s+\w+\s+)?into\s|update\s+\w+\s+set\s|delete\s+from\s|(create|alter|drop)\s+(virtual\s+)?(table|index|trigger|view)\s|pragma\s+\w)`)

// sqlElsewhere leaves tests out (they may look into a file behind the store's
// back) and the reference bot, which is a program of its own to be measured against.
func sqlElsewhere(p *project) []string {
	var out []string
	for _, f := range p.files {
		if f.isTest() || f.in("core/store", "bench/spine/refbot") {
			continue
		}
		for _, imported := range f.imports() {
			if imported == "database/sql" || strings.HasPrefix(imported, "modernc.org/sqlite") {
				out = append(out, fmt.Sprintf("%s imports %s", f.name, imported))
			}
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if ok && lit.Kind == token.STRING && statement.MatchString(strings.Trim(lit.Value, "`\"")) {
				out = append(out, p.at(f, lit.Pos())+" holds SQL")
			}
			return true
		})
	}
	return out
}

// importedElsewhere finds who imports libraries that only one package may.
func importedElsewhere(owner string, libraries ...string) func(*project) []string {
	return func(p *project) []string {
		var out []string
		for _, f := range p.files {
			for _, imported := range f.imports() {
				ours := slices.ContainsFunc(libraries, func(l string) bool { return strings.HasPrefix(imported, l) })
				if ours && !f.in(owner) {
					out = append(out, fmt.Sprintf("%s imports %s", f.name, imported))
				}
			}
		}
		return out
	}
}

func longFiles(p *project) []string {
	var out []string
	for _, f := range p.files {
		if f.lines >= 500 {
			out = append(out, fmt.Sprintf("%s has %d lines", f.name, f.lines))
		}
	}
	return out
}

func bagsOfHelpers(p *project) []string {
	bags := []string{"util", "utils", "common", "helper", "helpers", "misc", "shared", "base", "types", "models"}
	var out []string
	for _, f := range p.files {
		if name := strings.TrimSuffix(f.ast.Name.Name, "_test"); slices.Contains(bags, name) {
			out = append(out, fmt.Sprintf("%s is in package %s", f.name, name))
		}
	}
	return out
}

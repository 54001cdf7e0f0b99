package walls

import (
	"go/token"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// breaches shows each wall a small project that breaks it beside one that does not.
var breaches = []struct {
	wall  string
	name  string
	files map[string]string
	want  []string
}{
	{"every package of core has its ring", "an unknown package", map[string]string{
		"core/newthing/a.go": `package newthing`,
		"core/chat/a.go":     `package chat`,
		"app/inbox/a.go":     `package inbox`,
	}, []string{"core/newthing has no ring"}},

	{"imports run inwards", "words that know machinery, and core that knows a screen", map[string]string{
		"core/chat/a.go":      `package chat; import _ "shopbell/core/store"`,
		"core/store/a.go":     `package store; import _ "shopbell/core/chat"`,
		"core/host/a.go":      `package host; import _ "shopbell/app/live"`,
		"core/desk/a_test.go": `package desk; import _ "shopbell/core/desk/desktest"`,
	}, []string{
		"core/chat/a.go (ring 1) imports core/store (ring 2)",
		"core/host/a.go imports app/live, which is outside core",
	}},

	{"ring 1 is pure", "a file, a socket and a goroutine", map[string]string{
		"core/chat/a.go":      `package chat; import _ "os"`,
		"core/desk/a.go":      `package desk; import _ "net/http"`,
		"core/autoreply/a.go": "package autoreply\nimport _ \"net/url\"\nfunc f() { go f() }",
		"core/outbox/a.go":    "package outbox\nimport _ \"os\"\nfunc f() { go f() }",
	}, []string{
		"core/autoreply/a.go:3 starts a goroutine",
		"core/chat/a.go imports os",
		"core/desk/a.go imports net/http",
	}},

	{"app sees the shop through core/desk only", "a screen with a store, a host and a client of its own", map[string]string{
		"app/inbox/a.go":      `package inbox; import (_ "shopbell/core/store"; _ "shopbell/core/desk"; _ "net/http")`,
		"app/a.go":            `package app; import _ "shopbell/core/host"`,
		"app/inbox/a_test.go": `package inbox; import _ "shopbell/core/desk/desktest"`,
		"main.go":             `package main; import _ "shopbell/core/host"`,
	}, []string{
		"app/a.go imports core/host, which is not in ring 1",
		"app/inbox/a.go imports core/store, which is not in ring 1",
		"app/inbox/a.go imports net/http",
	}},

	{"screens do not import one another", "a screen and a shared package that know another screen", map[string]string{
		"app/a.go":         `package app; import (_ "shopbell/app/inbox"; _ "shopbell/app/live")`,
		"app/inbox/a.go":   `package inbox; import (_ "shopbell/app/welcome"; _ "shopbell/app/kit"; _ "shopbell/app/inbox/thread")`,
		"app/kit/a.go":     `package kit; import _ "shopbell/app/inbox"`,
		"app/welcome/a.go": `package welcome; import _ "shopbell/app"`,
	}, []string{
		"app/inbox/a.go imports the screen app/welcome",
		"app/kit/a.go imports the screen app/inbox",
		"app/welcome/a.go imports app, the frame around it",
	}},

	{"fyne.Do is called in app/live only", "a hop in a screen, under another name too", map[string]string{
		"app/live/a.go":  "package live\nimport \"fyne.io/fyne/v2\"\nfunc f() { fyne.Do(f) }",
		"app/inbox/a.go": "package inbox\nimport \"fyne.io/fyne/v2\"\nfunc f() { fyne.Do(f) }",
		"app/kit/a.go":   "package kit\nimport toolkit \"fyne.io/fyne/v2\"\nfunc f() { toolkit.DoAndWait(f) }",
		"app/look/a.go":  "package look\nfunc f(fyne struct{ Do func() }) { fyne.Do() }",
	}, []string{"app/inbox/a.go:3: fyne.Do", "app/kit/a.go:3: fyne.DoAndWait"}},

	{"the clock is read at the edges only", "a decision and a screen with a clock of their own", map[string]string{
		"core/chat/a.go":          "package chat\nimport \"time\"\nvar now = time.Now",
		"core/outbox/a.go":        "package outbox\nimport \"time\"\nfunc f(t time.Time) time.Duration { return time.Since(t) }",
		"core/host/a.go":          "package host\nimport \"time\"\nvar now = time.Now",
		"core/cmd/shopbelld/a.go": "package main\nimport \"time\"\nvar now = time.Now",
		"main.go":                 "package main\nimport \"time\"\nvar now = time.Now",
		"core/chat/a_test.go":     "package chat\nimport \"time\"\nvar then = time.Now()",
	}, []string{"core/chat/a.go:3: time.Now", "core/outbox/a.go:3: time.Since"}},

	{"SQL stands in core/store only", "a statement and a driver elsewhere", map[string]string{
		"core/store/a.go":         "package store\nimport _ \"database/sql\"\nconst q = `SELECT a FROM b`",
		"core/host/a.go":          "package host\nconst q = `\n SELECT a, b\n FROM c WHERE d = ?`",
		"core/intake/a.go":        "package intake\nconst q = \"insert or ignore into c values (1)\"",
		"core/sandbox/a.go":       "package sandbox\nimport _ \"modernc.org/sqlite\"",
		"core/cloudapi/a.go":      "package cloudapi\nconst s = \"select an address of the shop\"",
		"core/store/a_test.go":    "package store\nconst q = `DELETE FROM b`",
		"bench/spine/refbot/a.go": "package main\nconst q = `DELETE FROM b`",
	}, []string{
		"core/host/a.go:2 holds SQL",
		"core/intake/a.go:2 holds SQL",
		"core/sandbox/a.go imports modernc.org/sqlite",
	}},

	{"sound is played in app/sound only", "a screen with an output of its own", map[string]string{
		"app/sound/a.go": "package sound; import _ \"github.com/ebitengine/oto/v3\"",
		"app/inbox/a.go": "package inbox; import _ \"github.com/ebitengine/oto/v3\"",
	}, []string{"app/inbox/a.go imports github.com/ebitengine/oto/v3"}},

	{"pictures go through the clipboard in app/clipboard only", "a screen that asks the display itself", map[string]string{
		"app/clipboard/a.go": "package clipboard; import _ \"golang.design/x/clipboard\"",
		"app/inbox/a.go":     "package inbox; import _ \"github.com/jezek/xgb/xproto\"",
	}, []string{"app/inbox/a.go imports github.com/jezek/xgb/xproto"}},

	{"a file stays under 500 lines", "one line too many", map[string]string{
		"core/chat/a.go": "package chat" + strings.Repeat("\n", 500),
		"core/chat/b.go": "package chat" + strings.Repeat("\n", 499),
	}, []string{"core/chat/a.go has 500 lines"}},

	{"a package is named after what it owns", "a bag", map[string]string{
		"core/chat/a.go":         `package chat`,
		"app/kit/util/a.go":      `package util`,
		"app/kit/util/a_test.go": `package util_test`,
	}, []string{"app/kit/util/a.go is in package util", "app/kit/util/a_test.go is in package util"}},
}

// A wall that nothing can break holds nothing.
func TestEachWallStopsItsBreach(t *testing.T) {
	for _, w := range walls {
		shown := false
		for _, c := range breaches {
			if c.wall != w.name {
				continue
			}
			shown = true
			t.Run(w.name+": "+c.name, func(t *testing.T) {
				p := &project{fset: token.NewFileSet()}
				for name, src := range c.files {
					if err := p.add(name, []byte(src)); err != nil {
						t.Fatal(err)
					}
				}
				if diff := cmp.Diff(c.want, slices.Sorted(slices.Values(w.breaches(p)))); diff != "" {
					t.Errorf("breaches (-want +got):\n%s", diff)
				}
			})
		}
		if !shown {
			t.Errorf("the wall %q is shown no breach", w.name)
		}
	}
}

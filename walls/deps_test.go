package walls

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// listed is what this test reads of a package in `go list -json`.
type listed struct {
	ImportPath string
	CgoFiles   []string
	Deps       []string
	Error      *struct{ Err string }
}

// TestCoreStandsAlone looks at everything core reaches, not only at what it
// names: no toolkit, and nothing that needs a C compiler.
func TestCoreStandsAlone(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), "go", "list", "-e", "-deps", "-json=ImportPath,CgoFiles,Deps,Error", "./core/...")
	cmd.Dir = ".."
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	packages := 0
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		packages++
		if p.Error != nil {
			t.Errorf("%s does not load without cgo: %s", p.ImportPath, p.Error.Err)
		}
		if len(p.CgoFiles) > 0 {
			t.Errorf("%s needs cgo, and core is built without", p.ImportPath)
		}
		if !strings.HasPrefix(p.ImportPath, module+"/core/") {
			continue
		}
		for _, dep := range p.Deps {
			if strings.HasPrefix(dep, "fyne.io/") || strings.HasPrefix(dep, module+"/app") {
				t.Errorf("%s reaches %s: core has no screen", p.ImportPath, dep)
			}
		}
	}
	if packages == 0 {
		t.Fatal("go list found no package under core")
	}
}

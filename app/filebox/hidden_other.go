//go:build !windows

package filebox

import (
	"io/fs"
	"strings"
)

// hidden reports whether this system hides a file of a name.
func hidden(name string, _ fs.FileInfo) bool { return strings.HasPrefix(name, ".") }

package filebox

import (
	"io/fs"
	"strings"
	"syscall"
)

// hidden reports whether this system hides a file of a name. Programs that come from other
// systems hide theirs with a dot here, too.
func hidden(name string, info fs.FileInfo) bool {
	data, ok := info.Sys().(*syscall.Win32FileAttributeData)
	return strings.HasPrefix(name, ".") || ok && data.FileAttributes&syscall.FILE_ATTRIBUTE_HIDDEN != 0
}

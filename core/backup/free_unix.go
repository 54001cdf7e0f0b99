//go:build unix

package backup

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// FreeSpace is how many bytes a user without privileges may still write to the
// disk that dir lies on.
func FreeSpace(dir string) (uint64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, fmt.Errorf("backup: free space of %s: %w", dir, err)
	}
	return s.Bavail * uint64(s.Bsize), nil
}

//go:build !windows

package backup

import "golang.org/x/sys/unix"

// free returns how many bytes this user may still write to the disk of a folder.
func free(dir string) (uint64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, err
	}
	return uint64(s.Bavail) * uint64(s.Bsize), nil //nolint:unconvert,gosec // the fields' types differ by system
}

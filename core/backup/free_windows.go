package backup

import (
	"fmt"

	"golang.org/x/sys/windows"
)

// FreeSpace is how many bytes the user may still write to the disk that dir lies
// on.
func FreeSpace(dir string) (left uint64, err error) {
	name, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, fmt.Errorf("backup: free space of %s: %w", dir, err)
	}
	if err := windows.GetDiskFreeSpaceEx(name, &left, nil, nil); err != nil {
		return 0, fmt.Errorf("backup: free space of %s: %w", dir, err)
	}
	return left, nil
}

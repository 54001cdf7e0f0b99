package media

import (
	"errors"

	"golang.org/x/sys/windows"
)

// noRoom reports whether the disk, or this user's share of it, is full.
func noRoom(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL) ||
		errors.Is(err, windows.ERROR_DISK_QUOTA_EXCEEDED)
}

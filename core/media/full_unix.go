//go:build !windows

package media

import (
	"errors"
	"syscall"
)

// noRoom reports whether the disk, or this user's share of it, is full.
func noRoom(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}

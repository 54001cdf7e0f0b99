//go:build unix

package storetest

import (
	"os/signal"
	"syscall"
	"testing"
)

// FillDisk makes every write to a file of this process fail from now on, as on
// a full disk, until room is called or the test ends; pipes and sockets go on.
// It counts for the whole process: not for parallel tests.
func FillDisk(t testing.TB) (room func()) {
	t.Helper()
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		t.Fatal(err)
	}
	set := func(l syscall.Rlimit) {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &l); err != nil {
			t.Error(err)
		}
	}
	signal.Ignore(syscall.SIGXFSZ) // the write returns the error instead
	none := old
	none.Cur = 0
	set(none)
	room = func() { set(old) }
	t.Cleanup(room)
	return room
}

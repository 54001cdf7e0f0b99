//go:build unix

package storetest

import (
	"os"
	"os/exec"
	"os/signal"
	"regexp"
	"syscall"
	"testing"
)

const aloneEnv = "SHOPBELL_TEST_ALONE"

// Alone runs the test that calls it in a process of its own and reports whether
// this is that process: elsewhere the caller returns at once. For tests that
// change the whole process, such as those with FillDisk: the go command keeps a
// log of the files a test opens, and could not write it either. Call it first.
func Alone(t *testing.T) bool {
	t.Helper()
	if os.Getenv(aloneEnv) != "" {
		return true
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.v", "-test.run=^"+regexp.QuoteMeta(t.Name())+"$")
	cmd.Env = append(os.Environ(), aloneEnv+"=1")
	output, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	if !regexp.MustCompile("(?m)^--- PASS: " + regexp.QuoteMeta(t.Name()) + " ").Match(output) {
		t.Fatalf("it did not run in the other process:\n%s", output)
	}
	return false
}

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

// Package measure holds what the programs of bench read and reckon alike.
package measure

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// Quantile returns the value below which a part (0 to 1) of what is sorted lies, in
// milliseconds; 0 of nothing.
func Quantile(sorted []time.Duration, part float64) float64 {
	return Rank(sorted, part*float64(len(sorted)))
}

// Rank returns the value at a rank of what is sorted, in milliseconds, and for a rank
// outside the nearest one; 0 of nothing.
func Rank(sorted []time.Duration, rank float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	return float64(sorted[max(0, min(len(sorted)-1, int(rank)))]) / float64(time.Millisecond)
}

// FirstThread returns the CPU time that this process's first thread, in a program with
// a window the UI thread, has had so far. On Linux only.
func FirstThread() (time.Duration, error) {
	stat, err := os.ReadFile("/proc/self/schedstat")
	if err != nil {
		return 0, err
	}
	had, _, _ := strings.Cut(string(stat), " ")
	ns, err := strconv.ParseInt(had, 10, 64)
	return time.Duration(ns), err
}

// Memory is what a process holds in RAM, in MiB. On Linux only.
type Memory struct {
	Now  float64
	Peak float64 // the most it ever held
}

// MemoryOf reads it of a process.
func MemoryOf(pid int) (m Memory, err error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return m, err
	}
	found := 0
	for line := range strings.Lines(string(status)) {
		for name, to := range map[string]*float64{"VmRSS:": &m.Now, "VmHWM:": &m.Peak} {
			if value, ok := strings.CutPrefix(line, name); ok {
				kb, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 64)
				if err != nil {
					return m, err
				}
				*to = kb / 1024
				found++
			}
		}
	}
	if found < 2 {
		return m, errors.New("/proc status has no VmRSS or no VmHWM")
	}
	return m, nil
}

// PainterOf returns how much of what a process holds in RAM, in MiB, belongs to what
// paints for it where there is no graphics card: Mesa's libraries, and the heap that
// grows by brk, which in the window C alone uses. What C maps for larger blocks cannot
// be told from Go's and is left out, so it is at least as much. On Linux only.
func PainterOf(pid int) (mib float64, err error) {
	smaps, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps", pid))
	if err != nil {
		return 0, err
	}
	return painterIn(string(smaps))
}

// painterIn is PainterOf the text of a process's smaps.
func painterIn(smaps string) (mib float64, err error) {
	painter := false // the mapping that is read belongs to it
	for line := range strings.Lines(smaps) {
		fields := strings.Fields(line)
		switch {
		case len(fields) >= 5 && strings.Contains(fields[0], "-"): // the head of a mapping; its path is the sixth
			path := strings.Join(fields[5:], " ")
			painter = path == "[heap]" || strings.Contains(path, "libLLVM") || strings.Contains(path, "_dri.so") || strings.Contains(path, "libgallium")
		case painter && len(fields) > 1 && fields[0] == "Rss:":
			kb, err := strconv.ParseFloat(fields[1], 64)
			if err != nil {
				return 0, err
			}
			mib += kb / 1024
		}
	}
	return mib, nil
}

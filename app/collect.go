package app

import (
	"os"
	"runtime/debug"
)

// collectAt is by how many percent the heap grows until what is not used is let go.
// Most of what lives are fonts, which Go's own 100 would give as much room again: with
// 50 the window takes some 30 MiB less over 100,000 conversations, and the collector
// still less than 1 % of a processor (bench/inbox).
const collectAt = 50

// CollectOften has the garbage collector keep the heap small, unless the environment
// says how (GOGC). A program with a window calls it once, at its start.
func CollectOften() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
}

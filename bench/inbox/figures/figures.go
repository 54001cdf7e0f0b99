// Package figures is what the measured window tells the program that started it.
package figures

import "time"

// Act is something that a person does and then sees done.
type Act string

// The acts, in the order of the report. Times are until what was asked for has been
// painted.
const (
	Start   Act = "start"   // from the start of the program to the list
	Open    Act = "open"    // any chat
	Longest Act = "longest" // the longest chat
	Older   Act = "older"   // a page of older messages of the longest chat
	Far     Act = "far"     // and another one where some were loaded before
	Filter  Act = "filter"  // another part of the list
	List    Act = "list"    // the UI thread while the list scrolls: how long it does not listen
	Chat    Act = "chat"    // and while a chat scrolls
)

// Outcome is what was measured in one window.
type Outcome struct {
	Took map[Act][]time.Duration
	// MiB of RAM when all was done, and at most.
	Memory, Peak float64
}

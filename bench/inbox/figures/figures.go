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
	Search  Act = "search"  // the first results of a search, at the desk: what draws them is not in it
	List    Act = "list"    // the UI thread while the list scrolls: how long it does not listen
	Chat    Act = "chat"    // and while a chat scrolls
)

// PageSize is how many messages of a chat the window loads at a time.
const PageSize = 30

// Time is what an act took, and how long the UI thread had a processor for it. The
// second is the same on a busy machine, and without what a graphics card does.
type Time struct {
	Took, Worked time.Duration
}

// Outcome is what was measured in one window. Worked is 0 of Search, List and Chat.
type Outcome struct {
	Took map[Act][]Time
	// MiB of RAM when all was done, and at most.
	Memory, Peak float64
	// Painter is how much of Memory belongs at least to what paints in the place of a
	// graphics card.
	Painter float64
}

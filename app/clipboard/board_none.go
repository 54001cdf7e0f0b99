//go:build !linux && !windows && !(darwin && cgo)

package clipboard

import "context"

// Available reports whether pictures can be copied and pasted here: they cannot.
func Available() bool { return false }

// Paste returns ErrUnavailable.
func (Board) Paste(context.Context) ([]byte, error) { return nil, ErrUnavailable }

// Copy returns ErrUnavailable.
func (Board) Copy(context.Context, []byte) error { return ErrUnavailable }

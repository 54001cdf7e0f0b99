//go:build windows || (darwin && cgo)

package clipboard

import (
	"context"
	"fmt"

	"golang.design/x/clipboard"
)

// Available reports whether pictures can be copied and pasted here.
func Available() bool { return clipboard.Init() == nil }

// Paste returns the picture that is on the clipboard, as a PNG; nil where there is none.
func (Board) Paste(context.Context) ([]byte, error) {
	if err := clipboard.Init(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	content := clipboard.Read(clipboard.FmtImage)
	if len(content) > Most {
		return nil, ErrTooLarge
	}
	return content, nil
}

// Copy puts a picture, as a PNG, on the clipboard, which keeps it.
func (Board) Copy(_ context.Context, png []byte) error {
	if err := clipboard.Init(); err != nil {
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	if clipboard.Write(clipboard.FmtImage, png) == nil {
		return ErrUnavailable
	}
	return nil
}

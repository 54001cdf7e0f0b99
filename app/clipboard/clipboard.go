// Package clipboard puts pictures on this computer's clipboard and takes them from it,
// which the window's toolkit does with texts alone. It is the only one that knows the
// libraries for it.
//
// On Linux it speaks with the X server itself, be that one for old programs under Wayland:
// nothing is needed to build it, and nothing to be installed. Where there is no clipboard
// for pictures, Available says so.
package clipboard

import "errors"

// Board is the clipboard of this computer, where Available says that there is one. Its
// methods may take as long as another program does, and belong on no UI thread. It is
// safe for use by many goroutines.
type Board struct{}

// ErrUnavailable is what Copy and Paste wrap where this computer has no clipboard for
// pictures, or has it no more.
var ErrUnavailable = errors.New("clipboard: it takes no pictures here")

// ErrTooLarge is Paste's error of a picture with more than Most bytes.
var ErrTooLarge = errors.New("clipboard: the picture is too large")

// Most is how many bytes of a picture are taken from the clipboard: no file that can be
// sent has more (Cloud API: 100 MB for a document).
const Most = 100 << 20

package kit

import (
	"slices"

	"fyne.io/fyne/v2"
)

// Shows reports whether content, as it was given to Popover or Box, is still open.
func (l *Layer) Shows(content fyne.CanvasObject) bool {
	return slices.ContainsFunc(l.opened, func(o *overlay) bool { return o.panel == content })
}

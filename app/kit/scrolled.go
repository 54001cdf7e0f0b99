package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"shopbell/app/look"
)

// Scrolled shows a scroll with the bars of the design. Screens show one instead of an
// override of the theme, which they must not refresh (drawThemed).
type Scrolled struct {
	widget.BaseWidget
	clip *container.ThemeOverride
}

// NewScrolled makes one of a scroll.
func NewScrolled(scroll *container.Scroll) *Scrolled {
	s := &Scrolled{clip: container.NewThemeOverride(scroll, look.Bare())}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer implements fyne.Widget.
func (s *Scrolled) CreateRenderer() fyne.WidgetRenderer { return drawThemed(s.clip) }

package look

import (
	"fmt"
	"sync/atomic"

	"fyne.io/fyne/v2"
)

// Mode is the person's choice of light or dark.
type Mode string

// The modes. The zero value is System.
const (
	System Mode = "" // as the operating system says; light where it says nothing
	Light  Mode = "light"
	Dark   Mode = "dark"
)

// Text sizes that a person may choose, in percent (design guide section 8).
const (
	MinPercent     = 90
	DefaultPercent = 100
	MaxPercent     = 150
)

// Choice is what a person set about the look of their screen.
type Choice struct {
	Mode    Mode
	Percent int  // text size, MinPercent to MaxPercent; 0 means DefaultPercent
	Dark    bool // the system asks for dark, which matters for Mode System
}

type state struct {
	palette *Palette
	scale   float32
}

var present atomic.Pointer[state]

func init() { present.Store(&state{palette: lightPalette, scale: 1}) }

// Now returns the palette of the present look. Widgets read it in Refresh, not
// when they are made.
func Now() *Palette { return present.Load().palette }

// Apply makes the choice the present look and gives the theme to the app, which
// refreshes every widget. Whoever built content with sizes from this package
// builds it anew afterwards. It returns an error, and changes nothing, when the
// choice is outside its limits.
func Apply(app fyne.App, c Choice) error {
	if errTokens != nil {
		return errTokens
	}
	if err := set(c); err != nil {
		return err
	}
	app.Settings().SetTheme(Theme())
	return nil
}

// set stores the look that c gives.
func set(c Choice) error {
	if c.Percent == 0 {
		c.Percent = DefaultPercent
	}
	if c.Percent < MinPercent || c.Percent > MaxPercent {
		return fmt.Errorf("text size %d %%: choose %d to %d", c.Percent, MinPercent, MaxPercent)
	}
	next := &state{palette: lightPalette, scale: float32(c.Percent) / 100}
	switch c.Mode {
	case Dark:
		next.palette = darkPalette
	case Light:
	case System:
		if c.Dark {
			next.palette = darkPalette
		}
	default:
		return fmt.Errorf("mode %q: choose light, dark or none", c.Mode)
	}
	present.Store(next)
	return nil
}

package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Theme returns Fyne's view of the present look, for what Fyne draws itself:
// entries, lists, scroll bars. It follows Apply; the variant that Fyne passes in
// is not asked, because a choice by hand wins over the system's.
func Theme() fyne.Theme { return appTheme{Theme: theme.DefaultTheme()} }

// Bare returns the theme for container.NewThemeOverride around lists and scrolls
// inside our own widgets: no padding, no radii, thin scroll bars, so that they
// stand on exact pixels.
func Bare() fyne.Theme { return bareTheme{Theme: Theme()} }

// Field returns Bare with FieldPadding inside entries: what an entry draws
// around itself then lies that far from its text, where the owner covers it.
func Field() fyne.Theme { return bareTheme{Theme: Theme(), inner: FieldPadding} }

// FieldPadding is the room between an entry's bounds and its text under Field.
const FieldPadding float32 = 6

type appTheme struct{ fyne.Theme }

var themed = map[fyne.ThemeColorName]Token{
	theme.ColorNameBackground:          Bg,
	theme.ColorNameForeground:          Text,
	theme.ColorNameHover:               Hover,
	theme.ColorNameSelection:           PrimarySoft,
	theme.ColorNameSeparator:           Border,
	theme.ColorNamePrimary:             Primary,
	theme.ColorNameForegroundOnPrimary: OnPrimary,
	theme.ColorNameButton:              Surface,
	theme.ColorNameDisabledButton:      Fill,
	theme.ColorNameDisabled:            Text3,
	theme.ColorNameHyperlink:           PrimaryText,
	theme.ColorNamePressed:             PrimaryHover,
	theme.ColorNameInputBackground:     Surface,
	theme.ColorNameInputBorder:         Control,
	theme.ColorNamePlaceHolder:         Text3,
	theme.ColorNameScrollBar:           Control,
	theme.ColorNameScrollBarBackground: Clear,
	theme.ColorNameShadow:              Clear,
	theme.ColorNameFocus:               PrimarySoft,
	theme.ColorNameOverlayBackground:   Surface,
	theme.ColorNameMenuBackground:      Surface,
	theme.ColorNameHeaderBackground:    Panel,
	theme.ColorNameError:               Error,
	theme.ColorNameSuccess:             Ok,
	theme.ColorNameWarning:             Warn,
}

func (t appTheme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	if token, ok := themed[name]; ok {
		return Now().Of(token)
	}
	return t.Theme.Color(name, variant)
}

func (t appTheme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return Body.Size()
	case theme.SizeNameCaptionText:
		return Tiny.Size()
	case theme.SizeNameSubHeadingText:
		return Title.Size()
	case theme.SizeNameHeadingText:
		return Large.Size()
	case theme.SizeNamePadding:
		return 4
	case theme.SizeNameInputRadius:
		return RadiusMedium
	case theme.SizeNameSelectionRadius, theme.SizeNameLineSpacing:
		return 0
	case theme.SizeNameSeparatorThickness, theme.SizeNameInputBorder:
		return Hairline
	case theme.SizeNameScrollBar:
		return 8
	case theme.SizeNameScrollBarSmall:
		return 3
	}
	return t.Theme.Size(name)
}

type bareTheme struct {
	fyne.Theme
	inner float32
}

func (t bareTheme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	switch name {
	case theme.ColorNameInputBackground, theme.ColorNameInputBorder:
		return color.Transparent
	case theme.ColorNameScrollBar:
		return Now().Of(Border)
	}
	return t.Theme.Color(name, variant)
}

func (t bareTheme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameInnerPadding:
		return t.inner
	case theme.SizeNamePadding, theme.SizeNameLineSpacing,
		theme.SizeNameInputRadius, theme.SizeNameSelectionRadius:
		return 0
	}
	return t.Theme.Size(name)
}

// Package assets holds the files that are built into the program: the logo and
// the icons, all drawn for Shopbell.
package assets

import "embed"

// Icons holds icons/<name>.svg: black strokes 2 wide on a 24 grid, absolute
// M, L, C and Z only, because Fyne's painter draws the other commands, arcs and
// transforms wrongly. app/look gives them their colour and size.
//
//go:embed icons/*.svg
var Icons embed.FS

// Bell is the mark on the rail, an SVG; app/look swaps its three colours.
//
//go:embed bell.svg
var Bell string

// AppIcon is icon.svg at 512 pixels, for the window and for installers: neither
// takes an SVG.
//
//go:embed icon.png
var AppIcon []byte

// Map is what stands for a map under a place, an SVG of 250 by 88: no map is
// fetched. app/look swaps its four colours in dark.
//
//go:embed map.svg
var Map string

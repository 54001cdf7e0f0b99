// Package look is how Shopbell looks: colour tokens, text sizes, icons and the
// Fyne theme made of them.
//
// The present look is one value for the whole process, set by Apply and read by
// every widget when it refreshes: a screen holds one theme at a time. Reading is
// safe from any goroutine; Apply belongs to the UI goroutine.
package look

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"image/color"
	"maps"
	"strconv"
)

// Token names a colour by its use. The design guide says where each one goes.
type Token string

// The colours that change between light and dark.
const (
	Bg      Token = "bg"      // chat area, page behind cards
	Panel   Token = "panel"   // list pane
	Surface Token = "surface" // cards, headers, inputs, incoming bubble
	Sunken  Token = "sunken"  // search field, segmented control
	Fill    Token = "fill"    // tags, bar tracks, system lines, placeholders, disabled buttons
	Hover   Token = "hover"   // hovered row or plain button
	Border  Token = "border"  // dividers, edges of cards
	Control Token = "control" // edges of inputs (3:1)

	Text  Token = "text"
	Text2 Token = "text2" // secondary
	Text3 Token = "text3" // time, hints, placeholders

	Primary      Token = "primary" // filled button, focus ring
	PrimaryHover Token = "phover"
	OnPrimary    Token = "onp"
	PrimarySoft  Token = "psoft" // selected row, own bubble, soft button
	PrimaryText  Token = "ptext" // links, text on PrimarySoft

	Accent     Token = "accent" // the bell, the unread badge
	OnAccent   Token = "onacc"
	AccentSoft Token = "asoft" // notes, hints
	AccentText Token = "atext"

	Ok         Token = "ok"
	OkSoft     Token = "oks"
	OkText     Token = "okt"
	Warn       Token = "wn"
	WarnSoft   Token = "wns"
	WarnText   Token = "wnt"
	Error      Token = "er"
	ErrorSoft  Token = "ers"
	ErrorText  Token = "ert"
	Info       Token = "inf"
	InfoSoft   Token = "infs"
	InfoText   Token = "inft"
	Plum       Token = "plum"
	PlumSoft   Token = "plums"
	PlumText   Token = "plumt"
	Rail       Token = "rail"
	RailSoft   Token = "rails" // the current item
	RailText   Token = "railt"
	RailBorder Token = "railb"
	Focus      Token = "focus"
)

// The colours that are the same in light and dark.
const (
	DotOk    Token = "dot-ok" // status dots on the rail
	DotWarn  Token = "dot-warn"
	DotError Token = "dot-error"
	DotNone  Token = "dot-none"
	Me       Token = "me" // one's own avatar
	OnMe     Token = "on-me"
	OnRail   Token = "on-rail" // the current item's label
	BellBody Token = "bell-body"
	Scrim    Token = "scrim" // behind a dialog, 45 %
	Clear    Token = "clear"
)

var constant = map[Token]color.NRGBA{
	DotOk:    {0x5C, 0xC4, 0x8A, 0xFF},
	DotWarn:  {0xF0, 0xB0, 0x4A, 0xFF},
	DotError: {0xF0, 0x77, 0x6C, 0xFF},
	DotNone:  {0x8F, 0xA3, 0xA1, 0xFF},
	Me:       {0xF6, 0xD9, 0xA0, 0xFF},
	OnMe:     {0x4A, 0x2E, 0x00, 0xFF},
	OnRail:   {0xFF, 0xFF, 0xFF, 0xFF},
	BellBody: {0xFB, 0xF6, 0xEC, 0xFF},
	Scrim:    {0x0D, 0x1F, 0x1F, 0x73},
	Clear:    {},
}

//go:embed tokens.json
var tokensJSON []byte

// Palette is one set of colours. It is never changed after it was made.
type Palette struct {
	dark   bool
	colors map[Token]color.NRGBA
}

// Of returns the colour of a token. A token that is not in the palette gives a
// loud magenta, so that it is seen in the first picture of it.
func (p *Palette) Of(t Token) color.NRGBA {
	if c, ok := p.colors[t]; ok {
		return c
	}
	return color.NRGBA{0xFF, 0x00, 0xFF, 0xFF}
}

// Dark reports whether this is the dark palette.
func (p *Palette) Dark() bool { return p.dark }

// The two palettes, read from the embedded file when the program starts. Apply
// returns errTokens, so a broken build says so instead of starting in magenta.
var lightPalette, darkPalette, errTokens = parsePalettes(tokensJSON)

// parsePalettes reads {"light":{token:"#RRGGBB"},"dark":{…}}. Both must hold the
// same tokens. The palettes are never nil; beside an error they are not whole.
func parsePalettes(data []byte) (light, dark *Palette, err error) {
	light, dark = &Palette{}, &Palette{dark: true}
	var file struct{ Light, Dark map[Token]string }
	if err := json.Unmarshal(data, &file); err != nil {
		return light, dark, fmt.Errorf("tokens.json: %w", err)
	}
	if err := light.fill(file.Light); err != nil {
		return light, dark, fmt.Errorf("tokens.json: light: %w", err)
	}
	if err := dark.fill(file.Dark); err != nil {
		return light, dark, fmt.Errorf("tokens.json: dark: %w", err)
	}
	for t := range light.colors {
		if _, ok := dark.colors[t]; !ok {
			return light, dark, fmt.Errorf("tokens.json: token %q is light only", t)
		}
	}
	if l, d := len(light.colors), len(dark.colors); l != d {
		return light, dark, fmt.Errorf("tokens.json: %d light tokens, %d dark ones", l, d)
	}
	return light, dark, nil
}

// fill gives p the colours of hex and the constant ones.
func (p *Palette) fill(hex map[Token]string) error {
	p.colors = make(map[Token]color.NRGBA, len(hex)+len(constant))
	for t, s := range hex {
		if len(s) != 7 || s[0] != '#' {
			return fmt.Errorf("token %q: %q is not #RRGGBB", t, s)
		}
		v, err := strconv.ParseUint(s[1:], 16, 32)
		if err != nil {
			return fmt.Errorf("token %q: %w", t, err)
		}
		p.colors[t] = color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xFF}
	}
	maps.Copy(p.colors, constant)
	return nil
}

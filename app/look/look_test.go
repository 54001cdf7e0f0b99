package look

import (
	"image/color"
	"io/fs"
	"math"
	"regexp"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"shopbell/assets"
)

// apply sets a look for one test and the default one after it.
func apply(t *testing.T, c Choice) fyne.App {
	t.Helper()
	app := test.NewTempApp(t)
	if err := Apply(app, c); err != nil {
		t.Fatalf("Apply(%+v): %v", c, err)
	}
	t.Cleanup(func() { present.Store(&state{palette: lightPalette, scale: 1}) })
	return app
}

func TestApply(t *testing.T) {
	t.Run("a choice by hand wins over the system", func(t *testing.T) {
		for _, dark := range []bool{false, true} {
			if err := set(Choice{Mode: Dark, Dark: dark}); err != nil || !Now().Dark() {
				t.Errorf("dark where the system asks for dark (%v): dark=%v, err=%v", dark, Now().Dark(), err)
			}
			if err := set(Choice{Mode: Light, Dark: dark}); err != nil || Now().Dark() {
				t.Errorf("light where the system asks for dark (%v): dark=%v, err=%v", dark, Now().Dark(), err)
			}
		}
	})
	t.Run("System follows the system", func(t *testing.T) {
		if err := set(Choice{Dark: true}); err != nil || !Now().Dark() {
			t.Errorf("system dark: dark=%v, err=%v", Now().Dark(), err)
		}
		if err := set(Choice{}); err != nil || Now().Dark() {
			t.Errorf("a system that says nothing: dark=%v, err=%v", Now().Dark(), err)
		}
	})
	t.Run("a choice outside its limits changes nothing", func(t *testing.T) {
		app := apply(t, Choice{Mode: Dark, Percent: 120})
		for _, bad := range []Choice{{Percent: MinPercent - 1}, {Percent: MaxPercent + 1}, {Mode: "sepia"}} {
			if err := Apply(app, bad); err == nil {
				t.Errorf("Apply(%+v) gave no error", bad)
			}
		}
		if !Now().Dark() || Scale() != 1.2 {
			t.Errorf("the look became dark=%v scale=%v", Now().Dark(), Scale())
		}
	})
}

func TestSizes(t *testing.T) {
	apply(t, Choice{})
	t.Run("lines are as high as the design guide says", func(t *testing.T) {
		for typ, want := range map[Type]float32{Tiny: 15, Small: 16, Body: 18, Title: 22, Large: 27, Figure: 38} {
			if got := typ.Line(); got != want {
				t.Errorf("line of %v: %v, want %v", float32(typ), got, want)
			}
		}
	})
	t.Run("only the text part of a height grows", func(t *testing.T) {
		apply(t, Choice{Percent: 150})
		if got := Grow(74, 44); got != 96 {
			t.Errorf("row at 150 %%: %v, want 96", got)
		}
		if got := Body.Size(); got != 19.5 {
			t.Errorf("body at 150 %%: %v, want 19.5", got)
		}
	})
}

func TestParsePalettes(t *testing.T) {
	bad := map[string]string{
		"not JSON":                  `{`,
		"a colour without its hash": `{"light":{"bg":"F5F2EC"},"dark":{"bg":"#121615"}}`,
		"a colour with bad digits":  `{"light":{"bg":"#F5F2EX"},"dark":{"bg":"#121615"}}`,
		"a token in light only":     `{"light":{"bg":"#F5F2EC"},"dark":{}}`,
		"a token in dark only":      `{"light":{},"dark":{"bg":"#121615"}}`,
	}
	for name, data := range bad {
		t.Run(name+" is refused", func(t *testing.T) {
			if _, _, err := parsePalettes([]byte(data)); err == nil {
				t.Error("no error")
			}
		})
	}
	t.Run("the built-in file is whole", func(t *testing.T) {
		if errTokens != nil {
			t.Fatal(errTokens)
		}
		for _, token := range []Token{Bg, Text, Primary, OnPrimary, Info, Plum, RailBorder, Focus, Me, Scrim} {
			if lightPalette.Of(token) == (color.NRGBA{0xFF, 0, 0xFF, 0xFF}) {
				t.Errorf("token %q has no colour", token)
			}
		}
	})
}

// TestContrast holds what the design guide promises (section 8): text 4.5:1,
// graphics that carry meaning 3:1.
func TestContrast(t *testing.T) {
	text := [][2]Token{
		{Text, Bg}, {Text, Panel}, {Text, Surface}, {Text, PrimarySoft}, {Text, Hover},
		{Text2, Panel}, {Text2, Fill}, {Text2, PrimarySoft}, {Text3, Surface}, {Text3, PrimarySoft}, {Text3, Sunken},
		{OnPrimary, Primary}, {OnPrimary, PrimaryHover}, {PrimaryText, PrimarySoft}, {OnAccent, Accent},
		{AccentText, AccentSoft}, {OkText, OkSoft}, {WarnText, WarnSoft}, {ErrorText, ErrorSoft},
		{InfoText, InfoSoft}, {PlumText, PlumSoft}, {RailText, Rail}, {RailText, RailSoft}, {OnMe, Me},
	}
	graphic := [][2]Token{{Control, Surface}, {Focus, Panel}, {Focus, Surface}, {Error, Surface}, {Primary, PrimarySoft}}
	for _, p := range []*Palette{lightPalette, darkPalette} {
		for _, pair := range text {
			if c := contrast(p.Of(pair[0]), p.Of(pair[1])); c < 4.5 {
				t.Errorf("dark=%v: text %s on %s has %.2f:1", p.Dark(), pair[0], pair[1], c)
			}
		}
		for _, pair := range graphic {
			if c := contrast(p.Of(pair[0]), p.Of(pair[1])); c < 3 {
				t.Errorf("dark=%v: %s on %s has %.2f:1", p.Dark(), pair[0], pair[1], c)
			}
		}
	}
}

// contrast is the ratio of WCAG 2.
func contrast(a, b color.NRGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

func TestTheme(t *testing.T) {
	apply(t, Choice{Mode: Dark})
	if got, want := Theme().Color(theme.ColorNameBackground, theme.VariantLight), Now().Of(Bg); got != want {
		t.Errorf("the theme follows the variant it is given: %v, want %v", got, want)
	}
	if got := Bare().Size(theme.SizeNamePadding); got != 0 {
		t.Errorf("Bare has a padding of %v", got)
	}
	if got := Field().Size(theme.SizeNameInnerPadding); got != FieldPadding {
		t.Errorf("Field has an inner padding of %v, want %v", got, FieldPadding)
	}
}

var allIcons = []IconName{
	IconAlert, IconArrowDown, IconArrowRight, IconArrowUp, IconBack, IconBag, IconBolt, IconBookmark, IconBraces, IconChart, IconChat,
	IconCheck, IconChecks, IconClock, IconClose, IconCopy, IconDone, IconDrive, IconExpand, IconEye, IconEyeOff, IconFlask,
	IconFolder, IconForward, IconGear, IconGrip, IconHistory, IconHourglass, IconInfo, IconKey, IconKeyboard, IconLanguage,
	IconLink, IconList, IconLoader, IconLock, IconMegaphone, IconMic, IconMinus, IconMoon, IconMore, IconNext, IconNote, IconOffline, IconOpen, IconPanel,
	IconPaperclip, IconPause, IconPencil, IconPeople, IconMerge, IconSwap, IconPerson, IconPicture, IconPin, IconPlay, IconPlug, IconPlus, IconQuestion,
	IconReply, IconRetry, IconRoute, IconSave, IconSearch, IconSend, IconShare, IconShield, IconSmile, IconStock, IconSun,
	IconTemplate, IconTheme, IconTrash, IconTunnel, IconUnplugged, IconVideo, IconWave, IconWavesLeft, IconWavesRight,
}

func TestIcons(t *testing.T) {
	apply(t, Choice{})
	t.Run("each name has a file and each file a name", func(t *testing.T) {
		files, err := fs.Glob(assets.Icons, "icons/*.svg")
		if err != nil {
			t.Fatal(err)
		}
		if len(files) != len(allIcons) {
			t.Errorf("%d files, %d names", len(files), len(allIcons))
		}
		for _, name := range allIcons {
			if Icon(name, Text, 16) == nil {
				t.Errorf("no file for %q", name)
			}
		}
	})
	t.Run("files hold only what Fyne draws right", func(t *testing.T) {
		path := regexp.MustCompile(`^[MLCZ0-9. -]+$`)
		attribute := regexp.MustCompile(` d="([^"]*)"`)
		for _, name := range allIcons {
			svg, err := assets.Icons.ReadFile("icons/" + string(name) + ".svg")
			if err != nil {
				t.Fatal(err)
			}
			for _, word := range []string{"<circle", "<rect", "<g", "transform", "currentColor"} {
				if strings.Contains(string(svg), word) {
					t.Errorf("%s has %s", name, word)
				}
			}
			found := attribute.FindAllStringSubmatch(string(svg), -1)
			if len(found) == 0 {
				t.Errorf("%s has no path", name)
			}
			for _, d := range found {
				if !path.MatchString(d[1]) {
					t.Errorf("%s has a path that is not absolute M, L, C, Z: %s", name, d[1])
				}
			}
		}
	})
	t.Run("colour and stroke are in bytes and name", func(t *testing.T) {
		icon := Icon(IconLock, PrimaryText, 12)
		if got, want := icon.Name(), "lock-0B4F4F-1.00.svg"; got != want {
			t.Errorf("name %q, want %q", got, want)
		}
		for _, part := range []string{`stroke="#0B4F4F"`, `stroke-width="1.00"`} {
			if !strings.Contains(string(icon.Content()), part) {
				t.Errorf("no %s in %s", part, icon.Content())
			}
		}
		if Icon(IconLock, PrimaryText, 12) != icon {
			t.Error("the same icon was made twice")
		}
	})
	t.Run("strokes grow with the screen's scale", func(t *testing.T) {
		SetDeviceScale(2)
		t.Cleanup(func() { SetDeviceScale(1) })
		if got, want := Icon(IconLock, PrimaryText, 12).Name(), "lock-0B4F4F-2.00.svg"; got != want {
			t.Errorf("name %q, want %q", got, want)
		}
	})
	t.Run("a name without a file gives nil", func(t *testing.T) {
		if got := Icon("nothing", Text, 16); got != nil {
			t.Errorf("got %v", got.Name())
		}
	})
}

func TestBell(t *testing.T) {
	apply(t, Choice{})
	svg := string(Bell(Rail, Bg, Accent).Content())
	if strings.Contains(svg, "#FBF6EC") || !strings.Contains(svg, "#12393A") || !strings.Contains(svg, "#F5F2EC") {
		t.Errorf("colours were not swapped one for one: %s", svg)
	}
}

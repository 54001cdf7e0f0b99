package look

import (
	"bytes"
	"fmt"
	"image/color"
	"math"
	"strings"
	"sync"

	"fyne.io/fyne/v2"

	"shopbell/assets"
)

// IconName is the file name, without .svg, of an icon in assets/icons.
type IconName string

// The icons there are. A test holds that each has a file and each file a name.
const (
	IconAlert      IconName = "alert"
	IconArrowDown  IconName = "arrow-down"
	IconArrowRight IconName = "arrow-right"
	IconArrowUp    IconName = "arrow-up"
	IconBack       IconName = "back"
	IconBag        IconName = "bag"
	IconBolt       IconName = "bolt" // automatic replies
	IconBookmark   IconName = "bookmark"
	IconBraces     IconName = "braces" // a place in a text that is filled in
	IconChart      IconName = "chart"
	IconChat       IconName = "chat"
	IconCheck      IconName = "check"
	IconChecks     IconName = "checks"
	IconClock      IconName = "clock"
	IconClose      IconName = "close"
	IconCopy       IconName = "copy"
	IconDone       IconName = "done" // a check on a disc
	IconDrive      IconName = "drive"
	IconExpand     IconName = "expand" // opens what there is to choose
	IconEye        IconName = "eye"
	IconEyeOff     IconName = "eye-off"
	IconFlask      IconName = "flask" // the sandbox
	IconFolder     IconName = "folder"
	IconForward    IconName = "forward"
	IconGear       IconName = "gear"
	IconGrip       IconName = "grip" // can be dragged
	IconHistory    IconName = "history"
	IconHourglass  IconName = "hourglass"
	IconInfo       IconName = "info"
	IconKey        IconName = "key" // a word that draws an answer
	IconKeyboard   IconName = "keyboard"
	IconLanguage   IconName = "language"
	IconLink       IconName = "link"
	IconList       IconName = "list"
	IconLoader     IconName = "loader"
	IconLock       IconName = "lock"
	IconMegaphone  IconName = "megaphone"
	IconMerge      IconName = "merge" // two become one
	IconMic        IconName = "mic"
	IconMinus      IconName = "minus"
	IconMoon       IconName = "moon"
	IconMore       IconName = "more" // what else can be done
	IconNext       IconName = "next" // the one after; IconBack is the one before
	IconNote       IconName = "note"
	IconOffline    IconName = "offline"
	IconOpen       IconName = "open"  // outside of Shopbell
	IconPanel      IconName = "panel" // beside the chat
	IconPaperclip  IconName = "paperclip"
	IconPause      IconName = "pause"
	IconPencil     IconName = "pencil"
	IconPeople     IconName = "people" // customers
	IconPerson     IconName = "person"
	IconPicture    IconName = "picture"
	IconPin        IconName = "pin" // a place on the map
	IconPlay       IconName = "play"
	IconPlug       IconName = "plug" // the connection
	IconPlus       IconName = "plus"
	IconQuestion   IconName = "question"
	IconReply      IconName = "reply"
	IconRetry      IconName = "retry"
	IconRoute      IconName = "route"
	IconSave       IconName = "save"
	IconSearch     IconName = "search"
	IconSend       IconName = "send"
	IconShare      IconName = "share" // files in and out
	IconShield     IconName = "shield"
	IconSmile      IconName = "smile"
	IconStock      IconName = "stock"
	IconSun        IconName = "sun"
	IconSwap       IconName = "swap"
	IconTemplate   IconName = "template"
	IconTheme      IconName = "theme" // sun and moon: as the system says
	IconTrash      IconName = "trash"
	IconTunnel     IconName = "tunnel"
	IconUnplugged  IconName = "unplugged"
	IconVideo      IconName = "video"
	IconWave       IconName = "wave" // the first contact
	IconWavesLeft  IconName = "waves-left"
	IconWavesRight IconName = "waves-right"
)

// iconGrid and iconStroke are what every icon is drawn on.
const (
	iconGrid   = 24
	iconStroke = `stroke-width="2"`
	iconColor  = "#000000"
)

type iconKey struct {
	name  IconName
	color color.NRGBA
	px    float32
	dpr   float32
}

var icons struct {
	sync.Mutex
	dpr  float32 // device pixels in one pixel of ours
	made map[iconKey]fyne.Resource
}

// SetDeviceScale tells how many device pixels one pixel of ours has on the
// present screen (Canvas.Scale). Fyne does not scale the strokes of an icon, so
// icons are made for one scale: refresh the content after a change. Values
// below or equal 0 are taken for 1.
func SetDeviceScale(dpr float32) {
	icons.Lock()
	defer icons.Unlock()
	icons.dpr = dpr
}

// Icon returns the icon in the token's present colour, its strokes as thick as
// px pixels of height need them. The same arguments under the same look give
// the same resource. The name of the resource carries colour and stroke, since
// Fyne keeps pictures by name.
//
// It returns nil when there is no such icon.
func Icon(name IconName, t Token, px float32) fyne.Resource {
	icons.Lock()
	defer icons.Unlock()
	dpr := icons.dpr
	if dpr <= 0 {
		dpr = 1
	}
	key := iconKey{name: name, color: Now().Of(t), px: px, dpr: dpr}
	if res, ok := icons.made[key]; ok {
		return res
	}
	svg, err := assets.Icons.ReadFile("icons/" + string(name) + ".svg")
	if err != nil {
		return nil
	}
	stroke := math.Round(float64(2*px/iconGrid*dpr)*100) / 100
	hex := hexOf(key.color)
	svg = bytes.ReplaceAll(svg, []byte(iconColor), []byte(hex))
	svg = bytes.ReplaceAll(svg, []byte(iconStroke), fmt.Appendf(nil, `stroke-width="%.2f"`, stroke))
	res := fyne.NewStaticResource(fmt.Sprintf("%s-%s-%.2f.svg", name, hex[1:], stroke), svg)
	if icons.made == nil {
		icons.made = make(map[iconKey]fyne.Resource)
	}
	icons.made[key] = res
	return res
}

// Bell returns the mark of the rail with its three colours replaced.
func Bell(body, dots, clapper Token) fyne.Resource {
	p := Now()
	b, d, c := hexOf(p.Of(body)), hexOf(p.Of(dots)), hexOf(p.Of(clapper))
	swapped := strings.NewReplacer("#FBF6EC", b, "#12393A", d, "#F0A531", c).Replace(assets.Bell)
	return fyne.NewStaticResource("bell-"+b[1:]+d[1:]+c[1:]+".svg", []byte(swapped))
}

// Map returns what stands for a map under a place: as it is drawn in light, with
// the colours of the palette in dark.
func Map() fyne.Resource {
	p := Now()
	if !p.Dark() {
		return fyne.NewStaticResource("map-light.svg", []byte(assets.Map))
	}
	land, water, park, street := hexOf(p.Of(Fill)), hexOf(p.Of(InfoSoft)), hexOf(p.Of(OkSoft)), hexOf(p.Of(Control))
	swapped := strings.NewReplacer("#E2E8DF", land, "#BFD5E4", water, "#C9DDBF", park, "#FFFFFF", street).Replace(assets.Map)
	return fyne.NewStaticResource("map-dark.svg", []byte(swapped))
}

func hexOf(c color.NRGBA) string { return fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B) }

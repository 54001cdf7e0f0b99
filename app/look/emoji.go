package look

import (
	"os"
	"runtime"
	"sync"

	"fyne.io/fyne/v2"
)

// Where systems keep their colour emoji. Fyne's own (EmojiOne) are drawn from
// outlines, smaller than the text around them, so the system's are preferred.
var emojiFiles = map[string][]string{
	"linux": {
		"/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf",
		"/usr/share/fonts/noto/NotoColorEmoji.ttf",
		"/usr/share/fonts/google-noto-emoji/NotoColorEmoji.ttf",
		"/usr/share/fonts/noto-emoji/NotoColorEmoji.ttf",
	},
}

var emoji struct {
	sync.Mutex
	asked bool
	font  fyne.Resource
}

// EmojiFont returns the system's colour emoji font, or nil where none is known:
// then Fyne's own emoji are used. The file is read once, at the first call.
func EmojiFont() fyne.Resource {
	emoji.Lock()
	defer emoji.Unlock()
	if emoji.asked {
		return emoji.font
	}
	emoji.asked = true
	for _, path := range emojiFiles[runtime.GOOS] {
		if data, err := os.ReadFile(path); err == nil {
			emoji.font = fyne.NewStaticResource("emoji.ttf", data)
			break
		}
	}
	return emoji.font
}

// SetEmojiFont replaces the system's emoji font; nil means Fyne's own. It is for
// pictures that must look the same on every machine. Call it before any text
// is measured.
func SetEmojiFont(font fyne.Resource) {
	emoji.Lock()
	defer emoji.Unlock()
	emoji.asked, emoji.font = true, font
}

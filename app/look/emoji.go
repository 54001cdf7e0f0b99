package look

import (
	"os"
	"path/filepath"
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

// fontFile is a font that stays on the disk: Fyne keeps what it makes of the content,
// and a font of emoji has 10 MB.
type fontFile struct{ path string }

// Name implements fyne.Resource.
func (f *fontFile) Name() string { return filepath.Base(f.path) }

// Content implements fyne.Resource. It is nil where the file is gone meanwhile: Fyne
// says so and uses its own font then.
func (f *fontFile) Content() []byte {
	data, err := os.ReadFile(f.path)
	if err != nil {
		return nil
	}
	return data
}

// EmojiFont returns the system's colour emoji font, or nil where none is known:
// then Fyne's own emoji are used. The system is asked once, at the first call.
func EmojiFont() fyne.Resource {
	emoji.Lock()
	defer emoji.Unlock()
	if emoji.asked {
		return emoji.font
	}
	emoji.asked = true
	for _, path := range emojiFiles[runtime.GOOS] {
		if _, err := os.Stat(path); err == nil {
			emoji.font = &fontFile{path}
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

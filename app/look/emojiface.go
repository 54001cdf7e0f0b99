package look

import (
	"bytes"
	"sync"

	"fyne.io/fyne/v2/theme"
	"github.com/go-text/typesetting/font"
)

// emojiFace is Fyne's own font of emoji, which draws them in text fields; nil where it
// cannot be read.
var emojiFace = sync.OnceValue(func() *font.Face {
	resource := theme.DefaultEmojiFont()
	if resource == nil {
		return nil // the program was built without one
	}
	face, err := font.ParseTTF(bytes.NewReader(resource.Content()))
	if err != nil {
		return nil
	}
	return face
})

// DrawsEmoji reports whether a text field draws an emoji, and not an empty box. It may
// be called by any goroutine.
func DrawsEmoji(r rune) bool {
	face := emojiFace()
	if face == nil {
		return false
	}
	_, ok := face.NominalGlyph(r)
	return ok
}

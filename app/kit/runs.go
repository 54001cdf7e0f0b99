package kit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"github.com/rivo/uniseg"

	"shopbell/app/look"
)

// run is a stretch of text drawn with one font: letters, or emoji.
type run struct {
	text  string
	emoji bool
}

// runsOf splits s between letters and emoji, never inside a cluster (skin tones,
// flags, families and keycaps stay whole). Characters that no font draws
// (control characters, stray variation selectors) are left out.
func runsOf(s string) []run {
	if plain(s) {
		return []run{{text: s}}
	}
	var runs []run
	state := -1
	for rest := s; rest != ""; {
		var cluster string
		cluster, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		isEmoji := emojiCluster(cluster)
		if !isEmoji {
			cluster = drawable(cluster)
		}
		if n := len(runs); n > 0 && runs[n-1].emoji == isEmoji {
			runs[n-1].text += cluster
		} else {
			runs = append(runs, run{cluster, isEmoji})
		}
	}
	return runs
}

// plain reports whether s surely holds neither emoji nor characters to leave out.
func plain(s string) bool {
	for _, r := range s {
		if r < ' ' || r >= 0x2000 && !harmless(r) || r == 0xAD || r >= 0x7F && r < 0xA0 || r == 0xA9 || r == 0xAE {
			return false
		}
	}
	return true
}

// harmless are the characters past U+2000 that shop people type all the time.
func harmless(r rune) bool {
	switch r {
	case '–', '—', '‘', '’', '“', '”', '„', '…', '•', '→', '€', '№':
		return true
	}
	return false
}

// drawable drops what would be drawn as a box: controls, and the invisible
// characters that steer emoji and direction. A tab becomes a space.
func drawable(cluster string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t', r == '\n', r == '\r':
			return ' '
		case unicode.IsControl(r), r == 0xAD, r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E,
			r >= 0x2060 && r <= 0x206F, r >= 0xFE00 && r <= 0xFE0F, r == 0xFEFF:
			return -1
		}
		return r
	}, cluster)
}

// emojiCluster reports whether a cluster is shown as a colour picture: it is in
// the emoji planes, is a flag, or asks for it with U+FE0F.
func emojiCluster(cluster string) bool {
	if strings.ContainsRune(cluster, 0xFE0F) {
		return true
	}
	if strings.ContainsRune(cluster, 0xFE0E) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(cluster)
	switch {
	case r >= 0x1F1E6 && r <= 0x1F1FF, r >= 0x1F300 && r <= 0x1FAFF, r == 0x1F004, r == 0x1F0CF, r >= 0x1F18E && r <= 0x1F19A:
		return true
	}
	return strings.ContainsRune("⌚⌛⏩⏪⏫⏬⏰⏳◽◾☔☕♈♉♊♋♌♍♎♏♐♑♒♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓❔❕❗➕➖➗➰➿⬛⬜⭐⭕", r)
}

func (r run) source() fyne.Resource {
	if r.emoji {
		return look.EmojiFont()
	}
	return nil
}

func (r run) width(f Font) float32 {
	if src := r.source(); src != nil {
		size, _ := fyne.CurrentApp().Driver().RenderedTextSize(r.text, f.Type.Size(), f.style(), src)
		return size.Width
	}
	return fyne.MeasureText(r.text, f.Type.Size(), f.style()).Width
}

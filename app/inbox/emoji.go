package inbox

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/forPelevin/gomoji"

	"shopbell/app/kit"
	"shopbell/app/look"
	"shopbell/core/find"
)

// recentEmoji is how many of the emoji used last are kept on this computer, under
// recentKey.
const (
	recentEmoji = 30
	recentKey   = "emoji_recent"
	mostFound   = 60 // of a search
)

// emojiGroup is one tab of the picker. group is Unicode's name of it.
type emojiGroup struct{ group, sign, word string }

var emojiGroups = []emojiGroup{
	{"Smileys & Emotion", "😀", "emoji.smileys"},
	{"People & Body", "👋", "emoji.people"},
	{"Animals & Nature", "🐻", "emoji.nature"},
	{"Food & Drink", "🍎", "emoji.food"},
	{"Travel & Places", "🚗", "emoji.travel"},
	{"Activities", "⚽", "emoji.activities"},
	{"Objects", "💡", "emoji.objects"},
	{"Symbols", "❤️", "emoji.symbols"},
}

// glyph is an emoji that can be drawn, in its group.
type glyph struct {
	kit.Emoji
	group string
	rank  int    // of its subgroup
	code  string // its place in that
}

// asEmoji asks for the coloured form of a sign that is one of text, too; signs from
// emojiPlane on need no asking.
const (
	asEmoji    = "\uFE0F"
	emojiPlane = 0x1F000
)

func bare(char string) string { return strings.TrimSuffix(char, asEmoji) }

// faces are the subgroups of Unicode that people look for first.
var faces = []string{
	"face-smiling", "face-affection", "face-tongue", "face-hand", "face-neutral-skeptical", "face-concerned", "face-negative",
	"face-sleepy", "face-unwell", "face-hat", "face-glasses", "heart", "emotion", "hand-fingers-closed", "hand-fingers-open", "hand-fingers-partial", "hands",
}

func rankOf(subgroup string) int {
	if i := slices.Index(faces, subgroup); i >= 0 {
		return i
	}
	return len(faces)
}

// otherWords are what people call the usual emoji in other languages than that of
// Unicode's names: by emoji, words of all languages.
//
//go:embed emoji_words.json
var otherWords []byte

// glyphs are all emoji of one sign that the font draws, in Unicode's groups.
var glyphs = sync.OnceValue(func() []glyph {
	byName := map[string]glyph{}
	for _, e := range gomoji.AllEmojis() {
		if !slices.ContainsFunc(emojiGroups, func(g emojiGroup) bool { return g.group == e.Group }) {
			continue
		}
		sign := bare(e.Character)
		r, _ := utf8.DecodeRuneInString(sign)
		if utf8.RuneCountInString(sign) != 1 || !look.DrawsEmoji(r) {
			continue
		}
		// "E1.0 grinning face": the version of Unicode goes.
		_, name, _ := strings.Cut(e.UnicodeName, " ")
		char := e.Character
		if r < emojiPlane { // without it a sign of text
			char = sign + asEmoji
		}
		if old, known := byName[name]; !known || len(char) > len(old.Char) {
			byName[name] = glyph{kit.Emoji{Char: char, Name: name}, e.Group, rankOf(e.SubGroup), e.CodePoint}
		}
	}
	all := make([]glyph, 0, len(byName))
	for _, g := range byName {
		all = append(all, g)
	}
	slices.SortFunc(all, func(a, b glyph) int {
		return cmp.Or(cmp.Compare(a.group, b.group), cmp.Compare(a.rank, b.rank), cmp.Compare(a.code, b.code))
	})
	return all
})

// namesOf are the words under which an emoji is found besides its name.
var namesOf = sync.OnceValue(func() map[string][]string {
	words := map[string][]string{}
	if json.Unmarshal(otherWords, &words) != nil {
		return nil // a test reads the file
	}
	for char, list := range words {
		words[bare(char)] = list
	}
	return words
})

// findEmoji returns the emoji of which each word of a search begins a word, up to
// mostFound.
func findEmoji(search string) []kit.Emoji {
	var list []kit.Emoji
	for _, g := range glyphs() {
		if len(list) < mostFound && find.Begins(search, g.Name+" "+strings.Join(namesOf()[bare(g.Char)], " ")) {
			list = append(list, g.Emoji)
		}
	}
	return list
}

// emojiOf are those of one group.
func emojiOf(group string) []kit.Emoji {
	var list []kit.Emoji
	for _, g := range glyphs() {
		if g.group == group {
			list = append(list, g.Emoji)
		}
	}
	return list
}

// recent are the emoji used last on this computer, the last one first.
func (d Deps) recent() []kit.Emoji {
	var list []kit.Emoji
	for _, char := range strings.Fields(d.Memory.String(recentKey)) {
		at := slices.IndexFunc(glyphs(), func(g glyph) bool { return g.Char == char })
		if at >= 0 {
			list = append(list, glyphs()[at].Emoji)
		}
	}
	return list
}

func (d Deps) usedEmoji(e kit.Emoji) {
	chars := []string{e.Char}
	for _, old := range d.recent() {
		if old.Char != e.Char && len(chars) < recentEmoji {
			chars = append(chars, old.Char)
		}
	}
	d.Memory.SetString(recentKey, strings.Join(chars, " "))
}

// chooseEmoji offers emoji for what is being written.
func (p *chatPane) chooseEmoji() {
	t := p.talk
	if t == nil || !t.note.on && !p.canWrite() {
		return
	}
	signs, tips := []string{"🕘"}, []string{p.Words.T("emoji.recent")}
	for _, g := range emojiGroups {
		signs, tips = append(signs, g.sign), append(tips, p.Words.T(g.word))
	}
	v := kit.NewEmojiPicker(p.Words.T("emoji.search"), signs, tips)
	tab := func(i int) {
		list, message := p.recent(), ""
		if i > 0 {
			list = emojiOf(emojiGroups[i-1].group)
		}
		if len(list) == 0 {
			message = p.Words.T("emoji.none_recent")
		}
		v.Set(list, i, message)
	}
	first := 1
	if len(p.recent()) > 0 {
		first = 0
	}
	v.OnTab = tab
	v.OnSearch = func(text string) {
		if strings.TrimSpace(text) == "" {
			tab(first)
			return
		}
		list, message := findEmoji(text), ""
		if len(list) == 0 {
			message = p.Words.T("list.nothing_found")
		}
		v.Set(list, -1, message)
	}
	tab(first)
	close := p.Float(v, v.Target())
	v.OnTake = func(e kit.Emoji) {
		p.usedEmoji(e)
		close()
		if p.talk == t {
			p.Focus(p.composer.Target())
			p.composer.Insert(e.Char, 0)
		}
	}
}

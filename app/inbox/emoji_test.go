package inbox

import (
	"encoding/json"
	"slices"
	"strconv"
	"testing"

	"shopbell/app/kit"
	"shopbell/core/desk/desktest"
)

func chars(list []kit.Emoji) []string {
	var all []string
	for _, e := range list {
		all = append(all, e.Char)
	}
	return all
}

func TestFindEmoji(t *testing.T) {
	for search, want := range map[string]string{"grinning": "😀", "red heart": "❤️", "спасибо": "🙏", "обриг": "", "obrig": "🙏", "посыл": "📦"} {
		got := chars(findEmoji(search))
		if want == "" && len(got) != 0 || want != "" && !slices.Contains(got, want) {
			t.Errorf("%q finds %q, want %q", search, got, want)
		}
	}
	if n := len(findEmoji("a")); n == 0 || n > mostFound {
		t.Errorf("%d are found", n)
	}
}

func TestEmojiThatAreOffered(t *testing.T) {
	t.Run("each group has some, and none stands twice", func(t *testing.T) {
		seen := map[string]bool{}
		for _, g := range emojiGroups {
			list := emojiOf(g.group)
			if len(list) < 20 {
				t.Errorf("%s has %d", g.group, len(list))
			}
			for _, e := range list {
				if seen[e.Char] || e.Name == "" {
					t.Errorf("%q (%q) stands twice, or has no name", e.Char, e.Name)
				}
				seen[e.Char] = true
			}
		}
	})
	t.Run("words of other languages are of emoji that are offered", func(t *testing.T) {
		words := map[string][]string{}
		if err := json.Unmarshal(otherWords, &words); err != nil {
			t.Fatal(err)
		}
		for char := range words {
			if !slices.ContainsFunc(glyphs(), func(g glyph) bool { return bare(g.Char) == bare(char) }) {
				t.Errorf("%s (%s) is not offered", char, strconv.QuoteToASCII(char))
			}
		}
	})
}

func TestChoosingAnEmoji(t *testing.T) {
	s := newStage(t)
	s.Open(desktest.Marina)
	s.typed(t, "Thanks ")
	s.chat.chooseEmoji()
	v, ok := s.floating.(*kit.EmojiPicker)
	if !ok {
		t.Fatal("nothing opened")
	}
	v.OnSearch("folded hands")
	if got := chars(v.Shown()); !slices.Equal(got, []string{"🙏"}) {
		t.Fatalf("found are %q", got)
	}
	v.OnTake(v.Shown()[0])
	if got := s.chat.composer.Text(); got != "Thanks 🙏" || s.floating != nil {
		t.Errorf("the composer has %q", got)
	}
	s.ToggleNote()
	s.chat.chooseEmoji()
	v = s.floating.(*kit.EmojiPicker)
	if got := chars(v.Shown()); !slices.Equal(got, []string{"🙏"}) {
		t.Errorf("used last are %q", got)
	}
	v.OnSearch("zebra crossing the moon")
	if len(v.Shown()) != 0 {
		t.Errorf("found are %q", chars(v.Shown()))
	}
}

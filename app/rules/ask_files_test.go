package rules

import (
	"slices"
	"testing"
)

func TestFilesAreAskedForByWhatTheyAreFor(t *testing.T) {
	p := sit(t, boots(), 1208, nil)
	p.pick("delivery")
	sayOf := func(p *person) *sayBlock {
		i := slices.IndexFunc(p.screen.editor.blocks, func(b block) bool { _, is := b.(*sayBlock); return is })
		return p.screen.editor.blocks[i].(*sayBlock)
	}
	for _, c := range []struct {
		name string
		do   func()
		want Ask
	}{
		{"chats of the phone", p.screen.learning.choose, Ask{Title: "Choose chats to read", Take: "Read", Many: true}},
		{"a rules file", func() { p.screen.bring(true) }, Ask{Title: "Choose a rules file", Take: "Read"}},
		{"a picture", func() { sayOf(p).choosePicture() }, Ask{Title: "Choose a picture", Take: "Add"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.do(); p.fileAsk != c.want {
				t.Errorf("asked %+v", p.fileAsk)
			}
		})
	}
}

package inbox

import (
	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
)

// attachMenu offers what can be sent besides words, over the paperclip.
func (p *chatPane) attachMenu() {
	if p.canWrite() {
		p.Menu(fyne.CurrentApp().Driver().AbsolutePositionForObject(p.attach), p.attachItems())
	}
}

func (p *chatPane) attachItems() []kit.MenuItem {
	word := p.Words.T
	items := []kit.MenuItem{{Icon: look.IconPaperclip, Text: word("attach.files"), Keys: p.Keys.Attach, Do: p.chooseFiles}}
	if l, ok := p.lastPlace(); ok {
		name := p.talk.place(l).Title
		items = append(items, kit.MenuItem{Icon: look.IconPin, Text: word("attach.last_place", locale.Args{"Name": kit.Cut(name, lastPlaceWide, kit.Body)}), Do: p.sendLastPlace})
	}
	return append(items,
		kit.MenuItem{Icon: look.IconPin, Text: word("attach.place"), Do: p.choosePlace},
		kit.MenuItem{Icon: look.IconLink, Text: word("attach.link"), Do: p.chooseLink},
		kit.MenuItem{Icon: look.IconList, Text: word("attach.list"), Do: p.chooseList},
		kit.MenuItem{Icon: look.IconTemplate, Text: word("attach.template"), Keys: p.Keys.Template, Do: p.chooseTemplate})
}

// lastPlaceWide is the room for the name of a place in the menu.
const lastPlaceWide = 220

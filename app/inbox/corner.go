package inbox

import "shopbell/app/look"

// Corner is how wide the pane at the lower left is, and how high what stands at its
// end, above which toasts stand.
func (s *Screen) Corner() (width, foot float32) {
	switch {
	case s.breadth != OnePane:
		return s.listWide(), 0
	case s.talk != nil:
		return s.root.Size().Width, s.chat.composer.MinSize().Height
	}
	return s.root.Size().Width, 0
}

func (s *Screen) listWide() float32 {
	if s.breadth == Narrow {
		return look.Grow(listNarrowWidth, 60)
	}
	return look.Grow(listWidth, 60)
}

// SetClear keeps room of a height free above that foot, for toasts: below the last
// row of the list, or between the last message and the composer.
func (s *Screen) SetClear(high float32) {
	inChat := float32(0)
	if s.breadth == OnePane {
		inChat = high
	}
	if s.list.clear != high {
		s.list.clear = high
		s.list.root.Refresh()
	}
	if s.chat.clear != inChat {
		s.chat.clear = inChat
		s.chat.root.Refresh()
	}
}

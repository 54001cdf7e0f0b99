package search

import (
	"fyne.io/fyne/v2"

	"shopbell/app/look"
)

// MinSize implements fyne.Layout; the frame knows the smallest window.
func (s *Screen) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(400, 300) }

// Layout implements fyne.Layout: the field above filters, what was found, and the chat.
func (s *Screen) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	ground, topEdge, filterEdge, listEdge := objects[0], objects[1], objects[2], objects[3]
	stand(ground, true, 0, 0, size.Width, size.Height)
	top := look.Grow(56, 22)
	beside := size.Width >= filtersFrom
	s.wide = size.Width >= contextFrom
	s.layoutTop(size.Width, top, beside)
	stand(topEdge, true, 0, top-1, size.Width, 1)

	y, high := top, size.Height-top
	x := float32(0)
	folded := s.folded && !beside
	if beside {
		x = min(look.Grow(filterWide, 110), size.Width/3)
	}
	switch {
	case folded:
		stand(s.filters.root, true, 0, y, size.Width, high)
	default:
		stand(s.filters.root, beside, 0, y, x-1, high)
	}
	stand(filterEdge, beside, x-1, y, 1, high)

	end := size.Width
	if s.wide {
		end = min(x+look.Grow(listWide, 120), size.Width-look.Grow(320, 100))
	}
	looking := s.looking && !s.wide
	listed := !folded && !looking
	foot := s.foot.MinSize().Height
	empty := listed && s.empty.Visible()
	stand(s.list, listed, x, y, end-x, high-foot-s.clear)
	if listed {
		stand(s.empty, empty, x, y, end-x, high-foot)
	} else {
		s.empty.Hide()
	}
	stand(s.foot, listed, x, size.Height-foot, end-x, foot)
	stand(listEdge, s.wide, end-1, y, 1, high)
	if looking {
		end = x
	}
	stand(s.context.root, s.wide || looking, end, y, size.Width-end, high)
}

// layoutTop puts field and buttons into one line.
func (s *Screen) layoutTop(width, top float32, beside bool) {
	right := width - 16
	m := s.save.MinSize()
	stand(s.save, true, right-m.Width, (top-m.Height)/2, m.Width, m.Height)
	right -= m.Width + 12
	f := s.fold.MinSize()
	stand(s.fold, !beside, right-f.Width, (top-f.Height)/2, f.Width, f.Height)
	if !beside {
		right -= f.Width + 8
	}
	h := max(36, s.field.MinSize().Height)
	stand(s.field, true, 16, (top-h)/2, right-16, h)
}

func stand(o fyne.CanvasObject, shown bool, x, y, w, h float32) {
	setVisible(o, shown)
	o.Move(fyne.NewPos(float32(int(x)), float32(int(y))))
	o.Resize(fyne.NewSize(float32(int(w)), float32(int(h))))
}

func setVisible(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}

// Corner is how wide is what stands at the lower left, and how high its foot, above
// which toasts stand: filters and what was found have theirs beside one another.
func (s *Screen) Corner() (width, foot float32) {
	size := s.root.Size()
	switch {
	case s.looking && !s.wide:
		return size.Width, barHeight()
	case s.wide:
		size.Width = s.context.root.Position().X
	}
	return size.Width, max(s.foot.MinSize().Height, s.filters.bars.below())
}

// SetClear keeps room of a height free above that foot, for toasts.
func (s *Screen) SetClear(high float32) {
	inChat := float32(0)
	if s.looking && !s.wide {
		inChat = high
	}
	if s.clear != high || s.context.bars.clear != inChat {
		s.clear, s.filters.bars.clear, s.context.bars.clear = high, high, inChat
		s.root.Refresh()
	}
}

// bars lays out a ground, and what is between two bars, of which either may be missing.
type bars struct {
	top, bottom fyne.CanvasObject
	clear       float32 // room that is free above the lower one
}

func barHeight() float32 { return look.Grow(36, 16) }

// below is how high the lower bar is.
func (b *bars) below() float32 {
	if b.bottom == nil || !b.bottom.Visible() {
		return 0
	}
	return barHeight()
}

// MinSize implements fyne.Layout.
func (b *bars) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 200) }

// Layout implements fyne.Layout.
func (b *bars) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	above, below := float32(0), b.below()
	if b.top != nil && b.top.Visible() {
		above = b.top.MinSize().Height
	}
	for i, o := range objects {
		switch {
		case i == 0:
			o.Resize(size)
		case o == b.top:
			o.Resize(fyne.NewSize(size.Width, above))
		case o == b.bottom:
			o.Move(fyne.NewPos(0, size.Height-below))
			o.Resize(fyne.NewSize(size.Width, below))
		default:
			o.Move(fyne.NewPos(0, above))
			o.Resize(fyne.NewSize(size.Width, size.Height-above-below-b.clear))
		}
	}
}

// footLine lays out a ground, a line over it, and then things from left to right; a
// Line after one that is no Line belongs to it, and the last thing stands at the right
// where there are many. What has no room is hidden.
type footLine struct{ margin float32 }

// MinSize implements fyne.Layout.
func (f *footLine) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, look.Grow(30, 16)) }

// Layout implements fyne.Layout.
func (f *footLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	stand(objects[0], true, 0, 0, size.Width, size.Height)
	stand(objects[1], true, 0, 0, size.Width, 1)
	items := objects[2:]
	right := size.Width - f.margin
	if len(items) > 2 {
		last := items[len(items)-1]
		items = items[:len(items)-1]
		w := min(last.MinSize().Width, right-f.margin)
		stand(last, true, right-w, (size.Height-last.MinSize().Height)/2, w, last.MinSize().Height)
		right -= w + 12
	}
	x := f.margin
	for i := 0; i < len(items); i += 2 {
		a, b := items[i].MinSize(), items[i+1].MinSize()
		fits := x+a.Width+4+b.Width <= right || len(items) == 2
		stand(items[i], fits, x, (size.Height-a.Height)/2, a.Width, a.Height)
		stand(items[i+1], fits, x+a.Width+4, (size.Height-b.Height)/2, min(b.Width, right-x-a.Width-4), b.Height)
		x += a.Width + 4 + b.Width + 8
	}
}

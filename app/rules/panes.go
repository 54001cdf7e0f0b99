package rules

import (
	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/look"
)

// Widths of the panes (design guide, section 4).
const (
	listWide     float32 = 288
	listSlim     float32 = 268
	previewWide  float32 = 344
	previewFrom  float32 = 1108 // a window of 1180 with the rail
	narrowRail   float32 = 944  // a window under 1000
	leastEditing float32 = 420
)

// panes lays out the list, the open rule and the preview.
type panes struct {
	list, editor *kit.Pane
	failed       fyne.CanvasObject
	preview      *kit.Pane
	slim         bool   // the list or the rule
	broken       bool   // nothing was loaded
	open         bool   // a rule is open
	bare         bool   // there is none to preview
	tab          bool   // the preview in place of the rule, where there is no room for both
	wide         bool   // there is room for the preview
	fitted       func() // is called when the rule has its width
	placed       func() // is called when all are laid out
}

func (p *panes) container() *fyne.Container {
	return &fyne.Container{Layout: p, Objects: []fyne.CanvasObject{p.list, p.editor, p.failed, p.preview}}
}

// MinSize implements fyne.Layout; the frame knows the smallest window.
func (p *panes) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout implements fyne.Layout.
func (p *panes) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	p.wide = size.Width >= previewFrom && !p.bare
	left := look.Grow(listWide, 90)
	if size.Width < narrowRail {
		left = look.Grow(listSlim, 60)
	}
	left = min(left, max(size.Width-leastEditing, listSlim))
	right := size.Width
	if p.wide {
		right -= look.Grow(previewWide, 60)
	}
	listed, edited := !p.broken, !p.broken
	if p.slim {
		listed, edited = listed && !p.open, edited && p.open
		left = 0
		if listed {
			left, right = size.Width, size.Width
		}
	}
	defer p.placed()
	place(p.failed, p.broken, 0, 0, size.Width, size.Height)
	place(p.list, listed, 0, 0, left, size.Height)
	place(p.editor, edited, left, 0, right-left, size.Height)
	p.fitted()
	if p.wide {
		place(p.preview, edited, right, 0, size.Width-right, size.Height)
		return
	}
	head := p.editor.HeadHeight()
	place(p.preview, edited && p.open && p.tab && !p.bare, left, head, right-left, size.Height-head)
}

func place(o fyne.CanvasObject, shown bool, x, y, w, h float32) {
	if !shown {
		o.Hide()
		return
	}
	o.Show()
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

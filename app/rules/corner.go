package rules

import "shopbell/app/kit"

// Corner is how wide the pane at the lower left is, and how high its foot, above
// which toasts stand.
func (s *Screen) Corner() (width, foot float32) {
	pane := s.panes.corner()
	return pane.Size().Width, pane.FootHeight()
}

// SetClear keeps room of a height free above that foot, for toasts.
func (s *Screen) SetClear(high float32) {
	s.panes.list.SetClear(high)
	if !s.panes.slim {
		high = 0 // the list stands at the left of the others
	}
	s.panes.editor.SetClear(high)
	s.panes.preview.SetClear(high)
}

// corner is the pane at the lower left.
func (p *panes) corner() *kit.Pane {
	switch {
	case p.list.Visible():
		return p.list
	case p.preview.Visible() && !p.wide:
		return p.preview
	}
	return p.editor
}

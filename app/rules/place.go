package rules

// Place is what of the rules a person looks at, for the next time they come here. The
// zero Place is the beginning.
type Place struct {
	Rule         string  // id of the open rule; empty: none is
	Variant      int     // of its replies
	List, Editor float32 // how far both are scrolled
}

// Place returns where the person is.
func (s *Screen) Place() (p Place) {
	if s.editing != nil {
		p.Rule, p.Variant = s.editing.ID(s.open()), s.editing.Variant()
	}
	p.List, p.Editor = s.list.rows.Offset(), s.editor.pane.Offset()
	return p
}

// resume goes to the Place that the screen began with, once the rules are there and
// have been laid out. A rule that is gone stays closed. From the beginning it goes to
// the first rule of the list, where there is room beside it.
func (s *Screen) resume() {
	to := s.Deps.Place
	if to == nil || s.editing == nil || s.root.Size().IsZero() {
		return
	}
	s.Deps.Place = nil
	if first := s.list.first(); *to == (Place{}) && s.open() == 0 && !s.panes.slim && first != 0 {
		s.editing.Open(first)
		return
	}
	if key := s.editing.KeyOf(to.Rule); key != 0 && s.open() == 0 {
		s.editing.Open(key)
		s.editing.ShowVariant(to.Variant)
	}
	s.list.rows.SetOffset(to.List)
	if s.open() == s.editing.KeyOf(to.Rule) {
		s.editor.pane.SetOffset(to.Editor)
	}
}

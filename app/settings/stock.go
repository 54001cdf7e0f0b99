package settings

import (
	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/look"
	"shopbell/core/staff"
)

// stockPart is the part about how many are left of each article: the file that
// says it, the levels themselves, and the way in for other programs. It asks the
// desk nothing until it is shown.
type stockPart struct {
	*Screen
	file   *stockFile
	levels *stockLevels
	api    *stockAPI
	shown  bool
}

func newStockPart(s *Screen) *stockPart {
	levels := newStockLevels(s)
	return &stockPart{Screen: s, file: newStockFile(s, levels.setWatched), levels: levels, api: newStockAPI(s)}
}

// cards are those of the part; to who may not see stock they say so.
func (p *stockPart) cards() []fyne.CanvasObject {
	if !p.maySee() {
		return []fyne.CanvasObject{kit.NewPanel(p.Words.T("settings.stock"), "",
			kit.NewParagraph(p.Words.T("stock.no_sight"), kit.Body, look.Text2))}
	}
	return []fyne.CanvasObject{p.file.card, p.levels.card, p.api.card}
}

func (p *stockPart) maySee() bool { return p.Who.Role.May(staff.SeeStock) }

// show begins to load, the first time.
func (p *stockPart) show() {
	if p.shown || !p.maySee() {
		return
	}
	p.shown = true
	p.file.load()
	p.levels.load()
	p.api.load()
}

// heard loads again what is shown: levels or the file's state changed.
func (p *stockPart) heard() {
	if p.shown {
		p.file.refresh()
		p.levels.refresh()
	}
}

// mayEditStock reports whether the person may change levels.
func (s *Screen) mayEditStock() bool { return s.Who.Role.May(staff.EditStock) }

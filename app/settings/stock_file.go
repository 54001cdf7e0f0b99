package settings

import (
	"context"
	"path/filepath"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/desk"
)

// stockFile is the card of the file that is watched: how it stands, what is wrong
// with it, and another in its place.
type stockFile struct {
	*Screen
	watched func(bool) // told whether there is one
	task    *live.Task[desk.StockReport]
	state   *kit.Status
	path    *kit.Paragraph
	faults  *faults
	choose  *kit.Button
	stop    *kit.Button
	preview *stockPreview
	card    *kit.Panel
}

func newStockFile(s *Screen, watched func(bool)) *stockFile {
	w := s.Words
	f := &stockFile{Screen: s, watched: watched, state: kit.NewStatus(kit.FindingNone, ""), path: kit.NewParagraph("", kit.Tiny, look.Text2), faults: newFaults(s)}
	f.task = live.NewTask(s.Scope, nil, func(live.State[desk.StockReport]) { f.draw() })
	f.preview = newStockPreview(s, f.state, f.refresh)
	f.choose = s.soft("stock.choose", f.ask)
	f.choose.SetIcon(look.IconFolder, false)
	f.stop = kit.NewButton(w.T("stock.stop"), kit.Plain, f.leave)
	f.stop.Hide()
	if !s.mayEditStock() {
		f.choose.SetDisabled(w.T("stock.reader"))
		f.stop.SetDisabled(w.T("stock.reader"))
	}
	f.card = kit.NewPanel(w.T("stock.source"), "", kit.NewStack(12,
		kit.NewParagraph(w.T("stock.source_about"), kit.Small, look.Text2), kit.NewStack(4, f.state, f.path), f.faults.body, f.preview.body),
		f.stop, f.choose)
	return f
}

func (f *stockFile) load() { f.task.Load(f.read) }

// refresh loads the state again, after a change.
func (f *stockFile) refresh() { f.task.Refresh(f.read) }

func (f *stockFile) read(ctx context.Context) (desk.StockReport, error) {
	return f.Levels.StockReport(ctx, f.Who)
}

func (f *stockFile) draw() {
	is := f.task.State()
	r := is.Value
	f.path.Set(r.File.Path)
	switch is.Phase {
	case live.Failed, live.Stale:
		f.state.Set(kit.FindingBad, f.Words.Explain(is.Err).String())
	case live.Loading:
		f.state.Set(kit.FindingBusy, f.Words.T("stock.looking"))
	case live.Ready:
		f.state.Set(findingOf(r.State), f.Words.StockState(r, f.Scope.Now()))
	}
	if r.State == desk.StockFileMissing || r.State == desk.StockFileLocked { // the state says it all
		r.Problems, r.Broken = nil, 0
	}
	f.faults.set(r.Problems, r.Broken)
	setVisible(f.stop, r.File.Path != "")
	f.watched(r.File.Path != "")
	f.page.Refresh()
}

// findingOf is how good a state of the file is.
func findingOf(s desk.StockFileState) kit.Finding {
	switch s {
	case desk.StockFileGood:
		return kit.FindingGood
	case desk.StockFilePartly, desk.StockFileLocked:
		return kit.FindingWarn
	case desk.StockFileMissing, desk.StockFileUnusable:
		return kit.FindingBad
	case desk.StockFileReading:
		return kit.FindingBusy
	}
	return kit.FindingNone
}

func (f *stockFile) ask() {
	f.Pick(func(path string) {
		if path != "" {
			f.preview.open(path)
		}
	})
}

// leave watches no file any more, which can be taken back.
func (f *stockFile) leave() {
	before := f.task.State().Value.File
	f.watch(desk.StockFile{}, func() {
		f.SayUndo(f.Words.T("stock.stopped"), func() {
			f.watch(before, func() {
				f.Say(f.Words.T("stock.using", locale.Args{"File": filepath.Base(before.Path)}), true)
			})
		})
	})
}

func (f *stockFile) watch(file desk.StockFile, done func()) {
	f.stop.SetBusy(true)
	f.Scope.Do(func(ctx context.Context) error { return f.Levels.SetStockFile(ctx, f.Who, file) }, func(err error) {
		f.stop.SetBusy(false)
		f.refresh()
		switch {
		case desk.CodeOf(err) == desk.Invalid:
			f.preview.open(file.Path) // which says why it cannot be taken
		case err != nil:
			f.Say(f.Words.Explain(err).String(), false)
		default:
			done()
		}
	})
}

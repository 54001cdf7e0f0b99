package app

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"shopbell/app/kit"
	"shopbell/app/look"
)

// Refuse says in a small window why there is no shop to show, and returns when it
// is closed. It runs fa, in the place of App.Run. The error returned is of a broken
// catalogue or theme.
func Refuse(fa fyne.App, why error) error {
	w, err := newRefusal(fa, why)
	if err != nil {
		return err
	}
	w.ShowAndRun()
	return nil
}

func newRefusal(fa fyne.App, why error) (fyne.Window, error) {
	const width, high, pad = 440, 200, 20
	p := prefs{fa.Preferences(), time.Local}
	words, err := p.words()
	if err != nil {
		return nil, err
	}
	if err := look.Apply(fa, p.look()); err != nil {
		return nil, err
	}
	w := fa.NewWindow(words.T("window.title"))
	w.SetPadded(false)
	title := kit.NewStatus(kit.FindingBad, words.T("start.failed"))
	text := kit.NewStack(8, title, kit.NewParagraph(why.Error(), kit.Body, look.Text))
	text.Fit(width - 2*pad)
	quit := kit.NewButton(words.T("tray.quit"), kit.Primary, w.Close)
	body := container.NewBorder(nil, container.NewHBox(quit), nil, nil, text)
	w.SetContent(container.NewStack(kit.NewGround(look.Bg), container.New(inset(pad), body)))
	w.Resize(fyne.NewSize(width, high))
	w.SetFixedSize(true)
	return w, nil
}

// inset is a margin around what it holds.
type inset float32

func (i inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(2*float32(i), 2*float32(i))
}

func (i inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewSquareOffsetPos(float32(i)))
	objects[0].Resize(size.SubtractWidthHeight(2*float32(i), 2*float32(i)))
}

package app

import (
	"errors"
	"io/fs"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
)

// FolderError says that the data folder cannot be used. Folder is empty where the
// system names no place for it. Its text is for a terminal; the window of Refuse
// has words of its own.
type FolderError struct {
	Folder string
	Err    error
}

func (e *FolderError) Error() string {
	return "the data folder cannot be used: " + e.Err.Error() + "; choose another one with --data DIR"
}

func (e *FolderError) Unwrap() error { return e.Err }

// words is what a person has to know of it.
func (e *FolderError) words(w *locale.Words) string {
	key := "refuse.other"
	switch {
	case e.Folder == "":
		key = "refuse.nowhere"
	case errors.Is(e.Err, fs.ErrPermission), errors.Is(e.Err, syscall.EROFS):
		key = "refuse.permission"
	case errors.Is(e.Err, syscall.ENOTDIR), errors.Is(e.Err, fs.ErrExist):
		key = "refuse.file"
	case errors.Is(e.Err, syscall.ENOSPC):
		key = "refuse.full"
	}
	return w.T(key, locale.Args{"Folder": e.Folder})
}

// Refuse says in a small window why there is no shop to show, and returns when it
// is closed. It runs fa, in the place of App.Run; dark is that of Deps. The error
// returned is of a broken catalogue or theme.
func Refuse(fa fyne.App, dark bool, why *FolderError) error {
	w, err := newRefusal(fa, dark, why)
	if err != nil {
		return err
	}
	w.ShowAndRun()
	return nil
}

func newRefusal(fa fyne.App, dark bool, why *FolderError) (fyne.Window, error) {
	const width, high, pad = 480, 240, 20
	p := prefs{fa.Preferences(), time.Local}
	words, err := p.words()
	if err != nil {
		return nil, err
	}
	choice := p.look()
	choice.Dark = dark
	if err := look.Apply(fa, choice); err != nil {
		return nil, err
	}
	w := fa.NewWindow(words.T("window.title"))
	w.SetPadded(false)
	text := kit.NewStack(8,
		kit.NewStatus(kit.FindingBad, words.T("start.failed")),
		kit.NewParagraph(why.words(words), kit.Body, look.Text),
		kit.NewParagraph(words.T("refuse.next"), kit.Small, look.Text2),
		kit.NewLine(words.T("refuse.how"), kit.BodyBold, look.Text))
	scale := look.Scale()
	text.Fit(width*scale - 2*pad)
	quit := kit.NewButton(words.T("tray.quit"), kit.Primary, w.Close)
	body := container.NewBorder(nil, container.NewHBox(quit), nil, nil, text)
	w.SetContent(container.NewStack(kit.NewGround(look.Bg), container.New(inset{pad, width * scale}, body)))
	w.Resize(fyne.NewSize(width*scale, high*scale))
	w.SetFixedSize(true)
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) {
		switch e.Name {
		case fyne.KeyEscape, fyne.KeyReturn, fyne.KeyEnter:
			w.Close()
		}
	})
	return w, nil
}

// inset is a margin around what it holds, and a width below which that is never laid
// out: in a narrow window its text would ask for a high one.
type inset struct{ pad, width float32 }

func (i inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := objects[0].MinSize().AddWidthHeight(2*i.pad, 2*i.pad)
	return fyne.NewSize(max(size.Width, i.width), size.Height)
}

func (i inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewSquareOffsetPos(i.pad))
	objects[0].Resize(size.SubtractWidthHeight(2*i.pad, 2*i.pad))
}

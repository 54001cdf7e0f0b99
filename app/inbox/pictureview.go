package inbox

import (
	"context"
	"errors"
	"image"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// pagesAtOnce is how many pages of a chat one press looks through for a picture.
const pagesAtOnce = 10

// pictureView shows the pictures of a chat over the window, one at a time.
type pictureView struct {
	*talk
	view    *kit.Viewer
	close   func()
	at      chat.MessageID       // whose picture is shown
	file    string               // of that, where it is here
	source  *live.Task[*source]  // file, decoded
	drawing *live.Task[*drawing] // what of it is in sight
	near    turns                // to decode and to draw: what is not wanted any more may take a while to end
	seeking seeking
}

// seeking is where messages are loaded until a picture is among them.
type seeking struct {
	by    int            // as step; 0: nowhere
	after chat.MessageID // the cursor of the page that was asked for last; 0: none was
	pages int            // that may still be loaded
}

// drawing is what of a picture is in sight, as it was drawn.
type drawing struct {
	image.Image
	sight kit.Sight
}

// isPicture reports whether a message carries a picture, be it here or not.
func isPicture(m chat.Message) bool {
	if m.Media == nil {
		return false
	}
	kind := shownAs(m)
	return kind == chat.KindImage || kind == chat.KindSticker
}

// viewItems offer to look at a picture.
func (p *chatPane) viewItems(m chat.Message) []kit.MenuItem {
	if !isPicture(m) || m.Media.State != chat.MediaHere {
		return nil
	}
	return []kit.MenuItem{{Icon: look.IconEye, Text: p.Words.T("viewer.view"), Keys: "Enter", Do: func() { p.viewPicture(m) }}}
}

// viewPicture shows the picture of a message over the window, and reports whether it
// has one.
func (p *chatPane) viewPicture(m chat.Message) bool {
	if !isPicture(m) {
		return false
	}
	word := p.Words.T
	v := &pictureView{talk: p.talk, at: m.ID, near: p.pictures.near}
	v.view = kit.NewViewer(kit.ViewerWords{
		Close: word("viewer.close") + "  Esc", Older: word("viewer.older"), Newer: word("viewer.newer"),
		In: word("viewer.in") + "  +", Out: word("viewer.out") + "  -", Fit: word("viewer.fit") + "  0", Full: word("viewer.full") + "  1",
		Copy: word("viewer.copy") + "  " + p.Keys.Copy, Save: word("file.save") + "  " + p.Keys.Save, Open: word("viewer.outside"),
		Zoom: func(percent int) string { return word("viewer.zoom", locale.Args{"Percent": percent}) },
	})
	scope := p.talk.scope.Inside()
	v.source = live.NewTask(scope, nil, func(live.State[*source]) { v.decoded() })
	v.drawing = live.NewTask(scope, nil, func(s live.State[*drawing]) {
		if s.Phase == live.Ready {
			v.view.Draw(s.Value.Image, s.Value.sight)
		}
	})
	v.view.OnSight = v.inSight
	v.view.OnStep = v.step
	v.view.OnCopy = v.copyPicture
	v.view.OnSave = v.savePicture
	v.view.OnOpen = func() { v.with(v.openContent) }
	v.view.OnAgain = v.again
	v.close = p.Cover(v.view, v.view, func() {
		scope.Close()
		v.load("")
		if p.viewing == v {
			p.viewing = nil
		}
	})
	v.view.OnClose = v.close
	p.viewing = v
	v.draw()
	return true
}

// with calls f with the message whose picture is shown.
func (v *pictureView) with(f func(chat.Message)) {
	if i := v.index(v.at); i >= 0 {
		f(v.messages[i])
	}
}

// leave closes it where it is open.
func (v *pictureView) leave() {
	if v != nil {
		v.close()
	}
}

// draw shows the picture as its message stands now. It is called at each change of the
// chat.
func (v *pictureView) draw() {
	if v == nil {
		return
	}
	if v.index(v.at) < 0 {
		v.close() // it is not among what is loaded any more
		return
	}
	v.seek()
	v.with(func(m chat.Message) {
		if f := *m.Media; f.State == chat.MediaHere && f.File != v.file {
			v.load(f.File)
		}
		v.view.Set(v.data(m))
	})
}

// load decodes the picture that is shown from now on, and lets go of the one before; with
// no file there is none. One is decoded at a time: of those asked for meanwhile the last
// one waits, the others are given up.
func (v *pictureView) load(file string) {
	v.file = file
	v.source.Forget()
	v.drawing.Forget()
	v.view.SetPicture(0, 0)
	if file == "" {
		return
	}
	v.source.Load(func(ctx context.Context) (src *source, err error) {
		err = v.near.take(ctx, func() error {
			img, err := readPicture(ctx, v.Desk, v.Who, file)
			if err == nil {
				src = newSource(img)
			}
			return err
		})
		return src, err
	})
}

func (v *pictureView) decoded() {
	if s := v.source.State(); s.Phase == live.Ready {
		v.view.SetPicture(s.Value.size())
	}
	v.draw()
}

// inSight draws another part of the picture. While one is being drawn, only the last
// one that is asked for waits.
func (v *pictureView) inSight(s kit.Sight) {
	src := v.source.State().Value
	if src == nil {
		return
	}
	v.drawing.Refresh(func(ctx context.Context) (d *drawing, err error) {
		err = v.near.take(ctx, func() error {
			d = &drawing{src.draw(s), s}
			return nil
		})
		return d, err
	})
}

// data is what stands beside the picture of a message.
func (v *pictureView) data(m chat.Message) kit.ViewerData {
	f := *m.Media
	d := kit.ViewerData{
		Who: v.authorOf(m.Author, m.AgentName), When: v.Words.Moment(m.At, v.now()), Caption: m.Text,
		Newer: v.beside(1) != 0 || v.newer != 0, Older: v.beside(-1) != 0 || v.older != 0,
	}
	for _, part := range []string{v.sizeOf(f, false), pixels(f)} {
		if part != "" && f.State == chat.MediaHere {
			d.When = locale.Dotted(d.When, part)
		}
	}
	switch f.State {
	case chat.MediaHere:
		d.Message, d.Again = v.fault()
	case chat.MediaFetching:
		d.Message, d.Progress = v.sizeOf(f, false), progressOf(f)
		if d.Message == "" {
			d.Message = v.Words.T("viewer.loading")
		}
	case chat.MediaWaiting:
		d.Message, d.Again = v.Words.T("viewer.waiting"), v.Words.T("file.fetch")
	default:
		d.Message = v.Words.FileFault(lostCode(f), 0, 0)
	}
	if f.State != chat.MediaHere {
		d.NoSave, d.NoOpen = v.Words.T("viewer.not_here"), v.Words.T("viewer.not_here")
	}
	switch {
	case v.Clipboard == nil:
		d.NoCopy = v.Words.T("viewer.no_clipboard")
	case v.source.State().Phase != live.Ready:
		d.NoCopy = v.Words.T("viewer.not_here")
	}
	return d
}

// fault says why a picture that is here is not shown, and with which word that can be
// tried again; both are empty where it is shown.
func (v *pictureView) fault() (message, again string) {
	s := v.source.State()
	var huge *hugePicture
	var refused *desk.Error
	switch {
	case s.Phase == live.Loading:
		return v.Words.T("viewer.loading"), ""
	case s.Err == nil:
		return "", ""
	case errors.As(s.Err, &huge):
		return v.Words.T("viewer.too_large", locale.Args{"Width": huge.width, "Height": huge.height, "Most": maxPixels / 1_000_000}), ""
	case errors.As(s.Err, &refused):
		return v.Words.Explain(s.Err).String(), v.Words.T("try_again")
	}
	return v.Words.T("viewer.damaged"), v.Words.T("try_again")
}

// again asks once more for what is not shown.
func (v *pictureView) again() {
	v.with(func(m chat.Message) {
		if m.Media.State == chat.MediaWaiting {
			v.fetch(m.ID)
			return
		}
		v.load(m.Media.File)
		v.draw()
	})
}

// beside is the next message with a picture in a direction; 0: none is loaded.
func (v *pictureView) beside(by int) chat.MessageID {
	for i := v.index(v.at) + by; i >= 0 && i < len(v.messages); i += by {
		if isPicture(v.messages[i]) {
			return v.messages[i].ID
		}
	}
	return 0
}

// step goes to the picture before (-1) or after (1); messages are loaded for it where
// need be, up to pagesAtOnce pages.
func (v *pictureView) step(by int) {
	if v.seeking.by == by && v.further.Busy() {
		return
	}
	v.seeking = seeking{by: by, pages: pagesAtOnce}
	v.draw()
}

// seek goes on to where step leads.
func (v *pictureView) seek() {
	by := v.seeking.by
	if by == 0 {
		return
	}
	cursor, grow := v.newer, v.loadNewer
	if by < 0 {
		cursor, grow = v.older, v.loadOlder
	}
	id := v.beside(by)
	switch {
	case id != 0:
		v.seeking, v.at = seeking{}, id
		v.load("")
	case cursor == 0:
		v.seeking = seeking{}
		v.Say(v.Words.T("viewer.no_further"), nil)
	case v.further.Busy():
	case cursor == v.seeking.after: // the page did not come, which was said
		v.seeking = seeking{}
	case v.seeking.pages == 0:
		v.seeking = seeking{}
		v.Say(v.Words.T("viewer.look_further"), nil)
	default:
		v.seeking.after = cursor
		v.seeking.pages--
		grow()
	}
}

// savePicture keeps the file of the picture.
func (v *pictureView) savePicture() {
	if reason := v.view.Data().NoSave; reason != "" {
		v.Say(reason, nil)
		return
	}
	v.with(v.saveFile)
}

// copyPicture puts the picture on the clipboard, as large as it is, or says why it
// cannot.
func (v *pictureView) copyPicture() {
	if reason := v.view.Data().NoCopy; reason != "" {
		v.Say(reason, nil)
		return
	}
	src := v.source.State().Value
	v.Clipboard.Copy(src.picture, func(err error) {
		switch {
		case v.Scope.Closed():
		case err != nil:
			v.Say(v.Words.T("viewer.not_copied"), nil)
		default:
			v.Done(v.Words.T("viewer.copied"))
		}
	})
}

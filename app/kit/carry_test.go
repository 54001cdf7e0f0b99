package kit

import (
	"image"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/look"
)

func sampleTray() (Quote, []TrayFile) {
	return Quote{Title: "Марина Волкова", Text: "А есть 37 размер в чёрном?"}, []TrayFile{
		{Key: "1", Icon: look.IconPicture, Name: "IMG_2041.jpg", Info: "Photo · 212 KB", Choice: "Send the original · 4.1 MB"},
		{Key: "2", Icon: look.IconAlert, Name: "unboxing.mov", Info: "It is larger than allowed: 41 MB, and 16 MB is the most.", Bad: true},
	}
}

func trayComposer(reason string) *Composer {
	c := sampleComposer(1024)
	tray := NewTray(TrayWords{Remove: "Remove"})
	instead := NewButton("Template", Primary, nothing)
	instead.SetIcon(look.IconTemplate, false)
	c.SetParts(tray, instead, NewToolButton(look.IconPaperclip, "", "Attach", nothing), NewToolButton(look.IconTemplate, "Template", "Template", nothing))
	if reason != "" {
		c.SetDisabled(reason)
		c.OfferInstead(true)
		return c
	}
	tray.Set(sampleTray())
	c.SetLoad(LoadComing, 1024)
	return c
}

func samplePicker() *Picker {
	p := NewPicker(PickerWords{Icon: look.IconTemplate, Title: "Choose a template", For: "for Duarte Pinto", Search: "Search templates", Reload: "Ask Meta again", Cancel: "Cancel", Send: "Send"})
	p.SetRows([]PickerRow{
		{Name: "order_ready", Text: "Olá {{name}}, a sua encomenda {{order}} está pronta na loja. Pode levantar até {{until}}.", Tag: "Utility", Hue: HueInfo, Language: "PT"},
		{Name: "order_delayed", Text: "A encomenda {{order}} chega no dia {{date}}", Tag: "Utility", Hue: HueInfo, Language: "PT"},
		{Name: "autumn_offer", Text: "15 % em botas até domingo", Tag: "Marketing", Hue: HuePlum, Language: "PT", Reason: "Not approved by Meta"},
	}, 0, "")
	var fields []*Field
	for _, v := range [][2]string{{"name", "Duarte"}, {"order", "#1052"}} {
		f := NewTextField(FieldWords{Label: "Variable " + v[0]})
		f.SetText(v[1])
		fields = append(fields, f)
	}
	p.SetView(PickerView{
		Name: "order_ready", Fields: fields, Hint: "The answer opens 24 h of free writing again",
		Preview: Message{ID: "p", Side: Ours, Time: "14:06", Text: "Encomenda pronta\nOlá Duarte, a sua encomenda #1052 está pronta na loja. Pode levantar até sábado.\nMarola Shoes", Choices: []Choice{{Icon: look.IconReply, Title: "Vou hoje"}, {Icon: look.IconOpen, Title: "Ver no mapa"}}},
	})
	return p
}

// filePicker shows a template with a picture in its heading.
func filePicker() *Picker {
	p := samplePicker()
	p.OnPicture = swatch
	slot := NewFileSlot(nothing)
	slot.Set(FileSlotData{Icon: look.IconPicture, Name: "boots.png", Info: "Photo · 82 KB", Choose: "Another file"})
	f := NewTextField(FieldWords{Label: "End of the link “Ver no mapa”"})
	p.SetView(PickerView{
		Name: "order_ready", File: slot, Fields: []*Field{f}, Hint: "Fill in every field to send", Barred: "Fill in every field to send",
		Preview: Message{
			ID: "p", Side: Ours, Time: "14:06", Content: Picture{Source: "boot"}, Foot: "Photo",
			Text: "As botas de outono chegaram.", Choices: []Choice{{Icon: look.IconOpen, Title: "Ver no mapa"}},
		},
	})
	return p
}

func TestCarryingPictures(t *testing.T) {
	golden(t, "picker-file", pickerWidth+24, pickerHeight+24, func() fyne.CanvasObject { return sheet(filePicker()) })
	golden(t, "composer-load", 600, 420, func() fyne.CanvasObject {
		return sheet(wide(trayComposer(""), 576), wide(trayComposer("Free writing opens again when the customer writes."), 576))
	})
	golden(t, "picker", pickerWidth+24, pickerHeight+24, func() fyne.CanvasObject { return sheet(samplePicker()) })
}

func TestTray(t *testing.T) {
	t.Run("nothing in it takes no room", func(t *testing.T) {
		start(t)
		if h := NewTray(TrayWords{}).MinSize().Height; h != 0 {
			t.Errorf("%v high", h)
		}
	})
	t.Run("each cross takes its own away", func(t *testing.T) {
		start(t)
		tray := NewTray(TrayWords{})
		var gone []string
		tray.OnRemove = func(key string) { gone = append(gone, key) }
		tray.Set(sampleTray())
		window(t, tray, 500, 200)
		test.Tap(tray.unquote)
		test.Tap(tray.rows[1].remove)
		if len(gone) != 2 || gone[0] != "" || gone[1] != "2" {
			t.Errorf("took %q away", gone)
		}
	})
	t.Run("many files leave the chat its room, and can all be reached", func(t *testing.T) {
		start(t)
		tray := NewTray(TrayWords{Remove: "Remove"})
		c := NewComposer(ComposerWords{Send: "Send", Over: func(int) string { return "" }}, 4096)
		c.SetParts(tray, NewButton("", Plain, nil))
		files := make([]TrayFile, 30)
		for i := range files {
			files[i] = TrayFile{Key: strconv.Itoa(i), Name: "photo.jpg", Info: "Photo"}
		}
		tray.Set(Quote{}, files)
		c.SetLoad(LoadReady, 1024)
		w := window(t, c, 500, 400)
		if h := c.MinSize().Height; h > 400 {
			t.Errorf("the composer is %v high", h)
		}
		c.trayView.ScrollToBottom()
		gone := ""
		tray.OnRemove = func(key string) { gone = key }
		last := tray.rows[29].remove
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(last).AddXY(last.Size().Width/2, last.Size().Height/2)
		test.TapCanvas(w.Canvas(), at)
		if gone != "29" {
			t.Errorf("a tap on the last cross took %q away", gone)
		}
	})
	t.Run("files alone may be sent, and none while one is not ready", func(t *testing.T) {
		start(t)
		c := trayComposer("")
		sent := 0
		c.OnSend = func(string) { sent++ }
		for _, l := range []Load{LoadNone, LoadComing, LoadReady} {
			c.SetLoad(l, 1024)
			c.Send()
		}
		if sent != 1 {
			t.Errorf("sent %d times", sent)
		}
	})
}

func TestComposerOffersInstead(t *testing.T) {
	start(t)
	c := trayComposer("Pedro is answering")
	window(t, c, 500, 140)
	for _, on := range []bool{true, false} {
		c.OfferInstead(on)
		if c.instead.Visible() != on || c.send.Visible() == on {
			t.Errorf("offered %t: the button is shown %t, Send %t", on, c.instead.Visible(), c.send.Visible())
		}
	}
}

func TestThreadGoesTo(t *testing.T) {
	quoting := func(n int, quoted string) []Entry {
		entries := chat(0, n)
		return append(entries, Message{ID: "last", Text: "this one", Time: "14:04", Quote: Quote{Key: quoted, Title: "Anna", Text: "text"}})
	}
	t.Run("a tap on a quote goes to the message and rings it for a second", func(t *testing.T) {
		start(t)
		th := NewThread()
		_, c, _ := layered(t, th, 600, 300)
		th.SetEntries(quoting(60, "3"))
		b, ok := th.column.shown["last"].widget.(*Bubble)
		if !ok {
			t.Fatal("no bubble")
		}
		test.Tap(b.quote.spot)
		if _, ok := th.column.shown["3"]; !ok || th.marked != "3" || th.AtEnd() {
			t.Fatalf("marked %q", th.marked)
		}
		c.pass(ringTime)
		if th.marked != "" {
			t.Error("the ring stays")
		}
	})
	t.Run("a quote that is not here is asked for", func(t *testing.T) {
		start(t)
		th, _ := threadOf(t, quoting(3, "old"))
		var asked Act
		var at string
		th.OnAct = func(key string, a Act) { at, asked = key, a }
		b, ok := th.column.shown["last"].widget.(*Bubble)
		if !ok {
			t.Fatal("no bubble")
		}
		test.Tap(b.quote.spot)
		if at != "last" || asked != ActQuoted {
			t.Errorf("%q asked for %v", at, asked)
		}
	})
	t.Run("arrows go from message to message and Enter opens the menu", func(t *testing.T) {
		start(t)
		th, w := threadOf(t, chat(0, 40))
		var got string
		th.OnMenu = func(key string, _ fyne.Position) { got = key }
		w.Canvas().Focus(th)
		for range 20 {
			th.TypedKey(key(fyne.KeyUp))
		}
		th.TypedKey(key(fyne.KeyDown))
		th.TypedKey(key(fyne.KeyReturn))
		if got != th.marked || got == "" || th.indexOf(got) > 22 || th.AtEnd() {
			t.Errorf("the menu of %q, entry %d of 40", got, th.indexOf(got))
		}
		w.Canvas().Unfocus()
		if th.marked != "" {
			t.Error("the ring stays")
		}
	})
	t.Run("what a message carries calls what was tapped", func(t *testing.T) {
		start(t)
		th, _ := threadOf(t, []Entry{
			Message{ID: "file", Content: File{Type: "PDF", Name: "a.pdf", OpenTip: "Open", SaveTip: "Save"}, Time: "14:04"},
			Message{ID: "photo", Content: Picture{Ready: ReadyWaiting}, Time: "14:04"},
		})
		var got []Act
		th.OnAct = func(_ string, a Act) { got = append(got, a) }
		file, okFile := th.column.shown["file"].widget.(*Bubble).figure.(*fileFigure)
		photo, okPhoto := th.column.shown["photo"].widget.(*Bubble).figure.(*pictureFigure)
		if !okFile || !okPhoto {
			t.Fatal("no figures")
		}
		test.Tap(file.open)
		test.Tap(file.save)
		test.Tap(photo.spot)
		if len(got) != 3 || got[0] != ActOpen || got[1] != ActSave || got[2] != ActFetch {
			t.Errorf("acts %v", got)
		}
	})
	t.Run("a picture that comes late stands alone, and one for another message is forgotten", func(t *testing.T) {
		start(t)
		late := map[string]func(image.Image){}
		b := NewBubble(Hooks{Picture: func(source string, _, _ float32, show func(image.Image)) { late[source] = show }})
		window(t, b, 300, 300)
		for _, source := range []string{"first", "second"} {
			b.Set(Message{ID: source, Content: Picture{Source: source}, Time: "14:04"}, 600)
			b.Resize(b.MinSize())
		}
		f, ok := b.figure.(*pictureFigure)
		if !ok || !f.empty.Visible() {
			t.Fatal("no sign that a picture is to come")
		}
		late["first"](image.NewNRGBA(image.Rect(0, 0, 1, 1)))
		if f.photo.image.Visible() {
			t.Error("the first message's picture is shown")
		}
		late["second"](image.NewNRGBA(image.Rect(0, 0, 2, 2)))
		if !f.photo.image.Visible() || f.empty.Visible() {
			t.Error("the picture is not shown, or not alone")
		}
	})
	t.Run("a bubble that serves again shows the other content", func(t *testing.T) {
		start(t)
		b := NewBubble(Hooks{Picture: swatch})
		for _, c := range contents() {
			b.Set(Message{ID: "m", Content: c, Time: "14:04"}, 600)
			b.Resize(b.MinSize())
			if (b.figure == nil) != (c == nil) {
				t.Errorf("%T is drawn by %T", c, b.figure)
			}
		}
	})
}

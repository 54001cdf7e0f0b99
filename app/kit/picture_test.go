package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"shopbell/app/look"
)

// sheet lays objects in a column, 12 apart, on the page's ground.
func sheet(objects ...fyne.CanvasObject) fyne.CanvasObject {
	c := plainContainer()
	ground := NewGround(look.Bg)
	ground.Resize(fyne.NewSize(2000, 2000))
	c.Add(ground)
	y := float32(12)
	for _, o := range objects {
		size := o.Size()
		if size.IsZero() {
			size = o.MinSize()
		}
		box(o, 12, y, size.Width, size.Height)
		y += size.Height + 12
		c.Add(o)
	}
	return c
}

// wide gives an object a width before sheet places it.
func wide(o fyne.CanvasObject, width float32) fyne.CanvasObject {
	o.Resize(fyne.NewSize(width, o.MinSize().Height))
	return o
}

func nothing() {}

func TestPictures(t *testing.T) {
	golden(t, "button", 220, 380, func() fyne.CanvasObject {
		hovered, focused := NewButton("Hover", Primary, nothing), NewButton("Focus", Primary, nothing)
		hovered.MouseIn(&desktop.MouseEvent{})
		focused.FocusGained()
		disabled, busy := NewButton("Disabled", Primary, nothing), NewButton("Sending", Primary, nothing)
		disabled.SetDisabled("Fix the connection first")
		busy.SetBusy(true)
		icon := NewButton("Resolve", Soft, nothing)
		icon.SetIcon(look.IconCheck, false)
		after := NewButton("Send", Plain, nothing)
		after.SetIcon(look.IconSend, true)
		small := NewButton("Small", Plain, nothing)
		small.SetSmall(true)
		return sheet(NewButton("Primary", Primary, nothing), hovered, focused, disabled, busy, icon, after, small)
	})
	golden(t, "icon-button", 60, 230, func() fyne.CanvasObject {
		hovered, soft := NewIconButton(look.IconCopy, "Copy", nothing), NewIconButton(look.IconCheck, "Resolve", nothing)
		hovered.MouseIn(&desktop.MouseEvent{})
		soft.SetSoft(true)
		focused := NewIconButton(look.IconGear, "Settings", nothing)
		focused.FocusGained()
		disabled := NewIconButton(look.IconSend, "Send", nothing)
		disabled.SetDisabled("Nothing to send")
		return sheet(NewIconButton(look.IconBack, "Back", nothing), hovered, soft, focused, disabled)
	})
	golden(t, "key-cap", 80, 70, func() fyne.CanvasObject { return sheet(NewKeyCap("Ctrl+K"), NewKeyCap("1")) })
	golden(t, "segmented", 320, 100, func() fyne.CanvasObject {
		a, b := NewSegmented(nil), NewSegmented(nil)
		a.SetItems([]string{"Mine 3", "Waiting 7", "All 42", "Resolved"}, 2)
		b.SetItems([]string{"Mine 3", "Waiting 7", "All 42", "Resolved"}, 0)
		b.FocusGained()
		return sheet(wide(a, 295), wide(b, 295))
	})
	golden(t, "search", 320, 100, func() fyne.CanvasObject {
		full := NewSearchField("Search people and messages", "Ctrl+K")
		full.SetText("an")
		full.entry.onFocus(true)
		return sheet(wide(NewSearchField("Search people and messages", "Ctrl+K"), 259), wide(full, 259))
	})
	golden(t, "rail", 72, 420, func() fyne.CanvasObject { return sampleRail(false) })
	golden(t, "rail-narrow", 56, 420, func() fyne.CanvasObject { return sampleRail(true) })
	golden(t, "rows", 344, 540, func() fyne.CanvasObject {
		var all []fyne.CanvasObject
		for i, data := range sampleRows() {
			r := NewRow()
			r.Set(data)
			if i == 1 {
				r.setHover(true)
			}
			r.setRing(i == 2)
			all = append(all, wide(r, 320))
		}
		return sheet(append(all, wide(NewRow(), 320))...)
	})
	golden(t, "thread", 600, 640, func() fyne.CanvasObject {
		th := NewThread()
		th.SetEntries(sampleThread())
		return th
	})
	golden(t, "troubles", 330, 420, func() fyne.CanvasObject {
		var all []fyne.CanvasObject
		for _, m := range troubles() {
			b := NewBubble(Hooks{})
			b.Set(m, 340)
			all = append(all, b)
		}
		return sheet(all...)
	})
	golden(t, "banners", 600, 250, func() fyne.CanvasObject {
		var all []fyne.CanvasObject
		for kind, text := range []string{
			"No internet. You can keep writing: 2 messages wait here.", "Pedro is answering · 4:10 left",
			"24 h passed since the last customer message.", "WhatsApp refused the key. Messages wait safely.",
		} {
			b := NewBanner()
			b.Set(BannerKind(kind), text, Action{"Try now", nothing}, Action{"More", nothing})
			all = append(all, wide(b, 576))
		}
		w := NewWindowBar()
		w.Set("Free-form replies until ", "tomorrow 14:05", " · free until 48 h", 0.4, true)
		return sheet(append(all, wide(w, 590))...)
	})
	golden(t, "composer", 420, 560, func() fyne.CanvasObject {
		var all []fyne.CanvasObject
		for i, text := range []string{"", "Завтра с 10 до 14: курьер привезёт 39-й", "too long for twenty units", "a draft"} {
			c := sampleComposer(20)
			if i == 1 {
				c = sampleComposer(4096)
				c.entry.onFocus(true)
			}
			c.SetText(text)
			if i == 3 {
				c.SetDisabled("Pedro is answering")
			}
			all = append(all, wide(c, 396))
		}
		return sheet(all...)
	})
	golden(t, "header", 600, 160, func() fyne.CanvasObject {
		resolve := NewButton("Resolve", Soft, nothing)
		resolve.SetIcon(look.IconCheck, false)
		h := NewHeader(nil, resolve)
		h.Set(sampleHeader())
		back := NewHeader(NewIconButton(look.IconBack, "Back", nothing))
		theirs := sampleHeader()
		theirs.Lock, theirs.LockText = ToneOther, "Pedro"
		back.Set(theirs)
		return sheet(wide(h, 576), wide(back, 320))
	})
	golden(t, "first-start", 600, 560, func() fyne.CanvasObject {
		current := NewOption("English", look.IconLanguage, nothing)
		current.SetCurrent(true)
		return sheet(NewHero(),
			NewCard(CardData{
				Icon: look.IconFlask, Hue: HuePrimary, Keys: "1", Title: "Try it with a sandbox shop",
				Text: "Pretend customers write to you. Answer them, try rules, nothing leaves this computer.",
				Time: "Ready in 10 seconds", Button: "Open the sandbox", Primary: true,
			}, nothing),
			wide(NewEmpty(look.IconChat, "No chats yet", "Customers appear here, the longest wait first", nil), 272),
			current)
	})
	golden(t, "toast", 320, 190, func() fyne.CanvasObject {
		long := newToast(Toast{Icon: look.IconAlert, Text: "The browser could not be opened. The address is copied."})
		long.fit(260)
		return sheet(wide(newToast(Toast{Icon: look.IconCheck, Text: "Resolved", Undo: Action{"Undo", nothing}, UndoKeys: "Ctrl+Z"}), 210),
			wide(newToast(Toast{Text: "Copied"}), 190), wide(long, 260))
	})
	golden(t, "menu", 260, 150, func() fyne.CanvasObject {
		m := newMenu([]MenuItem{
			{Text: "Theme"}, {Icon: look.IconSun, Text: "Light", Current: true, Do: nothing},
			{Icon: look.IconMoon, Text: "Dark", Keys: "Ctrl+D", Do: nothing},
		}, nothing)
		m.step(-1)
		return sheet(newPanel(m, 6))
	})
}

// TestLargeText holds that widgets grow with the text instead of cutting it.
func TestLargeText(t *testing.T) {
	startWith(t, look.Choice{Mode: look.Light, Percent: 150})
	row := NewRow()
	row.Set(sampleRows()[0])
	if got := row.MinSize().Height; got != 96 {
		t.Errorf("a row at 150 %% is %v high, want 96", got)
	}
	b := NewButton("Resolve", Soft, nothing)
	if text := Measure("Resolve", BodyBold); b.MinSize().Width < text+26 || b.MinSize().Height < BodyBold.Line()+14 {
		t.Errorf("a button of %v has no room for a text of %v", b.MinSize(), text)
	}
}

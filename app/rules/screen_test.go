package rules

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/autoreply"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
	"shopbell/core/staff"
)

var noon = time.Date(2026, 11, 24, 14, 1, 0, 0, time.UTC)

// boots is the shop of the design guide's picture.
func boots() autoreply.File {
	says := func(text string, buttons ...autoreply.Button) []autoreply.Variant {
		return []autoreply.Variant{{Text: text, Buttons: buttons}}
	}
	return autoreply.File{
		Version: autoreply.Version, Timezone: "Europe/Lisbon", Departments: []string{"Sales", "Returns", "Delivery"},
		Open: []autoreply.Window{{From: "09:00", To: "20:00"}},
		Rules: []autoreply.Rule{
			{ID: "welcome", Name: "Welcome", Trigger: autoreply.TriggerFirstContact, Enabled: true, Replies: says("Hello {name}, this is {shop}. What are you looking for today?",
				autoreply.Button{Title: "Delivery", Action: autoreply.ActionRule, Rule: "delivery"}, autoreply.Button{Title: "Talk to a person", Action: autoreply.ActionHandOver})},
			{ID: "returns", Name: "Returns", Trigger: autoreply.TriggerKeyword, Enabled: true, Department: "Returns", Kind: "returns",
				Keywords: []string{"возврат", "вернуть", "обмен", "обменять", "return", "refund", "exchange", "devolução", "devolver", "troca", "reembolso", "не подошёл", "малы", "велики", "defeito", "too small", "брак"},
				Stock:    &autoreply.Stock{SKU: "BT-SERRA-39", Below: 10, Text: "Этот размер почти закончился: осталось {stock}. Отложить вам?"},
				Replies: append(says("Здравствуйте! Обмен и возврат — 14 дней после доставки. Пришлите номер заказа и фото бирки: Анна всё проверит и ответит за 15 минут. Спасибо",
					autoreply.Button{Title: "Другой размер", Action: autoreply.ActionStock, SKU: "BT-SERRA-39"}, autoreply.Button{Title: "Вернуть деньги", Action: autoreply.ActionRule, Rule: "delivery"},
					autoreply.Button{Title: "Позвать человека", Action: autoreply.ActionHandOver}), says("Yes, within 14 days.")...)},
			{ID: "delivery", Name: "Delivery time", Trigger: autoreply.TriggerKeyword, Enabled: true, Keywords: []string{"delivery", "доставка"}, Replies: says("Two to five days.")},
			{ID: "warranty", Name: "Warranty", Trigger: autoreply.TriggerKeyword, Keywords: []string{"warranty"}, Replies: says("One year.")},
			{ID: "lunch", Name: "Lunch hour", Trigger: autoreply.TriggerKeyword, Enabled: true, Keywords: []string{"menu"},
				When: []autoreply.Window{{Days: days[:5], From: "13:00", To: "14:00"}}, Replies: says("We are at lunch.")},
			{ID: "closed", Name: "Closed now", Trigger: autoreply.TriggerOffHours, Enabled: true, Replies: says("We answer from nine o'clock.")},
		},
	}
}

// person is who looks at the screen, and what the screen asked of the window.
type person struct {
	*testing.T
	desk   *desktest.Fake
	loop   *live.Manual
	screen *Screen
	window fyne.Window

	said    []string
	undo    func()
	menu    []kit.MenuItem
	asked   fyne.CanvasObject
	chosen  []File
	fileAsk Ask
	saved   map[string][]byte
}

// sit opens the screen on a desk with rules.
func sit(t *testing.T, file autoreply.File, width float32, change func(*Deps)) *person {
	t.Helper()
	if err := look.Apply(test.NewTempApp(t), look.Choice{Mode: look.Light}); err != nil {
		t.Fatal(err)
	}
	p := &person{T: t, loop: live.NewManual(noon), saved: map[string][]byte{}}
	p.desk = desktest.New(func() time.Time { return noon })
	if file.Version != 0 {
		p.desk.PutRules(file)
	}
	p.open(locale.English, width, change)
	return p
}

func (p *person) open(lang locale.Language, width float32, change func(*Deps)) {
	p.Helper()
	words, err := locale.New(lang, time.UTC)
	if err != nil {
		p.Fatal(err)
	}
	scope := live.New(p.Context(), p.loop.Loop())
	p.Cleanup(scope.Close)
	d := Deps{
		Desk: p.desk, Who: desktest.Anna, Words: words, Scope: scope, Shop: "Marola Shoes",
		Keys:    Keys{Search: "Ctrl+F", Save: "Ctrl+S", Undo: "Ctrl+Z", Try: "Ctrl+T", Send: "Ctrl+Enter", Back: "Alt+Left"},
		Say:     func(text string, _ bool) { p.said = append(p.said, text) },
		SayUndo: func(text string, undo func()) { p.said, p.undo = append(p.said, text), undo },
		Menu:    func(_ fyne.Position, items []kit.MenuItem) { p.menu = items },
		Float: func(content fyne.CanvasObject, _ fyne.Focusable, closed func()) func() {
			p.asked = content
			return func() {
				p.asked = nil
				if closed != nil {
					closed()
				}
			}
		},
		Focus:  func(f fyne.Focusable) { p.window.Canvas().Focus(f) },
		Choose: func(ask Ask, done func([]File)) { p.fileAsk = ask; done(p.chosen) },
		SaveFile: func(name string, open func(context.Context) (io.ReadCloser, error), done func(error)) {
			content, err := open(p.Context())
			if err == nil {
				p.saved[name], err = io.ReadAll(content)
			}
			done(err)
		},
	}
	if change != nil {
		change(&d)
	}
	p.window = test.NewTempWindow(p, &fyne.Container{})
	p.screen = New(d)
	p.loop.Advance(0)
	p.window.SetContent(p.screen.Content())
	p.window.SetPadded(false)
	p.window.Resize(fyne.NewSize(width, 800))
}

// as is the role in which the person sits there.
func as(role staff.Role) func(*Deps) {
	return func(d *Deps) { d.Who.Role = role }
}

func (p *person) texts() string { return strings.Join(kittest.Texts(p.screen.Content()), "\n") }

func (p *person) sees(text string) bool { return strings.Contains(p.texts(), text) }

func (p *person) pick(id string) {
	p.Helper()
	key := p.screen.editing.KeyOf(id)
	if key == 0 {
		p.Fatalf("there is no rule %q", id)
	}
	p.screen.openRule(key)
}

// typing types into what has the keyboard.
func (p *person) typing(text string) {
	for _, r := range text {
		p.window.Canvas().Focused().TypedRune(r)
	}
}

func (p *person) key(name fyne.KeyName) {
	p.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
}

// press presses what shows a text.
func (p *person) press(in fyne.CanvasObject, text string) {
	p.Helper()
	found := kittest.Tappable(in, text)
	if len(found) == 0 {
		p.Fatalf("nothing with %q can be pressed, there is %q", text, kittest.Texts(in))
	}
	found[len(found)-1].Tapped(&fyne.PointEvent{})
}

// choose takes an item of the menu that was opened last.
func (p *person) choose(text string) {
	p.Helper()
	for _, item := range p.menu {
		if strings.HasPrefix(item.Text, text) && item.Do != nil {
			item.Do()
			return
		}
	}
	p.Fatalf("%q cannot be chosen from %+v", text, p.menu)
}

// field returns the field that shows a value or a placeholder.
func (p *person) field(text string) *kit.Field {
	p.Helper()
	for _, f := range kittest.Of[*kit.Field](p.screen.Content()) {
		if strings.Contains(strings.Join(kittest.Texts(f), "\n")+f.Text(), text) {
			return f
		}
	}
	p.Fatalf("no field shows %q", text)
	return nil
}

// into puts the keyboard into a field and empties it.
func (p *person) into(f *kit.Field) {
	f.SetText("")
	p.window.Canvas().Focus(f.Target())
}

func (p *person) stored() desk.RulesState {
	p.Helper()
	s, err := p.desk.Rules(p.Context(), desktest.Anna)
	if err != nil {
		p.Fatal(err)
	}
	return s
}

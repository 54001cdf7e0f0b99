package kit

import (
	"image"
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"shopbell/app/look"
)

const phoneText = "Здравствуйте! Обмен и возврат — 14 дней после доставки. Пришлите номер заказа и фото бирки: Анна всё проверит и ответит за 15 минут. Спасибо"

func samplePhone() PhoneData {
	return PhoneData{
		Name: "Marola Shoes", About: "Business account", Clock: "14:01", Date: "Tuesday, 24 November", Now: "now",
		Messages: []PhoneMessage{
			{Text: "Хочу вернуть сапоги", Time: "14:01"},
			{Shop: true, Text: phoneText, Time: "14:01", Buttons: []PhoneButton{
				{Icon: look.IconReply, Title: "Другой размер", Do: nothing},
				{Icon: look.IconReply, Title: "Вернуть деньги", Do: nothing},
				{Icon: look.IconReply, Title: "Позвать человека", Do: nothing},
			}},
		},
	}
}

func phoneWith(change func(*PhoneData)) *Phone {
	p := NewPhone(func(_ string, width, height float32, show func(image.Image)) {
		show(plainPicture(int(width), int(height)))
	})
	d := samplePhone()
	change(&d)
	p.Set(d)
	return p
}

func TestPhonePictures(t *testing.T) {
	golden(t, "phone", 3*phoneWide+60, phoneHigh+24, func() fyne.CanvasObject {
		pictured := phoneWith(func(d *PhoneData) {
			d.Messages[1] = PhoneMessage{
				Shop: true, Picture: true, Source: "guide", Text: "Nossa tabela de tamanhos: meça o pé e veja a sua linha.", Time: "14:01",
				Buttons: []PhoneButton{{Icon: look.IconOpen, Title: "Open the table"}},
			}
		})
		locked := phoneWith(func(d *PhoneData) {
			d.Locked, d.Seen, d.Hidden = true, 150, "What is pale does not fit on the lock screen"
			d.Messages[1].Text = phoneText + ". Обмен бесплатный, курьер приедет сам."
		})
		c := plainContainer()
		for i, p := range []*Phone{phoneWith(func(*PhoneData) {}), pictured, locked} {
			box(p, 12+float32(i)*(phoneWide+18), 12, phoneWide, phoneHigh)
			c.Add(p)
		}
		ground := NewGround(look.Panel)
		ground.Resize(fyne.NewSize(2000, 2000))
		return plainContainer(ground, c)
	})
}

func plainPicture(width, height int) image.Image {
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			m.SetNRGBA(x, y, color.NRGBA{0x7A, uint8(0x60 + y/2), 0xA0, 0xFF})
		}
	}
	return m
}

func TestPhone(t *testing.T) {
	start(t)
	t.Run("a button with something to do is pressed by mouse and keyboard, another is not", func(t *testing.T) {
		pressed := 0
		p := phoneWith(func(d *PhoneData) {
			d.Messages[1].Buttons[0].Do = func() { pressed++ }
			d.Messages[1].Buttons[1].Do = nil
		})
		window(t, p, 0, 0)
		buttons := p.chat.bubbles[1].buttons
		test.Tap(buttons[0])
		buttons[0].TypedKey(key(fyne.KeySpace))
		test.Tap(buttons[1])
		if pressed != 2 {
			t.Errorf("pressed %d times", pressed)
		}
	})
	t.Run("a chat with more than it has room for stands at its end", func(t *testing.T) {
		p := phoneWith(func(d *PhoneData) { d.Messages[1].Text = strings.Repeat("длинный ответ ", 18) })
		window(t, p, 0, 0)
		if p.scroll.Offset.Y+p.scroll.Size().Height < p.chat.MinSize().Height {
			t.Errorf("at %v of %v in a view of %v", p.scroll.Offset.Y, p.chat.MinSize().Height, p.scroll.Size().Height)
		}
	})
	t.Run("one that has room does not scroll, so that the wheel moves the page", func(t *testing.T) {
		p := phoneWith(func(d *PhoneData) { d.Messages[1].Text = strings.Repeat("длинный ответ ", 18) })
		window(t, p, 0, 0)
		p.Set(samplePhone())
		if p.clip.Visible() || len(p.whole.Objects) != 1 || p.scroll.Content == p.chat {
			t.Error("it scrolls")
		}
	})
	t.Run("fewer messages leave nothing behind", func(t *testing.T) {
		p := phoneWith(func(*PhoneData) {})
		window(t, p, 0, 0)
		p.Set(PhoneData{Messages: []PhoneMessage{{Text: "Hello"}}})
		if p.chat.bubbles[1].Visible() || !p.chat.bubbles[0].Visible() {
			t.Error("the second message is still shown")
		}
	})
}

func TestPhoneNotice(t *testing.T) {
	start(t)
	shown := func(text string, limit int) (seen, pale string) {
		n := newPhoneNotice()
		n.set(PhoneData{Messages: []PhoneMessage{{Shop: true, Text: text}}, Seen: limit, Hidden: "more"})
		for _, l := range n.broken() {
			seen, pale = seen+l.seen, pale+l.pale
		}
		return seen, pale
	}
	for _, tt := range []struct {
		name, text string
		limit      int
		seen, pale string
	}{
		{"a text within the limit is seen whole", "abc", 3, "abc", ""},
		{"what is behind the limit is pale", "abcdef", 4, "abcd", "ef"},
		{"letters of other planes count as WhatsApp counts them", "ab😀cd", 4, "ab😀", "cd"},
		{"no letter is cut in two", "abc👍🏽d", 5, "abc", "👍🏽d"},
		{"without a limit all is seen", strings.Repeat("x", 20), 0, strings.Repeat("x", 20), ""},
		{"the limit falls into a line behind the first", strings.Repeat("wort ", 30), 100, strings.ReplaceAll(strings.Repeat("wort ", 20), " ", ""), strings.ReplaceAll(strings.Repeat("wort ", 10), " ", "")},
		{"a line break is no letter of either", "ab\r\ncd", 3, "ab", "cd"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			seen, pale := shown(tt.text, tt.limit)
			if strings.Contains(tt.name, "behind the first") {
				seen, pale = strings.ReplaceAll(seen, " ", ""), strings.ReplaceAll(pale, " ", "")
			}
			if diff := cmp.Diff([]string{tt.seen, tt.pale}, []string{seen, pale}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

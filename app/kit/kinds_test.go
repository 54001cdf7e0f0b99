package kit

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/look"
)

// The picture of the design guide with every kind of message, as far as a kind
// is built: the same messages at the same places. What a later version brings
// (stock, paid orders, scheduled messages, ratings) leaves its place out.

// section is a heading of the picture and the messages under it.
type section struct {
	title    string
	messages []Message
}

func leftKinds() []section {
	return []section{
		{"Text, emoji, quoted reply, reactions", []Message{
			{ID: "1", Text: "Bom dia! Ainda têm a mochila azul? 🙏", Time: "13:48"},
			{ID: "2", Text: "Era para hoje, certo?", Time: "13:49", Quote: Quote{Key: "0", Title: "Anna · 20 Nov", Text: "A azul chega na terça-feira"}},
			{ID: "3", Side: Ours, Text: "Sim, chegou de manhã. Guardo uma para si?", Time: "14:04", Tick: TickRead, Reactions: "👍 ❤️ 2"},
		}},
		{"Photos, video, files", []Message{
			{ID: "4", Content: Picture{Source: "bag"}, Foot: "Photo · 840 KB", Time: "13:50"},
			{
				ID: "5", Content: Picture{Source: "boot", Ready: ReadyFetching, Progress: 0.62}, Text: "A sola descolou depois de dois dias",
				Foot: "Photo · 62 % of 1.2 MB", Aside: Aside{Icon: look.IconClock, Text: "Meta keeps it 7 days more", Warn: true}, Time: "13:51",
			},
			{ID: "6", Side: Ours, Content: Picture{Source: "boot", Video: true, Length: "0:24"}, Foot: "Video · 9.6 of 16 MB", Time: "14:06", Tick: TickRead},
			{ID: "7", Content: File{Type: "PDF", Hue: HueError, Name: "fatura-1048.pdf", Info: "2 pages · 184 KB", OpenTip: "Open", SaveTip: "Save"}, Foot: "Document", Time: "13:52"},
			{ID: "8", Side: Ours, Content: File{Type: "XLS", Hue: HueOk, Name: "tabela-de-tamanhos.xlsx", Info: "22 KB"}, Foot: "Document", Time: "14:06", Tick: TickRead},
		}},
		{"Voice note", []Message{
			{ID: "9", Content: Voice{Peaks: peaks(34), Length: "0:17 / 0:42", Tip: "Pause", Plays: true, Playing: true, Played: 0.4, Speed: "1×", SpeedTip: "Faster"}, FootIcon: look.IconMic, Foot: "Voice note", Time: "13:53"},
			{ID: "10", Side: Ours, Content: Voice{Peaks: peaks(22), Length: "0:15", Tip: "Play", Plays: true}, FootIcon: look.IconMic, Foot: "Played 14:08", Time: "14:07", Tick: TickRead},
		}},
		{"Sticker, location, contact", []Message{
			{ID: "11", Content: Sticker{Source: "bag"}, Foot: "Sticker", Time: "13:54"},
			{ID: "12", Content: Place{Title: "Rua da Prata 112, Lisboa", Detail: "2.1 km from the shop", Open: "Open map"}, Time: "13:54"},
			{ID: "13", Content: Contacts{People: []Contact{{Person: Person{"RM", 4}, Name: "Rosa Mendes", Detail: "+351 933 210 447 · mobile", Do: "Save as customer"}}}, Foot: "Contact", Time: "13:55"},
		}},
	}
}

func rightKinds() []section {
	return []section{
		{"Changed or removed by the customer", []Message{
			{ID: "20", Text: "Posso levantar às 18:30?", Time: "edited 13:58", Aside: Aside{Icon: look.IconHistory, Text: "Before: Posso levantar às 17:00?"}},
			{ID: "21", Deleted: true, LabelIcon: look.IconTrash, Label: "Deleted by the customer", Detail: "13:59 · kept here for the team", Text: "Esqueça, mudei de ideias", Time: "13:58"},
		}},
		{"Order, ad, unknown kind", []Message{
			{ID: "22", Content: Order{
				Title: "Order from the catalogue", Count: "3 items", SumTitle: "Sum", Sum: "$103.00",
				Lines: []OrderLine{{"Boots Serra, size 39", "× 1", "$89.00"}, {"Wool insoles", "× 2", "$14.00"}},
			}, Time: "14:00"},
			{
				ID: "23", Content: Ad{Label: "Came from your ad", Title: "Autumn boots from $79", Detail: "Instagram · ad 2384…", Free: "Replies are free for 72 h after your answer", OpenTip: "Open"},
				Text: "Olá, têm o 38?", Time: "14:01",
			},
			{ID: "24", Strange: true, Text: "A poll came. WhatsApp does not pass polls on.", Hint: "Ask the customer to write it", More: "More", Time: "14:02"},
		}},
		{"Template and list, sent by us", []Message{
			{
				ID: "25", Side: Ours, LabelIcon: look.IconTemplate, Label: "Template", Detail: "order_ready · $0.008",
				Text: "Olá João, a sua encomenda #1052 está pronta. Pode levantar até sábado.", Time: "14:03", Tick: TickRead,
				Choices: []Choice{{Icon: look.IconReply, Title: "Vou hoje"}, {Icon: look.IconOpen, Title: "Ver no mapa"}},
			},
			{
				ID: "26", Side: Ours, LabelIcon: look.IconList, Label: "List", Detail: "3 of 10 rows", Text: "Que número prefere?",
				Content: Listing{[]ListingRow{{"37", "2 in stock", false}, {"38", "chosen 14:04", true}, {"39", "6 in stock", false}}},
				Foot:    "Button: Escolher", Time: "14:03", Tick: TickRead,
			},
			{ID: "27", LabelIcon: look.IconReply, Detail: "Tapped a button", Text: "Vou hoje", Strong: true, Time: "14:04"},
		}},
		{"Sending, unknown, failed", []Message{
			{ID: "28", Side: Ours, Text: "A caminho do correio", Time: "14:05", Tick: TickWaiting},
			{
				ID: "29", Side: Ours, Text: "O estafeta passa entre as 10 e as 12.", Time: "14:05", Trouble: TroubleUnknown, Reason: "The line broke while sending. Did it arrive?",
				Actions: []Action{{"It arrived", nothing}, {"Send again", nothing}}, Hint: "Settles by itself when WhatsApp reports back. Sent again, it may come twice.",
			},
			{
				ID: "30", Side: Ours, Text: "Segue a fatura em anexo", Time: "14:06", Trouble: TroubleFailed,
				Reason: "Not sent after 3 tries: WhatsApp was busy", Actions: []Action{{"Try again", nothing}},
			},
		}},
	}
}

func peaks(n int) []uint8 {
	all := make([]uint8, n)
	for i := range all {
		all[i] = uint8(40 + (i*67)%216)
	}
	return all
}

// swatch stands in for a photo: the design's are drawings, too.
func swatch(source string, width, height float32, show func(image.Image)) {
	img := image.NewNRGBA(image.Rect(0, 0, int(width), int(height)))
	wall, thing := color.NRGBA{0xCF, 0xBF, 0xAA, 0xFF}, color.NRGBA{0x30, 0x5D, 0x88, 0xFF}
	if source == "boot" {
		thing = color.NRGBA{0x6F, 0x45, 0x29, 0xFF}
	}
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			c := wall
			if x*3 > img.Rect.Dx() && x*3 < 2*img.Rect.Dx() && y*4 > img.Rect.Dy() {
				c = thing
			}
			img.SetNRGBA(x, y, c)
		}
	}
	show(img)
}

// kindsSheet lays sections out in a column 600 wide, as the design does.
func kindsSheet(columns ...[]section) fyne.CanvasObject {
	all := plainContainer()
	ground := NewGround(look.Bg)
	ground.Resize(fyne.NewSize(2000, 2000))
	all.Add(ground)
	for i, sections := range columns {
		left, y := float32(20+640*i), float32(12)
		for _, s := range sections {
			title := NewLine(s.title, TinyBold, look.Text2)
			box(title, left, y, 600, Tiny.Line())
			all.Add(title)
			y += Tiny.Line() + 4
			for _, m := range s.messages {
				b := NewBubble(Hooks{Picture: swatch})
				b.Set(m, 600)
				size := b.MinSize()
				x := left
				if m.Side == Ours {
					x += 600 - size.Width
				}
				box(b, x, y, size.Width, size.Height)
				all.Add(b)
				y += size.Height + 8
			}
			y += 4
		}
	}
	return all
}

func TestKindsOfMessages(t *testing.T) {
	golden(t, "message-kinds", 1280, 1430, func() fyne.CanvasObject { return kindsSheet(leftKinds(), rightKinds()) })
}

// TestKindsInRussian holds that the longer words of Russian have room.
func TestKindsInRussian(t *testing.T) {
	golden(t, "message-kinds-ru", 640, 1100, func() fyne.CanvasObject {
		return kindsSheet([]section{{"Всё, что бывает", []Message{
			{ID: "1", Text: "Это же было на сегодня, правда?", Time: "13:49", Quote: Quote{Title: "Анна · 20 ноя", Text: "Синий придёт во вторник, но если на складе в Порту найдётся ещё один, то раньше, и мы вам сразу напишем об этом"}},
			{
				ID: "2", Content: Picture{Ready: ReadyWaiting}, Text: "Подошва отклеилась через два дня, посмотрите, пожалуйста, на снимок",
				Foot: "Снимок · 1,2 МБ", Aside: Aside{Icon: look.IconClock, Text: "Meta хранит его ещё 7 дней", Warn: true}, Time: "13:51",
			},
			{ID: "3", Content: Picture{Ready: ReadyGone}, Foot: "Снимок", Aside: Aside{Icon: look.IconAlert, Text: "Не успели получить: у Meta его больше нет"}, Time: "13:51"},
			{ID: "4", Content: File{Type: "DOCX", Hue: HueInfo, Name: "Претензия по заказу 1048 с приложениями и подписью покупателя.docx", Info: "184 КБ", Ready: ReadyWaiting, FetchTip: "Получить"}, Foot: "Документ", Time: "13:52"},
			{ID: "5", Deleted: true, LabelIcon: look.IconTrash, Label: "Удалено покупателем", Detail: "13:59 · остаётся для сотрудников", Text: "Забудьте, я передумал", Time: "13:58"},
			{ID: "6", Strange: true, Text: "Пришёл опрос. WhatsApp не передаёт опросы.", Hint: "Попросите покупателя написать это словами", More: "Подробнее", Time: "14:02"},
			{
				ID: "7", Side: Ours, LabelIcon: look.IconTemplate, Label: "Шаблон", Detail: "order_ready", Text: "Олег, ваш заказ готов. Его можно забрать до субботы.", Time: "14:03", Tick: TickRead,
				Choices: []Choice{{Icon: look.IconReply, Title: "Приеду сегодня"}, {Icon: look.IconOpen, Title: "Открыть на карте города"}},
			},
			{
				ID: "8", Side: Ours, Text: "Курьер будет с 10 до 12.", Time: "14:05", Trouble: TroubleUnknown, Reason: "Связь прервалась при отправке. Дошло ли сообщение?",
				Actions: []Action{{"Дошло", nothing}, {"Отправить ещё раз", nothing}}, Hint: "Решится само, когда WhatsApp сообщит. Если отправить ещё раз, может прийти дважды.",
			},
			{
				ID: "9", Side: Ours, Text: "Счёт во вложении", Time: "14:06", Trouble: TroubleFailed, Reactions: "👍",
				Reason: "Не отправлено: покупателя нет в списке, которому может писать пробный номер", Actions: []Action{{"Ещё раз", nothing}},
			},
		}}})
	})
}

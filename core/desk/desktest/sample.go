package desktest

import (
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/staff"
)

// Anna is who sits at the desk of Sample.
var Anna = desk.Actor{Agent: 1, Role: staff.Administrator, Name: "Anna Kovač"}

// SampleNow is the moment at which Sample looks as the design guide's inbox.
var SampleNow = time.Date(2026, 11, 24, 14, 6, 0, 0, time.UTC)

// Marina is the conversation of Sample that has one message of most kinds.
const Marina chat.ConversationID = 7

// Sample returns a desk with the conversations of the design guide's inbox.
func Sample(now func() time.Time) *Fake {
	f := New(now)
	at := func(hour, minute int) time.Time { return time.Date(2026, 11, 24, hour, minute, 0, 0, time.UTC) }
	pedro := chat.Lock{Holder: 2, HolderName: "Pedro", Until: at(14, 10)}
	for _, s := range []struct {
		name, phone, department, text string
		at                            time.Time
		unread                        int
		lock                          chat.Lock
	}{
		{"João Ferreira", "351912000001", "Sales", "Bom dia, ainda têm a mochila azul? 🙏", at(13, 48), 3, chat.Lock{}},
		{"Beatriz Nunes", "351918330906", "Delivery", "A encomenda não chegou 😟", at(13, 50), 2, pedro},
		{"Олег Савин", "351912000003", "Delivery", "Сколько стоит доставка в Порту?", at(13, 54), 1, chat.Lock{}},
		{"Tiago Moreira", "351912000004", "Sales", "Ok, vou pagar por MB Way", at(13, 59), 1, pedro},
		{"Inês Carvalho", "351912000005", "Sales", "Tenho a foto da etiqueta", at(14, 3), 1, chat.Lock{}},
		{"Светлана Ким", "351912000006", "Sales", "А есть 37 размер в чёрном?", at(14, 4), 1, chat.Lock{}},
	} {
		id := f.Add(chat.Conversation{Contact: contact(s.name, s.phone), Department: s.department, Lock: s.lock})
		f.Say(id, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindText, Text: s.text, At: s.at})
		f.Edit(id, func(c *chat.Conversation) { c.Unread = s.unread })
	}
	f.addMarina(at)
	rui := f.Add(chat.Conversation{Contact: contact("Rui Tavares", "351912000008"), Department: "Delivery"})
	f.Say(rui, chat.Message{Author: chat.AuthorAgent, Kind: chat.KindText, Text: "Perfeito, até amanhã 👍", Status: chat.StatusDelivered, At: at(13, 41)})
	natalia := f.Add(chat.Conversation{Contact: contact("Наталья Б.", "351912000009"), Department: "Delivery"})
	f.Say(natalia, chat.Message{Author: chat.AuthorRule, RuleName: "Delivery", Kind: chat.KindText, Text: "Доставка 2–3 дня по Лиссабону", Status: chat.StatusSent, At: at(13, 32)})
	return f
}

func (f *Fake) addMarina(at func(hour, minute int) time.Time) {
	id := f.Add(chat.Conversation{Contact: contact("Марина Волкова", "351912555014"), Department: "Returns"})
	for _, m := range []chat.Message{
		{Author: chat.AuthorAgent, AgentID: 1, Kind: chat.KindText, Text: "38-й маломерит, на полную ногу лучше 39-й", Status: chat.StatusRead, At: at(16, 40).AddDate(0, 0, -3)},
		{Author: chat.AuthorCustomer, Kind: chat.KindText, Text: "Здравствуйте! Хочу оформить возврат: сапоги 38 малы 😔", At: at(14, 1)},
		{Author: chat.AuthorRule, RuleName: "Returns", Kind: chat.KindInteractive, Text: "Марина, здравствуйте! Обмен и возврат — 14 дней. Что удобнее?", Status: chat.StatusRead, At: at(14, 1),
			Buttons: []chat.Button{{ID: "1", Title: "Другой размер", Pressed: true}, {ID: "2", Title: "Вернуть деньги"}, {ID: "3", Title: "Позвать человека"}}},
		{Author: chat.AuthorDesk, Kind: chat.KindSystem, Text: string(chat.SysRouted), Data: map[string]string{"keyword": "возврат", "department": "Returns"}, At: at(14, 1)},
		{Author: chat.AuthorCustomer, Kind: chat.KindUnsupported, RawKind: "image", At: at(14, 3)},
		{Author: chat.AuthorAgent, AgentID: 1, Kind: chat.KindText, Text: "39-й есть — отправим курьером бесплатно. Обменяем?", Status: chat.StatusRead, At: at(14, 4)},
		{Author: chat.AuthorCustomer, Kind: chat.KindText, Text: "Да, давайте! 🙏 А когда привезут?", At: at(14, 5)},
	} {
		f.Say(id, m)
	}
	f.Edit(id, func(c *chat.Conversation) {
		c.Unread = 0
		c.Lock = chat.Lock{Holder: int64(Anna.Agent), HolderName: Anna.Name, Until: at(14, 12).Add(12 * time.Second)}
	})
}

func contact(name, phone string) chat.Contact {
	return chat.Contact{Name: name, Phone: phone, Address: chat.Address{Kind: chat.AliasPhone, Value: phone}}
}

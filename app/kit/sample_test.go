package kit

import "shopbell/app/look"

func sampleRail(narrow bool) *Rail {
	r := NewRail([]RailItem{
		{ID: "inbox", Icon: look.IconChat, Label: "Inbox", Keys: "Ctrl+1"},
		{ID: "connection", Icon: look.IconPlug, Label: "Connection"},
	}, []RailItem{{ID: "settings", Icon: look.IconGear, Label: "Settings"}}, func(string) {})
	r.SetCurrent("inbox")
	r.SetBadge("inbox", 7)
	r.SetDot("connection", DotWarn, "Offline")
	r.SetMe("AK", "Online", DotOk, nothing)
	r.SetNarrow(narrow)
	return r
}

func sampleRows() []RowData {
	return []RowData{
		{Person: Person{"JF", 2}, Name: "João Ferreira", Time: "13:48", Preview: "Bom dia, ainda têm a mochila azul?", Wait: ToneLate, WaitText: "18 min", Department: "Sales", DepartmentHue: HueInfo, Unread: 3},
		{Person: Person{"BN", 3}, Name: "Beatriz Nunes", Time: "13:50", Preview: "A encomenda não chegou", Wait: ToneWarn, WaitText: "12 min", Department: "Delivery", DepartmentHue: HuePrimary, LockedBy: "Pedro", Unread: 12},
		{Person: Person{"МВ", 0}, Name: "Марина Волкова", Time: "14:05", Preview: "Да, давайте! А когда привезут?", Quiet: true, Wait: ToneOk, WaitText: "1 min", Department: "Returns", DepartmentHue: HuePlum, LockedBy: "You", Selected: true},
		{Person: Person{"RT", 5}, Name: "Rui Tavares, a customer with a very long name indeed", Time: "13:41", Preview: "Perfeito, até amanhã, e muito obrigado por tudo o que fizeram", PreviewIcon: look.IconChecks, Quiet: true, Department: "Delivery", DepartmentHue: HuePrimary},
		{Person: Person{"НБ", 1}, Name: "Наталья Б.", Time: "13:32", Preview: "Доставка 2–3 дня", PreviewIcon: look.IconBolt, Quiet: true},
	}
}

func sampleThread() []Entry {
	return []Entry{
		Day{ID: "1", Text: "21 November"},
		Message{ID: "a", Side: Ours, Text: "38-й маломерит, на полную ногу лучше 39-й", Time: "16:40", Tick: TickRead},
		Day{ID: "2", Text: "Today, 24 November"},
		Message{ID: "b", Text: "Здравствуйте! Хочу оформить возврат: сапоги 38 малы", Time: "14:01"},
		Message{
			ID: "c", Side: Ours, LabelIcon: look.IconBolt, Label: "Automatic reply", Detail: "rule “Returns”", Time: "14:01", Tick: TickDelivered,
			Text:    "Марина, здравствуйте! Обмен и возврат — 14 дней. Что удобнее?",
			Choices: []Choice{{Title: "Другой размер", Pressed: true}, {Title: "Вернуть деньги", Pressed: false}, {Title: "Позвать человека", Pressed: false}},
		},
		Pill{ID: "d", Icon: look.IconRoute, Text: "Routed to Returns: keyword “возврат” → Anna", Time: "14:01"},
		Note{ID: "e", Title: "Note · only your team sees this", By: "Pedro · 14:03", Text: "Third size question this week. Offer 39 with free courier."},
		Message{ID: "f", Side: Ours, Text: "39-й есть — отправим курьером бесплатно. Обменяем?", Time: "14:04", Tick: TickSent},
		Message{ID: "g", Text: "Да, давайте! А когда привезут?", Time: "14:05"},
	}
}

func troubles() []Message {
	again := Action{"Try again", nothing}
	return []Message{
		{ID: "1", Side: Ours, Text: "Olá!", Time: "14:04", Tick: TickWaiting},
		{ID: "2", Side: Ours, Text: "Olá!", Trouble: TroubleFailed, Actions: []Action{again}},
		{ID: "3", Side: Ours, Text: "Amanhã chega", Time: "14:04", Trouble: TroubleFailed, Reason: "WhatsApp did not take it after 3 tries", Actions: []Action{again}},
		{ID: "4", Side: Ours, Text: "Amanhã chega", Time: "14:04", Trouble: TroubleUnknown, Reason: "Not known whether it arrived", Actions: []Action{{"It arrived", nothing}, {"It did not", nothing}}},
		{ID: "5", Text: "A message of a kind Shopbell does not show yet", Strange: true, Time: "14:04"},
		{ID: "6", Side: Ours, Text: "Which one?", Time: "14:04", Tick: TickRead, LabelIcon: look.IconBolt, Label: "Automatic reply", Choices: []Choice{{Title: "A button of four words", Pressed: true}, {Title: "Back", Pressed: false}}},
	}
}

func sampleComposer(limit int) *Composer {
	c := NewComposer(ComposerWords{
		Placeholder: "Write an answer", Send: "Send", SendTip: "Send  Ctrl+Enter",
		Over: func(n int) string { return "too long" },
	}, limit)
	c.SetHints([]Hint{{"Send", "Ctrl+Enter"}, {"Resolve", "Ctrl+E"}})
	c.SetNote("Draft saved")
	return c
}

func sampleHeader() HeaderData {
	return HeaderData{
		Person: Person{"МВ", 1}, Name: "Марина Волкова", Phone: "+351 912 555 014",
		Department: "Returns", DepartmentHue: HuePlum, Lock: ToneMine, LockText: "Yours · 6:12",
	}
}

package kit

import (
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/look"
)

func sampleFound() []FoundGroup {
	return []FoundGroup{
		{Icon: look.IconPerson, Title: "People", Aside: "2", Rows: []FoundRow{
			{Person: Person{"ВС", 3}, Name: FoundText{Text: "Возвратова Софья", Found: []Stretch{{0, 10}}}, About: FoundText{Text: "+351 938 220 714"}},
			{Person: Person{"МВ", 1}, Name: FoundText{Text: "Марина Волкова"}, About: FoundText{Text: "label “возврат 38”", Found: []Stretch{{7, 14}}}},
		}},
		{Icon: look.IconChat, Title: "Messages", Aside: "38 in 21 chats · word forms found too", More: "Show more", Rows: []FoundRow{
			{
				Person: Person{"МВ", 1}, Name: FoundText{Text: "Марина Волкова"}, Tag: "Returns", Hue: HuePlum, Time: "14:01", Who: "Customer",
				Text: FoundText{Text: "Здравствуйте! Хочу оформить возврат: сапоги 38 малы, подошва отошла", Found: []Stretch{{28, 35}}}, Selected: true,
			},
			{
				Person: Person{"НБ", 0}, Name: FoundText{Text: "Наталья Б."}, Tag: "Returns", Hue: HuePlum, Time: "20 Nov", Who: "Customer",
				Text: FoundText{Text: "Подскажите срок возврата, чек потеряла", Found: []Stretch{{16, 24}}},
			},
			{
				Person: Person{"НБ", 0}, Name: FoundText{Text: "Наталья Б."}, Note: "Note", Time: "20 Nov", Who: "Pedro",
				Text: FoundText{Text: "Возврат без чека 👍", Found: []Stretch{{0, 7}}},
			},
			{Loading: true},
		}},
	}
}

func TestFoundPictures(t *testing.T) {
	golden(t, "found-list", 496, 420, func() fyne.CanvasObject {
		l := NewFoundList()
		l.SetGroups(sampleFound(), true)
		return wide(l, 496)
	})
	golden(t, "message-found", 640, 120, func() fyne.CanvasObject {
		th := NewThread()
		th.SetEntries([]Entry{
			Message{ID: "1", Text: "Põe as botas de parte, sim? As castanhas, que as pretas já não me servem: são as botas de sempre 👢 38", Time: "14:01",
				Found: []Stretch{{7, 12}, {81, 86}}},
			Message{ID: "2", Side: Ours, Text: "As botas estão guardadas.", Found: []Stretch{{3, 8}}, Time: "14:03", Tick: TickRead},
		})
		return wide(th, 640)
	})
	golden(t, "search-aside", 640, 44, func() fyne.CanvasObject {
		s := NewSearchField("Find a word, a name, a number", "Ctrl+K")
		s.SetClear("Clear")
		s.SetText("возвра")
		s.SetAside("also возврата, vozvrat")
		return wide(s, 640)
	})
}

func TestFoundList(t *testing.T) {
	open := func(t *testing.T) (*FoundList, fyne.Window) {
		t.Helper()
		start(t)
		l := NewFoundList()
		l.SetGroups(sampleFound(), true)
		return l, window(t, l, 496, 150)
	}
	t.Run("the selection comes into sight", func(t *testing.T) {
		l, _ := open(t)
		l.Select(4)
		if rows := l.Rows(); !rows[4].Selected || rows[2].Selected {
			t.Errorf("the rows are %+v", rows)
		}
		if l.scroll.Offset.Y == 0 {
			t.Error("it was not scrolled")
		}
		l.Select(0)
		if l.scroll.Offset.Y != 0 {
			t.Errorf("the first one's heading is hidden: scrolled by %v", l.scroll.Offset.Y)
		}
	})
	t.Run("a press says which row it was", func(t *testing.T) {
		l, _ := open(t)
		got := -1
		l.OnChoose = func(row int) { got = row }
		l.column.all[3].Tapped(nil)
		if got != 3 {
			t.Errorf("the row %d was pressed, want 3", got)
		}
	})
	t.Run("more of a group is asked for", func(t *testing.T) {
		l, _ := open(t)
		got := -1
		l.OnMore = func(group int) { got = group }
		l.column.links[1].Tapped(nil)
		if got != 1 || l.column.links[0].Visible() {
			t.Errorf("more was asked for of group %d, want 1 only", got)
		}
	})
}

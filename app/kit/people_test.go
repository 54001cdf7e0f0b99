package kit

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func personHeadsWords() [personColumns]string {
	return [...]string{"Name", "Phone", "Labels", "Last contact", "Orders", "Spent"}
}

func samplePeople() []PersonRow {
	return []PersonRow{
		{Key: 1, Person: Person{"MV", 1}, Name: "Marina Volkova", About: "RU · since March 2025", Reached: "+351 912 555 014", Last: "14:05", Orders: "6", Spent: "$412.00", Current: true,
			Labels: []LabelData{{"Regular", HueAccent}, {"Size 38–39", HuePlum}, {"Lisbon", HueInfo}}},
		{Key: 2, Person: Person{"RT", 2}, Name: "<b>" + strings.Repeat("\u202e😀 very long ", 40), Reached: "+351 915 702 864", Last: "Yesterday", Orders: "1", Spent: "–", Ticked: true,
			Labels: []LabelData{{strings.Repeat("wide ", 8), HueOk}}},
		{Key: 3, Person: Person{"CM", 3}, Name: "Carla Mota", About: "PT · hides the phone number", Reached: "@carla.mota", Last: "18 Nov", Orders: "0", Spent: "–"},
		{Loading: true},
	}
}

func newSampleList() *PersonList {
	l := NewPersonList(personHeadsWords(), "All", func(PersonColumn) {}, func(bool) {})
	l.SetRows(samplePeople())
	l.SetSorted(PersonLast, false)
	return l
}

func TestPeoplePictures(t *testing.T) {
	golden(t, "people", 912, 256, func() fyne.CanvasObject {
		l := newSampleList()
		l.Resize(fyne.NewSize(888, 232))
		return sheet(l)
	})
	golden(t, "person", 344, 420, func() fyne.CanvasObject {
		head := NewPersonHead(NewIconButton("close", "Close", nothing))
		head.Set(Person{"MV", 1}, "Marina Volkova", "+351 912 555 014", Figure{"6", "orders"}, Figure{"$412.00", "spent"}, Figure{"RU", "language"})
		tabs := NewTabs(func(int) {})
		tabs.SetItems("Conversations 9", "Details", "Orders 6")
		visit := NewVisit(nothing)
		visit.Set(VisitData{Icon: "chat", Tone: ToneMine, Title: "Exchange 38 for 39", Text: "Yes, please!", Time: "14:05", Tag: "Returns", Hue: HuePlum, State: "1 min", StateTone: ToneOk, StateIcon: "clock"})
		off, on := NewFilterChip("Label", nothing), NewFilterChip("", nothing)
		on.Set("Wrote in 30 days", true)
		chips := NewFlow(8, off, on, NewLabelChip(LabelData{"Regular", HueAccent}, "Remove", nothing), NewLabelChip(LabelData{"Lisbon", HueInfo}, "", nil))
		chips.Fit(320)
		left, right := NewRadioBox(nothing), NewRadioBox(nothing)
		left.Set("Marina Volkova", true)
		right.Set("Marina V.", false)
		row := NewCompareRow("Name", left, right)
		row.Fit(320)
		return sheet(wide(head, 320), wide(tabs, 320), wide(visit, 320), wide(chips, 320), wide(row, 320))
	})
}

func TestPersonList(t *testing.T) {
	show := func(t *testing.T, width float32) (*PersonList, *personLines) {
		test.NewTempApp(t)
		l := newSampleList()
		w := test.NewTempWindow(t, l)
		w.Resize(fyne.NewSize(width, 300))
		w.Canvas().Focus(l.Target())
		return l, l.inner
	}
	press := func(l *personLines, keys ...fyne.KeyName) {
		for _, k := range keys {
			l.TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
	t.Run("Down, Enter and Space move, open and tick", func(t *testing.T) {
		l, inner := show(t, 900)
		var did []int64
		l.OnOpen = func(key int64) { did = append(did, key) }
		l.OnTick = func(key int64, on bool) {
			if !on {
				key = -key
			}
			did = append(did, key)
		}
		press(inner, fyne.KeyReturn, fyne.KeyDown, fyne.KeySpace, fyne.KeyDown, fyne.KeySpace)
		if want := []int64{1, -2, 3}; !slices.Equal(did, want) {
			t.Errorf("it did %d, want %d", did, want)
		}
	})
	t.Run("the keyboard's place stays at its person when the rows move", func(t *testing.T) {
		l, inner := show(t, 900)
		press(inner, fyne.KeyDown)
		rows := samplePeople()[:3]
		slices.Reverse(rows)
		l.SetRows(rows)
		opened := int64(0)
		l.OnOpen = func(key int64) { opened = key }
		press(inner, fyne.KeyReturn)
		if opened != 2 {
			t.Errorf("opened is %d", opened)
		}
	})
	t.Run("a placeholder cannot be opened", func(t *testing.T) {
		l, inner := show(t, 900)
		l.OnOpen = func(key int64) { t.Errorf("opened is %d", key) }
		press(inner, fyne.KeyEnd, fyne.KeyReturn)
	})
	t.Run("columns give way where there is no room, the name never", func(t *testing.T) {
		for width := float32(200); width < 1600; width += 50 {
			p := personPlacesOf(width)
			right := width
			for _, c := range []PersonColumn{PersonSpent, PersonOrders, PersonLast, PersonLabels, PersonReached, PersonName} {
				if p.width[c] == 0 {
					continue
				}
				if p.left[c]+p.width[c] > right {
					t.Errorf("at %v column %d ends at %v, over %v", width, c, p.left[c]+p.width[c], right)
				}
				right = p.left[c]
			}
			if width > 300 && p.width[PersonName] < personNameLeast {
				t.Errorf("at %v the name has %v", width, p.width[PersonName])
			}
		}
	})
}

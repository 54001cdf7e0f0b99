package kit

import (
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/look"
)

func sampleHits() *HitTable {
	t := NewHitTable(HitHeads{"Rule", "Hits", "Share of questions", "Solved"}, func(int) {})
	t.Set([]HitRow{
		{Icon: look.IconKey, Name: "Delivery time", Hits: "316", Share: "22 %", Solved: "78 %", Part: 1},
		{Icon: look.IconKey, Name: "Sizes", Hits: "288", Share: "20 %", Solved: "74 %", Part: 0.9, Note: "1 conflict", NoteTone: ToneWarn},
		{Icon: look.IconWave, Name: "Welcome", Hits: "226", Share: "16 %", Solved: "–", Part: 0.7},
		{Icon: look.IconKey, Name: "Price and discounts for regular customers who come back", Hits: "52", Share: "4 %", Solved: "44 %", Part: 0.16, Weak: true, Note: "6 words", NoteTone: ToneWarn},
		{Icon: look.IconKey, Name: "Warranty", Hits: "0", Share: "0 %", Solved: "–", Note: "Never hit", NoteTone: ToneLate},
	})
	return t
}

func TestBenchPictures(t *testing.T) {
	golden(t, "hit-table", 784, 260, func() fyne.CanvasObject {
		table := sampleHits()
		s := sheet(wide(table, 760))
		table.all[1].FocusGained()
		return s
	})
	golden(t, "hit-table-narrow", 424, 260, func() fyne.CanvasObject { return sheet(wide(sampleHits(), 400)) })
	golden(t, "word-meter", 360, 170, func() fyne.CanvasObject {
		few, usual, over := NewWordMeter(15, 20, 30, "15", "20", "30 words"), NewWordMeter(15, 20, 30, "15", "20", "30 words"), NewWordMeter(15, 20, 30, "15", "20", "30 words")
		few.Set(3)
		usual.Set(17)
		over.Set(40)
		return sheet(wide(few, 336), wide(usual, 336), wide(over, 336),
			fit(NewRun(8, Own(NewChip(ToneOk, look.IconCheck, "17 frequent words")), Own(NewWordTag("too small")), Own(NewTextButton("Add", nothing))), 336))
	})
}

func TestHitTable(t *testing.T) {
	t.Run("a row that is pressed is told by its place, also by the keyboard", func(t *testing.T) {
		start(t)
		pressed := -1
		table := sampleHits()
		table.onTap = func(row int) { pressed = row }
		window(t, table, 700, 300)
		table.all[3].Tapped(nil)
		if pressed != 3 {
			t.Errorf("row %d was pressed", pressed)
		}
		table.all[0].TypedKey(key(fyne.KeyReturn))
		if pressed != 0 {
			t.Errorf("row %d was pressed", pressed)
		}
	})
	t.Run("rows that are no more are hidden", func(t *testing.T) {
		start(t)
		table := sampleHits()
		table.Set(table.Rows()[:2])
		if table.all[1].Hidden || !table.all[2].Hidden || table.MinSize().Height != hitHead()+2*hitHigh() {
			t.Errorf("it is %v high", table.MinSize().Height)
		}
	})
}

func TestBeside(t *testing.T) {
	start(t)
	card := func(high float32) fyne.CanvasObject { return NewSpace(high) }
	b := NewBeside(12, 560, 372)
	main, right := []fyne.CanvasObject{card(100), card(50)}, []fyne.CanvasObject{card(80)}
	b.Set(main, right)
	t.Run("has its columns beside one another where there is room", func(t *testing.T) {
		b.Fit(1000)
		if p, s := right[0].Position(), main[1].Position(); p != fyne.NewPos(628, 0) || s != fyne.NewPos(0, 112) || b.MinSize().Height != 162 || main[0].Size().Width != 616 {
			t.Errorf("at %v and %v, %v high", p, s, b.MinSize().Height)
		}
	})
	t.Run("has them below one another where there is none", func(t *testing.T) {
		b.Fit(900)
		if p := right[0].Position(); p != fyne.NewPos(0, 174) || b.MinSize().Height != 254 || right[0].Size().Width != 900 {
			t.Errorf("at %v, %v high", p, b.MinSize().Height)
		}
	})
}

package kit

import (
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// What a screen does most: the list is drawn anew for each event, the thread gets
// one more message, and a chat of some hundred messages is opened.
func BenchmarkChatListRefresh(b *testing.B) {
	test.NewTempApp(b)
	l := NewChatList()
	rows := make([]RowData, 200)
	for i := range rows {
		rows[i] = sampleRows()[i%5]
	}
	l.SetRows(rows)
	w := test.NewTempWindow(b, l)
	w.Resize(fyne.NewSize(320, 680))
	for b.Loop() {
		l.SetRows(rows)
	}
}

func BenchmarkThreadOneMore(b *testing.B) {
	test.NewTempApp(b)
	th := NewThread()
	w := test.NewTempWindow(b, th)
	w.Resize(fyne.NewSize(600, 590))
	even, odd := chat(0, 300), chat(0, 301)
	th.SetEntries(even)
	for b.Loop() {
		th.SetEntries(odd)
		th.SetEntries(even)
	}
}

func BenchmarkThreadOpen(b *testing.B) {
	test.NewTempApp(b)
	th := NewThread()
	w := test.NewTempWindow(b, th)
	w.Resize(fyne.NewSize(600, 590))
	entries := chat(0, 300)
	for b.Loop() {
		wraps = newCache[cutKey, []string](4096)
		th.Reset(entries)
	}
}

// BenchmarkThreadScroll turns a chat of ten thousand messages, pictures among
// them, by a step of the wheel.
func BenchmarkThreadScroll(b *testing.B) {
	test.NewTempApp(b)
	th := NewThread()
	th.OnPicture = swatch
	w := test.NewTempWindow(b, th)
	w.Resize(fyne.NewSize(600, 590))
	entries := chat(0, 10_000)
	for i := 0; i < len(entries); i += 5 {
		entries[i] = Message{ID: entries[i].Key(), Content: Picture{Source: "bag"}, Foot: "Photo · 840 KB", Time: "13:50"}
	}
	th.Reset(entries)
	y, step := float32(0), float32(40)
	for b.Loop() {
		if y += step; y > th.end() || y < 0 {
			step = -step
		}
		th.moveTo(y)
	}
}

// BenchmarkWrapOneWord is the longest text that WhatsApp takes, without a space.
func BenchmarkWrapOneWord(b *testing.B) {
	test.NewTempApp(b)
	for n := 0; b.Loop(); n++ {
		Wrap(strconv.Itoa(n)+strings.Repeat("W", 4096), 400, Body)
	}
}

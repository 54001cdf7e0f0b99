package rules

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/app/locale"
	"shopbell/core/autoreply"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
)

// watched is a file that is too long to be read in one go. at is called within the
// reading, once some of it is read whole.
func watched(p *person, at func()) File {
	var b strings.Builder
	for i := range 3000 {
		day := fmt.Sprintf("%02d.%02d.%d, 10:%02d - ", i%28+1, i/28%12+1, 2012+i/336, i%60)
		b.WriteString(day + "Ana: how long does delivery take?\n" + day + "Marola Shoes: Delivery takes 2–3 days within Lisbon.\n")
	}
	return File{Name: "WhatsApp Chat with Ana.txt", Open: func() (io.ReadCloser, error) {
		return &watchedText{strings.NewReader(b.String()), func() {
			if now := p.screen.learning.pace.now(); at != nil && now.stage == stageRead && now.bytes > 0 {
				once := at
				at = nil
				once()
			}
		}}, nil
	}}
}

type watchedText struct {
	*strings.Reader
	read func()
}

func (w *watchedText) ReadAt(b []byte, from int64) (int, error) {
	w.read()
	return w.Reader.ReadAt(b, from)
}

func (w *watchedText) Close() error { return nil }

func (p *person) past() desk.PastReport {
	p.Helper()
	kept, err := p.desk.PastChats(p.Context(), desktest.Anna)
	if err != nil {
		p.Fatal(err)
	}
	return kept
}

func TestAReadingUnderWay(t *testing.T) {
	t.Run("says how far it is, is held up, and goes on", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		asked := false
		p.learns(watched(p, func() {
			asked = true
			p.loop.Advance(farEvery)
			if !p.sees("of 6015 messages read") || !p.sees("File 1 of 2") || !p.sees("Reading") || !p.sees("Waits") {
				t.Errorf("there is %q", p.texts())
			}
			if bar := kittest.Of[*kit.Progress](p.screen.Content())[0]; bar.Part() <= 0 || bar.Part() >= 1 {
				t.Errorf("the bar is at %v", bar.Part())
			}
			p.press(p.screen.Content(), "Pause")
			if !p.sees("Go on") || !p.screen.learning.pace.isHeld() {
				t.Errorf("there is %q", p.texts())
			}
			p.press(p.screen.Content(), "Go on")
		}), phoneChat("Tiago", "%02d.03.2025"))
		if !asked || !p.sees("All read") || !p.sees("6015") || p.sees("Pause") {
			t.Errorf("there is %q", p.texts())
		}
	})
	t.Run("is cancelled, and made up for later", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		p.learns(watched(p, func() { p.press(p.screen.Content(), "Cancel") }))
		if !p.sees("Reading was stopped") || !p.sees("Not read yet") || p.sees("asked") || p.past().Messages != 0 {
			t.Fatalf("there is %q", p.texts())
		}
		p.press(p.screen.Content(), "Read them")
		if !p.sees("asked") || p.sees("stopped") || p.past().Messages != 6000 {
			t.Errorf("there is %q", p.texts())
		}
	})
}

func TestChatsOfThePhoneAreKeptForTheBench(t *testing.T) {
	const day = "%02d.03.2025"
	read := func(t *testing.T) *person {
		p := sit(t, boots(), 1208, nil)
		p.learns(phoneChat("Ana", day), phoneChat("Tiago", day))
		return p
	}
	t.Run("once, however often they are added", func(t *testing.T) {
		p := read(t)
		first := p.past()
		if first.Chats != 2 || first.Messages != 30 {
			t.Fatalf("kept are %+v", first)
		}
		p.open(locale.English, 1208, nil)
		p.learns(phoneChat("Ana", day))
		if p.past() != first {
			t.Errorf("kept are %+v, then %+v", first, p.past())
		}
	})
	t.Run("and are there for the screen that comes after", func(t *testing.T) {
		p := read(t)
		p.open(locale.English, 1208, nil)
		p.screen.openLearning()
		if !p.sees("2 chats, 30 messages") || !p.sees("which side wrote") {
			t.Fatalf("there is %q", p.texts())
		}
		p.press(p.screen.Content(), "Run all rules over them")
		p.loop.Advance(0)
		if !p.sees("12 questions in the phone’s chats") {
			t.Errorf("there is %q", p.texts())
		}
	})
	t.Run("beside those of the desk, of which the bench takes one or the other", func(t *testing.T) {
		p := read(t)
		p.asking()
		p.bench(autoreply.File{})
		if !p.sees("31 first questions of 30 days") || !p.sees("Chats of the phone 30") {
			t.Fatalf("there is %q", p.texts())
		}
		source := p.screen.bench.source
		p.window.Canvas().Focus(source)
		p.key("Right")
		p.loop.Advance(0)
		if !p.sees("12 questions in the phone’s chats") || p.screen.bench.period.Visible() {
			t.Errorf("there is %q", p.texts())
		}
	})
	t.Run("until they are erased, once the person has said so", func(t *testing.T) {
		p := read(t)
		p.press(p.screen.Content(), "Erase")
		if p.past().Messages != 30 || p.asked == nil {
			t.Fatal("nobody was asked")
		}
		p.press(p.asked, "Keep them")
		p.press(p.screen.Content(), "Erase")
		p.press(p.asked, "Erase")
		if p.past().Messages != 0 || p.sees("Kept for the bench") || p.said[len(p.said)-1] != "Erased: 2 chats, 30 messages" {
			t.Errorf("kept are %+v, said is %q", p.past(), p.said)
		}
		p.bench(autoreply.File{})
		if p.screen.bench.source.Visible() {
			t.Error("the bench still offers them")
		}
	})
	t.Run("where that fails, the proposals are there all the same, with the reason", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		p.desk.FailNext("KeepPast", &desk.Error{Code: desk.DiskFull, Err: errors.New("full")})
		p.learns(phoneChat("Ana", day))
		if !p.sees("asked 3 times") || !p.sees("could not be kept for the bench") {
			t.Errorf("there is %q", p.texts())
		}
	})
	t.Run("one that does not know what is kept says why", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		p.desk.FailNext("PastChats", &desk.Error{Code: desk.Unavailable, Err: errors.New("away")})
		p.screen.openLearning()
		if !p.sees("Kept for the bench") || p.sees("Erase") {
			t.Errorf("there is %q", p.texts())
		}
	})
}

func TestWhatWasRead(t *testing.T) {
	const day = "%02d.03.2025"
	t.Run("of two exports of one chat the longer counts", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		short, long := phoneChat("Ana", day), phoneChat("Ana", day)
		content, err := short.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(content)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.SplitAfter(string(text), "\n")
		short = exported("Chat with Ana.txt", strings.Join(lines[:6], ""))
		p.learns(short, long)
		if !p.sees("The same chat as another") || !p.sees("asked 3 times") || p.past().Chats != 1 {
			t.Errorf("there is %q", p.texts())
		}
	})
	t.Run("has its languages, the most spoken first", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		russian := "14.03.2025, 11:00 - Олег: Здравствуйте, сколько идёт доставка в Порту?\n14.03.2025, 11:01 - Marola Shoes: Два дня\n"
		p.learns(phoneChat("Ana", day), exported("Чат WhatsApp с Олег.txt", russian))
		if !p.sees("EN 86\u00a0%, RU 14\u00a0%") {
			t.Errorf("there is %q", p.texts())
		}
	})
	t.Run("names each line that could not be read, with the reason", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		p.learns(exported("WhatsApp Chat with Ana.txt", "my notes\nof March\n14.03.2025, 10:00 - Ana: hello\n31.02.2025, 10:00 - Ana: hm\n14.03.2025, 10:02 - Marola Shoes: Hello!\n"))
		if !p.sees("3 lines could not be read") || p.sees("Line 4") {
			t.Fatalf("there is %q", p.texts())
		}
		p.press(p.screen.Content(), "Which lines, and why")
		if !p.sees("Lines 1–2: before the first message, part of none") || !p.sees("Line 4: there is no such date") {
			t.Errorf("there is %q", p.texts())
		}
		p.press(p.screen.Content(), "Hide the lines")
		if p.sees("Line 4") {
			t.Errorf("there is %q", p.texts())
		}
	})
	t.Run("lists the first chats, and those that need a look", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		var files []File
		for i := range shownFiles + 3 {
			files = append(files, phoneChat(strings.Repeat("A", i+3), day))
		}
		p.learns(append(files, exported("list.txt", "milk"))...)
		if p.sees(files[shownFiles].Name) || !p.sees("list.txt") {
			t.Fatalf("there is %q", p.texts())
		}
		p.press(p.screen.Content(), "Show 3 more")
		if !p.sees(files[shownFiles].Name) {
			t.Errorf("there is %q", p.texts())
		}
	})
}

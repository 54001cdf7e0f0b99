package rules

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/core/autoreply"
)

// exported is a file of this computer.
func exported(name, text string) File {
	return File{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}
}

// phoneChat is a chat of a customer with the shop, on a date with its blanks left for
// the day; two questions for each day. Each customer has a minute of their own.
func phoneChat(customer, date string) File {
	var b strings.Builder
	b.WriteString(fmt.Sprintf(date, 1) + ", 09:00 - Messages and calls are end-to-end encrypted.\n")
	for day := 1; day <= 3; day++ {
		at := fmt.Sprintf(date, day)
		fmt.Fprintf(&b, "%s, 10:%02d - %s: how long does delivery take?\n", at, len(customer), customer)
		b.WriteString(at + ", 10:15 - Marola Shoes: Delivery takes 2–3 days within Lisbon.\n")
		b.WriteString(at + ", 15:00 - " + customer + ": do you do engraving?\n")
		b.WriteString(at + ", 15:01 - Marola Shoes: <Media omitted>\n")
		b.WriteString(at + ", 15:02 - Marola Shoes: Engraving takes " + fmt.Sprint(day) + " days.\n")
	}
	return exported("WhatsApp Chat with "+customer+".txt", b.String())
}

// learns opens the page and gives it files.
func (p *person) learns(files ...File) {
	p.screen.openLearning()
	p.chosen = files
	p.press(p.screen.Content(), "Add files")
	p.loop.Advance(0)
	p.loop.Advance(0)
}

// zipped keeps a chat as the phone does.
func zipped(t *testing.T, path string, text io.Reader) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	w, err := z.Create("_chat.txt")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(w, text); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestLearningFromThePhone(t *testing.T) {
	const day = "%02d.03.2025"
	t.Run("chats become rules in the shop's words, switched off and not yet saved", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		p.learns(phoneChat("Ana", day), phoneChat("Tiago", day))
		if !p.sees("All read") || !p.sees("asked 6 times") || !p.sees("Delivery takes 2–3 days within Lisbon.") {
			t.Fatalf("there is %q", p.texts())
		}
		p.press(p.screen.Content(), "Add 1 rule") // the other's answers differ
		_, all := p.screen.editing.Rules()
		if len(all) != 1 || all[0].Enabled || all[0].Kind != "delivery" || all[0].Name != "Delivery" || all[0].Replies[0].Text != "Delivery takes 2–3 days within Lisbon." {
			t.Errorf("added are %+v", all)
		}
		if p.stored().Number != 0 || p.screen.learning.shown {
			t.Error("it is saved, or the page is still there")
		}
	})
	t.Run("answers that differ stay unticked with the reason, and can be taken all the same", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		p.learns(phoneChat("Ana", day), phoneChat("Tiago", day))
		if !p.sees("Your answers differ") {
			t.Fatalf("there is %q", p.texts())
		}
		picks := kittest.Of[*kit.Pick](p.screen.Content())
		for _, k := range picks {
			if !k.On() {
				k.Tapped(nil)
			}
		}
		if after := kittest.Of[*kit.Pick](p.screen.Content()); !slices.Equal(after, picks) {
			t.Error("the keyboard has lost its place")
		}
		if !p.sees("2 chosen rules would have answered 100") {
			t.Errorf("there is %q", p.texts())
		}
		p.press(p.screen.Content(), "Add 2 rules")
		if _, all := p.screen.editing.Rules(); len(all) != 2 {
			t.Errorf("added are %+v", all)
		}
	})
	t.Run("who is the shop is asked where one chat alone leaves it open", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		chat := phoneChat("Ana", day)
		chat.Name = "_chat.txt"
		p.learns(chat)
		if !p.sees("Which one is the shop?") || p.sees("asked") {
			t.Fatalf("there is %q", p.texts())
		}
		p.press(p.screen.Content(), "Marola Shoes")
		p.loop.Advance(0)
		if !p.sees("asked 3 times") {
			t.Errorf("there is %q", p.texts())
		}
	})
	t.Run("a reading that another took the place of stops, and tells no more how far it is", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		p.screen.openLearning()
		l := p.screen.learning
		var ended error
		l.work(func(ctx context.Context, at *pace) error {
			l.work(func(context.Context, *pace) error { return nil }, func() {})
			p.loop.Advance(farEvery)
			ended = at.pass(ctx)
			return ended
		}, func() { t.Error("what came of it is shown") })
		if !errors.Is(ended, errStopped) || l.stopped {
			t.Errorf("it ended with %v, and the page says stopped: %t", ended, l.stopped)
		}
	})
	t.Run("a file that is named after the customer says who is the shop", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		p.learns(phoneChat("Ana", day))
		if p.sees("Which one is the shop?") || !p.sees("asked 3 times") {
			t.Errorf("there is %q", p.texts())
		}
	})
	t.Run("day or month is asked once for all chats", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		p.learns(phoneChat("Ana", "%02d/11/25"), phoneChat("Tiago", "%02d/11/25"))
		if !p.sees("01/11: day or month first?") {
			t.Fatalf("there is %q", p.texts())
		}
		p.press(p.screen.Content(), "Day first")
		p.loop.Advance(0)
		if p.sees("day or month first?") || !p.sees("asked 6 times") {
			t.Errorf("there is %q", p.texts())
		}
	})
	t.Run("what another chat of the phone says of its dates need not be asked", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		p.learns(phoneChat("Ana", "%02d/11/25"), exported("WhatsApp Chat with Tiago.txt", "14/03/2025, 10:00 - Tiago: hello\n14/03/2025, 10:01 - Marola Shoes: Hello!\n"))
		if p.sees("day or month first?") || !p.sees("asked 3 times") {
			t.Errorf("there is %q", p.texts())
		}
	})
	t.Run("a zip on the disk is read where it lies", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "WhatsApp Chat with Ana.zip")
		text, err := phoneChat("Ana", day).Open()
		if err != nil {
			t.Fatal(err)
		}
		zipped(t, path, text)
		p := sit(t, autoreply.File{}, 1208, nil)
		p.learns(File{Name: filepath.Base(path), Open: func() (io.ReadCloser, error) { return os.Open(path) }})
		if !p.sees("All read") || !p.sees("asked 3 times") {
			t.Errorf("there is %q", p.texts())
		}
	})
	t.Run("what cannot be read says why, and does not keep the rest from being read", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		group := exported("Family.txt", "14.03.25, 10:00 - A: a\n14.03.25, 10:00 - B: b\n14.03.25, 10:00 - C: c\n")
		broken := exported("WhatsApp Chat with Rui.txt", "my notes\n14.03.25, 10:00 - Rui: hello\n14.03.25, 10:01 - Marola Shoes: Hello!\n")
		p.learns(phoneChat("Ana", day), phoneChat("Tiago", day), exported("msgstore.db.crypt15", "x"), exported("list.txt", "milk"), group, broken)
		for _, want := range []string{
			"A backup of the phone or a file with a password", "No exported chat of WhatsApp is in it", "A group chat: left alone", "1 line could not be read", "asked 6 times",
		} {
			if !p.sees(want) {
				t.Errorf("%q is not there: %q", want, p.texts())
			}
		}
	})
	t.Run("the way back leads to the rules, and what was read is there again", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		p.learns(phoneChat("Ana", day))
		p.screen.Back()
		if p.screen.learning.shown || p.sees("Exported chats") {
			t.Error("the page is still there")
		}
		p.screen.openLearning()
		if !p.sees("asked 3 times") {
			t.Error("what was read is gone")
		}
	})
	t.Run("a chat that is chosen again counts once, and another one of the same name by itself", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		ana, tiago := phoneChat("Ana", day), phoneChat("Tiago", day)
		ana.Name, tiago.Name = "_chat.txt", "_chat.txt"
		p.learns(ana, tiago)
		p.learns(ana)
		if !p.sees("2 chats") || !p.sees("asked 6 times") {
			t.Errorf("there is %q", p.texts())
		}
	})
	t.Run("all rules can be run over what was read, also once its rules are added", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, nil)
		p.learns(phoneChat("Ana", day), phoneChat("Tiago", day))
		p.press(p.screen.Content(), "Run all rules over them")
		p.loop.Advance(0)
		if !p.sees("12 questions in the phone’s chats") || !p.sees("0\u00a0%") {
			t.Errorf("there is %q", p.texts())
		}
		p.screen.Back()
		p.screen.openLearning()
		p.press(p.screen.Content(), "Add 1 rule")
		p.screen.editing.Change(p.screen.editing.KeyOf("delivery"), "", func(r *autoreply.Rule) { r.Enabled = true })
		p.screen.bench.open()
		p.loop.Advance(0)
		if !p.sees("12 questions in the phone’s chats") || !p.sees("50\u00a0%") {
			t.Errorf("there is %q", p.texts())
		}
	})
	t.Run("who may not edit is not asked for chats", func(t *testing.T) {
		p := sit(t, autoreply.File{}, 1208, as("operator"))
		p.screen.openLearning()
		if p.screen.learning.shown {
			t.Error("the page is shown")
		}
	})
}

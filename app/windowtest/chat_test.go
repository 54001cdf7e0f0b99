//go:build window

package windowtest

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/sandbox"
)

// seat is the open desk with the person at the window.
type seat struct {
	*testing.T
	desk.Service
	who desk.Actor
}

func sit(t *testing.T) seat {
	t.Helper()
	h := shop.Load()
	return seat{t, h, h.Owner()}
}

// messages are those of a chat, oldest first.
func (s seat) messages(id chat.ConversationID) []chat.Message {
	page, err := s.Chat(s.Context(), s.who, id, 0, 100)
	if err != nil {
		s.Fatal(err)
	}
	return page.Messages
}

// has waits until a message of a chat is as wanted, and returns it.
func (s seat) has(t *testing.T, what string, id chat.ConversationID, wanted func(chat.Message) bool) (found chat.Message) {
	t.Helper()
	eventually(t, what, func() bool {
		all := s.messages(id)
		i := slices.IndexFunc(all, wanted)
		if i >= 0 {
			found = all[i]
		}
		return i >= 0
	})
	return found
}

// both keeps what the window looks like in light and in dark, once it is drawn so.
func both(t *testing.T, id, name string) {
	t.Helper()
	light := brightness(t, picture(t, id, name))
	onUI(func() { window.SetTheme(look.Dark) })
	eventually(t, "the window in dark", func() bool { return brightness(t, picture(t, id, name+"-dark")) < light*0.8 })
	onUI(func() { window.SetTheme(look.Light) })
	eventually(t, "the window in light", func() bool { return brightness(t, picture(t, id, name)) > light*0.9 })
}

// brightness is the mean of a picture, 0 for black to 1 for white.
func brightness(t *testing.T, path string) float64 {
	t.Helper()
	img := pictureAt(t, path)
	sum, n := 0.0, 0
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y += 4 {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x += 4 {
			sum += float64(color.Gray16Model.Convert(img.At(x, y)).(color.Gray16).Y) / 0xffff
			n++
		}
	}
	return sum / float64(n)
}

func pictureAt(t *testing.T, path string) image.Image {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// TestChat does in one chat what a person does beside answering: quotes a message, puts
// an emoji on it, sends a template, writes a note and schedules an answer.
func TestChat(t *testing.T) {
	const asked, answer, later = "Is the green tent waterproof?", "It is, up to 3000 mm", "Good morning! The tent is here"
	customer := sandbox.Customer{Phone: "351910000888", Name: "Tent Visitor", Language: "en"}
	until(t, "the inbox", func() bool { return window.Working() })
	id, s, network := display(t), sit(t), shop.Load().Sandbox()
	wamid, err := network.Write(t.Context(), customer, asked)
	if err != nil {
		t.Fatal(err)
	}
	until(t, "the customer's row", func() bool { return sees(customer.Name) })
	click(t, id, customer.Name)
	var at chat.ConversationID
	until(t, "the chat with the question", func() bool {
		at = window.OpenChat()
		return at != 0 && slices.ContainsFunc(bubbles(), func(m kit.Message) bool { return m.Text == asked })
	})

	t.Run("a message is quoted", func(t *testing.T) {
		rightClick(t, id, asked)
		until(t, "the menu of the message", func() bool { return sees("Reply to it") })
		both(t, id, "chat-menu")
		click(t, id, "Reply to it")
		x(t, "type", "--delay", "8", answer)
		both(t, id, "chat-quote")
		x(t, "key", "ctrl+Return")
		m := s.has(t, "the answer with its quote", at, func(m chat.Message) bool { return m.Text == answer })
		if m.Quote == nil || m.Quote.Text != asked {
			t.Errorf("the answer quotes %+v", m.Quote)
		}
	})
	t.Run("an emoji is put on it", func(t *testing.T) {
		rightClick(t, id, asked)
		until(t, "the menu of the message", func() bool { return sees("Forward…") })
		x(t, "key", "Down", "Down", "Down", "Down", "Return") // behind answering, copying and passing on
		eventually(t, "the customer to see it", func() bool { return network.Reactions(customer)[wamid] == "👍" })
		s.has(t, "the emoji at the question", at, func(m chat.Message) bool { return m.Text == asked && len(m.Reactions) == 1 })
		both(t, id, "chat-reaction")
	})
	t.Run("a template is sent", func(t *testing.T) {
		x(t, "key", "ctrl+shift+m")
		until(t, "the templates", func() bool { return sees("Choose a template") && sees("follow_up") })
		click(t, id, "follow_up")
		until(t, "its variable", func() bool { return sees("Variable 1") })
		x(t, "key", "ctrl+a") // in the variable: it is what has to be filled in
		x(t, "type", "--delay", "8", "Tent")
		both(t, id, "chat-template")
		x(t, "key", "ctrl+Return")
		s.has(t, "the template in the chat", at, func(m chat.Message) bool { return m.Template != nil && m.Template.Name == "follow_up" })
		eventually(t, "the customer to have it", func() bool {
			return slices.ContainsFunc(network.Inbox(customer), func(d sandbox.Delivered) bool { return d.Template == "follow_up" })
		})
	})
	t.Run("a note is written", func(t *testing.T) {
		const note = "Asked for tents twice this week"
		x(t, "key", "ctrl+shift+n")
		until(t, "the note", func() bool { return sees("Add note") })
		x(t, "type", "--delay", "8", note)
		x(t, "key", "ctrl+Return")
		s.has(t, "the note in the chat", at, func(m chat.Message) bool { return m.Kind == chat.KindNote && m.Text == note })
		until(t, "the composer to be for answers again", func() bool { return sees("Note saved") && !sees("Add note") })
		both(t, id, "chat-note")
		if slices.ContainsFunc(network.Inbox(customer), func(d sandbox.Delivered) bool { return d.Text == note }) {
			t.Error("the customer has the note")
		}
	})
	t.Run("an answer is scheduled, and taken back", func(t *testing.T) {
		x(t, "type", "--delay", "8", later)
		clickIcon(t, id, look.IconClock)
		until(t, "the moments", func() bool { return sees("Choose date and time") })
		both(t, id, "chat-moments")
		pressAt(t, id, "1", "In 1 h", func(o fyne.CanvasObject) bool {
			c, ok := o.(*canvas.Text)
			return ok && strings.HasPrefix(c.Text, "In 1 h")
		})
		m := s.has(t, "the scheduled answer", at, func(m chat.Message) bool { return m.Text == later && m.Status == chat.StatusScheduled })
		if now := time.Now(); m.GoesAt.Before(now) || m.GoesAt.After(now.Add(time.Hour)) {
			t.Errorf("it goes at %s", m.GoesAt)
		}
		picture(t, id, "chat-scheduled") // the offer to undo it stands for seconds
		click(t, id, "Undo")
		eventually(t, "the answer to be gone", func() bool {
			return !slices.ContainsFunc(s.messages(at), func(m chat.Message) bool { return m.Text == later })
		})
		until(t, "its text to stand in the composer", func() bool { return sees(strconv.Itoa(len(later)) + " / 4096") })
		x(t, "key", "ctrl+a", "Delete")
	})
}

// bubbles are the messages that the window shows.
func bubbles() []kit.Message {
	var all []kit.Message
	for _, thread := range kittest.Of[*kit.Thread](window.Window().Content()) {
		for _, e := range thread.Entries() {
			if m, ok := e.(kit.Message); ok {
				all = append(all, m)
			}
		}
	}
	return all
}

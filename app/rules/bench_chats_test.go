package rules

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/app/locale"
	"shopbell/core/autoreply"
	"shopbell/core/chat"
)

func TestTheChatsOfAConflict(t *testing.T) {
	see := func(t *testing.T, before func(*person)) (p *person, went *chat.ConversationID) {
		p = sit(t, clashing(), 1208, nil)
		p.asking()
		went = new(chat.ConversationID)
		p.open(locale.English, 1208, func(d *Deps) { d.Chat = func(id chat.ConversationID) { *went = id } })
		p.bench(autoreply.File{})
		before(p)
		p.press(p.screen.Content(), "See 6 chats")
		p.loop.Advance(0)
		return p, went
	}
	rows := func(p *person) []kit.RowData { return kittest.Of[*kit.ChatList](p.screen.Content())[0].Rows() }
	nothing := func(*person) {}
	t.Run("are listed with the question, the time and the customer, the last one first", func(t *testing.T) {
		p, _ := see(t, nothing)
		list := rows(p)
		if len(list) != 6 || list[0].Name != "Customer F" || list[0].Preview != "ботинки малы" || list[0].Time != "21 Nov 14:01" {
			t.Errorf("listed are %+v", list)
		}
		if !p.sees("“Returns” and “Sizes” both fit") || p.sees("Which rules fire") {
			t.Errorf("the page says:\n%s", p.texts())
		}
	})
	t.Run("Enter opens one in the inbox", func(t *testing.T) {
		p, went := see(t, nothing)
		p.key(fyne.KeyDown)
		p.key(fyne.KeyReturn)
		if *went != 21 {
			t.Errorf("it went to %d", *went)
		}
	})
	t.Run("Back returns to the bench, and from there to the rules", func(t *testing.T) {
		p, _ := see(t, nothing)
		p.screen.Back()
		if !p.screen.bench.shown || !p.sees("Which rules fire") {
			t.Fatalf("the page says:\n%s", p.texts())
		}
		p.screen.Back()
		if p.screen.page != nil || !p.sees("Find a rule") {
			t.Errorf("the page says:\n%s", p.texts())
		}
	})
	t.Run("that cannot be read say so, and can be asked for again", func(t *testing.T) {
		p, _ := see(t, func(p *person) { p.desk.FailNext("FirstQuestions", context.DeadlineExceeded) })
		if !p.sees("could not be read") || len(rows(p)) != 0 {
			t.Fatalf("the page says:\n%s", p.texts())
		}
		p.press(p.screen.chats.pane, "Try again")
		p.loop.Advance(0)
		if len(rows(p)) != 6 || p.sees("could not be read") {
			t.Errorf("the page says:\n%s", p.texts())
		}
	})
	t.Run("that are gone leave words", func(t *testing.T) {
		p, _ := see(t, func(p *person) {
			is := &p.screen.bench.run.State().Value.Conflicts[0]
			for i := range is.Conversations {
				is.Conversations[i] += 1000
			}
		})
		if said := strings.ReplaceAll(p.texts(), "\n", " "); !strings.Contains(said, "These chats are not there any more") || strings.Contains(said, "Try again") {
			t.Errorf("the page says:\n%s", said)
		}
	})
}

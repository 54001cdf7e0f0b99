package inbox

import (
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
)

func TestWindowsThatCloseSoon(t *testing.T) {
	s := newStage(t)
	if s.list.closing.Visible() {
		t.Error("the line stands there though no window closes soon")
	}
	s.desk.Edit(3, func(c *chat.Conversation) {
		c.LastInbound = desktest.SampleNow.Add(30*time.Second - chat.MetaWindow + desk.ClosingSoon)
	})
	s.heard()
	s.loop.Advance(time.Minute)
	s.Tick(s.loop.Now())
	if !s.list.closing.Visible() {
		t.Fatal("time alone does not bring the line")
	}
	tapWord(t, s.list.closing, "1 waits, and the window closes within 1 h")
	if rows := s.list.list.Rows(); len(rows) != 1 || rows[0].Name != "Олег Савин" {
		t.Errorf("listed are %+v", rows)
	}
	s.desk.Edit(3, func(c *chat.Conversation) { c.WaitingSince = time.Time{} })
	s.loop.Advance(time.Minute)
	s.Tick(s.loop.Now())
	if rows := s.list.list.Rows(); len(rows) != 0 || !s.list.closing.Visible() {
		t.Errorf("listed are %+v, and the way back is there: %t", rows, s.list.closing.Visible())
	}
	s.list.toggleClosing()
	if len(s.list.list.Rows()) != 9 {
		t.Errorf("%d rows are listed again", len(s.list.list.Rows()))
	}
}

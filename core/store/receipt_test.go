package store_test

import (
	"errors"
	"fmt"
	"testing"

	"shopbell/core/chat"
	"shopbell/core/store"
)

func TestHowFarAChatWasRead(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	var said []chat.Message
	for range 5 {
		said = append(said, d.write(c, 0))
	}
	v := d.conversation(said[0].Conversation)
	for _, tt := range []struct {
		upTo   chat.MessageID
		unread int
		wamid  string
		later  int
	}{
		{0, 5, said[4].WAMID, 0},
		{said[3].ID, 5, said[3].WAMID, 1},
		{said[0].ID, 5, said[0].WAMID, 4},
		{said[0].ID, 2, said[0].WAMID, 2}, // an old chat is not counted to its end
		{said[0].ID, 0, said[0].WAMID, 0},
	} {
		t.Run(fmt.Sprintf("to message %d of 5 with %d unread", tt.upTo, tt.unread), func(t *testing.T) {
			v.Unread = tt.unread
			d.view(func(r *store.Reader) error {
				s, err := r.SeenUpTo(v, tt.upTo)
				if s.WAMID != tt.wamid || s.Later != tt.later {
					t.Errorf("got %+v, want %s and %d later", s, tt.wamid, tt.later)
				}
				return err
			})
		})
	}
	t.Run("to a message of another chat", func(t *testing.T) {
		other := d.write(d.customer(), 0)
		d.view(func(r *store.Reader) error {
			if s, err := r.SeenUpTo(v, other.ID); !errors.Is(err, store.ErrNotFound) {
				t.Errorf("got %+v, %v", s, err)
			}
			return nil
		})
	})
}

package store_test

import (
	"testing"

	"shopbell/core/store"
)

func TestWhatWasResolvedDoesNotWaitAgainWhenALaterAnswerIsLost(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	first := d.write(c, 0)
	d.resolve(first.Conversation)
	second := d.write(c, 0)
	l := d.answer(c, agentSays("yes"))
	d.claim(l)
	d.done(d.db.OutboxFailed(t.Context(), l.row, 131026, ""))
	v := d.conversation(first.Conversation)
	if second.Conversation != first.Conversation || !v.WaitingSince.Equal(second.At) {
		t.Errorf("waits since %v, want %v: what was said before was resolved", v.WaitingSince, second.At)
	}

	// Resolving that is undone leaves everything as it was.
	d.resolve(v.ID)
	d.update(func(tx *store.Tx) error { return tx.Reopen(v.ID) })
	if v := d.conversation(v.ID); !v.WaitingSince.Equal(second.At) {
		t.Errorf("after the undo it waits since %v, want %v", v.WaitingSince, second.At)
	}
}

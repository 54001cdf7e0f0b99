package inbox

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"shopbell/app/locale"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// holdKey is where this computer keeps how long an answer can be taken back.
const holdKey = "undo_send"

// usualHold is how long that is until a person chose otherwise.
const usualHold = 5 * time.Second

// holds are those that a person can choose from.
var holds = []time.Duration{0, usualHold, desk.MaxHold}

// hold is how long an answer can be taken back.
func (d Deps) hold() time.Duration {
	kept, err := strconv.Atoi(d.Memory.String(holdKey))
	if hold := time.Duration(kept) * time.Second; err == nil && slices.Contains(holds, hold) {
		return hold
	}
	return usualHold
}

func (d Deps) setHold(hold time.Duration) {
	d.Memory.SetString(holdKey, strconv.Itoa(int(hold/time.Second)))
}

// holdIn is how long an answer in a chat can be taken back. It is 0 where the window
// ends before: then the answer leaves at once (desk.Answer.Hold).
func (d Deps) holdIn(c chat.Conversation) time.Duration {
	if hold := d.hold(); chat.WindowOf(c.LastInbound).Open(d.now().Add(hold)) {
		return hold
	}
	return 0
}

// offerBack tells when an answer leaves, and offers to take it back until then.
func (t *talk) offerBack(a *answer) {
	if slices.ContainsFunc(a.parts, func(p *part) bool { return p.left }) {
		t.offerUndo(a.at, a.hold, func() { t.takeBack(a) })
	}
}

// offerUndo tells when what was sent leaves, and offers undo until then.
func (d Deps) offerUndo(at time.Time, hold time.Duration, undo func()) {
	switch {
	case !at.IsZero():
		d.Say(d.Words.T("toast.scheduled", locale.Args{"When": d.Words.Deadline(at, d.now())}), undo)
	case hold > 0:
		d.Linger(func(left time.Duration) string { return d.Words.N("toast.sent", int(left/time.Second)) }, hold, undo)
	}
}

// explainBack is explain of what could not be taken back.
func (d Deps) explainBack(err error) {
	if desk.CodeOf(err) == desk.Conflict || desk.CodeOf(err) == desk.NotFound {
		d.Say(d.Words.T("toast.has_left"), nil)
		return
	}
	d.explain(err)
}

// withdraw takes back what stood in no composer.
func (d Deps) withdraw(ctx context.Context, id chat.MessageID) error {
	_, err := d.Desk.Withdraw(ctx, d.Who, id, 0)
	return err
}

// takeBackApart takes back what did not stand in the composer; back puts it where it was
// filled in. It works after the chat was left, too.
func (t *talk) takeBackApart(id chat.MessageID, back func()) {
	t.act(func(ctx context.Context) error { return t.withdraw(ctx, id) }, func(err error) {
		if err != nil {
			t.explainBack(err)
		} else {
			back()
			t.Done(t.Words.T("toast.taken_back"))
		}
		t.page.Refresh(t.load())
	})
}

// takeBack takes an answer back that has not left yet: its text and files stand in the
// composer again. It works after the chat was left, too.
func (t *talk) takeBack(a *answer) {
	var text string
	var kept desk.Draft
	var files []*attachment
	t.act(func(ctx context.Context) error {
		for _, p := range slices.Backward(a.parts) {
			if !p.left {
				continue
			}
			var draftOf chat.ConversationID
			if p.text {
				draftOf = t.id
			}
			draft, err := t.Desk.Withdraw(ctx, t.Who, p.id, draftOf)
			if err != nil {
				return err
			}
			p.left = false
			if p.text {
				text, kept = a.text, draft
			}
			if p.file != nil {
				files = append([]*attachment{p.file}, files...)
			}
		}
		return nil
	}, func(err error) {
		t.restore(text, kept, files, a.quote)
		t.page.Refresh(t.load())
		t.explainBack(err)
	})
}

// restore puts files and a quote back into the composer of this chat, before what stands
// there, and shows the text, which is in the draft that the desk keeps. The composer
// shows the answer then; a note that is being written stays beside it.
func (t *talk) restore(text string, kept desk.Draft, files []*attachment, quote chat.Message) {
	t.with.files = append(files, t.with.files...)
	if t.with.quoted.ID == 0 && (text != "" || len(files) > 0) {
		t.with.quoted = quote
	}
	if now := t.unsent.open; text != "" && now != nil { // perhaps left and opened again meanwhile
		now.draft.putBack(text, kept)
		now.note.show(false)
		now.changed()
	}
	t.changed()
}

// together is what a composer shows in which since stands, once the desk has put a text
// that was taken back before the draft it keeps: that draft, if it was read by then.
func together(text, since string, kept desk.Draft) string {
	if since == kept.Text {
		return kept.Text
	}
	return before(text, since)
}

// before is a text that was taken back, and what was typed since.
func before(text, since string) string { return strings.TrimSpace(text + "\n" + since) }

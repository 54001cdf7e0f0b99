package inbox

import (
	"context"
	"strings"
	"time"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// saveAfter is how long after the last key a draft is saved.
const saveAfter = 400 * time.Millisecond

// draft is what stands in the composer of one chat.
type draft struct {
	talk  *talk
	text  string
	saved bool // text is what the desk keeps
	known bool // the desk's draft was read, or the person typed before that
	save  *live.Debounce
}

func newDraft(t *talk) draft {
	return draft{talk: t, save: live.NewDebounce(t.scope, saveAfter, func() { t.draft.store() })}
}

// load puts the kept draft into an empty composer.
func (d *draft) load() {
	t := d.talk
	var kept desk.Draft
	t.line.Do(t.scope, func(ctx context.Context) (err error) {
		kept, err = t.Desk.Draft(ctx, t.Who, t.id)
		return err
	}, func(err error) {
		if err != nil {
			t.explain(err)
			return
		}
		if !d.known {
			d.read(kept)
			t.changed()
		}
	})
}

// read puts what the desk keeps into the composer.
func (d *draft) read(kept desk.Draft) {
	d.known, d.text, d.saved = true, kept.Text, kept.Text != ""
}

// putBack shows a text that the desk has put before the draft it keeps, and has it keep
// what was typed after that one, too.
func (d *draft) putBack(text string, kept desk.Draft) {
	all := kept.Text
	if d.known {
		all = together(text, d.text, kept)
	}
	if d.read(kept); all != kept.Text {
		d.text, d.saved = all, false
		d.store()
	}
}

func (d *draft) typed(text string) {
	if text == d.text {
		return
	}
	d.text, d.saved, d.known = text, false, true
	d.talk.retyped()
	d.save.Trigger()
}

// flush saves at once what waits to be saved. An answer on its way may yet be
// refused, and nobody may be here any more to see it.
func (d *draft) flush() {
	if d.save.Stop() || d.talk.sending != nil {
		d.store()
	}
}

// store keeps what stands in the composer, without an answer that has left by
// then.
func (d *draft) store() {
	t, text, before := d.talk, d.text, d.talk.sending
	t.act(func(ctx context.Context) error {
		if before != nil && before.left {
			text = before.beyond(text)
		}
		return t.Desk.SaveDraft(ctx, t.Who, t.id, text)
	}, func(err error) {
		if err != nil {
			t.explain(err)
			return
		}
		if d.text == text {
			d.saved = text != ""
			t.changed()
		}
	})
}

// answer is what stands in the composer, on its way to the desk.
type answer struct {
	text  string
	parts []*part
	left  bool          // the desk has the text; for what comes later in the line
	at    time.Time     // when it is to leave; zero: now
	hold  time.Duration // how long it can be taken back
	quote chat.Message  // what it answers; ID 0: nothing
}

// beyond is what was typed after the answer.
func (a *answer) beyond(text string) string {
	rest, _ := strings.CutPrefix(strings.TrimSpace(text), a.text)
	return strings.TrimSpace(rest)
}

// send sends what stands in the composer, and its files. It all stays there until
// the desk has it; what is typed meanwhile stays.
func (t *talk) send() { t.sendAt(time.Time{}) }

// sendAt is send of what leaves at a moment; zero: now, or once it cannot be taken
// back any more.
func (t *talk) sendAt(at time.Time) {
	a := &answer{text: strings.TrimSpace(t.draft.text), at: at, quote: t.with.quoted}
	if at.IsZero() {
		a.hold = t.holdIn(t.conv)
	}
	if state, _ := t.with.state(); state != kit.LoadComing {
		a.parts = t.with.parts(a.text)
	}
	if len(a.parts) == 0 || t.sending != nil {
		return
	}
	for _, p := range a.parts {
		p.answer.At, p.answer.Hold, p.answer.KeepDraft = a.at, a.hold, a.text != "" && !p.text
	}
	t.name(a.parts)
	t.acted, t.sending = true, a
	t.draft.save.Stop()
	t.changed()
	t.act(func(ctx context.Context) error { return t.deliver(ctx, a) }, func(err error) {
		t.returned(a)
		if err != nil {
			t.draft.save.Trigger()
			t.explain(err)
		} else {
			t.tookAt, t.told.typedAt = t.now(), time.Time{}
		}
		if a.left || err == nil {
			t.draft.sent(a)
			t.toNewest() // where the message stands
		}
		t.offerBack(a)
		t.page.Refresh(t.load())
		t.changed()
	})
}

// deliver hands the parts of an answer over in their order, up to the first that
// is refused.
func (t *talk) deliver(ctx context.Context, a *answer) error {
	for _, p := range a.parts {
		id, err := t.Desk.Send(ctx, t.Who, t.id, p.answer, p.token)
		if err != nil {
			return err
		}
		p.left, p.id = true, id
		a.left = a.left || p.text
	}
	return nil
}

// sent takes out what has left. The rest was typed since and becomes a draft.
func (d *draft) sent(a *answer) {
	d.text, d.saved = a.beyond(d.text), false
	if d.text != "" {
		d.save.Trigger()
	}
}

// sendApart sends what does not stand in the composer, and calls done once the desk
// has it; back, which done returns, puts it where it was filled in when it is taken
// back.
func (t *talk) sendApart(a desk.Answer, token string, done func() (back func())) {
	t.acted, a.KeepDraft = true, true
	switch {
	case !a.At.IsZero():
	case a.Template != nil: // it needs no window
		a.Hold = t.hold()
	default:
		a.Hold = t.holdIn(t.conv)
	}
	var id chat.MessageID
	t.do(func(ctx context.Context) (err error) {
		id, err = t.Desk.Send(ctx, t.Who, t.id, a, token)
		return err
	}, func() {
		t.tookAt = t.now()
		back := done()
		t.offerUndo(a.At, a.Hold, func() { t.takeBackApart(id, back) })
	})
}

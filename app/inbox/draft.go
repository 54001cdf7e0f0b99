package inbox

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"shopbell/app/live"
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
	token string
	save  *live.Debounce
}

func newDraft(t *talk) draft {
	return draft{talk: t, save: live.NewDebounce(t.scope, saveAfter, func() { t.draft.store(t.scope.Do) })}
}

// load puts the kept draft into an empty composer.
func (d *draft) load() {
	t := d.talk
	var kept desk.Draft
	t.scope.Do(func(ctx context.Context) (err error) {
		kept, err = t.Desk.Draft(ctx, t.Who, t.id)
		return err
	}, func(err error) {
		if err != nil {
			t.explain(err)
			return
		}
		if !d.known {
			d.known, d.text, d.saved = true, kept.Text, kept.Text != ""
			t.changed()
		}
	})
}

func (d *draft) typed(text string) {
	if text == d.text {
		return
	}
	d.text, d.saved, d.known = text, false, true
	d.token = "" // another text is another message
	d.save.Trigger()
}

// flush saves at once what waits to be saved, and goes on when the chat closes.
func (d *draft) flush() {
	if d.save.Stop() {
		t := d.talk
		d.store(func(work func(context.Context) error, done func(error)) {
			t.Scope.Finish(leaveWithin, work, done)
		})
	}
}

func (d *draft) store(run func(work func(context.Context) error, done func(error))) {
	t, text := d.talk, d.text
	run(func(ctx context.Context) error { return t.Desk.SaveDraft(ctx, t.Who, t.id, text) }, func(err error) {
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

// send sends what stands in the composer. The text stays there until the desk
// has it; what is typed meanwhile stays.
func (t *talk) send() {
	text := strings.TrimSpace(t.draft.text)
	if text == "" || t.sending {
		return
	}
	if t.draft.token == "" {
		t.draft.token = rand.Text()
	}
	token := t.draft.token
	t.acted, t.sending = true, true
	t.draft.save.Stop()
	t.changed()
	t.scope.Do(func(ctx context.Context) error {
		_, err := t.Desk.Send(ctx, t.Who, t.id, text, token)
		if desk.CodeOf(err) != desk.LockedByOther {
			return err
		}
		// The lock ran out while the person was thinking: take it once more.
		if _, err := t.Desk.Take(ctx, t.Who, t.id); err != nil {
			return err
		}
		_, err = t.Desk.Send(ctx, t.Who, t.id, text, token)
		return err
	}, func(err error) {
		t.sending = false
		if err != nil {
			t.draft.save.Trigger()
			t.explain(err)
		} else {
			t.tookAt = t.now()
			t.draft.sent(text)
		}
		t.page.Refresh(t.load())
		t.changed()
	})
}

// sent takes out what has left. The rest was typed since and becomes a draft.
func (d *draft) sent(text string) {
	rest, _ := strings.CutPrefix(strings.TrimSpace(d.text), text)
	d.text, d.token, d.saved = strings.TrimSpace(rest), "", false
	if d.text != "" {
		d.save.Trigger()
	}
}

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

// offerBack tells when an answer leaves, and offers to take it back until then.
func (t *talk) offerBack(a *answer) {
	if !slices.ContainsFunc(a.parts, func(p *part) bool { return p.left }) {
		return
	}
	switch {
	case !a.at.IsZero():
		t.Say(t.Words.T("toast.scheduled", locale.Args{"When": t.Words.Deadline(a.at, t.now())}), func() { t.takeBack(a) })
	case a.hold > 0:
		t.Linger(func(left time.Duration) string { return t.Words.N("toast.sent", int(left/time.Second)) }, a.hold, func() { t.takeBack(a) })
	}
}

// takeBack takes an answer back that has not left yet: its text and files stand in the
// composer again. It works after the chat was left, too.
func (t *talk) takeBack(a *answer) {
	var text string
	var files []*attachment
	t.act(func(ctx context.Context) error {
		for _, p := range slices.Backward(a.parts) {
			if !p.left {
				continue
			}
			if err := t.Desk.Withdraw(ctx, t.Who, p.id); err != nil {
				return err
			}
			p.left = false
			if p.text {
				text = a.text
			}
			if p.file != nil {
				files = append([]*attachment{p.file}, files...)
			}
		}
		return nil
	}, func(err error) {
		t.restore(text, files, a.quote)
		t.page.Refresh(t.load())
		if desk.CodeOf(err) == desk.Conflict || desk.CodeOf(err) == desk.NotFound {
			t.Say(t.Words.T("toast.has_left"), nil)
		} else {
			t.explain(err)
		}
	})
}

// restore puts text, files and a quote back into the composer of this chat, before
// what stands there.
func (t *talk) restore(text string, files []*attachment, quote chat.Message) {
	t.with.files = append(files, t.with.files...)
	if t.with.quoted.ID == 0 && (text != "" || len(files) > 0) {
		t.with.quoted = quote
	}
	switch now := t.unsent.open; {
	case text == "":
	case now != nil: // perhaps left and opened again meanwhile
		now.draft.text, now.draft.saved, now.draft.known = before(text, now.draft.text), false, true
		now.draft.store()
		now.changed()
	default: // left; what this talk knows of the draft may be old
		t.act(func(ctx context.Context) error {
			kept, err := t.Desk.Draft(ctx, t.Who, t.id)
			if err != nil {
				return err
			}
			return t.Desk.SaveDraft(ctx, t.Who, t.id, before(text, kept.Text))
		}, t.explain)
	}
	t.changed()
}

// before is a text that was taken back, and what was typed since.
func before(text, since string) string { return strings.TrimSpace(text + "\n" + since) }

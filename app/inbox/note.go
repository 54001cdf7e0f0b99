package inbox

import (
	"context"
	"crypto/rand"
	"strings"

	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// jotting is a note that is being written beside the answer of one chat. It has a
// draft of its own, and is written where an answer is barred, too.
type jotting struct {
	talk  *talk
	on    bool // the composer shows the note, not the answer
	text  string
	saved bool   // text is what the desk keeps
	known bool   // the desk's draft was read, or the person typed before that
	token string // of the note as it stands: a second try is the same one
	busy  bool
	save  *live.Debounce
}

func newJotting(t *talk) jotting {
	return jotting{talk: t, token: rand.Text(), save: live.NewDebounce(t.scope, saveAfter, func() { t.note.store() })}
}

// show has the composer show the note, or the answer again.
func (j *jotting) show(on bool) {
	if j.on == on {
		return
	}
	j.on = on
	if on && !j.known {
		j.load()
	}
	j.talk.changed()
}

// load puts the kept draft into an empty note.
func (j *jotting) load() {
	t := j.talk
	var kept desk.Draft
	t.line.Do(t.scope, func(ctx context.Context) (err error) {
		kept, err = t.Desk.NoteDraft(ctx, t.Who, t.id)
		return err
	}, func(err error) {
		if err != nil {
			t.explain(err)
			return
		}
		if !j.known {
			j.read(kept)
			t.changed()
		}
	})
}

// read puts what the desk keeps into the note.
func (j *jotting) read(kept desk.Draft) {
	j.known, j.text, j.saved = true, kept.Text, kept.Text != ""
}

func (j *jotting) typed(text string) {
	if text == j.text {
		return
	}
	j.text, j.saved, j.known, j.token = text, false, true, rand.Text()
	j.save.Trigger()
}

// flush saves at once what waits to be saved.
func (j *jotting) flush() {
	if j.save.Stop() {
		j.store()
	}
}

func (j *jotting) store() {
	t, text := j.talk, j.text
	t.act(func(ctx context.Context) error { return t.Desk.SaveNoteDraft(ctx, t.Who, t.id, text) }, func(err error) {
		if err != nil {
			t.explain(err)
			return
		}
		if j.text == text {
			j.saved = text != ""
			t.changed()
		}
	})
}

// keep adds the note to the chat; the toast takes it back.
func (j *jotting) keep() {
	t, text, token := j.talk, strings.TrimSpace(j.text), j.token
	if text == "" || j.busy {
		return
	}
	j.busy = true
	j.save.Stop()
	var id chat.MessageID
	t.act(func(ctx context.Context) (err error) {
		id, err = t.Desk.AddNote(ctx, t.Who, t.id, text, token)
		return err
	}, func(err error) {
		j.busy = false
		if err != nil {
			j.save.Trigger()
			t.explain(err)
			return
		}
		if strings.TrimSpace(j.text) == text {
			j.text, j.saved, j.token = "", false, rand.Text()
		}
		j.on = false
		t.Say(t.Words.T("toast.noted"), func() { j.takeBack(id, text) })
		t.page.Refresh(t.load())
		t.changed()
	})
}

// takeBack removes the note and puts its text back, before what was typed since. It
// works after the chat was left, too.
func (j *jotting) takeBack(id chat.MessageID, text string) {
	t := j.talk
	var kept desk.Draft
	t.do(func(ctx context.Context) (err error) {
		kept, err = t.Desk.RemoveNote(ctx, t.Who, id)
		return err
	}, func() {
		if now := t.unsent.open; now != nil { // perhaps left and opened again meanwhile
			now.note.putBack(text, kept)
			now.changed()
		}
	})
}

// putBack is draft.putBack of a note, which the composer shows then.
func (j *jotting) putBack(text string, kept desk.Draft) {
	all := kept.Text
	if j.known {
		all = together(text, j.text, kept)
	}
	j.on, j.token = true, rand.Text()
	if j.read(kept); all != kept.Text {
		j.text, j.saved = all, false
		j.store()
	}
}

// noteHead is the beginning of a note as the house writes them: date and time, what
// the customer asks about, how it stands (mission T7).
func (t *talk) noteHead() string {
	now := t.now()
	state := t.Words.T("note.answered")
	switch {
	case t.conv.State == chat.StateResolved:
		state = t.Words.T("note.resolved")
	case !t.conv.WaitingSince.IsZero():
		state = t.Words.T("note.waits", locale.Args{"Wait": t.Words.Wait(now.Sub(t.conv.WaitingSince))})
	}
	kind := t.Words.T("note.no_kind")
	if t.conv.Question != "" {
		kind = t.Words.Question(t.conv.Question)
	}
	return t.Words.T("note.head", locale.Args{"Date": t.Words.Stamp(now), "Kind": kind, "State": state})
}

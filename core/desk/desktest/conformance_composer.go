package desktest

import (
	"errors"
	"slices"
	"strings"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/staff"
)

// messages are those of a chat.
func (b *bench) messages(id chat.ConversationID) []chat.Message {
	b.Helper()
	page, err := b.Desk.Chat(b.Context(), b.Anna, id, 0, 500)
	b.want(err, "", "reading a chat")
	return page.Messages
}

func (b *bench) notes() {
	ctx := b.Context()
	id := b.Write(b.T, 0, "hello")
	_, err := b.Desk.Take(ctx, b.Pedro, id)
	b.want(err, "", "Pedro takes")
	b.Forward(chat.MetaWindow) // neither his lock nor the window is there any more for an answer
	_, err = b.Desk.Take(ctx, b.Pedro, id)
	b.want(err, "", "Pedro takes again")
	b.want(b.Desk.SaveNoteDraft(ctx, b.Anna, id, "Third"), "", "Anna types a note")
	b.want(b.Desk.SaveDraft(ctx, b.Anna, id, "Hello"), "", "Anna types an answer")
	before := b.row(id)

	m, err := b.Desk.AddNote(ctx, b.Anna, id, " Third size question\n", "t")
	b.want(err, "", "Anna notes")
	again, err := b.Desk.AddNote(ctx, b.Anna, id, "Third size question", "t")
	if b.want(err, "", "the same token"); again != m {
		b.Errorf("the same token made another note: %d after %d", again, m)
	}
	list := b.messages(id)
	if n := list[len(list)-1]; n.ID != m || n.Kind != chat.KindNote || n.Text != "Third size question" || n.AgentName != b.Anna.Name || n.Status != chat.StatusNone {
		b.Errorf("the last message is %+v, want the note", n)
	}
	after := b.row(id)
	if !after.WaitingSince.Equal(before.WaitingSince) || after.Unread != before.Unread || after.Preview != before.Preview ||
		after.Lock != before.Lock || !after.LastInbound.Equal(before.LastInbound) {
		b.Errorf("a note changed the row from %+v to %+v", before, after)
	}
	if d, err := b.Desk.NoteDraft(ctx, b.Anna, id); err != nil || d.Text != "" {
		b.Errorf("the draft of the note is %q (%v), want none", d.Text, err)
	}
	if d, err := b.Desk.Draft(ctx, b.Anna, id); err != nil || d.Text != "Hello" {
		b.Errorf("the draft of the answer is %q (%v), want it kept", d.Text, err)
	}
	for what, text := range map[string]string{"blank": " \n", "over the limit": strings.Repeat("😀", desk.MaxNote/2) + "x"} {
		_, err := b.Desk.AddNote(ctx, b.Anna, id, text, "")
		b.want(err, desk.Invalid, "a note that is "+what)
	}
	_, err = b.Desk.AddNote(ctx, b.Anna, 999, "x", "")
	b.want(err, desk.NotFound, "a note nowhere")
}

func (b *bench) notesTakenBack() {
	ctx := b.Context()
	id := b.Write(b.T, 0, "hello")
	m, err := b.Desk.AddNote(ctx, b.Anna, id, "x", "")
	b.want(err, "", "Anna notes")
	remove := func(who desk.Actor, id chat.MessageID, want desk.Code, what string) desk.Draft {
		d, err := b.Desk.RemoveNote(ctx, who, id)
		b.want(err, want, what)
		return d
	}
	remove(b.Pedro, m, desk.Conflict, "Pedro takes her note back")
	b.want(b.Desk.SaveNoteDraft(ctx, b.Anna, id, "and more"), "", "Anna types since")
	before := len(b.messages(id))
	told := remove(b.Anna, m, "", "Anna takes it back")
	if n := len(b.messages(id)); n != before-1 {
		b.Errorf("there are %d messages, want %d", n, before-1)
	}
	remove(b.Anna, m, desk.NotFound, "once more")
	if d, err := b.Desk.NoteDraft(ctx, b.Anna, id); err != nil || d.Text != "x\nand more" || told.Text != d.Text {
		b.Errorf("her draft is %q (%v), told was %q", d.Text, err, told.Text)
	}
	late, err := b.Desk.AddNote(ctx, b.Anna, id, "y", "")
	b.want(err, "", "Anna notes")
	b.Forward(desk.NoteUndo + time.Second)
	remove(b.Anna, late, desk.Conflict, "too late")
	remove(b.Anna, b.send(b.Anna, id, "yes"), desk.NotFound, "what is no note")
}

func (b *bench) quickReplies() {
	ctx := b.Context()
	editor := b.Anna
	id, err := b.Desk.SaveQuickReply(ctx, editor, desk.QuickReply{Shortcut: " size ", Title: "Sizes", Text: "Hello, {name}!"})
	b.want(err, "", "keeping one")
	_, err = b.Desk.SaveQuickReply(ctx, editor, desk.QuickReply{Shortcut: "Bye", Title: "Good bye", Text: "Bye"})
	b.want(err, "", "keeping another")
	_, err = b.Desk.SaveQuickReply(ctx, editor, desk.QuickReply{Shortcut: "SIZE", Title: "x", Text: "x"})
	b.want(err, desk.Conflict, "a shortcut that is there")
	for field, q := range map[string]desk.QuickReply{
		"shortcut": {Shortcut: "a b", Title: "x", Text: "x"},
		"title":    {Shortcut: "a", Text: "x"},
		"text":     {Shortcut: "a", Title: "x", Text: strings.Repeat("x", chat.MaxText+1)},
	} {
		_, err := b.Desk.SaveQuickReply(ctx, editor, q)
		b.want(err, desk.Invalid, "a bad "+field)
	}
	_, err = b.Desk.SaveQuickReply(ctx, editor, desk.QuickReply{ID: id, Shortcut: "Size", Title: "Sizes", Text: "Hello!"})
	b.want(err, "", "changing one")
	_, err = b.Desk.SaveQuickReply(ctx, editor, desk.QuickReply{ID: 999, Shortcut: "z", Title: "z", Text: "z"})
	b.want(err, desk.NotFound, "changing none")

	list, err := b.Desk.QuickReplies(ctx, b.Pedro)
	b.want(err, "", "reading")
	read := list[1]
	read.Title = "Sizes of shoes"
	_, err = b.Desk.SaveQuickReply(ctx, editor, read)
	b.want(err, "", "changing what was read")
	_, err = b.Desk.SaveQuickReply(ctx, editor, read)
	b.want(err, desk.Conflict, "changing what somebody changed since")
	if e, ok := errors.AsType[*desk.Error](err); !ok || e.Field != "version" {
		b.Errorf("the fault is %v, and not of the version", err)
	}
	var got []string
	for _, q := range list {
		got = append(got, q.Shortcut+": "+q.Text)
	}
	if want := []string{"Bye: Bye", "Size: Hello!"}; !slices.Equal(got, want) {
		b.Errorf("there are %q, want %q", got, want)
	}
	if b.Pedro.Role == staff.Operator {
		_, err = b.Desk.SaveQuickReply(ctx, b.Pedro, desk.QuickReply{Shortcut: "p", Title: "p", Text: "p"})
		b.want(err, desk.Forbidden, "an operator keeps one")
		b.want(b.Desk.DeleteQuickReply(ctx, b.Pedro, id), desk.Forbidden, "an operator deletes one")
	}
	b.want(b.Desk.DeleteQuickReply(ctx, editor, id), "", "deleting")
	b.want(b.Desk.DeleteQuickReply(ctx, editor, id), desk.NotFound, "deleting once more")
}

// takeBack has an answer taken back for good.
func (b *bench) takeBack(who desk.Actor, id chat.MessageID, want desk.Code, what string) {
	b.Helper()
	_, err := b.Desk.Withdraw(b.Context(), who, id, 0)
	b.want(err, want, what)
}

func (b *bench) takenBack() {
	ctx := b.Context()
	id := b.Write(b.T, 0, "hello")
	before := b.row(id)
	said, err := b.Desk.Chat(ctx, b.Anna, id, 0, 1)
	b.want(err, "", "reading the chat")
	hold := func(d time.Duration) (chat.MessageID, error) {
		return b.Desk.Send(ctx, b.Anna, id, desk.Answer{Text: "yes", Hold: d}, "")
	}
	m, err := hold(desk.MaxHold)
	b.want(err, "", "Anna sends")
	if v := b.row(id); !v.WaitingSince.IsZero() || v.Preview.Text != "yes" {
		b.Errorf("after the answer the row is %+v", v)
	}
	b.takeBack(b.Pedro, m, desk.LockedByOther, "Pedro takes it back")
	b.takeBack(b.Anna, m, "", "Anna takes it back")
	after := b.row(id)
	if !after.WaitingSince.Equal(before.WaitingSince) || after.Preview != before.Preview || !after.LastAt.Truncate(time.Second).Equal(said.Messages[0].At.Truncate(time.Second)) || !after.PersonAt.Equal(before.PersonAt) {
		b.Errorf("the row is\n%+v, want\n%+v", after, before)
	}
	if !after.Lock.HeldBy(int64(b.Anna.Agent), b.Now()) {
		b.Error("Anna lost the lock with her answer")
	}
	_, err = b.Desk.Message(ctx, b.Anna, m)
	b.want(err, desk.NotFound, "reading what was taken back")
	b.takeBack(b.Anna, m, desk.NotFound, "once more")
	for _, d := range []time.Duration{-time.Second, desk.MaxHold + time.Second} {
		_, err := hold(d)
		b.want(err, desk.Invalid, "holding for "+d.String())
	}
	left, err := hold(time.Second)
	b.want(err, "", "Anna sends again")
	b.Forward(2 * time.Second)
	b.want(b.Desk.TryNow(ctx, b.Anna), "", "trying now")
	b.Await(b.T, left, chat.StatusRead)
	b.takeBack(b.Anna, left, desk.Conflict, "taking back what has left")
	first, err := hold(desk.MaxHold)
	b.want(err, "", "Anna sends once more")
	b.send(b.Anna, id, "and")
	b.takeBack(b.Anna, first, desk.Conflict, "taking back what had to leave before another")
}

func (b *bench) takenBackToDraft() {
	ctx := b.Context()
	id := b.Write(b.T, 0, "hello")
	held := func(text string) chat.MessageID {
		m, err := b.Desk.Send(ctx, b.Anna, id, desk.Answer{Text: text, Hold: desk.MaxHold}, "")
		b.want(err, "", "Anna sends "+text)
		return m
	}
	other := b.Write(b.T, 1, "hello")
	back := func(m chat.MessageID, draftOf chat.ConversationID, want string) {
		d, err := b.Desk.Withdraw(ctx, b.Anna, m, draftOf)
		if b.want(err, "", "Anna takes it back"); d.Text != want || d.At.IsZero() != (want == "") {
			b.Errorf("her draft is told to be %+v, want %q", d, want)
		}
	}
	b.want(b.Desk.SaveDraft(ctx, b.Pedro, id, "his"), "", "Pedro types")
	back(held("no"), 0, "")
	b.draft(b.Anna, id, "")
	yes := held("yes")
	_, err := b.Desk.Withdraw(ctx, b.Anna, yes, 999)
	b.want(err, desk.NotFound, "into a draft nowhere")
	back(yes, id, "yes")
	_, err = b.Desk.Withdraw(ctx, b.Anna, yes, id)
	b.want(err, desk.NotFound, "once more")
	b.draft(b.Anna, id, "yes")
	back(held("elsewhere"), other, "elsewhere")
	b.draft(b.Anna, id, "")
	of := held("of course")
	b.want(b.Desk.SaveDraft(ctx, b.Anna, id, "and more"), "", "Anna types since")
	_, err = b.Desk.Withdraw(ctx, b.Pedro, of, id)
	b.want(err, desk.LockedByOther, "Pedro takes it back")
	b.draft(b.Anna, id, "and more")
	back(of, id, "of course\nand more")
	b.draft(b.Anna, id, "of course\nand more")
	b.draft(b.Pedro, id, "his")
}

func (b *bench) scheduled() {
	ctx := b.Context()
	id := b.Write(b.T, 0, "hello")
	at := b.Now().Add(time.Hour).Truncate(time.Second)
	put := func(at time.Time) (chat.MessageID, error) {
		return b.Desk.Send(ctx, b.Anna, id, desk.Answer{Text: "good morning", At: at}, "")
	}
	m, err := put(at)
	b.want(err, "", "Anna schedules")
	if v := b.row(id); v.WaitingSince.IsZero() || v.Preview.Text != "hello" {
		b.Errorf("a scheduled answer is taken for one that was sent: %+v", v)
	}
	now := b.send(b.Anna, id, "a moment, please")
	b.Await(b.T, now, chat.StatusRead)
	list := b.messages(id)
	if last := list[len(list)-1]; last.ID != m || last.Status != chat.StatusScheduled || !last.GoesAt.Equal(at) || last.Asks {
		b.Errorf("the last message is %+v, want the scheduled one", last)
	}
	for what, at := range map[string]time.Time{"in the past": b.Now().Add(-time.Second), "in a year": b.Now().Add(365 * 24 * time.Hour)} {
		_, err := put(at)
		b.want(err, desk.Invalid, "scheduling "+what)
		b.want(b.Desk.Reschedule(ctx, b.Anna, m, at), desk.Invalid, "putting it "+what)
	}
	_, err = put(b.Now().Add(chat.MetaWindow + time.Second))
	b.want(err, desk.WindowClosed, "scheduling after the window")
	later := at.Add(time.Hour)
	b.want(b.Desk.Reschedule(ctx, b.Anna, m, later), "", "putting it later")
	b.Forward(time.Hour + time.Minute)
	b.want(b.Desk.TryNow(ctx, b.Anna), "", "trying now")
	if got := b.message(m); got.Status != chat.StatusScheduled || !got.GoesAt.Equal(later) {
		b.Errorf("before its moment it is %+v", got)
	}
	b.Forward(time.Hour)
	b.want(b.Desk.TryNow(ctx, b.Anna), "", "trying now")
	b.Await(b.T, m, chat.StatusRead)
	if v := b.row(id); !v.WaitingSince.IsZero() || v.Preview.Text != "good morning" {
		b.Errorf("after it left the row is %+v", v)
	}
	b.want(b.Desk.Reschedule(ctx, b.Anna, m, b.Now().Add(time.Hour)), desk.Conflict, "putting off what has left")
}

func (b *bench) scheduledAsks() {
	ctx := b.Context()
	id := b.Write(b.T, 0, "hello")
	m, err := b.Desk.Send(ctx, b.Anna, id, desk.Answer{Text: "good morning", At: b.Now().Add(time.Hour)}, "")
	b.want(err, "", "Anna schedules")
	b.Write(b.T, 0, "never mind")
	if got := b.message(m); !got.Asks {
		b.Errorf("after the customer wrote it is %+v, want that it asks", got)
	}
	b.Forward(2 * time.Hour)
	b.want(b.Desk.TryNow(ctx, b.Anna), "", "trying now")
	if got := b.message(m); got.Status != chat.StatusScheduled {
		b.Errorf("it left unasked: %+v", got)
	}
	b.want(b.Desk.Reschedule(ctx, b.Anna, m, b.Now().Add(time.Hour)), "", "sending it all the same, later")
	if got := b.message(m); got.Asks {
		b.Errorf("it asks again: %+v", got)
	}
	b.Forward(chat.LockFor)
	b.want(b.Desk.SendNow(ctx, b.Pedro, m), "", "Pedro sends it now: the lock has ended")
	b.Await(b.T, m, chat.StatusRead)
	b.want(b.Desk.SendNow(ctx, b.Pedro, m), desk.Conflict, "once more")

	c, err := b.Desk.Send(ctx, b.Pedro, id, desk.Answer{Text: "and", At: b.Now().Add(time.Hour)}, "")
	b.want(err, "", "Pedro schedules")
	b.takeBack(b.Pedro, c, "", "cancelling")
	if list := b.messages(id); slices.ContainsFunc(list, func(m chat.Message) bool { return m.ID == c }) {
		b.Error("what was cancelled is still there")
	}
}

func (b *bench) closing() {
	ctx := b.Context()
	first := b.Write(b.T, 0, "hello")
	b.Forward(10 * time.Minute)
	second := b.Write(b.T, 1, "hello")
	answered := b.Write(b.T, 2, "hello")
	b.Await(b.T, b.send(b.Anna, answered, "yes"), chat.StatusRead)
	closing := func() (ids []chat.ConversationID) {
		b.Helper()
		for after := ""; ; {
			page, err := b.Desk.List(ctx, b.Anna, desk.ListQuery{Filter: desk.FilterClosing, After: after, Limit: 1})
			b.want(err, "", "listing")
			for _, v := range page.Rows {
				ids = append(ids, v.ID)
			}
			if after = page.Next; after == "" {
				break
			}
		}
		n, err := b.Desk.Counts(ctx, b.Anna)
		if b.want(err, "", "counting"); n.Closing != len(ids) {
			b.Errorf("%d are counted, and %d listed", n.Closing, len(ids))
		}
		return ids
	}
	for _, step := range []struct {
		ahead time.Duration
		want  []chat.ConversationID
	}{
		{0, nil},
		{chat.MetaWindow - desk.ClosingSoon - 5*time.Minute, []chat.ConversationID{first}},
		{10 * time.Minute, []chat.ConversationID{first, second}},
		{desk.ClosingSoon - 10*time.Minute, []chat.ConversationID{second}},
		{10 * time.Minute, nil},
	} {
		b.Forward(step.ahead)
		if got := closing(); !slices.Equal(got, step.want) {
			b.Errorf("after %s more the windows of %v end soon, want %v", step.ahead, got, step.want)
		}
	}
}

package desktest

import (
	"context"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/rulebench"
)

func (b *bench) benchingRules() {
	ctx := b.Context()
	b.saveRules(answering("alpha", "in force"))
	b.Write(b.T, 0, "is there bravo?")
	b.Forward(time.Hour)
	draft := answering("bravo", "a draft")
	for hits, file := range map[int]*autoreply.File{0: nil, 1: &draft} {
		r, err := b.Desk.BenchRules(ctx, b.Pedro, file, 7)
		b.want(err, "", "running the rules")
		if r.Questions != 1 || r.Answered != hits || len(r.Rules) != 1 || r.Rules[0].Hits != hits || r.To.Sub(r.From).Hours() < 6*24 {
			b.Errorf("the report is %+v, want %d hits", r, hits)
		}
	}
	_, err := b.Desk.BenchRules(ctx, b.Pedro, nil, 8)
	b.want(err, desk.Invalid, "a period that is not known")
	bad := answering("alpha", "")
	_, err = b.Desk.BenchRules(ctx, b.Pedro, &bad, 30)
	b.want(err, desk.Invalid, "an empty reply")
	ended, end := context.WithCancel(ctx)
	end()
	_, err = b.Desk.BenchRules(ended, b.Pedro, nil, 90)
	b.want(err, desk.Unavailable, "a call that is over")
}

func (b *bench) firstQuestions() {
	ctx := b.Context()
	first, second := b.Write(b.T, 0, "is there bravo?"), b.Write(b.T, 1, "and alpha?")
	b.Write(b.T, 0, "hello?")
	list, err := b.Desk.FirstQuestions(ctx, b.Pedro, []chat.ConversationID{second, second + 1000, first})
	b.want(err, "", "reading what chats began with")
	if len(list) != 2 || list[0].Text != "and alpha?" || list[1].Conversation != first || list[1].Text != "is there bravo?" || list[1].Contact != b.row(first).Contact {
		b.Errorf("they began with %+v", list)
	}
	_, err = b.Desk.FirstQuestions(ctx, b.Pedro, make([]chat.ConversationID, rulebench.MaxChats+1))
	b.want(err, desk.Invalid, "more chats than a report names")
}

func (b *bench) answeredAlone() {
	b.saveRules(answering("alpha", "one"))
	for customer, text := range []string{"bravo?", "charlie?"} {
		id := b.Write(b.T, customer, text)
		if customer == 0 {
			b.send(b.Anna, id, "yes")
		}
		b.want(b.Desk.Resolve(b.Context(), b.Anna, id), "", "resolving")
	}
	share, err := b.Desk.AnsweredAlone(b.Context(), b.Pedro, b.Now().AddDate(0, 0, -30))
	if want := (desk.AloneShare{Resolved: 2, Alone: 1}); err != nil || share != want {
		b.Errorf("with no person are %+v, %v, want %+v", share, err, want)
	}
}

package desktest

import (
	"strings"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

func (b *bench) ratings() {
	ctx := b.Context()
	asked := func() desk.RatingQuestion {
		b.Helper()
		q, err := b.Desk.RatingQuestion(ctx, b.Pedro)
		b.want(err, "", "asking")
		return q
	}
	first := asked()
	if first.On || first.Text == "" {
		b.Errorf("at first it is %+v, want a question that is off", first)
	}
	b.want(b.Desk.SetRatings(ctx, b.Anna, true), "", "switching it on")
	if got, want := asked(), (desk.RatingQuestion{On: true, Text: first.Text}); got != want {
		b.Errorf("switched on it is %+v, want %+v", got, want)
	}
	own := desk.RatingQuestion{On: true, Text: "Were you happy?"}
	b.want(b.Desk.SetRatingText(ctx, b.Anna, "  Were you happy?\n"), "", "an own question")
	if got := asked(); got != own {
		b.Errorf("asked is %+v, want %+v", got, own)
	}
	b.want(b.Desk.SetRatingText(ctx, b.Anna, strings.Repeat("t", chat.MaxInteractiveBody+1)), desk.Invalid, "a text that Meta does not take")
	if got := asked(); got != own {
		b.Errorf("after a refusal it is %+v, want %+v", got, own)
	}
	b.want(b.Desk.SetRatings(ctx, b.Anna, false), "", "switching it off")
	if got, want := asked(), (desk.RatingQuestion{Text: own.Text}); got != want {
		b.Errorf("switched off it is %+v, want %+v", got, want)
	}
	b.want(b.Desk.SetRatingText(ctx, b.Anna, ""), "", "no own question any more")
	if got := asked(); got != first {
		b.Errorf("without an own question it is %+v, want %+v", got, first)
	}
}

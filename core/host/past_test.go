package host_test

import (
	"testing"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/desk"
	"shopbell/core/learn"
	"shopbell/core/store/storetest"
)

// pastQuestion is a past chat of one question with its answer.
func pastQuestion() []learn.Message {
	at := time.Date(2025, 7, 14, 9, 30, 0, 0, time.UTC)
	return []learn.Message{{At: at, Text: "is there alpha?"}, {At: at, Place: 1, Shop: true, Text: "yes"}}
}

func TestWhoMayKeepAndErasePastChats(t *testing.T) {
	s := openShop(t, rulesFile("a=one"))
	ctx := t.Context()
	_, err := s.KeepPast(ctx, s.pedro, "one", pastQuestion())
	s.is(err, desk.Forbidden, "an operator keeps chats")
	_, err = s.KeepPast(ctx, s.anna, "one", pastQuestion())
	s.is(err, "", "the administrator keeps chats")
	_, err = s.ForgetPast(ctx, s.pedro)
	s.is(err, desk.Forbidden, "an operator erases them")
	kept, err := s.PastChats(ctx, s.pedro)
	s.is(err, "", "an operator asks what is kept")
	if kept.Messages != 2 {
		t.Errorf("kept are %+v", kept)
	}
	_, err = s.PastChats(ctx, s.olga)
	s.is(err, desk.Forbidden, "an analyst asks what is kept")
	_, err = s.BenchPast(ctx, s.olga, nil)
	s.is(err, desk.Forbidden, "an analyst runs the rules")
}

func TestPastChatsAreAudited(t *testing.T) {
	s := openShop(t)
	for range 2 {
		_, err := s.KeepPast(t.Context(), s.anna, "one", pastQuestion())
		s.is(err, "", "keeping")
	}
	for range 2 {
		_, err := s.ForgetPast(t.Context(), s.anna)
		s.is(err, "", "erasing")
	}
	for _, entry := range []string{"action = 'past.keep' AND subject = 'past:1'", "action = 'past.forget' AND subject = 'past'"} {
		if n := storetest.Count(t, s.file(), "audit WHERE allowed AND "+entry); n != 1 {
			t.Errorf("%d entries with %s, want 1: the second time nothing changed", n, entry)
		}
	}
}

func TestAPhonesClockIsThatOfTheShop(t *testing.T) {
	s := openShop(t, rulesFile("a=one"))
	_, err := s.KeepPast(t.Context(), s.anna, "one", pastQuestion())
	s.is(err, "", "keeping")
	state, err := s.Rules(t.Context(), s.anna)
	s.is(err, "", "reading the rules")
	for zone, hour := range map[string]int{"Europe/Moscow": 6, "America/Sao_Paulo": 12} {
		state.File.Timezone = zone
		r, err := s.BenchPast(t.Context(), s.anna, &state.File)
		s.is(err, "", "running the rules")
		if r.From.UTC().Hour() != hour || r.From.UTC().Minute() != 30 {
			t.Errorf("in %s the phone showed 09:30 at %s", zone, r.From.UTC())
		}
	}
}

func TestCustomersAreAnsweredWhileChatsOfThePhoneAreKept(t *testing.T) {
	s := openShop(t, rulesFile("a=one"))
	s.save(keyword("alpha", autoreply.Variant{Text: "one"}))
	const pieces = 20 // 10,000 messages
	halfway, kept := make(chan struct{}), make(chan error, 1)
	go func() {
		at := time.Date(2025, 7, 14, 9, 30, 0, 0, time.UTC)
		for i := range pieces {
			piece := make([]learn.Message, desk.MaxPast)
			for n := range piece {
				piece[n] = learn.Message{At: at.Add(time.Duration(i) * time.Minute), Place: n, Shop: n%2 == 1, Text: "is there bravo?"}
			}
			if i == pieces/2 {
				close(halfway)
			}
			if _, err := s.KeepPast(t.Context(), s.anna, "one", piece); err != nil {
				kept <- err
				return
			}
		}
		kept <- nil
	}()
	<-halfway
	s.hear(emma, "is there alpha?")
	s.got(emma, 1)
	s.is(<-kept, "", "keeping")
	report, err := s.PastChats(t.Context(), s.anna)
	s.is(err, "", "asking what is kept")
	if report.Chats != 1 || report.Messages != pieces*desk.MaxPast {
		t.Errorf("kept are %+v", report)
	}
	page, err := s.List(t.Context(), s.anna, desk.ListQuery{Filter: desk.FilterAll})
	s.is(err, "", "reading the inbox")
	if len(page.Rows) != 1 {
		t.Errorf("there are %d chats in the inbox, want Emma's", len(page.Rows))
	}
}

package inbox

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/core/chat"
	"shopbell/core/desk/desktest"
)

func TestEveryRefusalOfMetaStandsUnderItsMessage(t *testing.T) {
	codes := []int{
		1, 2, 4, 80007, 130429, 131056, 131016, 131000, 131057, 133004, 133016, 131053, 131049, 131047,
		131026, 131050, 130472, 131030, 131021, 131062, 100, 131008, 131009, 131051, 131052, 135000,
		132000, 132001, 132005, 132007, 132012, 132015, 132016, 132068, 132069, 131064,
		131042, 131031, 368, 131048, 130497, 131037, 131045, 133005, 133006, 133008, 133009, 133010, 133015, 190, 3, 10, 200, 131005,
	}
	s := newStage(t)
	s.Open(desktest.Marina)
	id := s.talk.messages[5].ID
	said := map[string][]string{} // what is done with the codes of a sentence
	for _, code := range codes {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			s.desk.SetStatus(id, chat.StatusFailed, code)
			s.heard()
			b, want := s.bubbles()[4], s.bench.Deps.Words.Refusal(code, "")
			if b.Trouble != kit.TroubleFailed || b.Reason != want.String() || want.What == "" || want.Do == "" {
				t.Errorf("the bubble says %q, want %q and then %q", b.Reason, want.What, want.Do)
			}
			if got := len(b.Actions) == 1; got != want.Retry {
				t.Errorf("it can be tried again: %t, want %t", got, want.Retry)
			}
			s.chat.menu(keyOf(id), fyne.NewPos(0, 0))
			s.pick(t, "More")
			if said := s.bench.said; len(said) == 0 || said[len(said)-1] != want.More || s.bench.copied != want.More || want.More == "" {
				t.Errorf("More says %v and copies %q, want %q", s.bench.said, s.bench.copied, want.More)
			}
			done := "given up"
			switch chat.RefusalOf(code) {
			case chat.RefusalRetry, chat.RefusalPair, chat.RefusalSlow:
				done = "tried again"
			case chat.RefusalAccount, chat.RefusalRegistration, chat.RefusalToken:
				done = "everything stops"
			}
			if all := said[b.Reason]; !slices.Contains(all, done) {
				said[b.Reason] = append(all, done)
			}
		})
	}
	for sentence, done := range said {
		if len(done) > 1 {
			t.Errorf("%q stands for what is %v: what is handled differently must not sound the same", sentence, done)
		}
	}
}

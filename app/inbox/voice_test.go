package inbox

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/sound"
	"shopbell/core/chat"
	"shopbell/core/voice"
)

// speaker takes what is played. It has no clock: a test says what happens while
// something plays.
type speaker struct {
	// during is called once a sound has begun; what it returns is what became of it.
	during func(ctx context.Context, src voice.Samples, heard func(int)) error
	began  int
}

func (s *speaker) Play(ctx context.Context, src voice.Samples, heard func(int)) error {
	s.began++
	if err := s.during(ctx, src, heard); err != nil {
		return err
	}
	return ctx.Err()
}

// left is how many samples src still gives.
func left(src voice.Samples) (n int) {
	var part [4096]float32
	for {
		got, err := src.Read(part[:])
		n += got
		if err != nil {
			return n
		}
	}
}

const third = voice.Rate / 10 // of a recording, in samples

func TestPlayer(t *testing.T) {
	begin := func(t *testing.T) (*stage, string) {
		t.Helper()
		s := newStage(t)
		id := s.say(chat.Message{Kind: chat.KindAudio, Media: voiceOf(s.desk.PutFile(recording(t)))})
		return s, keyOf(id)
	}
	act := func(s *stage, key string, a kit.Act) {
		m, ok := s.talk.message(key)
		if !ok {
			t.Fatalf("no message %q", key)
		}
		s.talk.didAt(m, a)
	}
	press := func(s *stage, key string) { act(s, key, kit.ActPlay) }

	t.Run("it shows how far it is, and begins anew once it was heard", func(t *testing.T) {
		s, key := begin(t)
		var before, within kit.Voice
		s.speaker.during = func(_ context.Context, src voice.Samples, heard func(int)) error {
			before = s.lastVoice(t)
			heard(third)
			s.loop.Advance(playerLooks)
			within = s.lastVoice(t)
			if n := left(src); n != 3*third {
				t.Errorf("%d samples", n)
			}
			return nil
		}
		press(s, key)
		if before.Played != 0 || !before.Playing || before.Tip != "Pause" || before.Speed != "1×" {
			t.Errorf("at the beginning: %+v", before)
		}
		if within.Played < 0.3 || within.Played > 0.34 || within.Length != "0:00 / 0:01" {
			t.Errorf("after a third: %+v", within)
		}
		if v := s.lastVoice(t); v.Playing || v.Played != 0 || v.Length != "0:01" || v.Tip != "Play" {
			t.Errorf("at the end: %+v", v)
		}
	})
	t.Run("a pause keeps the place, and it goes on from there", func(t *testing.T) {
		s, key := begin(t)
		s.speaker.during = func(ctx context.Context, _ voice.Samples, heard func(int)) error {
			heard(third)
			press(s, key)
			if ctx.Err() == nil {
				t.Error("the sound goes on")
			}
			return ctx.Err()
		}
		press(s, key)
		if v := s.lastVoice(t); v.Playing || v.Played < 0.3 || len(s.said) != 0 {
			t.Fatalf("paused: %+v, said %v", v, s.said)
		}
		s.speaker.during = func(_ context.Context, src voice.Samples, _ func(int)) error {
			if n := left(src); n != 2*third {
				t.Errorf("it goes on with %d samples left", n)
			}
			return nil
		}
		press(s, key)
	})
	t.Run("a tap on the bars plays from there", func(t *testing.T) {
		s, key := begin(t)
		var got []int
		s.speaker.during = func(_ context.Context, src voice.Samples, _ func(int)) error {
			got = append(got, left(src))
			return nil
		}
		for _, part := range []float32{0.5, 0, 1} {
			s.talk.seekAt(key, part)
		}
		if fmt.Sprint(got) != fmt.Sprint([]int{3 * third / 2, 3 * third, 0}) {
			t.Errorf("%v samples", got)
		}
	})
	t.Run("another speed goes on from the place, and stays for the next note and chat", func(t *testing.T) {
		s, key := begin(t)
		s.speaker.during = func(ctx context.Context, _ voice.Samples, heard func(int)) error {
			heard(third)
			s.speaker.during = func(_ context.Context, src voice.Samples, heard func(int)) error {
				if n := left(src); n < third || n > third*7/4 { // 2 thirds in 1.5, and the blending
					t.Errorf("%d samples at the second speed", n)
				}
				heard(third)
				s.loop.Advance(playerLooks)
				if v := s.lastVoice(t); v.Speed != "1.5×" || v.Played < 0.75 || v.Played > 0.84 {
					t.Errorf("%+v", v)
				}
				return nil
			}
			act(s, key, kit.ActSpeed)
			return ctx.Err()
		}
		press(s, key)
		if s.speaker.began != 2 {
			t.Errorf("%d sounds began", s.speaker.began)
		}
		if s.Open(3); s.talk.player.speed != 1 {
			t.Errorf("the next chat has speed %d", s.talk.player.speed)
		}
		s.Open(1)
		for range 2 {
			act(s, key, kit.ActSpeed)
		}
		if s.talk.player.speed != 0 {
			t.Errorf("after the fastest comes speed %d", s.talk.player.speed)
		}
	})
	t.Run("the arrow keys go back and on, within the note", func(t *testing.T) {
		s, key := begin(t)
		var got []int
		again := func(_ context.Context, src voice.Samples, _ func(int)) error {
			got = append(got, left(src))
			return nil
		}
		s.speaker.during = func(ctx context.Context, _ voice.Samples, heard func(int)) error {
			heard(third)
			s.speaker.during = again
			act(s, key, kit.ActBack)
			return ctx.Err()
		}
		press(s, key)
		if fmt.Sprint(got) != fmt.Sprint([]int{3 * third}) {
			t.Errorf("back from a third it plays %v samples", got)
		}
		act(s, key, kit.ActForward)
		if v := s.lastVoice(t); v.Played != 1 || v.Playing || s.speaker.began != 2 {
			t.Errorf("on while it stands still: %+v after %d sounds", v, s.speaker.began)
		}
	})
	t.Run("one plays at a time", func(t *testing.T) {
		s, first := begin(t)
		second := keyOf(s.say(chat.Message{Kind: chat.KindAudio, Media: voiceOf(s.desk.PutFile(recording(t)))}))
		s.speaker.during = func(ctx context.Context, _ voice.Samples, _ func(int)) error {
			s.speaker.during = func(context.Context, voice.Samples, func(int)) error {
				if ctx.Err() == nil {
					t.Error("the first one goes on")
				}
				if v := s.lastVoice(t); !v.Playing {
					t.Errorf("the second: %+v", v)
				}
				return nil
			}
			press(s, second)
			return ctx.Err()
		}
		press(s, first)
		if s.speaker.began != 2 {
			t.Errorf("%d sounds began", s.speaker.began)
		}
	})
	t.Run("it stops when the chat is left", func(t *testing.T) {
		s, key := begin(t)
		s.speaker.during = func(ctx context.Context, _ voice.Samples, _ func(int)) error {
			s.Open(3)
			if ctx.Err() == nil {
				t.Error("the sound goes on")
			}
			return ctx.Err()
		}
		press(s, key)
		if s.speaker.began != 1 || len(s.said) != 0 {
			t.Errorf("%d sounds began, said %v", s.speaker.began, s.said)
		}
	})
	t.Run("without a sound output it opens in another program, and says so", func(t *testing.T) {
		s, key := begin(t)
		s.speaker.during = func(context.Context, voice.Samples, func(int)) error {
			return fmt.Errorf("%w: no card", sound.ErrNoOutput)
		}
		press(s, key)
		if len(s.outside.shown) != 1 || len(s.said) != 1 || s.said[0] != s.bench.Words.T("voice.no_output") {
			t.Errorf("shown %v, said %v", s.outside.shown, s.said)
		}
		if v := s.lastVoice(t); v.Playing || v.Speed != "" {
			t.Errorf("%+v", v)
		}
	})
	t.Run("a note that turns out to be broken does so, too", func(t *testing.T) {
		s, key := begin(t)
		s.speaker.during = func(context.Context, voice.Samples, func(int)) error {
			return fmt.Errorf("audio: %w", voice.ErrNotOpus)
		}
		press(s, key)
		if len(s.outside.shown) != 1 || len(s.said) != 1 || s.said[0] != s.bench.Words.T("voice.broken") {
			t.Errorf("shown %v, said %v", s.outside.shown, s.said)
		}
	})
	t.Run("what the desk cannot give is told, and opened nowhere", func(t *testing.T) {
		s, key := begin(t)
		s.desk.FailNext("Open", io.ErrClosedPipe)
		press(s, key)
		if s.speaker.began != 0 || len(s.outside.shown) != 0 || len(s.said) != 1 || s.lastVoice(t).Playing {
			t.Errorf("%d sounds began, shown %v, said %v", s.speaker.began, s.outside.shown, s.said)
		}
		s.speaker.during = func(context.Context, voice.Samples, func(int)) error { return nil }
		press(s, key)
		if s.speaker.began != 1 {
			t.Error("it cannot be played after that")
		}
	})
	t.Run("it is drawn as standing still once the desk has refused it, however late", func(t *testing.T) {
		b := newBench(t)
		var work []func()
		loop := b.loop.Loop()
		loop.Spawn = func(w func()) { work = append(work, w) }
		b.Scope = live.New(t.Context(), loop)
		var drawn []bool
		talk := &talk{Deps: b.Deps, scope: b.Scope}
		talk.player = newPlayer(talk)
		talk.changed = func() {
			v := kit.Voice{}
			talk.player.show(1, &v)
			drawn = append(drawn, v.Playing)
		}
		talk.player.toggle(chat.Message{ID: 1, Media: voiceOf("not there")})
		for _, w := range work {
			w()
		}
		if !slices.Equal(drawn, []bool{true, false}) {
			t.Errorf("drawn as playing: %v", drawn)
		}
	})
	t.Run("a note that is stopped while it is read begins anew", func(t *testing.T) {
		s, key := begin(t)
		s.speaker.during = func(context.Context, voice.Samples, func(int)) error { return errors.New("not now") }
		m, _ := s.talk.message(key)
		s.talk.player.message = m.ID // begun, and not read
		s.speaker.during = func(_ context.Context, src voice.Samples, _ func(int)) error {
			if n := left(src); n != 3*third {
				t.Errorf("%d samples", n)
			}
			return nil
		}
		press(s, key)
		if s.speaker.began != 1 {
			t.Errorf("%d sounds began", s.speaker.began)
		}
	})
	t.Run("our note says that it was played", func(t *testing.T) {
		s, _ := begin(t)
		m := s.talk.messages[len(s.talk.messages)-1]
		m.Author, m.Status = chat.AuthorAgent, chat.StatusPlayed
		if b, ok := s.talk.entry(m, s.bench.now()).(kit.Message); !ok || b.Foot != "Played" || b.Tick != kit.TickRead {
			t.Errorf("%+v", b)
		}
	})
}

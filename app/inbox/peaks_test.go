package inbox

import (
	"os"
	"slices"
	"testing"
	"time"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/core/chat"
)

// recording is a voice note of 0.3 seconds.
func recording(t *testing.T) []byte {
	t.Helper()
	content, err := os.ReadFile("../../core/voice/testdata/silk-wide.ogg")
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func voiceOf(file string) *chat.Media {
	return &chat.Media{MIME: "audio/ogg; codecs=opus", Voice: true, State: chat.MediaHere, File: file, Duration: time.Second}
}

// lastVoice is the voice note of the last message that is shown.
func (s *stage) lastVoice(t *testing.T) kit.Voice {
	t.Helper()
	v, ok := s.lastBubble(t).Content.(kit.Voice)
	if !ok {
		t.Fatalf("no voice note but %T", s.lastBubble(t).Content)
	}
	return v
}

func TestPeaks(t *testing.T) {
	t.Run("a voice note is drawn with its bars and its length once it was listened to, and once only", func(t *testing.T) {
		s := newStage(t)
		file := s.desk.PutFile(recording(t))
		s.say(chat.Message{Kind: chat.KindAudio, Media: voiceOf(file)})
		s.heard()
		v := s.lastVoice(t)
		if len(v.Peaks) != 15 || slices.Max(v.Peaks) != 255 || v.Length != "0:01" || !v.Plays || s.desk.Calls("Open") != 1 {
			t.Errorf("%+v after %d calls", v, s.desk.Calls("Open"))
		}
	})
	t.Run("what is none in spite of its type is opened in another program", func(t *testing.T) {
		s := newStage(t)
		s.say(chat.Message{Kind: chat.KindAudio, Media: voiceOf(s.desk.PutFile(pdf))})
		if v := s.lastVoice(t); v.Plays || v.Peaks != nil || v.Tip != "Open" || v.Length != "0:01" {
			t.Errorf("%+v", v)
		}
	})
	t.Run("what could not be read now can still be played later", func(t *testing.T) {
		s := newStage(t)
		s.say(chat.Message{Kind: chat.KindAudio, Media: voiceOf("not there")})
		if v := s.lastVoice(t); !v.Plays || v.Peaks != nil {
			t.Errorf("%+v", v)
		}
	})
	t.Run("other sounds are not listened to", func(t *testing.T) {
		s := newStage(t)
		m := voiceOf(s.desk.PutFile(recording(t)))
		m.MIME = "audio/mpeg"
		s.say(chat.Message{Kind: chat.KindAudio, Media: m})
		if v := s.lastVoice(t); v.Plays || s.desk.Calls("Open") != 0 {
			t.Errorf("%+v after %d calls", v, s.desk.Calls("Open"))
		}
	})
	t.Run("one note is listened to at a time, the one that was asked for last first", func(t *testing.T) {
		b := newBench(t)
		var waiting []func()
		loop := b.loop.Loop()
		loop.Spawn = func(work func()) { waiting = append(waiting, work) }
		b.Scope = live.New(t.Context(), loop)
		talk := &talk{Deps: b.Deps, scope: b.Scope, changed: func() {}, measures: measures{known: map[string]measured{}}}
		for _, file := range []string{"first", "second", "third"} {
			talk.measure(file)
		}
		if len(waiting) != 1 {
			t.Fatalf("%d are listened to at once", len(waiting))
		}
		waiting[0]()
		if !slices.Equal(talk.measures.wanted, []string{"second"}) || len(waiting) != 2 {
			t.Errorf("waiting are %v after %d began", talk.measures.wanted, len(waiting))
		}
	})
}

package inbox

import (
	"context"
	"strings"
	"time"

	"shopbell/app/kit"
	"shopbell/core/chat"
	"shopbell/core/voice"
)

// voiceBars is how many stretches a voice note is drawn in (design guide, B).
const voiceBars = 34

// measured is what is known of a voice note from its sound.
type measured struct {
	peaks  []uint8 // nil: being listened to, or broken
	length time.Duration
	broken bool // it cannot be played here
}

// measures listens to the voice notes of a chat to draw how loud they are: one at
// a time, as there may be many, and the one that was asked for last first, as it is
// the newest in sight. What it found it keeps for as long as the chat is open.
type measures struct {
	known  map[string]measured // by file
	wanted []string
	busy   bool
}

// measure is what is known by now of a voice note that is here. The first call for
// a file has it listened to; then the chat is drawn anew.
func (t *talk) measure(file string) measured {
	m := &t.measures
	found, asked := m.known[file]
	if !asked {
		m.known[file] = measured{}
		m.wanted = append(m.wanted, file)
		t.measureNext()
	}
	return found
}

func (t *talk) measureNext() {
	m := &t.measures
	if m.busy || len(m.wanted) == 0 {
		return
	}
	last := len(m.wanted) - 1
	file := m.wanted[last]
	m.wanted = m.wanted[:last]
	m.busy = true
	var found measured
	t.scope.Do(func(ctx context.Context) error {
		note, err := t.readVoice(ctx, file)
		if err != nil {
			return err
		}
		found.length = note.Duration()
		found.peaks, err = note.Peaks(ctx, voiceBars)
		return err
	}, func(err error) {
		found.broken = isBroken(err) // it can be opened all the same
		m.busy, m.known[file] = false, found
		t.changed()
		t.measureNext()
	})
}

// readVoice reads the voice note of a file.
func (t *talk) readVoice(ctx context.Context, file string) (*voice.Note, error) {
	content, err := t.Desk.Open(ctx, t.Who, file)
	if err != nil {
		return nil, err
	}
	defer content.Close()
	return voice.Read(content)
}

// isOpus reports whether a file is here and of the kind that WhatsApp records, as
// far as its type says. The others are opened in a program of the system's.
func isOpus(f chat.Media) bool {
	return f.State == chat.MediaHere && strings.HasPrefix(f.MIME, "audio/ogg")
}

// voice is a sound in its bubble.
func (t *talk) voice(m chat.Message, ready kit.Ready) kit.Voice {
	f := *m.Media
	v := kit.Voice{Length: t.length(f.Duration), Ready: ready, Tip: t.Words.T("file.open")}
	if ready == kit.ReadyWaiting {
		v.Tip = t.Words.T("file.fetch")
	}
	if !isOpus(f) {
		return v
	}
	sound := t.measure(f.File)
	v.Peaks = sound.peaks
	if sound.length > 0 {
		v.Length = t.length(sound.length)
	}
	if v.Plays = !sound.broken; v.Plays {
		t.player.show(m.ID, &v)
	}
	return v
}

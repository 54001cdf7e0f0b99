package inbox

import (
	"context"
	"errors"
	"math"
	"sync/atomic"
	"time"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/sound"
	"shopbell/core/chat"
	"shopbell/core/voice"
)

// Speaker is the sound output of this computer. It is called off the UI thread.
type Speaker interface {
	// Play plays src, and returns nil when all of it was heard, ctx's error when that
	// ended it, or why it cannot be played; without an output, it wraps
	// sound.ErrNoOutput. heard is told how many samples were heard so far.
	Play(ctx context.Context, src voice.Samples, heard func(samples int)) error
}

// speeds are how fast a voice note can be played, and the words for it.
var speeds = []struct {
	factor float64
	word   string
}{{1, "voice.speed_1"}, {1.5, "voice.speed_1_5"}, {2, "voice.speed_2"}}

// playerLooks is how often a playing note is drawn anew where it looks otherwise.
const playerLooks = 100 * time.Millisecond

// playerStep is how far the arrow keys go in a note.
const playerStep = 5 * time.Second

// player plays the voice notes of a chat, one at a time. It stops when the chat is
// left.
type player struct {
	*talk
	message chat.MessageID // the note that was begun; 0: none
	note    *voice.Note    // nil until it is read
	at      time.Duration  // how much of it was heard
	speed   int            // in speeds; it stays from note to note, and is kept
	shown   kit.Voice      // as it was drawn last
	// run is the scope of the sound; nil while it stands still.
	run   *live.Scope
	from  time.Duration // where the sound began
	heard *atomic.Int64 // samples since then; each sound counts its own
}

// speedKey is where the memory keeps the speed, as its word.
const speedKey = "voice_speed"

func newPlayer(t *talk) *player {
	p := &player{talk: t}
	kept := t.Memory.String(speedKey)
	for i, s := range speeds {
		if s.word == kept {
			p.speed = i
		}
	}
	return p
}

// toggle plays the note of a message, or stops it. What was heard in part goes on
// from there.
func (p *player) toggle(m chat.Message) {
	switch {
	case p.message != m.ID:
		p.begin(m, 0)
	case p.run != nil:
		p.pause()
		p.changed()
	default:
		p.play()
	}
}

// seek plays the note of a message from a part of it on: 0 is its beginning, 1 its
// end.
func (p *player) seek(m chat.Message, part float32) {
	if p.message != m.ID || p.note == nil {
		p.begin(m, part)
		return
	}
	p.pause()
	p.goTo(part)
	p.play()
}

func (p *player) goTo(part float32) {
	p.at = time.Duration(float64(part) * float64(p.note.Duration()))
}

// step goes back or on in the note of a message, where that is the one that was
// begun; what plays plays on from there.
func (p *player) step(m chat.Message, by time.Duration) {
	if p.message != m.ID || p.note == nil {
		return
	}
	played := p.run != nil
	p.pause()
	p.at = min(max(0, p.at+by), p.note.Duration())
	if played {
		p.play()
	}
	p.changed()
}

// faster goes to the next speed, and from the last one to the first.
func (p *player) faster() {
	played := p.run != nil
	p.pause() // at the speed it had
	p.speed = (p.speed + 1) % len(speeds)
	p.Memory.SetString(speedKey, speeds[p.speed].word)
	if played {
		p.play()
	}
	p.changed()
}

// begin reads another note and plays it from a part on.
func (p *player) begin(m chat.Message, part float32) {
	p.pause()
	p.message, p.note, p.at = m.ID, nil, 0
	p.run = p.scope.Inside()
	var note *voice.Note
	p.run.Do(func(ctx context.Context) (err error) {
		note, err = p.readVoice(ctx, m.Media.File)
		return err
	}, func(err error) {
		p.pause()
		if err != nil {
			p.failed(err)
			p.changed()
			return
		}
		p.note = note
		p.goTo(part)
		p.play()
	})
	p.changed()
}

// play plays from where it stands.
func (p *player) play() {
	if p.note == nil { // it was stopped before it was read
		if m, ok := p.talk.message(keyOf(p.message)); ok {
			p.begin(m, 0)
		}
		return
	}
	run := p.scope.Inside()
	heard := new(atomic.Int64)
	p.run, p.from, p.heard = run, p.at, heard
	src := p.note.Play(p.at, speeds[p.speed].factor)
	run.Every(playerLooks, func(time.Time) { p.look() })
	p.changed()
	run.Do(func(ctx context.Context) error {
		return p.Speaker.Play(ctx, src, func(samples int) { heard.Store(int64(samples)) })
	}, func(err error) {
		p.pause()
		p.at = 0
		if err != nil {
			p.failed(err)
		}
		p.changed()
	})
}

// pause stops the sound, if there is one, and keeps the place.
func (p *player) pause() {
	if p.run == nil {
		return
	}
	p.run.Close()
	p.run = nil
	if p.note != nil {
		p.at = p.place()
	}
}

// place is how much of the note was heard by now.
func (p *player) place() time.Duration {
	seconds := float64(p.heard.Load()) / voice.Rate * speeds[p.speed].factor
	return min(p.note.Duration(), p.from+time.Duration(seconds*float64(time.Second)))
}

// look draws the chat anew where the note looks otherwise.
func (p *player) look() {
	p.at = p.place()
	before := p.shown
	v := kit.Voice{Peaks: before.Peaks, Length: before.Length}
	if p.show(p.message, &v); v.Length != before.Length || v.Played != before.Played {
		p.changed()
	}
}

// show puts into the bubble of a message how far it is played.
func (p *player) show(id chat.MessageID, v *kit.Voice) {
	v.Tip = p.Words.T("voice.play")
	if id != p.message {
		return
	}
	if v.Playing = p.run != nil; v.Playing {
		v.Tip = p.Words.T("voice.pause")
	}
	if p.note != nil && (v.Playing || p.at > 0) {
		whole := p.note.Duration()
		v.Length = p.Words.Elapsed(p.at) + " / " + p.length(whole)
		bars := float64(max(1, len(v.Peaks))) // the least that is seen of it
		v.Played = float32(math.Floor(bars*p.at.Seconds()/whole.Seconds()) / bars)
		v.Speed, v.SpeedTip = p.Words.T(speeds[p.speed].word), p.Words.T("voice.speed")
	}
	p.shown = *v
}

// failed says why a note cannot be played, and opens it in a program of the
// system's where that may help.
func (p *player) failed(err error) {
	m, loaded := p.talk.message(keyOf(p.message))
	p.message = 0
	switch {
	case errors.Is(err, sound.ErrNoOutput):
		p.Say(p.Words.T("voice.no_output"), nil)
	case isBroken(err):
		p.Say(p.Words.T("voice.broken"), nil)
	default:
		p.explain(err)
		return
	}
	if loaded {
		p.openContent(m)
	}
}

// isBroken reports whether it is the file's own fault that it cannot be played.
func isBroken(err error) bool {
	return errors.Is(err, voice.ErrNotOpus) || errors.Is(err, voice.ErrTooLarge)
}

// seekAt goes to a part of the voice note that a message carries.
func (t *talk) seekAt(key string, part float32) {
	if m, ok := t.message(key); ok && m.Media != nil {
		t.player.seek(m, part)
	}
}

// Package sound plays samples on this computer's sound output. It is the only
// one that knows the library for it, which loads what the system has at run time:
// PulseAudio or PipeWire, else ALSA, on Linux; WASAPI on Windows; Core Audio on
// macOS. Nothing is needed to build it, and no output is opened before the first
// sound.
package sound

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ebitengine/oto/v3"

	"shopbell/core/voice"
)

// ErrNoOutput is what Play wraps where this computer has nothing to play on, or
// what it had is gone. The system is asked once: what is plugged in later is
// found when the program starts again.
var ErrNoOutput = errors.New("sound: no output")

// lookEvery is how often Play looks how far it is.
const lookEvery = 50 * time.Millisecond

// ahead is how much is decoded before it sounds: enough for a busy computer, and
// little enough that nobody notices it at a pause.
const ahead = 200 * time.Millisecond

// Output is this computer's sound output. The zero value is ready to use; a
// program has one (the library allows no second).
type Output struct {
	turn   sync.Mutex
	begin  sync.Once
	device *oto.Context
	ready  <-chan struct{} // closed once device is open, or cannot be
	err    error           // of begin
}

// Play plays src, and returns nil when all of it was heard, ctx's error when that
// ended it, src's error, or one that wraps ErrNoOutput. heard is told, on the
// goroutine of the caller, how many samples were heard so far. It may be called
// from many goroutines; each waits for the one before.
func (o *Output) Play(ctx context.Context, src voice.Samples, heard func(samples int)) error {
	o.turn.Lock()
	defer o.turn.Unlock()
	if err := o.open(ctx); err != nil {
		return err
	}
	if err := o.device.Resume(); err != nil {
		return fmt.Errorf("%w: %w", ErrNoOutput, err)
	}
	from := &bytesOf{src: src}
	p := o.device.NewPlayer(from)
	p.SetBufferSize(int(ahead.Seconds() * voice.Rate * sampleSize))
	p.Play()
	err := follow(ctx, p, o.device, from, heard)
	p.PauseAndStopReading()
	return errors.Join(err, o.device.Suspend())
}

// open has the output opened at the first call, and returns once it is open. A
// system that does not answer keeps nobody longer than ctx does.
func (o *Output) open(ctx context.Context) error {
	o.begin.Do(func() {
		o.device, o.ready, o.err = oto.NewContext(&oto.NewContextOptions{
			SampleRate: voice.Rate, ChannelCount: 1, Format: oto.FormatFloat32LE, ApplicationName: "Shopbell",
		})
	})
	err := o.err
	if err == nil {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-o.ready:
			err = o.device.Err()
		}
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNoOutput, err)
	}
	return ctx.Err()
}

// player is what follow needs of an oto.Player.
type player interface {
	IsPlaying() bool
	BufferedSize() int // bytes that are read and did not sound yet
	Err() error        // of its source
}

// follow returns when p has played all that from gives it.
func follow(ctx context.Context, p player, device interface{ Err() error }, from *bytesOf, heard func(int)) error {
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-look.C:
		}
		if err := device.Err(); err != nil {
			return fmt.Errorf("%w: %w", ErrNoOutput, err)
		}
		if err := p.Err(); err != nil {
			return err
		}
		playing := p.IsPlaying()
		heard(max(0, int(from.given.Load())-p.BufferedSize()/sampleSize))
		if !playing {
			return nil
		}
	}
}

// sampleSize is how many bytes a sample has.
const sampleSize = 4

// bytesOf gives samples as bytes: floats of 32 bits, the lowest byte first.
type bytesOf struct {
	src   voice.Samples
	part  [1024]float32
	given atomic.Int64 // samples
}

// Read implements io.Reader. It gives whole samples.
func (b *bytesOf) Read(dst []byte) (int, error) {
	room := min(len(dst)/sampleSize, len(b.part))
	if room == 0 {
		return 0, io.ErrShortBuffer
	}
	n, err := b.src.Read(b.part[:room])
	for i, v := range b.part[:n] {
		binary.LittleEndian.PutUint32(dst[i*sampleSize:], math.Float32bits(v))
	}
	b.given.Add(int64(n))
	return n * sampleSize, err
}

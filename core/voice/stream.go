package voice

import (
	"fmt"
	"io"
	"time"

	"github.com/pion/opus"
)

// settle is how many samples before a moment are decoded for it: the decoder has
// no memory when it begins in the middle (RFC 7845, 4.6: 80 ms).
const settle = 80 * Rate / 1000

// most is how many samples a packet can give: 120 ms (RFC 6716, 3.1).
const most = 120 * Rate / 1000

// Play gives the sound from a moment on, speed times as fast at the same pitch.
// speed is from 1 to 2. Before the beginning is the beginning, and after the end
// is nothing. Each call gives a sound of its own.
func (n *Note) Play(from time.Duration, speed float64) Samples {
	if speed == 1 {
		return n.from(samplesIn(from))
	}
	return newFaster(n.from(samplesIn(from)), speed)
}

// stream decodes a note from a sample on.
type stream struct {
	note    *Note
	decoder opus.Decoder
	err     error // of making the decoder
	next    int   // packet
	drop    int64 // samples that are decoded and not given
	left    int64 // samples that are to be given
	buffer  [most]float32
	ready   []float32 // decoded and not given yet, in buffer
}

func (n *Note) from(sample int64) *stream {
	sample = min(max(0, sample), n.length)
	at := n.skip + sample
	s := &stream{note: n, left: n.length - sample, next: n.packetAt(max(0, at-settle))}
	s.drop = at - n.begins(s.next)
	s.decoder, s.err = opus.NewDecoderWithOutput(Rate, 1)
	return s
}

// Read implements Samples.
func (s *stream) Read(dst []float32) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	for len(s.ready) == 0 {
		if s.left == 0 {
			return 0, io.EOF
		}
		if s.err = s.decode(); s.err != nil {
			return 0, s.err
		}
	}
	given := copy(dst, s.ready)
	s.ready = s.ready[given:]
	return given, nil
}

// decode makes the next packet ready.
func (s *stream) decode() error {
	count, err := s.decoder.DecodeToFloat32(s.note.packets[s.next], s.buffer[:])
	if err == nil && s.note.begins(s.next)+int64(count) != s.note.ends[s.next] {
		err = fmt.Errorf("%d samples", count)
	}
	if err != nil {
		return fmt.Errorf("%w: packet %d: %w", ErrNotOpus, s.next, err)
	}
	s.next++
	samples := s.buffer[:count]
	dropped := min(s.drop, int64(count))
	s.drop -= dropped
	samples = samples[dropped:]
	samples = samples[:min(s.left, int64(len(samples)))]
	s.left -= int64(len(samples))
	for i := range samples {
		samples[i] *= s.note.gain
	}
	s.ready = samples
	return nil
}

// Package voice turns voice notes into sound: Opus in Ogg, as WhatsApp records
// them (Cloud API). It reads a note, measures how loud it is, and gives its
// samples from any moment on, also faster at the same pitch. It plays nothing.
package voice

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"sort"
	"time"

	"github.com/pion/opus/pkg/oggreader"
)

// Rate is how many samples a second has. All sound here has one channel; of two,
// their mean is given.
const Rate = 48000

// Limit is how large an audio file can be, in bytes (Cloud API).
const Limit = 16 << 20

// Errors that Read wraps; others are those of its reader. Samples wrap ErrNotOpus
// for a packet that is broken inside.
var (
	ErrNotOpus  = errors.New("voice: not Opus in Ogg with one or two channels")
	ErrTooLarge = errors.New("voice: larger than the 16 MB that an audio file can have")
)

// Samples is a sound, from -1 to 1 and at Rate. It may be used by one goroutine
// at a time.
type Samples interface {
	// Read fills the beginning of dst and returns how much it filled. At the end it
	// returns io.EOF with 0. A short read is no sign of the end.
	Read(dst []float32) (int, error)
}

// Note is a voice note. It keeps the packets and not their samples, which are
// thirty times as large. It does not change and may be used by many goroutines.
type Note struct {
	packets [][]byte
	ends    []int64 // where each packet ends, in samples from the first packet on
	skip    int64   // samples before the sound begins: the codec's delay
	length  int64   // samples of the sound
	gain    float32
}

// Read reads a note to its end. It decodes nothing: a packet that is broken
// inside shows when its samples are read.
func Read(r io.Reader) (*Note, error) {
	content, err := io.ReadAll(io.LimitReader(r, Limit+1))
	if err != nil {
		return nil, err
	}
	if len(content) > Limit {
		return nil, ErrTooLarge
	}
	n, err := parse(bytes.NewReader(content))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotOpus, err)
	}
	return n, nil
}

func parse(r io.Reader) (*Note, error) {
	ogg, head, err := oggreader.NewWith(r)
	if err != nil {
		return nil, err
	}
	if head.ChannelMap != 0 || head.Channels < 1 || head.Channels > 2 {
		return nil, fmt.Errorf("%d channels, mapped as family %d", head.Channels, head.ChannelMap)
	}
	if _, _, err := ogg.ParseNextPacket(); err != nil { // the comments (RFC 7845, 5.2)
		return nil, err
	}
	n := &Note{skip: int64(head.PreSkip), gain: gainOf(head.OutputGain)}
	end, last := int64(0), uint64(0)
	for {
		packet, page, err := ogg.ParseNextPacket()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		lasts, ok := lengthOf(packet)
		if !ok {
			return nil, fmt.Errorf("packet %d is none of Opus", len(n.packets))
		}
		end += lasts
		last = page.GranulePosition
		n.packets, n.ends = append(n.packets, packet), append(n.ends, end)
	}
	// The last page may say that its sound ends before its packets do (RFC 7845, 4.4).
	n.length = min(end, int64(min(last, math.MaxInt64))) - n.skip
	if n.length <= 0 {
		return nil, errors.New("no sound")
	}
	return n, nil
}

// Duration is how long the sound lasts.
func (n *Note) Duration() time.Duration { return durationOf(n.length) }

func durationOf(samples int64) time.Duration {
	return time.Duration(samples) * time.Second / Rate
}

// samplesIn is how many samples a time has; of more than a note can have, the
// most that fit.
func samplesIn(d time.Duration) int64 {
	return int64(d.Seconds() * Rate)
}

// gainOf is the factor of an Ogg Opus output gain: dB in 1/256 (RFC 7845, 5.1).
func gainOf(q8 uint16) float32 {
	return float32(math.Pow(10, float64(int16(q8))/256/20)) //nolint:gosec // the field is signed
}

// packetAt is the packet that holds a sample.
func (n *Note) packetAt(sample int64) int {
	return sort.Search(len(n.ends), func(i int) bool { return n.ends[i] > sample })
}

// begins is where a packet begins.
func (n *Note) begins(packet int) int64 {
	if packet == 0 {
		return 0
	}
	return n.ends[packet-1]
}

// lengthOf is how many samples an Opus packet gives, and whether it can be one:
// there is none over 120 ms (RFC 6716, 3.1 and 3.2).
func lengthOf(packet []byte) (int64, bool) {
	if len(packet) == 0 {
		return 0, false
	}
	const ms = Rate / 1000
	config, frames := packet[0]>>3, int64(1)
	var frame int64
	switch {
	case config < 12: // SILK
		frame = [...]int64{10 * ms, 20 * ms, 40 * ms, 60 * ms}[config&3]
	case config < 16: // hybrid
		frame = [...]int64{10 * ms, 20 * ms}[config&1]
	default: // CELT
		frame = [...]int64{5 * ms / 2, 5 * ms, 10 * ms, 20 * ms}[config&3]
	}
	switch packet[0] & 3 {
	case 1, 2:
		frames = 2
	case 3:
		if len(packet) < 2 {
			return 0, false
		}
		frames = int64(packet[1] & 0x3F)
	}
	lasts := frame * frames
	return lasts, lasts > 0 && lasts <= 120*ms
}

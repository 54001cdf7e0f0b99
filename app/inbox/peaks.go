package inbox

import (
	"bufio"
	"context"
	"errors"
	"io"
	"slices"

	"shopbell/core/chat"
)

// voiceBars is how many stretches a voice note is drawn in (design guide, B).
const voiceBars = 34

// errNoVoice is what a file gives that is no voice note of WhatsApp's.
var errNoVoice = errors.New("inbox: not Opus in Ogg")

// peaks are how much is said in each stretch of a voice note, as far as it is
// known by now. The first call for a file has it read; then the chat is drawn
// anew. It keeps them for as long as the chat is open.
func (t *talk) peaks(f chat.Media) []uint8 {
	if f.State != chat.MediaHere || !f.Voice {
		return nil
	}
	if known, asked := t.voices[f.File]; asked {
		return known
	}
	t.voices[f.File] = nil
	var heard []uint8
	t.scope.Do(func(ctx context.Context) error {
		content, err := t.Desk.Open(ctx, t.Who, f.File)
		if err != nil {
			return err
		}
		defer content.Close()
		heard, err = loudness(content, voiceBars)
		return err
	}, func(err error) {
		if err == nil { // else it is drawn without: it can be opened all the same
			t.voices[f.File] = heard
			t.changed()
		}
	})
	return nil
}

// loudness is how much is said in n stretches of an Opus stream, 255 for the
// most. It does not decode: at a variable rate, a packet is the larger the more
// there is to hear in it.
func loudness(r io.Reader, n int) ([]uint8, error) {
	packets, err := packetSizes(bufio.NewReader(r))
	if err != nil {
		return nil, err
	}
	if len(packets) <= 2 {
		return nil, errNoVoice
	}
	packets = packets[2:] // the first two are headers (RFC 7845)
	sums := make([]float64, min(n, len(packets)))
	for i := range sums {
		from, to := i*len(packets)/len(sums), (i+1)*len(packets)/len(sums)
		for _, size := range packets[from:to] {
			sums[i] += float64(size)
		}
		sums[i] /= float64(to - from)
	}
	least, most := slices.Min(sums), slices.Max(sums)
	bars := make([]uint8, len(sums))
	for i, s := range sums {
		if most > least {
			bars[i] = uint8(255 * (s - least) / (most - least))
		}
	}
	return bars, nil
}

// packetSizes reads the sizes of the packets of an Ogg stream (RFC 3533): each
// page begins with 27 bytes and a table; an entry below 255 ends a packet.
func packetSizes(r *bufio.Reader) ([]int, error) {
	var sizes []int
	size := 0
	var head [27]byte
	for {
		if _, err := io.ReadFull(r, head[:]); errors.Is(err, io.EOF) {
			return sizes, nil
		} else if err != nil {
			return nil, err
		}
		if string(head[:4]) != "OggS" {
			return nil, errNoVoice
		}
		table := make([]byte, head[26])
		if _, err := io.ReadFull(r, table); err != nil {
			return nil, err
		}
		body := 0
		for _, part := range table {
			body += int(part)
			size += int(part)
			if part < 255 {
				sizes = append(sizes, size)
				size = 0
			}
		}
		if _, err := r.Discard(body); err != nil {
			return nil, err
		}
	}
}

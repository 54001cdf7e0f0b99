package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"shopbell/core/chat"
)

// What is read of an Ogg file (RFC 3533) with Opus in it (RFC 7845): the head in
// its first page, and the position in its last one.
const (
	oggPage     = "OggS"
	oggHeader   = 27       // bytes before the table of segments
	oggLastPage = 64 << 10 // a page has at most 65,307 bytes
	opusRate    = 48_000   // positions are counted at this rate, whatever the sound has
)

// measureOgg says what is in an Ogg file: Meta takes one channel of Opus only.
func measureOgg(m *chat.Media, content io.ReaderAt, size int64) error {
	first := make([]byte, min(size, 4096))
	if _, err := content.ReadAt(first, 0); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("media: read a recording: %w", err)
	}
	if len(first) < oggHeader || len(first) < oggHeader+int(first[26]) {
		return refuse(chat.MediaDamaged, *m, 0)
	}
	head := first[oggHeader+int(first[26]):]
	if !bytes.HasPrefix(head, []byte("OpusHead")) || len(head) < 12 {
		m.MIME = "audio/ogg" // Vorbis, Speex, ...
		return nil
	}
	channels, skip := head[9], int64(binary.LittleEndian.Uint16(head[10:]))
	m.MIME = opusMono
	if channels != 1 {
		m.MIME = fmt.Sprintf("%s; channels=%d", opusMono, channels)
	}
	m.Voice = channels == 1 && size <= maxVoice
	end, err := lastPosition(content, size)
	if err != nil {
		return err
	}
	if end > skip {
		m.Duration = samples(end-skip, opusRate)
	}
	return nil
}

// lastPosition is the position at the end of the last page; 0 where it tells none.
func lastPosition(content io.ReaderAt, size int64) (int64, error) {
	tail := make([]byte, min(size, oggLastPage))
	if _, err := content.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return 0, fmt.Errorf("media: read the end of a recording: %w", err)
	}
	at := bytes.LastIndex(tail, []byte(oggPage))
	if at < 0 || at+14 > len(tail) {
		return 0, nil
	}
	return int64(binary.LittleEndian.Uint64(tail[at+6:])), nil
}

// maxDuration bounds what a file may say about itself: more is nonsense.
const maxDuration = 24 * time.Hour

// samples is how long n samples at a rate last; 0 for what cannot be.
func samples(n, rate int64) time.Duration {
	if n < 0 || rate <= 0 || n/rate >= int64(maxDuration/time.Second) {
		return 0
	}
	return time.Duration(n/rate)*time.Second + time.Duration(n%rate)*time.Second/time.Duration(rate)
}

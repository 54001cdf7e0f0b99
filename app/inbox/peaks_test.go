package inbox

import (
	"bytes"
	"slices"
	"testing"

	"shopbell/app/kit"
	"shopbell/core/chat"
)

// oggOf is a stream of packets of these sizes, a page for each.
func oggOf(sizes ...int) []byte {
	var b bytes.Buffer
	for _, size := range sizes {
		head := make([]byte, 27)
		copy(head, "OggS")
		var table []byte
		for left := size; ; left -= 255 {
			table = append(table, byte(min(left, 255)))
			if left < 255 {
				break
			}
		}
		head[26] = byte(len(table))
		b.Write(head)
		b.Write(table)
		b.Write(make([]byte, size))
	}
	return b.Bytes()
}

func TestLoudness(t *testing.T) {
	for _, tt := range []struct {
		name  string
		sizes []int
		n     int
		want  []uint8
	}{
		{"follows the sizes of the packets, without the headers", []int{19, 300, 10, 60, 110, 10}, 4, []uint8{0, 127, 255, 0}},
		{"several packets share a bar", []int{19, 300, 10, 10, 510, 510}, 2, []uint8{0, 255}},
		{"fewer packets make fewer bars", []int{19, 300, 10, 20}, 34, []uint8{0, 255}},
		{"silence is flat", []int{19, 300, 10, 10, 10}, 3, []uint8{0, 0, 0}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := loudness(bytes.NewReader(oggOf(tt.sizes...)), tt.n)
			if err != nil || !slices.Equal(got, tt.want) {
				t.Errorf("got %v, %v, want %v", got, err, tt.want)
			}
		})
	}
	t.Run("what is no voice note gives an error", func(t *testing.T) {
		for _, content := range [][]byte{nil, pdf, oggOf(19, 300), oggOf(19, 300, 400)[:500]} {
			if got, err := loudness(bytes.NewReader(content), 4); err == nil {
				t.Errorf("%d bytes gave %v", len(content), got)
			}
		}
	})
	t.Run("a voice note is drawn with its bars once it was read", func(t *testing.T) {
		s := newStage(t)
		file := s.desk.PutFile(oggOf(19, 300, 10, 200, 10))
		s.say(chat.Message{Kind: chat.KindAudio, Media: &chat.Media{MIME: "audio/ogg", Voice: true, State: chat.MediaHere, File: file}})
		v, ok := s.lastBubble(t).Content.(kit.Voice)
		if !ok || !slices.Equal(v.Peaks, []uint8{0, 255, 0}) || s.desk.Calls("Open") != 1 {
			t.Errorf("%+v after %d calls", v, s.desk.Calls("Open"))
		}
	})
}

func FuzzLoudness(f *testing.F) {
	f.Add(oggOf(19, 300, 10, 20))
	f.Add([]byte("OggS"))
	f.Fuzz(func(t *testing.T, content []byte) {
		got, err := loudness(bytes.NewReader(content), 8)
		if (err == nil) == (len(got) == 0) || len(got) > 8 {
			t.Errorf("%d bars, %v", len(got), err)
		}
	})
}

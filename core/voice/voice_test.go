package voice

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"testing"
	"testing/iotest"
	"time"

	"pgregory.net/rapid"
)

// fixtures were made with libopus from a drawn-up sound of 0.3 seconds, one for
// each way in which Opus works; the .pcm.gz beside each is what its own decoder,
// opusdec, makes of it: 16 bits, one channel.
var fixtures = []string{"silk-narrow", "silk-wide", "hybrid", "celt", "stereo"}

func fixture(t testing.TB, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name+".ogg"))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func note(t testing.TB, name string) *Note {
	t.Helper()
	n, err := Read(bytes.NewReader(fixture(t, name)))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// reference is what libopus makes of a fixture.
func reference(t *testing.T, name string) []float32 {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name+".pcm.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	all := make([]float32, len(content)/2)
	for i := range all {
		all[i] = float32(int16(binary.LittleEndian.Uint16(content[2*i:]))) / 32768
	}
	return all
}

// all is a sound to its end, read in pieces of n.
func all(t testing.TB, s Samples, n int) []float32 {
	t.Helper()
	var got []float32
	piece := make([]float32, n)
	for {
		n, err := s.Read(piece)
		got = append(got, piece[:n]...)
		if errors.Is(err, io.EOF) {
			return got
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// ratio is how much louder want is than what got differs from it, in dB.
func ratio(want, got []float32) float64 {
	signal, noise := 0.0, 1e-20
	for i := range want {
		signal += float64(want[i]) * float64(want[i])
		d := float64(want[i] - got[i])
		noise += d * d
	}
	return 10 * math.Log10(signal/noise)
}

func TestPlaySoundsLikeLibopus(t *testing.T) {
	for _, name := range fixtures {
		t.Run(name, func(t *testing.T) {
			want, got := reference(t, name), all(t, note(t, name).Play(0, 1), 1000)
			if len(got) != len(want) {
				t.Fatalf("%d samples, want %d", len(got), len(want))
			}
			if db := ratio(want, got); db < 45 {
				t.Errorf("differs by %.1f dB below the sound, want 45 at least", db)
			}
		})
	}
}

func TestPlayFromTheMiddle(t *testing.T) {
	for _, name := range fixtures {
		t.Run(name, func(t *testing.T) {
			whole, from := reference(t, name), 200*time.Millisecond
			got := all(t, note(t, name).Play(from, 1), 777)
			want := whole[samplesIn(from):]
			if len(got) != len(want) {
				t.Fatalf("%d samples, want %d", len(got), len(want))
			}
			if db := ratio(want, got); db < 20 {
				t.Errorf("differs by %.1f dB below the sound, want 20 at least", db)
			}
		})
	}
	t.Run("before the beginning is the beginning, and after the end is nothing", func(t *testing.T) {
		n := note(t, "celt")
		if got := all(t, n.Play(-time.Hour, 1), 1000); len(got) != 14400 {
			t.Errorf("%d samples before the beginning", len(got))
		}
		for _, speed := range []float64{1, 2} {
			if got := all(t, n.Play(time.Hour, speed), 1000); len(got) != 0 {
				t.Errorf("%d samples after the end at %v", len(got), speed)
			}
		}
	})
}

func TestRead(t *testing.T) {
	t.Run("a note lasts as long as what was recorded", func(t *testing.T) {
		for _, name := range fixtures {
			if got := note(t, name).Duration(); got != 300*time.Millisecond {
				t.Errorf("%s lasts %v", name, got)
			}
		}
	})
	whole := fixture(t, "silk-wide")
	channels := bytes.Clone(whole)
	channels[28+9] = 6
	for _, c := range []struct {
		name    string
		content []byte
	}{
		{"nothing", nil},
		{"a picture", []byte("\x89PNG\r\n\x1a\n and so on, longer than a header of a page is")},
		{"headers without sound", whole[:200]},
		{"a note that broke off", whole[:len(whole)-9]},
		{"a note with a flipped bit", channels},
	} {
		t.Run(c.name+" is no note", func(t *testing.T) {
			if _, err := Read(bytes.NewReader(c.content)); !errors.Is(err, ErrNotOpus) {
				t.Errorf("got %v", err)
			}
		})
	}
	t.Run("more than an audio file can have is refused", func(t *testing.T) {
		if _, err := Read(io.MultiReader(bytes.NewReader(whole), bytes.NewReader(make([]byte, Limit)))); !errors.Is(err, ErrTooLarge) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("what keeps the file from being read is told, and is no fault of the note", func(t *testing.T) {
		fault := errors.New("disk")
		if _, err := Read(iotest.ErrReader(fault)); !errors.Is(err, fault) || errors.Is(err, ErrNotOpus) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("an output gain makes it louder", func(t *testing.T) {
		if got := gainOf(6 * 256); math.Abs(float64(got)-1.9953) > 0.001 {
			t.Errorf("6 dB is a factor of %v", got)
		}
		if got := gainOf(0xFA00); math.Abs(float64(got)-0.5012) > 0.001 {
			t.Errorf("-6 dB is a factor of %v", got)
		}
	})
}

func TestLengthOf(t *testing.T) {
	for _, c := range []struct {
		name   string
		packet []byte
		want   int64
		ok     bool
	}{
		{"SILK of 60 ms", []byte{3 << 3}, 2880, true},
		{"hybrid of 20 ms", []byte{15 << 3}, 960, true},
		{"CELT of 2.5 ms", []byte{28 << 3}, 120, true},
		{"two frames", []byte{9<<3 | 1}, 1920, true},
		{"a counted number of frames", []byte{9<<3 | 3, 3}, 2880, true},
		{"no frames", []byte{9<<3 | 3, 0}, 0, false},
		{"over 120 ms", []byte{9<<3 | 3, 7}, 6720, false},
		{"a count that is missing", []byte{9<<3 | 3}, 0, false},
		{"nothing", nil, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, ok := lengthOf(c.packet); ok != c.ok || ok && got != c.want {
				t.Errorf("got %d, %t, want %d, %t", got, ok, c.want, c.ok)
			}
		})
	}
}

func TestPeaks(t *testing.T) {
	t.Run("each bar is how loud its stretch is beside the loudest", func(t *testing.T) {
		n := note(t, "celt")
		got, err := n.Peaks(t.Context(), 3)
		if err != nil {
			t.Fatal(err)
		}
		var want [3]float64
		for i, v := range reference(t, "celt") {
			want[i/4800] += float64(v) * float64(v)
		}
		loudest := max(want[0], want[1], want[2])
		for i := range want {
			if w := 255 * math.Pow(want[i]/loudest, 0.25); math.Abs(float64(got[i])-w) > 4 {
				t.Errorf("bar %d is %d, want %.0f", i, got[i], w)
			}
		}
	})
	t.Run("a note too short for all bars has fewer", func(t *testing.T) {
		got, err := note(t, "silk-wide").Peaks(t.Context(), 34)
		if err != nil || len(got) != 15 {
			t.Errorf("%d bars of 0.3 seconds, %v", len(got), err)
		}
	})
	t.Run("it ends with its context", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := note(t, "silk-wide").Peaks(ctx, 4); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

// tone is a sine that lasts.
type tone struct {
	hertz float64
	at, n int
}

func (s *tone) Read(dst []float32) (int, error) {
	if s.at == s.n {
		return 0, io.EOF
	}
	n := min(len(dst), s.n-s.at, 313)
	for i := range dst[:n] {
		dst[i] = float32(0.5 * math.Sin(2*math.Pi*s.hertz*float64(s.at+i)/Rate))
	}
	s.at += n
	return n, nil
}

func TestFasterKeepsThePitch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hertz := rapid.Float64Range(100, 2000).Draw(t, "hertz")
		speed := rapid.SampledFrom([]float64{1.5, 2}).Draw(t, "speed")
		const seconds = 0.5
		var got []float32
		piece := make([]float32, 500)
		for f := newFaster(&tone{hertz: hertz, n: seconds * Rate}, speed); ; {
			n, err := f.Read(piece)
			got = append(got, piece[:n]...)
			if err != nil {
				break
			}
		}
		if want := seconds * Rate / speed; math.Abs(float64(len(got))-want) > 2*hop {
			t.Fatalf("%d samples at %v, want about %.0f", len(got), speed, want)
		}
		body := got[seek : len(got)-3*hop] // the end is blended with silence
		crossings, power := 0.0, 0.0
		for i := 1; i < len(body); i++ {
			if (body[i-1] < 0) != (body[i] < 0) {
				crossings++
			}
			power += float64(body[i]) * float64(body[i])
		}
		if heard := crossings / 2 * Rate / float64(len(body)); math.Abs(heard-hertz) > 0.01*hertz+4 {
			t.Errorf("%.0f Hz became %.0f Hz at %v", hertz, heard, speed)
		}
		if loud := math.Sqrt(2 * power / float64(len(body))); loud < 0.47 || loud > 0.52 {
			t.Errorf("the tone of 0.5 sounds at %.3f: the pieces do not fit", loud)
		}
	})
}

func TestFasterPassesAnErrorOn(t *testing.T) {
	fault := errors.New("broken")
	if _, err := newFaster(faulty{fault}, 2).Read(make([]float32, 10)); !errors.Is(err, fault) {
		t.Errorf("got %v", err)
	}
}

type faulty struct{ err error }

func (f faulty) Read([]float32) (int, error) { return 0, f.err }

// FuzzRead holds that nothing a stranger sends does more than give an error. Its
// pages get the checksum that they claim to have, so that mutations go deeper.
func FuzzRead(f *testing.F) {
	for _, name := range fixtures {
		f.Add(fixture(f, name))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		n, err := Read(bytes.NewReader(sealed(content)))
		if err != nil {
			return
		}
		if n.Duration() <= 0 || n.Duration() > time.Minute {
			return // hours of silence fit into little
		}
		for _, s := range []Samples{n.Play(0, 1), n.Play(n.Duration()/2, 2)} {
			piece := make([]float32, 4096)
			for err == nil {
				_, err = s.Read(piece)
			}
			err = nil
		}
	})
}

// sealed puts the checksum of each page in its place (RFC 3533, 6).
func sealed(content []byte) []byte {
	content = bytes.Clone(content)
	for rest := content; len(rest) >= 27; {
		size := 27 + int(rest[26])
		if len(rest) < size {
			break
		}
		for _, part := range rest[27:size] {
			size += int(part)
		}
		if len(rest) < size {
			break
		}
		copy(rest[22:26], []byte{0, 0, 0, 0})
		sum := uint32(0)
		for _, b := range rest[:size] {
			sum ^= uint32(b) << 24
			for range 8 {
				if top := sum >> 31; top == 1 {
					sum = sum<<1 ^ 0x04c11db7
				} else {
					sum <<= 1
				}
			}
		}
		binary.LittleEndian.PutUint32(rest[22:], sum)
		rest = rest[size:]
	}
	return content
}

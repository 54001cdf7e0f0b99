package voice

import (
	"errors"
	"io"
	"math"
)

// The measures of a sound that is made faster, in samples.
const (
	hop  = 15 * Rate / 1000 // what is given at a time, and how long two pieces are blended
	seek = 10 * Rate / 1000 // how far a piece may stand from where it should: a period of 100 Hz
)

// Comparing every fourth sample at every second place finds the same place, as
// speech has little above 6 kHz.
const (
	compareStep = 4
	placeStep   = 2
)

// faster leaves parts of a sound out so that nobody hears a seam: each next piece
// is taken from near where the speed wants it, at the place that is most like what
// would have followed the piece before, and blended with that (WSOLA: Verhelst and
// Roelands, 1993). The pitch stays as it is.
type faster struct {
	src   Samples
	speed float64

	in    []float32 // of src, from sample begin on
	begin int64
	ended bool // src has no more; in is followed by silence

	place float64 // where the next piece should begin
	after int64   // where what followed the last piece begins
	ready []float32
	out   [hop]float32
}

func newFaster(src Samples, speed float64) *faster { return &faster{src: src, speed: speed} }

// blend is how much of the new piece sounds at each sample of a hop.
var blend = func() (w [hop]float32) {
	for i := range w {
		w[i] = float32(0.5 - 0.5*math.Cos(math.Pi*(float64(i)+0.5)/hop))
	}
	return w
}()

// Read implements Samples.
func (f *faster) Read(dst []float32) (int, error) {
	if len(f.ready) == 0 {
		if err := f.next(); err != nil {
			return 0, err
		}
	}
	n := copy(dst, f.ready)
	f.ready = f.ready[n:]
	return n, nil
}

// next makes the next hop ready.
func (f *faster) next() error {
	want := int64(f.place)
	if err := f.fill(max(want+seek, f.after) + hop); err != nil {
		return err
	}
	if f.ended && want >= f.end() {
		return io.EOF
	}
	at := f.likest(want)
	old, piece := f.from(f.after), f.from(at)
	for i, w := range blend {
		f.out[i] = old[i]*(1-w) + piece[i]*w
	}
	f.ready = f.out[:]
	f.after = at + hop
	f.place += hop * f.speed
	f.forget(min(int64(f.place)-seek, f.after))
	return nil
}

// likest is the place near want where the sound is most like what follows the
// last piece. The first piece begins where the sound begins.
func (f *faster) likest(want int64) int64 {
	if f.after == 0 {
		return want
	}
	old := f.from(f.after)
	best, found := want, math.Inf(-1)
	for at := max(f.begin, want-seek); at <= want+seek; at += placeStep {
		piece := f.from(at)
		product, energy := float32(0), float32(1e-9)
		for i := 0; i < hop; i += compareStep {
			product += old[i] * piece[i]
			energy += piece[i] * piece[i]
		}
		if like := float64(product) / math.Sqrt(float64(energy)); like > found {
			best, found = at, like
		}
	}
	return best
}

// from is the hop of the sound that begins at a sample. It must have been filled.
func (f *faster) from(at int64) []float32 { return f.in[at-f.begin : at-f.begin+hop] }

// end is where the sound ends, once it has.
func (f *faster) end() int64 { return f.begin + int64(len(f.in)) - seek - 2*hop }

// fill reads the sound up to a sample. Behind its end it puts as much silence as
// the last piece can need.
func (f *faster) fill(to int64) error {
	for !f.ended && f.begin+int64(len(f.in)) < to {
		var part [hop]float32
		n, err := f.src.Read(part[:])
		f.in = append(f.in, part[:n]...)
		if errors.Is(err, io.EOF) {
			f.ended = true
			f.in = append(f.in, make([]float32, seek+2*hop)...)
		} else if err != nil {
			return err
		}
	}
	return nil
}

// forget drops what comes before a sample.
func (f *faster) forget(before int64) {
	if drop := before - f.begin; drop > 0 {
		drop = min(drop, int64(len(f.in)))
		f.in = append(f.in[:0], f.in[drop:]...)
		f.begin += drop
	}
}

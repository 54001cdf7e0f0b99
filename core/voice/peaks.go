package voice

import (
	"context"
	"errors"
	"io"
	"math"
)

// peakSample bounds the work for one bar: of a stretch that is longer, only its
// beginning is listened to. So a note of hours costs as much as one of minutes.
const peakSample = 10 * Rate

// shortestPeak is the least that a bar stands for: 20 ms.
const shortestPeak = Rate / 50

// Peaks is how loud the note is in bars stretches, 255 for the loudest and 0 for
// silence, each as long as the others; fewer of a note that lasts less than 20 ms
// for each. It takes about 3 ms for a second of sound, and at most about a second
// for 34 bars; it ends early with ctx, with its error.
func (n *Note) Peaks(ctx context.Context, bars int) ([]uint8, error) {
	bars = max(1, min(bars, int(n.length/shortestPeak)))
	loud := make([]float64, bars)
	loudest := 0.0
	for i := range loud {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		from, to := n.length*int64(i)/int64(bars), n.length*int64(i+1)/int64(bars)
		mean, err := n.from(from).loudness(min(to-from, peakSample))
		if err != nil {
			return nil, err
		}
		loud[i] = mean
		loudest = max(loudest, mean)
	}
	peaks := make([]uint8, bars)
	for i, l := range loud {
		if loudest > 0 {
			peaks[i] = uint8(math.Round(255 * math.Sqrt(l/loudest))) // the root shows soft speech, too
		}
	}
	return peaks, nil
}

// loudness is the root of the mean square of the next n samples.
func (s *stream) loudness(n int64) (float64, error) {
	sum, count := 0.0, int64(0)
	var part [2048]float32
	for count < n {
		got, err := s.Read(part[:min(int64(len(part)), n-count)])
		for _, v := range part[:got] {
			sum += float64(v) * float64(v)
		}
		count += int64(got)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return 0, err
		}
	}
	if count == 0 {
		return 0, nil
	}
	return math.Sqrt(sum / float64(count)), nil
}

package inbox

import (
	"context"
	"image"
	"io"
	"strconv"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"shopbell/core/desk"
)

// slowFiles is a desk that takes a second to open a file, and counts how many are
// being opened at once.
type slowFiles struct {
	Desk
	now, most atomic.Int32
}

func (s *slowFiles) Open(_ context.Context, _ desk.Actor, _ string) (io.ReadSeekCloser, error) {
	s.most.Store(max(s.most.Load(), s.now.Add(1)))
	time.Sleep(time.Second)
	s.now.Add(-1)
	return nil, &desk.Error{Code: desk.NotFound}
}

func TestPicturesAreDecodedFewAtOnce(t *testing.T) {
	onLateDesk(t, func(t *testing.T, b *bench, _ *late, ui func(func())) {
		slow := &slowFiles{Desk: b.Deps.Desk}
		b.Deps.Desk = slow
		p := newPictures(b.Deps)
		ui(func() {
			for i := range 30 {
				p.show(strconv.Itoa(i), 10, 10, func(image.Image) {})
			}
		})
		time.Sleep(time.Minute)
		synctest.Wait()
		if got := slow.most.Load(); got != decodesMost {
			t.Errorf("%d at once", got)
		}
		ui(func() {
			if len(p.kept) != 0 {
				t.Errorf("%d of 30 are still waited for", len(p.kept))
			}
		})
	})
}

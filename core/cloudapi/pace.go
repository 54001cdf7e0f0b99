package cloudapi

import (
	"context"
	"errors"
	"io"
	"time"
)

// errStalled ends the transfer of a file on which nothing moves any more. A limit
// for the whole would have to fit 100 MB on a slow line, and be of no use for a
// dead one.
var errStalled = errors.New("cloudapi: the transfer stands still")

// pace ends a transfer when no byte moves for limit.
type pace struct {
	ctx   context.Context
	end   context.CancelCauseFunc
	timer *time.Timer
	limit time.Duration
}

func newPace(ctx context.Context, limit time.Duration) *pace {
	p := &pace{limit: limit}
	p.ctx, p.end = context.WithCancelCause(ctx)
	p.timer = time.AfterFunc(limit, func() { p.end(errStalled) })
	return p
}

// stop ends the transfer. It may be called again.
func (p *pace) stop() {
	p.timer.Stop()
	p.end(nil)
}

// cause says why the transfer failed with err: the context only tells that it
// ended.
func (p *pace) cause(err error) error {
	if errors.Is(context.Cause(p.ctx), errStalled) {
		return errors.Join(errStalled, err)
	}
	return err
}

// read reads from r and notes that something moved.
func (p *pace) read(r io.Reader, b []byte) (int, error) {
	n, err := r.Read(b)
	if n > 0 && p.timer.Stop() { // one that has fired stays fired
		p.timer.Reset(p.limit)
	}
	return n, err
}

package intake

import (
	"context"
	"fmt"
	"runtime/debug"

	"shopbell/core/cloudapi"
	"shopbell/core/store"
)

// A webhook usually takes two transactions: the one that stores it, after which
// it is acknowledged, and the one that works it off, with a look at the queue
// between them. While the pool is at rest it is worked off in the transaction that
// stores it, which spares a quiet shop's customer half of the wait. What fails
// there rolls back alone, and the stored body goes the usual way. So does whatever
// is not plain: a webhook beside others, with several items or none, or a large one.

// expressBody is the size in bytes up to which a body is looked into before it is
// stored. A message of 4,096 characters, the network's longest, fits.
const expressBody = 32 << 10

// AddWebhook implements Journal. When it returns nil the body is on the disk,
// whether or not it was worked off; then the pool must be woken, as by
// store.Options.Changed. It may be called before Run and after it.
func (p *Pool) AddWebhook(ctx context.Context, body []byte) (id int64, err error) {
	atRest := p.arrive()
	defer p.arrived()
	if !atRest || len(body) > expressBody {
		return p.o.DB.AddWebhook(ctx, body)
	}
	work, stored := p.workOf(body)
	id, failed, err := p.o.DB.AddWebhookDone(ctx, body, work)
	switch {
	case err != nil || work == nil:
	case failed != nil:
		p.o.Log.Warn("Webhook not worked off at once: it is tried again", "webhook", id, "error", failed)
	default:
		stored()
	}
	return id, err
}

// workOf returns how the only item of a body is worked off and what follows its
// commit; nil for a body that goes the usual way.
func (p *Pool) workOf(body []byte) (work func(*store.Tx, int64) error, stored func()) {
	defer func() {
		if r := recover(); r != nil {
			// The usual way meets the same panic, and parks the item with it.
			p.o.Log.Error("Webhook not prepared", "error", fmt.Errorf("intake: panic: %v\n%s", r, debug.Stack()))
			work = nil
		}
	}()
	items, err := cloudapi.Parse(body)
	if err != nil || len(items) != 1 {
		return nil, nil
	}
	apply, stored := p.o.Processor.Prepare(items[0])
	return func(tx *store.Tx, id int64) error { return apply(tx, Origin{Webhook: id}) }, stored
}

// arrive counts a webhook that is about to be stored and reports whether the pool
// is at rest: nothing is queued, under way or being stored beside it. So nothing
// that was acknowledged is overtaken.
func (p *Pool) arrive() (atRest bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.arriving++
	return p.looked == p.wakes && len(p.open) == 0 && p.arriving == 1
}

func (p *Pool) arrived() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.arriving--
}

// woken returns how often the pool was woken.
func (p *Pool) woken() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.wakes
}

// found notes that a look which began after so many wakes found nothing new.
func (p *Pool) found(wakes int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.looked = wakes
}

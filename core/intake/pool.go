package intake

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
	"shopbell/core/retry"
	"shopbell/core/store"
)

const (
	batch    = 256 // webhooks read from the queue at once
	laneSize = 64  // items that wait in memory for one worker; the others stay in the table
	maxTries = 3   // of one item, before it is parked
)

// PoolOptions of a Pool.
type PoolOptions struct {
	DB        *store.DB
	Processor *Processor
	Workers   int           // 0 means 32: most of them wait for the same commit
	Backoff   time.Duration // before an item is tried again; 0 means 200 ms
	Log       *slog.Logger
}

// Pool works the queue of webhooks off.
type Pool struct {
	o        PoolOptions
	affinity *affinity
	lanes    []chan *job
	wake     chan struct{}
	rescan   atomic.Bool
	full     atomic.Bool // the disk refused the last item

	mu       sync.Mutex
	open     map[int64]*delivery // webhooks under way
	arriving int                 // webhooks that are being stored
	wakes    int                 // calls of Wake
	looked   int                 // wakes when the queue was last found empty; -1: not since Run began, or it ended
}

// delivery is one webhook under way.
type delivery struct {
	id         int64
	generation int64
	left       int         // items not finished; guarded by Pool.mu
	replayed   atomic.Bool // an item of it was replayed meanwhile: it must be read again
}

// job is one item on its way to a worker.
type job struct {
	delivery *delivery
	index    int
	item     cloudapi.Item
	keys     []chat.Alias // of the person it is about; none for account notices
	single   bool         // the only item of its webhook
}

// NewPool returns a pool that does nothing until Run.
func NewPool(o PoolOptions) *Pool {
	if o.Workers <= 0 {
		o.Workers = 32
	}
	if o.Backoff <= 0 {
		o.Backoff = 200 * time.Millisecond
	}
	p := &Pool{o: o, affinity: newAffinity(o.Workers), wake: make(chan struct{}, 1), open: map[int64]*delivery{}, looked: -1}
	for range o.Workers {
		p.lanes = append(p.lanes, make(chan *job, laneSize))
	}
	return p
}

// Wake says that there may be a new webhook. It never blocks.
func (p *Pool) Wake() {
	p.mu.Lock()
	p.wakes++
	p.mu.Unlock()
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// Rescan looks through the whole queue again: an old webhook came back to it.
func (p *Pool) Rescan() {
	p.rescan.Store(true)
	p.Wake()
}

// Run works until ctx ends, then lets the items under way finish. What is not
// finished stays in the queue. Called once.
func (p *Pool) Run(ctx context.Context) {
	var workers sync.WaitGroup
	for _, lane := range p.lanes {
		workers.Go(func() {
			for j := range lane {
				p.handle(ctx, j)
			}
		})
	}
	p.dispatch(ctx)
	p.found(-1)
	for _, lane := range p.lanes {
		close(lane)
	}
	workers.Wait()
}

// dispatch hands items to workers until ctx ends or the file is closed.
func (p *Pool) dispatch(ctx context.Context) {
	after := int64(0)
	for {
		if p.rescan.Swap(false) {
			after = 0
		}
		wakes := p.woken()
		list, err := p.o.DB.OpenWebhooks(ctx, after, batch)
		if err == nil && len(list) > 0 {
			after = list[len(list)-1].ID
			err = p.dispatchBatch(ctx, list)
		}
		switch {
		case ctx.Err() != nil, errors.Is(err, store.ErrClosed):
			return
		case err != nil:
			p.o.Log.Error("Queue of webhooks cannot be read", "error", err)
			p.rescan.Store(true)
			if !retry.Wait(ctx, time.Second) {
				return
			}
		case len(list) == 0:
			p.found(wakes)
			select {
			case <-p.wake:
			case <-ctx.Done():
				return
			}
		}
	}
}

// dispatchBatch hands the items of webhooks to workers. One that cannot be set
// aside holds the others up no longer than that; its error comes at the end.
func (p *Pool) dispatchBatch(ctx context.Context, list []store.Webhook) error {
	p.affinity.sweep()
	var jobs []*job
	var stuck []error
	for _, w := range list {
		if p.underWay(w.ID) {
			continue
		}
		items, err := cloudapi.Parse(w.Body)
		if err != nil || len(items) == 0 {
			// Signed by Meta and still not readable: kept for a person, never lost.
			stuck = append(stuck, p.setAside(ctx, w, err))
			continue
		}
		d := &delivery{id: w.ID, generation: w.Generation, left: len(items)}
		p.mu.Lock()
		p.open[w.ID] = d
		p.mu.Unlock()
		for i, item := range items {
			jobs = append(jobs, &job{delivery: d, index: i, item: item, single: len(items) == 1})
		}
	}
	if err := p.o.DB.View(ctx, func(r *store.Reader) error { return keysOf(r, jobs) }); err != nil {
		p.forget(jobs)
		return err
	}
	for i, j := range jobs {
		lane := p.lanes[p.affinity.enter(j.keys)]
		select {
		case lane <- j:
		case <-ctx.Done():
			p.affinity.leave(j.keys)
			p.forget(jobs[i:])
			return ctx.Err()
		}
	}
	return errors.Join(stuck...)
}

func (p *Pool) underWay(id int64) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.open[id] != nil
}

func (p *Pool) forget(jobs []*job) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, j := range jobs {
		delete(p.open, j.delivery.id)
	}
}

func (p *Pool) setAside(ctx context.Context, w store.Webhook, cause error) error {
	return p.o.DB.Update(ctx, func(tx *store.Tx) error {
		if cause != nil {
			if err := tx.Park(w.ID, -1, 1, cause.Error()); err != nil {
				return err
			}
		}
		_, err := tx.FinishWebhook(w.ID, w.Generation)
		return err
	})
}

// keysOf fills the keys of all jobs from one snapshot: the names an item shows,
// and all others that the person is known by.
func keysOf(r *store.Reader, jobs []*job) error {
	for _, j := range jobs {
		for _, a := range aliasesOf(j.item) {
			known, err := r.AliasesBeside(a)
			if err != nil {
				return err
			}
			for _, k := range append(known, a) {
				if !slices.Contains(j.keys, k) {
					j.keys = append(j.keys, k)
				}
			}
		}
	}
	return nil
}

// aliasesOf returns every name an item shows: who it is about and, of somebody
// who has a new number or id, the old and the new one.
func aliasesOf(item cloudapi.Item) []chat.Alias {
	list := personOf(item).Aliases()
	if item.Message != nil && item.Message.Change != nil {
		c := item.Message.Change
		list = append(list, store.Person{Phone: c.OldPhone, UserID: c.OldUserID}.Aliases()...)
		list = append(list, store.Person{Phone: c.NewPhone, UserID: c.NewUserID}.Aliases()...)
	}
	return list
}

// personOf returns who an item is about; zero for account notices.
func personOf(item cloudapi.Item) store.Person {
	var p cloudapi.Party
	switch {
	case item.Message != nil:
		p = item.Message.From
	case item.Echo != nil:
		p = item.Echo.To
	case item.Past != nil:
		p = item.Past.Customer
	case item.Status != nil:
		p = item.Status.To
	case item.Preference != nil:
		p = item.Preference.From
	}
	return store.Person{Phone: p.Phone, UserID: p.UserID, Name: p.Name, Username: p.Username}
}

// handle processes one item until it is done, parked, or the pool ends.
func (p *Pool) handle(ctx context.Context, j *job) {
	defer p.affinity.leave(j.keys)
	done := p.settle(ctx, j)
	p.mu.Lock()
	j.delivery.left--
	last := j.delivery.left == 0
	if !done {
		j.delivery.left = -1 // never the last one any more: the webhook stays in the queue
	}
	if last || !done {
		delete(p.open, j.delivery.id)
	}
	p.mu.Unlock()
	if last && done && !j.single {
		if err := p.o.DB.Update(ctx, j.delivery.finish); err != nil && ctx.Err() == nil {
			// Nothing is lost: it is read again at the next start and changes nothing.
			p.o.Log.Error("Webhook not taken off the queue", "webhook", j.delivery.id, "error", err)
		}
	}
	if j.delivery.replayed.Load() {
		p.Rescan()
	}
}

// finish takes the webhook off the queue, unless an item of it was replayed
// meanwhile.
func (d *delivery) finish(tx *store.Tx) error {
	off, err := tx.FinishWebhook(d.id, d.generation)
	if err == nil && !off {
		d.replayed.Store(true)
	}
	return err
}

// settle reports whether the item needs nothing more.
func (p *Pool) settle(ctx context.Context, j *job) bool {
	for tries := 1; ; {
		err := p.process(ctx, j)
		switch {
		case err == nil:
			if p.full.Swap(false) {
				p.o.Log.Info("The disk has room again")
			}
			return true
		case ctx.Err() != nil, errors.Is(err, store.ErrClosed):
			return false
		case errors.Is(err, store.ErrFull):
			if !p.full.Swap(true) { // told once, not by every worker every second
				p.o.Log.Error("Item waits: the disk is full", "webhook", j.delivery.id)
			}
			if !retry.Wait(ctx, time.Second) {
				return false
			}
		case tries < maxTries:
			tries++
			if !retry.Wait(ctx, p.o.Backoff) {
				return false
			}
		default:
			p.o.Log.Error("Item parked", "webhook", j.delivery.id, "item", j.index, "error", err)
			if p.park(ctx, j, tries, err) {
				return true
			}
			if !retry.Wait(ctx, time.Second) {
				return false
			}
		}
	}
}

// process runs the item in one transaction. A panic of the part before it is
// the item's fault alone.
func (p *Pool) process(ctx context.Context, j *job) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("intake: panic: %v\n%s", r, debug.Stack())
		}
	}()
	apply, stored := p.o.Processor.Prepare(j.item)
	err = p.o.DB.Update(ctx, func(tx *store.Tx) error {
		if err := apply(tx, Origin{Webhook: j.delivery.id, Item: j.index}); err != nil {
			return err
		}
		if j.single {
			return j.delivery.finish(tx)
		}
		return nil
	})
	if err == nil {
		stored()
	}
	return err
}

func (p *Pool) park(ctx context.Context, j *job, tries int, cause error) bool {
	err := p.o.DB.Update(ctx, func(tx *store.Tx) error {
		if err := tx.Park(j.delivery.id, j.index, tries, cause.Error()); err != nil {
			return err
		}
		if j.single {
			return j.delivery.finish(tx)
		}
		return nil
	})
	return err == nil
}

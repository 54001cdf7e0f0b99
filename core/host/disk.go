package host

import (
	"context"
	"errors"
	"time"

	"shopbell/core/desk"
	"shopbell/core/store"
)

// probeEvery is how often a desk whose disk is full looks for room.
const probeEvery = time.Second

// noteRoom takes down what became of a write: whether the disk is full. Every
// commit that changes something says that it is not (changed).
func (h *Host) noteRoom(err error) {
	full := errors.Is(err, store.ErrFull)
	if !full && err != nil {
		return // says nothing about the disk
	}
	if h.full.Swap(full) != full {
		h.feed.publish(desk.Event{Kind: desk.EventHealth})
	}
}

// probe writes a little where the disk was full. store.ErrFull while it still is.
func (h *Host) probe(ctx context.Context) error {
	if !h.full.Load() {
		return nil
	}
	err := h.db.Update(ctx, func(tx *store.Tx) error {
		return tx.SetSetting("disk.probed", tx.Now().UTC().Format(time.RFC3339Nano))
	})
	h.noteRoom(err)
	return err
}

// watchDisk finds out by itself that there is room again: while the disk is full
// the screens let nobody write, and it may be long until a webhook comes.
func (h *Host) watchDisk(ctx context.Context) error {
	tick := time.NewTicker(probeEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
		// A full disk is told where it was met; whatever else is wrong with the
		// file, whoever uses it is told.
		_ = h.probe(ctx)
	}
}

package host

import (
	"context"
	"path/filepath"
	"time"

	"shopbell/core/backup"
	"shopbell/core/store"
)

// SnapshotFolder is where, inside the data folder, copies of the shop's file are.
const SnapshotFolder = "snapshots"

// quietFor is how long no webhook came when the shop counts as quiet: copying the
// file takes the disk from who wants an answer.
const quietFor = 10 * time.Minute

func (h *Host) openSnapshots(context.Context) error {
	h.keeper = &backup.Keeper{
		Source: h.db, Dir: filepath.Join(h.o.DataDir, SnapshotFolder), Now: h.now, Quiet: h.quiet, Log: h.log,
	}
	return nil
}

// Snapshot copies the shop's file beside it, now, and checks the copy: see
// backup.Keeper.Take for which older ones go and for the errors. It may take as
// long as reading the file twice; the desk goes on meanwhile. By itself it happens
// once a day, in the sandbox never.
func (h *Host) Snapshot(ctx context.Context) (backup.Snapshot, error) {
	return h.keeper.Take(ctx)
}

// LastSnapshot returns the newest copy; the zero Snapshot while there is none.
func (h *Host) LastSnapshot(context.Context) (backup.Snapshot, error) {
	list, err := h.keeper.List()
	if err != nil || len(list) == 0 {
		return backup.Snapshot{}, err
	}
	return list[0], nil
}

// quiet reports whether no customer wants anything just now.
func (h *Host) quiet(ctx context.Context) (quiet bool, err error) {
	err = h.db.View(ctx, func(r *store.Reader) error {
		last, err := r.LastWebhook()
		if err != nil {
			return err
		}
		waiting, _, err := r.OutboxCounts()
		quiet = waiting == 0 && h.now().Sub(last) >= quietFor
		return err
	})
	return quiet, err
}

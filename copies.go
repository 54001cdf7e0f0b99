package main

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"shopbell/core/backup"
	"shopbell/core/desk"
	"shopbell/core/host"
)

// copies are the snapshots of an open shop, as the settings show them.
type copies struct {
	host   *host.Host
	folder string // of the data of what is open
}

// Last implements settings.Copies.
func (c copies) Last(ctx context.Context) (time.Time, error) {
	newest, err := c.host.LastSnapshot(ctx)
	return newest.At, err
}

// Make implements settings.Copies.
func (c copies) Make(ctx context.Context) error {
	_, err := c.host.Snapshot(ctx)
	if errors.Is(err, backup.ErrNoRoom) {
		return &desk.Error{Code: desk.DiskFull, Err: err}
	}
	return err
}

// Folder implements settings.Copies. It is there once a first copy is.
func (c copies) Folder() string { return filepath.Join(c.folder, host.SnapshotFolder) }

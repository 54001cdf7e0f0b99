package media

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// sweepAfter is how long a file stays that no message has: a person may still
// send it, and Meta's 7 days for a half one are over (Cloud API, media).
const sweepAfter = 8 * 24 * time.Hour

// Sweep removes what was attached and never sent, and halves that nobody goes on
// with, both once they are older than 8 days, and returns how many. known says
// whether a message has the file of that name; its error ends the sweep.
func (f *Folder) Sweep(ctx context.Context, known func(name string) (bool, error)) (removed int, err error) {
	before := f.now().Add(-sweepAfter)
	err = filepath.WalkDir(f.dir, func(path string, d fs.DirEntry, err error) error {
		if err = errors.Join(err, ctx.Err()); err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // a half that has just become whole
		}
		if err != nil || !info.ModTime().Before(before) {
			return err
		}
		if names.MatchString(d.Name()) {
			if keep, err := known(d.Name()); keep || err != nil {
				return err
			}
		}
		removed++
		return os.Remove(path)
	})
	if err != nil {
		return removed, fmt.Errorf("media: look for files that nobody needs: %w", err)
	}
	return removed, nil
}

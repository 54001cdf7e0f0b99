package main

import (
	"errors"
	"os"
	"path/filepath"
	"time"
)

// page is what SQLite writes at least for one commit.
const page = 4096

// syncsPerSecond is the disk's raw rate: one page appended and fsynced, one after
// the other, for the given time. No program that stores each message by itself
// before it answers can be faster.
func syncsPerSecond(dir string, span time.Duration) (rate float64, err error) {
	file, err := os.Create(filepath.Join(dir, "raw"))
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, file.Close(), os.Remove(file.Name())) }()
	buffer := make([]byte, page)
	began := time.Now()
	syncs := 0
	for time.Since(began) < span {
		if _, err := file.Write(buffer); err != nil {
			return 0, err
		}
		if err := file.Sync(); err != nil {
			return 0, err
		}
		syncs++
	}
	return float64(syncs) / time.Since(began).Seconds(), nil
}

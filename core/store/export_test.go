package store

import (
	"context"
	"io/fs"
	"testing/fstest"
	"time"
)

// MigrateWith migrates the file at path with one migration more than there are.
func MigrateWith(ctx context.Context, path, name, script string) error {
	all := fstest.MapFS{"migrations/" + name + ".sql": {Data: []byte(script)}}
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	for _, f := range files {
		data, err := migrations.ReadFile(f)
		if err != nil {
			return err
		}
		all[f] = &fstest.MapFile{Data: data}
	}
	return migrate(ctx, path, all, time.Unix(0, 0))
}

package store

import (
	"context"
	"database/sql"
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

// MigrateFirst makes a file at path as the first version did.
func MigrateFirst(ctx context.Context, path string) error {
	first, err := migrations.ReadFile("migrations/0001_init.sql")
	if err != nil {
		return err
	}
	return migrate(ctx, path, fstest.MapFS{"migrations/0001_init.sql": {Data: first}}, time.Unix(0, 0))
}

// PlanOfMine is how SQLite finds the conversations of one agent.
func (db *DB) PlanOfMine(ctx context.Context) (string, error) { return db.plan(ctx, mine, 1, 1, 1) }

// PlanOfMediaDue is how SQLite finds the files that are to be fetched.
func (db *DB) PlanOfMediaDue(ctx context.Context) (string, error) {
	return db.plan(ctx, mediaDue, 1, 1)
}

// PlanOfRuleHits is how SQLite finds the automatic messages that left.
func (db *DB) PlanOfRuleHits(ctx context.Context) (string, error) { return db.plan(ctx, ruleHits, 1) }

// PlanOfQuestions is how SQLite finds the first messages of conversations.
func (db *DB) PlanOfQuestions(ctx context.Context) (string, error) {
	return db.plan(ctx, firstQuestions, 0, 0, 1, "customer", "agent", "rule", 1, "resolved", "button", 1)
}

// PlanOfAnsweredAlone is how SQLite finds the conversations that ended.
func (db *DB) PlanOfAnsweredAlone(ctx context.Context) (string, error) {
	return db.plan(ctx, answeredAlone, 1, 1, 1, 1)
}

func (db *DB) plan(ctx context.Context, query string, args ...any) (plan string, err error) {
	err = db.View(ctx, func(r *Reader) error {
		return r.rows("EXPLAIN QUERY PLAN "+query, args, func(rows *sql.Rows) error {
			var id, parent, unused int
			var step string
			err := rows.Scan(&id, &parent, &unused, &step)
			plan += step + "\n"
			return err
		})
	})
	return plan, err
}

// CountStatements counts in n what r runs from now on.
func (r *Reader) CountStatements(n *int) {
	prepare := r.prepare
	r.prepare = func(q string) (*sql.Stmt, error) {
		*n++
		return prepare(q)
	}
}

// ForgetSearch makes the index one of another version of the tokens.
func (db *DB) ForgetSearch(ctx context.Context) error {
	return db.Update(ctx, func(tx *Tx) error {
		_, err := tx.exec("UPDATE search_state SET version = -1")
		return err
	})
}

// UnfoldSearch leaves behind what lists compare of persons, labels and orders as another
// version folded it.
func (db *DB) UnfoldSearch(ctx context.Context) error {
	return db.Update(ctx, func(tx *Tx) error {
		for _, of := range []string{"contact SET search", "label SET search", "purchase SET number_key"} {
			if _, err := tx.exec("UPDATE " + of + " = ' otherwise'"); err != nil {
				return err
			}
		}
		return nil
	})
}

// SearchVersion is that of the index.
const SearchVersion = searchVersion

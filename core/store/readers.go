package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// readers is the pool behind View. Each connection keeps its own prepared
// statements: a statement that was prepared beside the connections in use would
// have to wait for one of them, and all of them for it.
type readers struct {
	pool *sql.DB
	idle chan *readConn // holds every connection that no View has
	size int
}

type readConn struct {
	conn  *sql.Conn
	stmts map[string]*sql.Stmt
}

func openReaders(ctx context.Context, path string, n int) (*readers, error) {
	pool, err := openPool(path, n, reading...)
	if err != nil {
		return nil, err
	}
	rs := &readers{pool: pool, idle: make(chan *readConn, n)}
	for range n {
		conn, err := pool.Conn(ctx)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("store: open %s: %w", path, err), rs.close())
		}
		rs.idle <- &readConn{conn: conn, stmts: map[string]*sql.Stmt{}}
		rs.size++
	}
	return rs, nil
}

// close waits for the Views under way, and refuses further ones with ErrClosed.
func (rs *readers) close() error {
	var errs []error
	for range rs.size {
		c, open := <-rs.idle
		if !open {
			return nil // closed before
		}
		for _, s := range c.stmts {
			errs = append(errs, s.Close())
		}
		errs = append(errs, c.conn.Close())
	}
	close(rs.idle)
	return errors.Join(append(errs, rs.pool.Close())...)
}

// borrow takes a connection and begins a snapshot on it; give must follow.
func (rs *readers) borrow(ctx context.Context) (*readConn, error) {
	select {
	case c, open := <-rs.idle:
		if !open {
			return nil, ErrClosed
		}
		if err := c.exec("BEGIN"); err != nil {
			rs.idle <- c
			return nil, err
		}
		return c, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// give ends the snapshot and returns the connection.
func (rs *readers) give(c *readConn) error {
	err := c.exec("COMMIT")
	rs.idle <- c
	return err
}

func (c *readConn) exec(q string) error {
	s, err := c.prepare(q)
	if err != nil {
		return err
	}
	_, err = s.ExecContext(context.Background())
	return err
}

func (c *readConn) prepare(q string) (*sql.Stmt, error) {
	if s := c.stmts[q]; s != nil {
		return s, nil
	}
	s, err := c.conn.PrepareContext(context.Background(), q)
	if err == nil {
		c.stmts[q] = s
	}
	return s, err
}

// View runs fn on one consistent snapshot of the file. It returns fn's error,
// ErrClosed, or ctx's where it ended first.
func (db *DB) View(ctx context.Context, fn func(*Reader) error) (err error) {
	c, err := db.readers.borrow(ctx)
	if err != nil {
		return db.explain(err)
	}
	defer func() {
		if e := db.readers.give(c); e != nil && err == nil {
			err = db.explain(e)
		}
	}()
	return db.explain(fn(&Reader{ctx: ctx, shop: db.shop, prepare: c.prepare}))
}

// Check runs SQLite's quick integrity check and returns what it complains of;
// nothing for a sound file.
func (db *DB) Check(ctx context.Context) (bad []string, err error) {
	err = db.View(ctx, func(r *Reader) error {
		return r.rows("PRAGMA quick_check", nil, func(rows *sql.Rows) error {
			var line string
			if err := rows.Scan(&line); err != nil {
				return err
			}
			if line != "ok" {
				bad = append(bad, line)
			}
			return nil
		})
	})
	return bad, err
}

package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// maxGroup bounds one transaction, so that the first caller of a group does not
// wait for ever for the last.
const maxGroup = 256

// The write-ahead log is copied back by a connection of its own while the
// writer goes on (passive): at the first quiet moment, and in a shop that has
// none rarely, because a commit beside it waits for the same disk. Only a log
// past autoCheckpoint pages makes the writer do it itself, between two groups.
const (
	checkpointEvery = 500 * time.Millisecond // a quiet moment is as long
	checkpointQuiet = 20                     // groups in the log that are worth it at a quiet moment
	checkpointBusy  = 2_000                  // groups that are worth it at any: some 30 MB
	autoCheckpoint  = 16_000                 // pages: 64 MB
)

// writer is the one goroutine that writes to the file.
type writer struct {
	db   *DB
	pool *sql.DB
	conn *sql.Conn

	stmts map[string]*sql.Stmt

	mu     sync.RWMutex // held for reading while a unit is queued
	closed bool
	units  chan *unit
	done   chan struct{} // closed when the loop has ended
	quit   chan struct{} // stops the checkpointer
	groups atomic.Int64  // committed, or tried
	side   sync.WaitGroup
}

type unit struct {
	ctx     context.Context
	fn      func(*Tx) error
	changes []Change
	added   []OutboxRow
	result  chan error
}

func startWriter(ctx context.Context, db *DB) (*writer, error) {
	pool, err := openPool(db.path, 2, append(slices.Clone(writing), fmt.Sprintf("wal_autocheckpoint(%d)", autoCheckpoint), "cache_size(-8000)")...)
	if err != nil {
		return nil, err
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("store: open %s: %w", db.path, err), pool.Close())
	}
	w := &writer{
		db: db, pool: pool, conn: conn,
		stmts: map[string]*sql.Stmt{},
		units: make(chan *unit, maxGroup),
		done:  make(chan struct{}),
		quit:  make(chan struct{}),
	}
	go w.loop()
	w.side.Add(1)
	go w.checkpoint()
	return w, nil
}

// do queues fn and waits for the outcome of the transaction it becomes part of.
func (w *writer) do(ctx context.Context, fn func(*Tx) error) error {
	u := &unit{ctx: ctx, fn: fn, result: make(chan error, 1)}
	w.mu.RLock()
	if w.closed {
		w.mu.RUnlock()
		return ErrClosed
	}
	select {
	case w.units <- u:
		w.mu.RUnlock()
	case <-ctx.Done():
		w.mu.RUnlock()
		return ctx.Err()
	}
	return <-u.result
}

func (w *writer) stop() error {
	w.mu.Lock()
	if w.closed {
		w.mu.Unlock()
		<-w.done
		return nil
	}
	w.closed = true
	close(w.units)
	w.mu.Unlock()
	<-w.done
	close(w.quit)
	w.side.Wait()
	var errs []error
	for _, s := range w.stmts {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, w.conn.Close(), w.pool.Close())...)
}

// loop commits groups: while one is being synced, the next collects.
func (w *writer) loop() {
	defer close(w.done)
	group := make([]*unit, 0, maxGroup)
	for u := range w.units {
		group = append(group[:0], u)
	collect:
		for len(group) < maxGroup {
			select {
			case u, ok := <-w.units:
				if !ok {
					break collect
				}
				group = append(group, u)
			default:
				break collect
			}
		}
		w.commit(group)
	}
}

// commit runs a group in one transaction and tells every caller the outcome.
func (w *writer) commit(group []*unit) {
	results := make([]error, len(group))
	w.groups.Add(1)
	err := w.run(group, results)
	var changes []Change
	for i, u := range group {
		if err != nil && (results[i] == nil || isFull(results[i])) {
			results[i] = err // it was fine by itself, and is not stored all the same
		}
		if results[i] == nil {
			changes = append(changes, u.changes...)
		}
	}
	if err == nil && len(changes) > 0 {
		w.db.changed(changes)
	}
	for i, u := range group {
		u.result <- w.db.explain(results[i])
	}
}

// run executes the group. It returns an error when nothing of it was stored;
// results holds the errors of single units.
func (w *writer) run(group []*unit, results []error) (err error) {
	if err := w.begin(); err != nil {
		return err
	}
	defer func() {
		if err == nil {
			return
		}
		// After a full disk SQLite may have rolled back by itself: then there is
		// no transaction to end, and saying so is not another fault.
		if e := w.exec("ROLLBACK"); e != nil && !isFull(err) {
			err = errors.Join(err, e)
		}
	}()
	now := w.db.now()
	stored := 0
	for i, u := range group {
		if e := u.ctx.Err(); e != nil {
			results[i] = e
			continue
		}
		tx := &Tx{Reader: Reader{ctx: context.Background(), shop: w.db.shop, prepare: w.prepare}, now: now}
		if results[i], err = w.isolate(tx, u.fn, len(group) == 1); err != nil {
			return err
		}
		if results[i] == nil {
			u.changes, u.added = tx.changes, tx.added
			stored++
		}
	}
	if stored == 0 {
		return w.exec("ROLLBACK")
	}
	return w.end(group, now)
}

// isolate runs one unit so that nothing of it is kept where it failed. One that is
// alone needs no savepoint for that: the transaction is its own. An err is the
// whole group's.
func (w *writer) isolate(tx *Tx, fn func(*Tx) error, alone bool) (failed, err error) {
	if alone {
		if failed = runUnit(tx, fn); isFull(failed) {
			return failed, failed
		}
		return failed, nil
	}
	if err := w.exec("SAVEPOINT unit"); err != nil {
		return nil, err
	}
	if failed = runUnit(tx, fn); failed != nil {
		if isFull(failed) {
			return failed, failed
		}
		if err := w.exec("ROLLBACK TO unit"); err != nil {
			return failed, err
		}
	}
	return failed, w.exec("RELEASE unit")
}

func (w *writer) begin() error {
	err := w.exec("BEGIN IMMEDIATE")
	if err == nil {
		return nil
	}
	// The last rollback may have failed with the disk, and left its transaction open.
	if w.exec("ROLLBACK") != nil {
		return err
	}
	return w.exec("BEGIN IMMEDIATE")
}

// end lets the rows leave that may, and commits.
func (w *writer) end(group []*unit, now time.Time) (err error) {
	var added []OutboxRow
	for _, u := range group {
		added = append(added, u.added...)
	}
	if len(added) == 0 {
		return w.exec("COMMIT")
	}
	claim := w.db.claim(added)
	if claim.Done != nil {
		defer func() { claim.Done(err == nil) }()
	}
	tx := &Tx{Reader: Reader{ctx: context.Background(), shop: w.db.shop, prepare: w.prepare}, now: now}
	for _, id := range claim.IDs {
		if _, err := tx.claim(id); err != nil {
			return err
		}
	}
	if claim.Known {
		for _, u := range group {
			u.changes = slices.DeleteFunc(u.changes, func(c Change) bool { return c.Kind == OutboxAdded })
		}
	}
	return w.exec("COMMIT")
}

// runUnit is the root of a caller's code on the writer's goroutine: its panic
// must cost the caller, not the shop.
func runUnit(tx *Tx, fn func(*Tx) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("store: panic in a unit: %v\n%s", p, debug.Stack())
		}
	}()
	return fn(tx)
}

func (w *writer) exec(q string) error {
	s, err := w.prepare(q)
	if err != nil {
		return err
	}
	_, err = s.ExecContext(context.Background())
	return err
}

func (w *writer) prepare(q string) (*sql.Stmt, error) {
	if s := w.stmts[q]; s != nil {
		return s, nil
	}
	// Not the caller's context: an interrupted statement would take the whole
	// group with it.
	s, err := w.conn.PrepareContext(context.Background(), q)
	if err != nil {
		return nil, err
	}
	w.stmts[q] = s
	return s, nil
}

// checkpoint copies the log back while the writer goes on.
func (w *writer) checkpoint() {
	defer w.side.Done()
	tick := time.NewTicker(checkpointEvery)
	defer tick.Stop()
	var seen, copied int64 // groups
	for {
		select {
		case <-w.quit:
			return
		case <-tick.C:
		}
		groups := w.groups.Load()
		quiet := groups == seen
		seen = groups
		if fresh := groups - copied; fresh < checkpointQuiet || !quiet && fresh < checkpointBusy {
			continue
		}
		copied = groups
		// A checkpoint that fails loses nothing: the log is still there, and the
		// writer's own checkpoint tells its caller when the disk is to blame.
		_, _ = w.pool.ExecContext(context.Background(), "PRAGMA wal_checkpoint(PASSIVE)")
	}
}

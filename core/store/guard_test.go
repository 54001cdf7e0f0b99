package store_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"shopbell/core/chat"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

func TestAForeignOrNewerFileIsNotTouched(t *testing.T) {
	newer := func(t *testing.T, path string) {
		db, err := store.Open(t.Context(), path, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		storetest.Exec(t, path, "INSERT INTO migration (name, applied_at) VALUES ('9999_from_the_future', 1)")
	}
	foreign := func(t *testing.T, path string) { storetest.Exec(t, path, "CREATE TABLE recipe (name TEXT)") }
	for name, prepare := range map[string]func(*testing.T, string){"another program's": foreign, "a newer Shopbell's": newer} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), store.FileName)
			prepare(t, path)
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if db, err := store.Open(t.Context(), path, store.Options{}); err == nil {
				t.Error("Open took it", db.Close())
			}
			if _, err := store.Inspect(t.Context(), path); err == nil {
				t.Error("Inspect took it")
			}
			after, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(before, after) {
				t.Error("the file was changed")
			}
		})
	}
}

func TestTheFilesAreForTheirOwnerOnly(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // modes mean nothing there: the folder's access list does
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, store.FileName)
	db, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.AddWebhook(t.Context(), []byte("x")); err != nil {
		t.Fatal(err)
	}
	if err := store.MigrateWith(t.Context(), path, "9000_test", "CREATE TABLE added (a INTEGER)"); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) < 4 {
		t.Fatalf("want the file, its log, its index and a copy, got %v (%v)", files, err)
	}
	for _, f := range files {
		info, err := f.Info()
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %o, want 600", f.Name(), info.Mode().Perm())
		}
	}
}

func TestTheIdOfAPrunedWebhookIsNotGivenAgain(t *testing.T) {
	d := newDesk(t)
	first, err := d.db.AddWebhook(t.Context(), []byte("old"))
	if err != nil {
		t.Fatal(err)
	}
	d.update(func(tx *store.Tx) error { _, err := tx.FinishWebhook(first, 1); return err })
	if n, err := d.db.PruneJournal(t.Context(), d.now.Add(1), 10); err != nil || n != 1 {
		t.Fatalf("pruned %d, %v", n, err)
	}
	second, err := d.db.AddWebhook(t.Context(), []byte("new"))
	if err != nil || second <= first {
		t.Errorf("the next webhook got id %d after %d (%v): whoever reads on from %d never sees it", second, first, err, first)
	}
}

func TestAWebhookReplayedWhileUnderWayStaysInTheQueue(t *testing.T) {
	d := newDesk(t)
	id, err := d.db.AddWebhook(t.Context(), []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	list, err := d.db.OpenWebhooks(t.Context(), 0, 10)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	d.update(func(tx *store.Tx) error { return tx.Park(id, 0, 3, "odd") })
	parked, err := d.db.ParkedItems(t.Context())
	if err != nil || len(parked) != 1 {
		t.Fatal(parked, err)
	}
	d.update(func(tx *store.Tx) error { return tx.Replay(parked[0].ID) })
	finish := func(generation int64) (off bool) {
		d.update(func(tx *store.Tx) (err error) { off, err = tx.FinishWebhook(id, generation); return err })
		return off
	}
	if finish(list[0].Generation) {
		t.Error("the first reading took it off the queue, with the replayed item still to do")
	}
	if list, err = d.db.OpenWebhooks(t.Context(), 0, 10); err != nil || len(list) != 1 || !finish(list[0].Generation) {
		t.Errorf("read again it is %v (%v), want it to come off the queue", list, err)
	}
}

func TestWhatIsMineIsFoundByItsIndexes(t *testing.T) {
	plan, err := newDesk(t).db.PlanOfMine(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(plan, "conversation_assigned") || !strings.Contains(plan, "conversation_locked") {
		t.Errorf("the plan reads the whole table:\n%s", plan)
	}
}

func TestTheSpellingOfANumberIsLearntAlsoWhenTheStatusCameFirst(t *testing.T) {
	d := newDesk(t)
	c := d.customer()
	d.write(c, 0)
	l := d.answer(c, agentSays("yes"))
	d.claim(l)
	d.report("wamid.fast", l.callback, chat.StatusFailed)
	d.done(d.db.OutboxSent(t.Context(), l.row, store.Acceptance{WAMID: "wamid.fast", WaID: "5511987654321", At: d.now}))
	if m := d.message(l.message); m.Status != chat.StatusFailed {
		t.Errorf("the message became %s, want it to stay failed", m.Status)
	}
	d.view(func(r *store.Reader) error {
		got, err := r.ContactOf(chat.Alias{Kind: chat.AliasPhone, Value: chat.PhoneKey("5511987654321")})
		if got.ID != c.ID || errors.Is(err, store.ErrNotFound) {
			t.Errorf("the spelling belongs to %d (%v), want %d", got.ID, err, c.ID)
		}
		return nil
	})
}

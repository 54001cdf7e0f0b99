package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

func TestUpdateKeepsTheOthersOfAGroupWhenOneFails(t *testing.T) {
	db := storetest.Open(t, store.Options{})
	boom := errors.New("boom")
	var wg sync.WaitGroup
	for i := range 200 {
		wg.Go(func() {
			err := db.Update(t.Context(), func(tx *store.Tx) error {
				if err := tx.SetSetting(fmt.Sprintf("k%d", i), "v"); err != nil {
					return err
				}
				switch i % 4 {
				case 1:
					return boom
				case 2:
					var nothing map[string]string
					nothing["a"] = "b"
				}
				return nil
			})
			switch {
			case i%4 == 1 && !errors.Is(err, boom):
				t.Errorf("unit %d: got %v, want its own error", i, err)
			case i%4 == 2 && (err == nil || !strings.Contains(err.Error(), "panic")):
				t.Errorf("unit %d: got %v, want its panic as an error", i, err)
			case (i%4 == 0 || i%4 == 3) && err != nil:
				t.Errorf("unit %d: %v", i, err)
			}
		})
	}
	wg.Wait()
	storetest.View(t, db, func(r *store.Reader) error {
		for i := range 200 {
			got, err := r.Setting(fmt.Sprintf("k%d", i))
			if err != nil {
				return err
			}
			want := ""
			if i%4 == 0 || i%4 == 3 {
				want = "v"
			}
			if got != want {
				t.Errorf("setting of unit %d is %q, want %q", i, got, want)
			}
		}
		return nil
	})
}

func TestUpdateIsRefusedAfterClose(t *testing.T) {
	db := storetest.Open(t, store.Options{})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatalf("second Close: %v", err)
	}
	if err := db.Update(t.Context(), func(*store.Tx) error { return nil }); !errors.Is(err, store.ErrClosed) {
		t.Errorf("Update: got %v, want ErrClosed", err)
	}
	if err := db.View(t.Context(), func(*store.Reader) error { return nil }); !errors.Is(err, store.ErrClosed) {
		t.Errorf("View: got %v, want ErrClosed", err)
	}
}

func TestUpdateDoesNotStartAUnitWhoseContextEnded(t *testing.T) {
	db := storetest.Open(t, store.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := db.Update(ctx, func(tx *store.Tx) error { return tx.SetSetting("a", "b") })
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want the context's error", err)
	}
	storetest.View(t, db, func(r *store.Reader) error {
		if v, _ := r.Setting("a"); v != "" {
			t.Errorf("the unit ran all the same")
		}
		return nil
	})
}

func TestChangesAreAnnouncedOnceAndOnlyWhenStored(t *testing.T) {
	var mu sync.Mutex
	var got []store.Change
	db := storetest.Open(t, store.Options{Changed: func(c []store.Change) {
		mu.Lock()
		defer mu.Unlock()
		got = append(got, c...)
	}})
	_ = db.Update(t.Context(), func(tx *store.Tx) error {
		tx.NewCustomer(7)
		return errors.New("rolled back")
	})
	if err := db.Update(t.Context(), func(tx *store.Tx) error { tx.NewCustomer(8); return nil }); err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	defer mu.Unlock()
	if len(got) != 1 || got[0].Conversation != 8 {
		t.Errorf("announced %+v, want the one of conversation 8 only", got)
	}
}

func TestOpenRefusesANewerFileAndLeavesItAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), store.FileName)
	db, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	storetest.Exec(t, path, "INSERT INTO migration (name, applied_at) VALUES ('9999_from_the_future', 1)")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Open(t.Context(), path, store.Options{}); !errors.Is(err, store.ErrNewer) || !strings.Contains(err.Error(), "9999_from_the_future") {
		t.Fatalf("got %v, want ErrNewer that names the migration", err)
	}
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(before) != string(after) {
		t.Error("the file was changed")
	}
}

func TestOpenRefusesTheDatabaseOfAnotherProgram(t *testing.T) {
	path := filepath.Join(t.TempDir(), store.FileName)
	storetest.Exec(t, path, "CREATE TABLE recipe (name TEXT)")
	if _, err := store.Open(t.Context(), path, store.Options{}); err == nil || !strings.Contains(err.Error(), "another program") {
		t.Errorf("got %v, want a refusal", err)
	}
}

func TestOpenCopiesTheFileBeforeAPendingMigration(t *testing.T) {
	path := filepath.Join(t.TempDir(), store.FileName)
	db, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	storetest.Exec(t, path, "CREATE TABLE kept (a INTEGER)")
	if err := store.MigrateWith(t.Context(), path, "9000_test", "CREATE TABLE added (a INTEGER)"); err != nil {
		t.Fatal(err)
	}
	copied := path + ".before-9000"
	if _, err := os.Stat(copied); err != nil {
		t.Fatalf("no copy: %v", err)
	}
	storetest.Exec(t, copied, "INSERT INTO kept VALUES (1)")
	storetest.Exec(t, path, "INSERT INTO added VALUES (1)")
}

func TestAFailingMigrationLeavesNeitherChangeNorRecord(t *testing.T) {
	path := filepath.Join(t.TempDir(), store.FileName)
	db, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := store.MigrateWith(t.Context(), path, "9000_test", "CREATE TABLE half (a INTEGER); CREATE TABLE half (a INTEGER)"); err == nil {
		t.Fatal("a migration that makes a table twice passed")
	}
	if err := store.MigrateWith(t.Context(), path, "9000_test", "CREATE TABLE half (a INTEGER)"); err != nil {
		t.Errorf("after the failure the table or the record was there: %v", err)
	}
}

func TestKnowContactFindsOnePersonBehindItsAliases(t *testing.T) {
	tests := []struct {
		name string
		seen []store.Person
		want int // contacts
	}{
		{"a phone twice", []store.Person{{Phone: "351912555014"}, {Phone: "351912555014"}}, 1},
		{"Brazil with and without the ninth digit", []store.Person{{Phone: "5511912345678"}, {Phone: "551112345678"}}, 2},
		{"a Brazilian mobile without its ninth digit", []store.Person{{Phone: "5511987654321"}, {Phone: "551187654321"}}, 1},
		{"Mexico 52 and 521", []store.Person{{Phone: "5215512345678"}, {Phone: "525512345678"}}, 1},
		{"a user id learnt beside the phone", []store.Person{{Phone: "351912555014", UserID: "PT.1"}, {UserID: "PT.1"}}, 1},
		{"a phone learnt after the user id", []store.Person{{UserID: "PT.1"}, {Phone: "351912555014", UserID: "PT.1"}, {Phone: "351912555014"}}, 1},
		{"two people", []store.Person{{UserID: "PT.1"}, {UserID: "PT.2"}}, 2},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			db := storetest.Open(t, store.Options{})
			ids := map[chat.ContactID]bool{}
			for _, p := range tt.seen {
				storetest.Update(t, db, func(tx *store.Tx) error {
					c, _, err := tx.KnowContact(p)
					ids[c.ID] = true
					return err
				})
			}
			if len(ids) != tt.want {
				t.Errorf("%d contacts, want %d", len(ids), tt.want)
			}
		})
	}
}

func TestAnswersGoToThePhoneExactlyAsReceived(t *testing.T) {
	db := storetest.Open(t, store.Options{})
	storetest.Update(t, db, func(tx *store.Tx) error {
		if _, _, err := tx.KnowContact(store.Person{Phone: "5511987654321"}); err != nil {
			return err
		}
		c, _, err := tx.KnowContact(store.Person{Phone: "551187654321"})
		if want := (chat.Address{Kind: chat.AliasPhone, Value: "551187654321"}); c.Address != want {
			t.Errorf("address %+v, want %+v", c.Address, want)
		}
		return err
	})
}

func TestTheTimeOfAGroupIsOne(t *testing.T) {
	tick := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	db := storetest.Open(t, store.Options{Now: func() time.Time { tick = tick.Add(time.Second); return tick }})
	storetest.Update(t, db, func(tx *store.Tx) error {
		if !tx.Now().Equal(tx.Now()) {
			t.Error("Now changed within a unit")
		}
		return nil
	})
}

package store_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/chat"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

func TestAChannelTakesWhatTheNetworkSaysOfIt(t *testing.T) {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), store.FileName), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var known chat.Channel
	storetest.Update(t, db, func(tx *store.Tx) (err error) {
		if known, err = tx.KnowChannel(chat.Channel{PhoneNumberID: "42", WABAID: "7"}); err != nil {
			return err
		}
		return tx.UpdateChannel(chat.Channel{PhoneNumberID: "42", DisplayPhone: "+1 555-010-0042", Name: "Bell & Sons"})
	})
	err = db.Update(t.Context(), func(tx *store.Tx) error { return tx.UpdateChannel(chat.Channel{PhoneNumberID: "43"}) })
	if !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a channel that is not known: %v", err)
	}
	want := chat.Channel{ID: known.ID, PhoneNumberID: "42", WABAID: "7", DisplayPhone: "+1 555-010-0042", Name: "Bell & Sons"}
	if err := db.View(t.Context(), func(r *store.Reader) error {
		got, err := r.Channel("42")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("the channel (-want +got):\n%s", diff)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

func TestTheLastWebhook(t *testing.T) {
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), store.FileName), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, come := range []bool{false, true} {
		if come {
			if _, err := db.AddWebhook(t.Context(), []byte(`{}`)); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.View(t.Context(), func(r *store.Reader) error {
			at, err := r.LastWebhook()
			if at.IsZero() == come {
				t.Errorf("one has come: %t, and the last came at %v", come, at)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
}

package shopfile_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shopbell/bench/shopfile"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/store"
)

var end = time.Date(2026, 11, 20, 18, 0, 0, 0, time.UTC)

// shop is what a filled file tells of itself.
type shop struct {
	counts   desk.Counts
	messages []chat.Message // of all chats, each by itself
	kinds    map[chat.Kind]int
	longest  int
}

func filled(t *testing.T, s shopfile.Size) (path string, read shop) {
	t.Helper()
	path = filepath.Join(t.TempDir(), store.FileName)
	if err := shopfile.Fill(t.Context(), path, s, end, nil); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	read.kinds = map[chat.Kind]int{}
	err = db.View(t.Context(), func(r *store.Reader) error {
		channel, err := r.FirstChannel()
		if err != nil {
			return err
		}
		if read.counts, err = r.Counts(1, end); err != nil {
			return err
		}
		for id := chat.ContactID(1); ; id++ {
			list, err := r.Messages(id, channel.ID, 0, s.Messages)
			if err != nil {
				return err
			}
			if len(list) == 0 {
				return nil
			}
			for _, m := range list {
				read.kinds[m.Kind]++
				read.kinds[chat.KindReaction] += len(m.Reactions)
			}
			who, err := r.Contact(id)
			if err != nil {
				return err
			}
			if who.Name == shopfile.LongestName {
				read.longest = len(list)
			}
			read.messages = append(read.messages, list...)
		}
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return path, read
}

func TestAFilledShopIsOfItsSize(t *testing.T) {
	size := shopfile.Size{Conversations: 120, Messages: 1800, Seed: 7}
	_, read := filled(t, size)
	if n := read.counts.All + read.counts.Resolved; n != size.Conversations {
		t.Errorf("%d conversations, want %d", n, size.Conversations)
	}
	if read.counts.Waiting == 0 || read.counts.All == read.counts.Waiting || read.counts.Resolved == 0 {
		t.Errorf("some must wait, some be answered and some be resolved: %+v", read.counts)
	}
	// Several reactions on one message show the last alone.
	if n := len(read.messages) + read.kinds[chat.KindReaction]; n > size.Messages || n < size.Messages*98/100 {
		t.Errorf("%d messages, want %d", n, size.Messages)
	}
	if n := size.Longest(); read.longest > n || read.longest < n*95/100 {
		t.Errorf("the longest chat has %d messages, want %d", read.longest, n)
	}
	for _, kind := range []chat.Kind{
		chat.KindText, chat.KindInteractive, chat.KindImage, chat.KindAudio, chat.KindDocument, chat.KindLocation, chat.KindTemplate,
		chat.KindReaction, chat.KindNote, chat.KindSystem,
	} {
		if read.kinds[kind] == 0 {
			t.Errorf("there is no message of kind %s", kind)
		}
	}
	for _, m := range read.messages {
		if m.At.After(end) || m.At.Before(end.AddDate(-2, 0, -1)) {
			t.Fatalf("a message of %v, outside of the two years to %v", m.At, end)
		}
	}
}

func TestTheSameSizeAndSeedMakeTheSameRows(t *testing.T) {
	size := shopfile.Size{Conversations: 20, Messages: 200, Seed: 3}
	_, one := filled(t, size)
	_, two := filled(t, size)
	if diff := cmp.Diff(one.messages, two.messages); diff != "" {
		t.Error(diff)
	}
	size.Seed++
	if _, other := filled(t, size); cmp.Equal(one.messages, other.messages) {
		t.Error("another seed makes the same rows, too")
	}
}

func TestFillRefuses(t *testing.T) {
	path, _ := filled(t, shopfile.Size{Conversations: 2, Messages: 4})
	for name, c := range map[string]struct {
		path string
		size shopfile.Size
	}{
		"a file that is a shop's":                      {path, shopfile.Size{Conversations: 2, Messages: 4}},
		"fewer messages than two in each conversation": {path + ".new", shopfile.Size{Conversations: 2, Messages: 3}},
		"no conversation":                              {path + ".new", shopfile.Size{Messages: 3}},
	} {
		t.Run(name, func(t *testing.T) {
			if err := shopfile.Fill(t.Context(), c.path, c.size, end, nil); err == nil {
				t.Error("no error")
			}
		})
	}
}

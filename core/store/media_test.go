package store_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/chat"
	"shopbell/core/store"
)

// photo stores a picture of a customer's that is to be fetched.
func (d *desk) photo(c chat.Contact) chat.Message {
	d.t.Helper()
	at := d.now.Add(d.step)
	return d.receive(c, store.NewMessage{
		Message: chat.Message{Kind: chat.KindImage, At: at, Media: &chat.Media{
			MIME: "image/jpeg", State: chat.MediaWaiting, Until: at.Add(7 * 24 * time.Hour),
		}},
		AtMeta: store.MetaFile{ID: "9007199254740993", URL: "https://lookaside.fbsbx.com/1", SHA256: "x="},
	})
}

// due returns what is to be fetched at a moment.
func (d *desk) due(now time.Time) []store.MediaJob {
	d.t.Helper()
	list, err := d.db.MediaDue(d.Context(), now, 100)
	d.done(err)
	return list
}

func (d *desk) next() time.Time {
	d.t.Helper()
	at, err := d.db.MediaNext(d.Context())
	d.done(err)
	return at
}

func TestAFileIsDueFromWhenItCame(t *testing.T) {
	d := newDesk(t)
	var told []store.Change
	d.told = func(c []store.Change) { told = append(told, c...) }
	c := d.customer()
	old, m := d.photo(c), d.photo(c)
	want := func(m chat.Message) store.MediaJob {
		return store.MediaJob{
			Message: m.ID, Channel: d.channel.ID, PhoneNumberID: d.channel.PhoneNumberID, Kind: chat.KindImage,
			MetaID: "9007199254740993", URL: "https://lookaside.fbsbx.com/1", MIME: "image/jpeg", Until: m.Media.Until,
		}
	}
	if diff := cmp.Diff([]store.MediaJob{want(m), want(old)}, d.due(d.now)); diff != "" {
		t.Errorf("due, the newest first (-want +got):\n%s", diff)
	}
	if n := len(d.due(d.now.Add(-time.Minute))); n != 0 {
		t.Errorf("%d are due before they came", n)
	}
	added := 0
	for _, c := range told {
		if c.Kind == store.MediaAdded {
			added++
		}
	}
	if added != 2 {
		t.Errorf("told of %d files to fetch, want 2", added)
	}
}

func TestFilesThatAreHereAreNotLookedAtForThoseThatAreDue(t *testing.T) {
	d := newDesk(t)
	plan, err := d.db.PlanOfMediaDue(t.Context())
	d.done(err)
	if strings.Contains(plan, "SCAN") || !strings.Contains(plan, "media_due") {
		t.Errorf("the plan is\n%s", plan)
	}
}

func TestWhatFollowsFromATryAtAFile(t *testing.T) {
	found := store.MediaFound{File: "ab12", MIME: "image/png", Size: 70_000, Width: 800, Height: 600, Duration: time.Second}
	until := time.Time{}
	tests := []struct {
		name string
		do   func(tx *store.Tx, id chat.MessageID) error
		want chat.Media
		next time.Duration // after now; negative: never
	}{
		{"it is here", func(tx *store.Tx, id chat.MessageID) error { return tx.MediaHere(id, found) }, chat.Media{
			MIME: "image/png", Size: 70_000, Width: 800, Height: 600, Duration: time.Second, State: chat.MediaHere, File: "ab12",
		}, -1},
		{"again later", func(tx *store.Tx, id chat.MessageID) error { return tx.MediaAgain(id, tx.Now().Add(time.Hour), "") }, chat.Media{
			MIME: "image/jpeg", State: chat.MediaWaiting,
		}, time.Hour},
		{"lost", func(tx *store.Tx, id chat.MessageID) error { return tx.MediaLost(id, chat.MediaGone) }, chat.Media{
			MIME: "image/jpeg", State: chat.MediaLost, Code: chat.MediaGone,
		}, -1},
		{"refused", func(tx *store.Tx, id chat.MessageID) error { return tx.MediaRefused(id, chat.MediaDisguised) }, chat.Media{
			MIME: "image/jpeg", State: chat.MediaRefused, Code: chat.MediaDisguised,
		}, -1},
		{"refused, and a person asks again", func(tx *store.Tx, id chat.MessageID) error {
			return errors.Join(tx.MediaRefused(id, chat.MediaTooLarge), tx.MediaNow(id))
		}, chat.Media{MIME: "image/jpeg", State: chat.MediaWaiting}, 0},
		{"later, and a person asks now", func(tx *store.Tx, id chat.MessageID) error {
			return errors.Join(tx.MediaAgain(id, tx.Now().Add(time.Hour), ""), tx.MediaNow(id))
		}, chat.Media{MIME: "image/jpeg", State: chat.MediaWaiting}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			m := d.photo(d.customer())
			d.update(func(tx *store.Tx) error { return tt.do(tx, m.ID) })
			got := *d.message(m.ID).Media
			got.Until = until
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			switch next := d.next(); {
			case tt.next < 0 && !next.IsZero():
				t.Errorf("due at %s, want never", next)
			case tt.next >= 0 && !next.Equal(d.now.Add(tt.next)):
				t.Errorf("due at %s, want %s", next, d.now.Add(tt.next))
			}
		})
	}
}

func TestATryThatCameToNothingIsCountedAndItsAddressKept(t *testing.T) {
	d := newDesk(t)
	m := d.photo(d.customer())
	for _, url := range []string{"https://lookaside.fbsbx.com/2", ""} {
		d.update(func(tx *store.Tx) error { return tx.MediaAgain(m.ID, tx.Now(), url) })
	}
	if j := d.due(d.now); len(j) != 1 || j[0].Tries != 2 || j[0].URL != "https://lookaside.fbsbx.com/2" {
		t.Errorf("due is %+v", j)
	}
}

func TestWhatIsHereOrLostIsNotFetchedAgain(t *testing.T) {
	d := newDesk(t)
	here, lost, text := d.photo(d.customer()), d.photo(d.customer()), d.write(d.customer(), 0)
	d.update(func(tx *store.Tx) error {
		return errors.Join(tx.MediaHere(here.ID, store.MediaFound{File: "ab12"}), tx.MediaLost(lost.ID, chat.MediaGone))
	})
	for name, id := range map[string]chat.MessageID{"here": here.ID, "lost": lost.ID, "a text": text.ID, "no message": 1 << 40} {
		if err := d.db.Update(t.Context(), func(tx *store.Tx) error { return tx.MediaNow(id) }); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: got %v, want ErrNotFound", name, err)
		}
	}
}

func TestAFileIsKnownOnceAMessageHasIt(t *testing.T) {
	d := newDesk(t)
	m := d.photo(d.customer())
	known := func(file string) (known bool) {
		d.view(func(r *store.Reader) (err error) { known, err = r.FileKnown(file); return err })
		return known
	}
	if known("ab12") || known("") {
		t.Error("a file is known before it is here")
	}
	d.update(func(tx *store.Tx) error { return tx.MediaHere(m.ID, store.MediaFound{File: "ab12"}) })
	if !known("ab12") {
		t.Error("the file that is here is not known")
	}
}

func TestAnUploadIsRememberedForItsTimeAndItsNumber(t *testing.T) {
	d := newDesk(t)
	d.step = 0
	d.update(func(tx *store.Tx) error {
		return errors.Join(tx.SaveUpload("ab12", "1", "meta.old"), tx.SaveUpload("ab12", "1", "meta.1"), tx.SaveUpload("ab12", "2", "meta.2"))
	})
	saved := d.now
	tests := []struct {
		name, file, number string
		at                 time.Time
		want               string // "": ErrNotFound
	}{
		{"of this number the last", "ab12", "1", saved, "meta.1"},
		{"of another number its own", "ab12", "2", saved, "meta.2"},
		{"of another file none", "cd34", "1", saved, ""},
		{"to the end of its time", "ab12", "1", saved.Add(store.UploadFor - time.Millisecond), "meta.1"},
		{"no longer", "ab12", "1", saved.Add(store.UploadFor), ""},
	}
	upload := func(file, number string) (id string) {
		d.t.Helper()
		err := d.db.Update(d.Context(), func(tx *store.Tx) (err error) { id, err = tx.Upload(file, number); return err })
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			d.t.Fatal(err)
		}
		return id
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d.now = tt.at
			if got := upload(tt.file, tt.number); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

package intake_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"shopbell/core/chat"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

var update = flag.Bool("update", false, "write what the scenarios give into their want files")

func (w *world) ready() []store.OutboxRow {
	w.t.Helper()
	rows, err := w.db.OutboxReady(w.t.Context(), 0, 10000)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, r := range rows {
		w.callback[r.ID] = payload(w.t, r).Callback
	}
	return rows
}

type sent struct {
	To        string `json:"to"`
	Recipient string `json:"recipient"`
	Type      string `json:"type"`
	Callback  string `json:"biz_opaque_callback_data"`
	Text      struct {
		Body string `json:"body"`
	} `json:"text"`
	Interactive struct {
		Body struct {
			Text string `json:"text"`
		} `json:"body"`
		Action struct {
			Buttons []struct {
				Reply chat.Button `json:"reply"`
			} `json:"buttons"`
		} `json:"action"`
	} `json:"interactive"`
}

func payload(t *testing.T, r store.OutboxRow) (s sent) {
	t.Helper()
	if err := json.Unmarshal(r.Payload, &s); err != nil {
		t.Fatalf("payload of row %d: %v", r.ID, err)
	}
	return s
}

// step runs one file of a scenario. Its name says what it is:
//
//	NN-webhook.json   post it; {{callback N}} is the callback data of outbox row N
//	NN-twice.json     post it twice at once
//	NN-clock          let the time in it pass ("5h")
//	NN-claim, NN-sent, NN-unknown  "ROW [WAMID]": what the sender reports
//	NN-asked                       "CONVERSATION [WAMID]": a person resolved it, and the
//	                               customer was asked how it was; without a WAMID the
//	                               question has not left yet
//	NN-asks                        the shop asks its customers for ratings
func (w *world) step(f txtar.File) {
	w.t.Helper()
	_, kind, _ := strings.Cut(strings.TrimSpace(f.Name), "-")
	words := strings.Fields(string(f.Data))
	w.ready()
	body := f.Data
	for row, data := range w.callback {
		body = bytes.ReplaceAll(body, fmt.Appendf(nil, "{{callback %d}}", row), []byte(data))
	}
	var err error
	switch kind {
	case "webhook.json":
		if code := w.post(body); code != http.StatusOK {
			w.t.Fatalf("%s: answered %d", f.Name, code)
		}
	case "twice.json":
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() { w.post(body) })
		}
		wg.Wait()
	case "clock":
		d, errD := time.ParseDuration(words[0])
		w.now.Add(int64(d))
		err = errD
	case "claim":
		_, err = w.db.OutboxClaim(w.t.Context(), []int64{number(w.t, words[0])})
	case "sent":
		err = w.db.OutboxSent(w.t.Context(), number(w.t, words[0]), store.Acceptance{WAMID: words[1], At: w.time()})
	case "unknown":
		err = w.db.OutboxUnknown(w.t.Context(), number(w.t, words[0]), "no answer")
	case "asked":
		w.ask(chat.ConversationID(number(w.t, words[0])), words[1:])
	case "asks":
		w.update(func(tx *store.Tx) error { return tx.SetRatings(true) })
	default:
		w.t.Fatalf("%q is no step", f.Name)
	}
	if err != nil {
		w.t.Fatalf("%s: %v", f.Name, err)
	}
	w.settle()
}

// ask resolves a conversation and asks its customer for a rating, which Meta takes where
// it gives it a name.
func (w *world) ask(id chat.ConversationID, wamid []string) {
	w.t.Helper()
	w.update(func(tx *store.Tx) error {
		v, err := tx.Conversation(id)
		if err != nil {
			return err
		}
		v.State, v.ResolvedAt, v.WaitingSince, v.Unread = chat.StateResolved, tx.Now(), time.Time{}, 0
		if err := tx.SaveConversation(v); err != nil {
			return err
		}
		return tx.AskRating(&store.Outgoing{
			NewMessage: store.NewMessage{Channel: v.Channel, Message: chat.Message{
				Conversation: id, Contact: v.Contact.ID, Author: chat.AuthorDesk, Kind: chat.KindRating, Text: "How was it?", List: chat.RatingList(),
			}},
			SendBefore: tx.Now().Add(time.Minute),
			Encode:     func(string) ([]byte, error) { return []byte("{}"), nil },
		})
	})
	if len(wamid) == 0 {
		return
	}
	rows := w.ready()
	if err := w.db.OutboxSent(w.t.Context(), rows[len(rows)-1].ID, store.Acceptance{WAMID: wamid[0], At: w.time()}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) update(unit func(*store.Tx) error) {
	w.t.Helper()
	if err := w.db.Update(w.t.Context(), unit); err != nil {
		w.t.Fatal(err)
	}
}

func number(t *testing.T, s string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// describe writes what a person would see, and what stands in the outbox.
func (w *world) describe() string {
	w.t.Helper()
	var b strings.Builder
	storetest.View(w.t, w.db, func(r *store.Reader) error {
		for _, l := range []store.Listing{store.ListAll, store.ListResolved} {
			list, _, err := r.List(store.ListQuery{Listing: l, Now: w.time(), Limit: 100})
			if err != nil {
				return err
			}
			for _, v := range list {
				if err := describeConversation(&b, r, v); err != nil {
					return err
				}
			}
		}
		next, err := r.NextRating()
		if !next.IsZero() {
			fmt.Fprintf(&b, "a rating is asked for at %s\n", next.Format("15:04:05"))
		}
		return err
	})
	for _, row := range w.ready() {
		p := payload(w.t, row)
		fmt.Fprintf(&b, "outbox %d to %s%s: %s%s\n", row.ID, p.To, p.Recipient, p.Text.Body, p.Interactive.Body.Text)
	}
	parked, err := w.db.ParkedItems(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	for _, p := range parked {
		fmt.Fprintf(&b, "parked: item %d after %d tries: %s\n", p.Item, p.Tries, p.Error)
	}
	return b.String()
}

func describeConversation(b *strings.Builder, r *store.Reader, v chat.Conversation) error {
	fmt.Fprintf(b, "%s <%s %s> %s", v.Contact.DisplayName(), v.Contact.Address.Kind, v.Contact.Address.Value, v.State)
	if !v.WaitingSince.IsZero() {
		fmt.Fprintf(b, ", waits since %s", v.WaitingSince.Format("15:04:05"))
	}
	if v.Department != "" {
		fmt.Fprintf(b, ", %s", v.Department)
	}
	if v.Rating.Score != 0 {
		fmt.Fprintf(b, ", rated %d at %s", v.Rating.Score, v.Rating.At.Format("15:04:05"))
	}
	fmt.Fprintf(b, ", %d unread\n", v.Unread)
	list, err := r.Messages(v.Contact.ID, v.Channel, 0, 100)
	if err != nil {
		return err
	}
	for _, m := range list {
		describeMessage(b, m)
	}
	return nil
}

func describeMessage(b *strings.Builder, m chat.Message) {
	fmt.Fprintf(b, "  %s %s %s%s: %s", m.At.Format("15:04:05"), m.Author, m.Kind, prefixed("/", m.RawKind), m.Text)
	for _, button := range m.Buttons {
		fmt.Fprintf(b, " [%s%s]", map[bool]string{true: "*"}[button.Pressed], button.Title)
	}
	fmt.Fprintf(b, "%s", prefixed(" -> ", string(m.Status)))
	if m.ErrorCode != 0 {
		fmt.Fprintf(b, " (%d)", m.ErrorCode)
	}
	if f := m.Media; f != nil {
		fmt.Fprintf(b, " {%s%s, %s until %s", f.MIME, prefixed(" ", f.Name), f.State, f.Until.Format(time.DateTime))
		if f.Voice {
			b.WriteString(", voice")
		}
		if f.Animated {
			b.WriteString(", animated")
		}
		b.WriteByte('}')
	}
	if m.List != nil {
		for _, row := range m.List.Sections[0].Rows {
			if row.Chosen {
				fmt.Fprintf(b, " [*%s]", row.Title)
			}
		}
	}
	if m.Forwarded {
		b.WriteString(" forwarded")
	}
	if m.Kind != chat.KindSystem {
		fmt.Fprintf(b, "%s", prefixed(" about ", m.Data["product"]))
	}
	if m.Location != nil {
		fmt.Fprintf(b, " at %+v", *m.Location)
	}
	for _, c := range m.Cards {
		fmt.Fprintf(b, " card %+v", c)
	}
	if m.Order != nil {
		fmt.Fprintf(b, " order %+v", *m.Order)
	}
	if m.Referral != nil {
		fmt.Fprintf(b, " through %+v", *m.Referral)
	}
	if q := m.Quote; q != nil {
		fmt.Fprintf(b, " answers %d %q", q.Message, q.Text)
	}
	for _, r := range m.Reactions {
		fmt.Fprintf(b, " %s by %s", r.Emoji, r.Author)
	}
	for _, e := range m.Edits {
		fmt.Fprintf(b, " until %s %q", e.At.Format("15:04:05"), e.Text)
	}
	if !m.RevokedAt.IsZero() {
		fmt.Fprintf(b, " taken back %s", m.RevokedAt.Format("15:04:05"))
	}
	b.WriteByte('\n')
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

// TestScenarios runs testdata/*.txtar: webhooks in, conversations and outbox out.
func TestScenarios(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scenarios: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var rules []byte
			var want *txtar.File
			var steps []txtar.File
			for i, f := range archive.Files {
				switch f.Name {
				case "rules.json":
					rules = f.Data
				case "want":
					want = &archive.Files[i]
				default:
					steps = append(steps, f)
				}
			}
			if want == nil || len(steps) == 0 {
				t.Fatal("a scenario has steps and a want")
			}
			w := newWorld(t, rules)
			w.start()
			for _, s := range steps {
				w.step(s)
			}
			got := w.describe()
			if *update {
				want.Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != string(want.Data) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want.Data)
			}
		})
	}
}

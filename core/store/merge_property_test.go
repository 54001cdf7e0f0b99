package store_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"shopbell/core/chat"
	contract "shopbell/core/desk"
	"shopbell/core/store"
	"shopbell/core/store/storetest"
)

// household is a shop's file beside what it must hold: people who are merged and taken
// apart while they write, in any order.
type household struct {
	*desk
	rt     *rapid.T
	people []chat.Contact // as they were at the start, by index; each is an identity
	email  []string
	into   map[int]int // who was merged into whom
	merges []union     // in force, in the order in which they were made
	said   map[int][]string
	orders map[int]int
	labels map[int]map[string]bool
	notes  map[int]int
}

type union struct {
	id          contract.MergeID
	stays, goes int
}

const everybody = 4

// newHousehold opens a file in which nobody has said anything.
func newHousehold(t *testing.T) *household {
	c := &household{desk: &desk{TB: t, t: t, now: opening, step: time.Second, path: filepath.Join(t.TempDir(), store.FileName)}}
	c.open()
	c.update(func(tx *store.Tx) (err error) {
		c.channel, err = tx.KnowChannel(chat.Channel{PhoneNumberID: "106540352242922"})
		return err
	})
	for i := range everybody {
		person := c.customer()
		c.people, c.email = append(c.people, person), append(c.email, fmt.Sprintf("%d@example.com", i))
		c.update(func(tx *store.Tx) error { return tx.SaveProfile(person.ID, chat.Profile{Email: c.email[i]}, 1) })
	}
	c.done(c.db.Close())
	return c
}

// again is one like c, in a copy of its file.
func (c *household) again(rt *rapid.T, path string) *household {
	file, err := os.ReadFile(c.path)
	c.done(err)
	c.done(os.WriteFile(path, file, 0o600))
	d := *c.desk
	d.t, d.path = rt, path
	now := &household{
		desk: &d, rt: rt, people: c.people, email: c.email,
		into: map[int]int{}, said: map[int][]string{}, orders: map[int]int{}, labels: map[int]map[string]bool{}, notes: map[int]int{},
	}
	for i := range everybody {
		now.labels[i] = map[string]bool{}
	}
	now.open()
	return now
}

func (c *household) open() {
	db, err := store.Open(c.Context(), c.path, store.Options{Now: func() time.Time { return c.now }})
	c.done(err)
	c.db = db
}

func (c *household) top(i int) int {
	for {
		up, ok := c.into[i]
		if !ok {
			return i
		}
		i = up
	}
}

// family are all who are one with i.
func (c *household) family(i int) (list []int) {
	for j := range everybody {
		if c.top(j) == c.top(i) {
			list = append(list, j)
		}
	}
	return list
}

func (c *household) any() int { return rapid.IntRange(0, everybody-1).Draw(c.rt, "who") }

// writes is a message in the chat of one identity, from the alias it is known by.
func (c *household) writes() {
	i := c.any()
	c.wamids++
	wamid := fmt.Sprintf("wamid.%d", c.wamids)
	resolve := rapid.Bool().Draw(c.rt, "resolve")
	c.update(func(tx *store.Tx) error {
		person, isNew, err := tx.KnowContact(store.Person{Phone: c.people[i].Phone, Name: c.people[i].Name})
		if err != nil || isNew {
			return fmt.Errorf("new: %t, %w", isNew, err)
		}
		v, err := tx.TakeUp(c.channel.ID, person)
		if err != nil {
			return err
		}
		if err := tx.AddMessage(&store.NewMessage{Channel: c.channel.ID, Message: chat.Message{
			Conversation: v.ID, Contact: person.ID, Author: chat.AuthorCustomer, Kind: chat.KindText, Text: "hello", WAMID: wamid, At: tx.Now(),
		}}); err != nil {
			return err
		}
		v.LastAt, v.LastInbound = tx.Now(), tx.Now()
		if resolve {
			v.State, v.ResolvedAt = chat.StateResolved, tx.Now()
		}
		return tx.SaveConversation(v)
	})
	c.said[i] = append(c.said[i], wamid)
}

// noted is a note in the last chat of somebody who has one.
func (c *household) noted() {
	i := c.any()
	if len(c.said[i]) == 0 {
		return
	}
	c.update(func(tx *store.Tx) error {
		person, err := tx.Contact(c.people[i].ID)
		if err != nil {
			return err
		}
		v, err := tx.LatestConversation(c.channel.ID, person)
		if err != nil {
			return err
		}
		return tx.AddMessage(&store.NewMessage{Channel: c.channel.ID, Message: chat.Message{
			Conversation: v.ID, Contact: person.ID, Author: chat.AuthorAgent, AgentID: 1, Kind: chat.KindNote, Text: "note",
		}})
	})
	c.notes[i]++
}

func (c *household) ordered() {
	i := c.top(c.any())
	c.update(func(tx *store.Tx) error {
		_, err := tx.AddOrder(c.people[i].ID, contract.OrderDraft{Money: contract.Money{Minor: 100, Currency: "EUR"}, Paid: true}, 1)
		return err
	})
	c.orders[i]++
}

// labelled gives a person any set of labels.
func (c *household) labelled() {
	i := c.top(c.any())
	want := rapid.SliceOfDistinct(rapid.SampledFrom([]string{"Lisbon", "Regular", "VIP"}), rapid.ID[string]).Draw(c.rt, "labels")
	c.update(func(tx *store.Tx) error { return tx.SetLabels(c.people[i].ID, want, 1) })
	had := map[string]bool{}
	for _, j := range c.family(i) {
		maps.Copy(had, c.labels[j])
		maps.DeleteFunc(c.labels[j], func(l string, _ bool) bool { return !slices.Contains(want, l) })
	}
	for _, l := range want {
		if !had[l] {
			c.labels[i][l] = true
		}
	}
}

func (c *household) merge() {
	stays, goes := c.top(c.any()), c.top(c.any())
	if stays == goes {
		return
	}
	choice := contract.MergeChoice{Stays: c.people[stays].ID, Goes: c.people[goes].ID}
	if rapid.Bool().Draw(c.rt, "take") {
		choice.Take = []chat.ProfileField{chat.FieldEmail, chat.FieldName}
	}
	u := union{stays: stays, goes: goes}
	c.update(func(tx *store.Tx) (err error) { u.id, err = tx.Merge(choice, 1); return err })
	c.into[goes] = stays
	c.merges = append(c.merges, u)
}

func (c *household) undo() {
	if len(c.merges) == 0 {
		return
	}
	k := rapid.IntRange(0, len(c.merges)-1).Draw(c.rt, "which")
	u := c.merges[k]
	c.update(func(tx *store.Tx) error { return tx.UndoMerge(u.id, opening.AddDate(0, 0, -1), 1) })
	delete(c.into, u.goes)
	c.merges = slices.Delete(c.merges, k, k+1)
}

func (c *household) reopen() {
	c.done(c.db.Close())
	c.open()
}

// holds compares the file with what it must hold.
func (c *household) holds() {
	all, notes, none := 0, 0, func(what, from string) {
		if n := storetest.Count(c, c.path, from); n != 0 {
			c.t.Errorf("%d %s", n, what)
		}
	}
	for i, p := range c.people {
		top := c.people[c.top(i)]
		c.view(func(r *store.Reader) error {
			got, err := r.ContactOf(chat.Alias{Kind: chat.AliasPhone, Value: chat.PhoneKey(p.Phone)})
			if err != nil || got.ID != top.ID || got.Identity != p.ID || got.Phone != p.Phone || got.Address != p.Address {
				c.t.Errorf("who has %s is %+v (%v), want person %d", p.Phone, got, err, top.ID)
			}
			list, err := r.Messages(p.ID, c.channel.ID, 0, 10_000)
			var said []string
			for _, m := range list {
				if m.Kind == chat.KindText {
					said = append(said, m.WAMID)
				}
				if m.Contact != top.ID {
					c.t.Errorf("message %d is of person %d, want %d", m.ID, m.Contact, top.ID)
				}
			}
			if diff := cmp.Diff(c.said[i], said); diff != "" {
				c.t.Errorf("the chat with %s:\n%s", p.Phone, diff)
			}
			return err
		})
		all, notes = all+len(c.said[i])+c.notes[i], notes+c.notes[i]
		if c.top(i) == i {
			c.holdsPerson(i)
		}
	}
	if n := storetest.Count(c, c.path, "message"); n != all {
		c.t.Errorf("%d messages, want %d", n, all)
	}
	none("messages of another person than their conversation", "message m JOIN conversation v ON v.id = m.conversation_id WHERE m.contact_id <> v.contact_id")
	none("rows of who is no person", `(SELECT contact_id AS id FROM message UNION ALL SELECT contact_id FROM conversation UNION ALL SELECT contact_id FROM contact_alias
		UNION ALL SELECT contact_id FROM purchase UNION ALL SELECT contact_id FROM contact_label) x JOIN contact c ON c.id = x.id WHERE c.person_id IS NOT NULL`)
	none("chats with two open conversations", "(SELECT 1 FROM conversation WHERE state = 'open' GROUP BY identity_id HAVING count(*) > 1)")
	none("persons with another last contact than their chats", `contact c WHERE person_id IS NULL
		AND last_at <> (SELECT coalesce(max(last_at), 0) FROM conversation WHERE contact_id = c.id)`)
}

// holdsPerson compares one person, who may be several.
func (c *household) holdsPerson(i int) {
	labels, orders, notes := map[string]bool{}, 0, 0
	for _, j := range c.family(i) {
		maps.Copy(labels, c.labels[j])
		orders, notes = orders+c.orders[j], notes+c.notes[j]
	}
	c.view(func(r *store.Reader) error {
		d, err := r.Customer(c.people[i].ID, opening, opening)
		if want := slices.Sorted(maps.Keys(labels)); !slices.Equal(d.Labels, want) {
			c.t.Errorf("person %d has the labels %q, want %q", i, d.Labels, want)
		}
		if d.Orders != orders || d.Notes != notes || len(d.Chats) != len(c.family(i)) {
			c.t.Errorf("person %d has %d orders, %d notes and %d chats, want %d, %d and %d", i, d.Orders, d.Notes, len(d.Chats), orders, notes, len(c.family(i)))
		}
		if orders > 0 && !slices.Equal(d.Spent, []contract.Money{{Minor: int64(orders) * 100, Currency: "EUR"}}) {
			c.t.Errorf("person %d spent %+v on %d orders", i, d.Spent, orders)
		}
		return err
	})
}

func TestMergesAndUndosInAnyOrderLoseNothing(t *testing.T) {
	first, dir, n := newHousehold(t), t.TempDir(), 0
	rapid.Check(t, func(rt *rapid.T) {
		n++
		c := first.again(rt, filepath.Join(dir, fmt.Sprintf("%d.db", n)))
		defer func() { c.done(c.db.Close()) }()
		steps := []func(){c.writes, c.writes, c.noted, c.ordered, c.labelled, c.merge, c.merge, c.undo, c.reopen}
		for range rapid.IntRange(1, 2).Draw(rt, "rounds") {
			for range rapid.IntRange(1, 8).Draw(rt, "steps") {
				steps[rapid.IntRange(0, len(steps)-1).Draw(rt, "step")]()
			}
			c.holds()
		}
		for len(c.merges) > 0 {
			c.undo()
		}
		c.holds()
		for i, p := range c.people {
			c.view(func(r *store.Reader) error {
				d, err := r.Customer(p.ID, opening, opening)
				if d.Email != c.email[i] || d.Contact.Name != p.Name || !d.Contact.FirstAt.Equal(p.FirstAt) {
					rt.Errorf("taken apart, %s is %s, %s, since %s; want %s, %s", p.Name, d.Contact.Name, d.Email, d.Contact.FirstAt, c.email[i], p.FirstAt)
				}
				page, err2 := r.Customers(store.CustomerQuery{CustomerQuery: contract.CustomerQuery{Limit: 50}, Words: []string{strings.ToLower(p.Name[9:])}})
				if err2 != nil || page.Shown < 1 {
					rt.Errorf("%s is not found (%v)", p.Name, err2)
				}
				return err
			})
		}
	})
}

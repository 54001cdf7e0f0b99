package store

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"shopbell/core/autoreply/words"
	"shopbell/core/chat"
)

// Person is what an item of a webhook says about who it is from.
type Person struct {
	Phone, UserID, Name, Username string
}

// Aliases returns the names the network has for p, the phone first.
func (p Person) Aliases() []chat.Alias {
	var a []chat.Alias
	if p.Phone != "" {
		a = append(a, chat.Alias{Kind: chat.AliasPhone, Value: chat.PhoneKey(p.Phone)})
	}
	if p.UserID != "" {
		a = append(a, chat.Alias{Kind: chat.AliasUser, Value: p.UserID})
	}
	return a
}

// address is where an answer to p goes: the phone exactly as received.
func (p Person) address() chat.Address {
	if p.Phone != "" {
		return chat.Address{Kind: chat.AliasPhone, Value: p.Phone}
	}
	return chat.Address{Kind: chat.AliasUser, Value: p.UserID}
}

// contactColumns are of a person c and an identity i of theirs.
const contactColumns = `c.id, i.id, CASE WHEN c.own_name <> '' THEN c.own_name WHEN c.name <> '' THEN c.name ELSE i.name END,
	i.name, i.username, i.phone, i.address_kind, i.address, c.first_at, c.opted_out_at, c.blocked_at, c.created_at`

// contactScan collects the columns of contactColumns.
type contactScan struct {
	c                 chat.Contact
	first, created    int64
	optedOut, blocked sql.NullInt64
}

func (s *contactScan) dest() []any {
	return []any{
		&s.c.ID, &s.c.Identity, &s.c.Name, &s.c.ProfileName, &s.c.Username, &s.c.Phone, &s.c.Address.Kind, &s.c.Address.Value,
		&s.first, &s.optedOut, &s.blocked, &s.created,
	}
}

func (s *contactScan) contact() chat.Contact {
	s.c.FirstAt, s.c.CreatedAt = fromMS(s.first), fromMS(s.created)
	s.c.OptedOut, s.c.Blocked = s.optedOut.Valid, s.blocked.Valid
	return s.c
}

// ContactOf returns the person behind an alias, in the identity that has it;
// ErrNotFound when nobody has it.
func (r *Reader) ContactOf(a chat.Alias) (chat.Contact, error) {
	var s contactScan
	err := r.row("SELECT "+contactColumns+` FROM contact_alias n JOIN contact c ON c.id = n.contact_id JOIN contact i ON i.id = n.identity_id
		WHERE n.kind = ? AND n.value = ?`, []any{a.Kind, a.Value}, s.dest()...)
	return s.contact(), err
}

// AliasesBeside returns all names of whoever has an alias, that one included, in all
// identities; nothing when nobody has it.
func (r *Reader) AliasesBeside(a chat.Alias) (list []chat.Alias, err error) {
	err = r.rows(`SELECT other.kind, other.value FROM contact_alias a JOIN contact_alias other ON other.contact_id = a.contact_id
		WHERE a.kind = ? AND a.value = ?`, []any{a.Kind, a.Value}, func(rows *sql.Rows) error {
		var other chat.Alias
		err := rows.Scan(&other.Kind, &other.Value)
		list = append(list, other)
		return err
	})
	return list, err
}

// Contact returns an identity and the person it belongs to; ErrNotFound when there is
// none.
func (r *Reader) Contact(id chat.ContactID) (chat.Contact, error) {
	var s contactScan
	err := r.row("SELECT "+contactColumns+" FROM contact i JOIN contact c ON c.id = coalesce(i.person_id, i.id) WHERE i.id = ?",
		[]any{id}, s.dest()...)
	return s.contact(), err
}

// KnowContact returns the contact behind a person, made where nobody has one of
// the aliases, and brought up to date where the person shows a new name, number
// or alias. Where two aliases belong to two contacts the phone's is taken, and
// the other keeps its alias: joining people is a person's decision.
//
// Of people who were merged the identity is brought up to date that has the alias.
func (tx *Tx) KnowContact(p Person) (c chat.Contact, isNew bool, err error) {
	aliases := p.Aliases()
	if len(aliases) == 0 {
		return c, false, errors.New("store: a message from nobody: neither a phone nor a user id")
	}
	var missing []chat.Alias
	for _, a := range aliases {
		known, err := tx.ContactOf(a)
		switch {
		case errors.Is(err, ErrNotFound):
			missing = append(missing, a)
		case err != nil:
			return c, false, err
		case c.ID == 0:
			c = known
		}
	}
	if c.ID == 0 {
		c, err = tx.addContact(p)
		isNew = true
	} else {
		err = tx.refreshContact(&c, p)
	}
	if err != nil {
		return c, isNew, err
	}
	for _, a := range missing {
		if err := tx.addAlias(c, a); err != nil {
			return c, isNew, err
		}
	}
	return c, isNew, nil
}

func (tx *Tx) addContact(p Person) (chat.Contact, error) {
	c := chat.Contact{
		Name: p.Name, ProfileName: p.Name, Username: p.Username, Phone: p.Phone, Address: p.address(),
		FirstAt: tx.now, CreatedAt: tx.now,
	}
	id, err := tx.insert(`INSERT INTO contact (name, username, phone, address_kind, address, search, first_at, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		c.Name, c.Username, c.Phone, c.Address.Kind, c.Address.Value, searchWords(c.Name, c.Username), ms(tx.now), ms(tx.now))
	c.ID, c.Identity = chat.ContactID(id), chat.ContactID(id)
	return c, err
}

// NewCustomer announces that a contact wrote for the first time.
func (tx *Tx) NewCustomer(v chat.ConversationID) {
	tx.note(Change{Kind: ContactAdded, Conversation: v})
}

// refreshContact stores what p shows that the identity of c does not have yet.
func (tx *Tx) refreshContact(c *chat.Contact, p Person) error {
	old := *c
	if p.Name != "" {
		c.ProfileName = p.Name
	}
	if p.Username != "" {
		c.Username = p.Username
	}
	if p.Phone != "" {
		c.Phone = p.Phone
	}
	// The id alone does not replace a phone: it may be hidden in one message only.
	if p.Phone != "" || c.Address.IsZero() || c.Address.Kind == chat.AliasUser {
		c.Address = p.address()
	}
	if *c == old {
		return nil
	}
	if _, err := tx.exec("UPDATE contact SET name = ?, username = ?, phone = ?, address_kind = ?, address = ? WHERE id = ?",
		c.ProfileName, c.Username, c.Phone, c.Address.Kind, c.Address.Value, c.Identity); err != nil {
		return err
	}
	if err := tx.reindex(c.ID); err != nil {
		return err
	}
	tx.note(Change{Kind: ContactChanged, Contact: c.ID})
	return tx.row("SELECT CASE WHEN c.own_name <> '' THEN c.own_name WHEN c.name <> '' THEN c.name ELSE ? END FROM contact c WHERE c.id = ?",
		[]any{c.ProfileName, c.ID}, &c.Name)
}

// addAlias gives an identity one more name. A name that somebody else has stays
// theirs.
func (tx *Tx) addAlias(c chat.Contact, a chat.Alias) error {
	_, err := tx.exec("INSERT OR IGNORE INTO contact_alias (kind, value, contact_id, identity_id) VALUES (?, ?, ?, ?)",
		a.Kind, a.Value, c.ID, c.Identity)
	return err
}

// MoveAddress is the notice that a contact's number or user id changed: answers
// go to the new one from now on, and the old one still finds the person.
func (tx *Tx) MoveAddress(c *chat.Contact, to Person) error {
	for _, a := range to.Aliases() {
		if err := tx.addAlias(*c, a); err != nil {
			return err
		}
	}
	if to.Phone == "" && c.Address.Kind == chat.AliasPhone {
		return nil // still reached by phone
	}
	return tx.refreshContact(c, to)
}

// OptOut notes that the contact wants no automatic messages.
func (tx *Tx) OptOut(id chat.ContactID) error {
	_, err := tx.exec("UPDATE contact SET opted_out_at = coalesce(opted_out_at, ?) WHERE id = ?", ms(tx.now), id)
	return err
}

// searchWords folds names into words that a search compares with, each after a space,
// so that a word's beginning is found by one look.
func searchWords(names ...string) string {
	var b strings.Builder
	for _, w := range words.Plain(strings.Join(names, " ")) {
		b.WriteByte(' ')
		b.WriteString(w)
	}
	return b.String()
}

// Channel returns a channel by Meta's id of the number; ErrNotFound.
func (r *Reader) Channel(phoneNumberID string) (c chat.Channel, err error) {
	err = r.row(`SELECT id, phone_number_id, waba_id, display_phone, name, sandbox FROM channel WHERE phone_number_id = ?`,
		[]any{phoneNumberID}, &c.ID, &c.PhoneNumberID, &c.WABAID, &c.DisplayPhone, &c.Name, &c.Sandbox)
	return c, err
}

// ChannelOf returns a channel by its id; ErrNotFound.
func (r *Reader) ChannelOf(id chat.ChannelID) (c chat.Channel, err error) {
	err = r.row("SELECT id, phone_number_id, waba_id, display_phone, name, sandbox FROM channel WHERE id = ?", []any{id},
		&c.ID, &c.PhoneNumberID, &c.WABAID, &c.DisplayPhone, &c.Name, &c.Sandbox)
	return c, err
}

// FirstChannel returns the shop's oldest channel; ErrNotFound while there is none.
func (r *Reader) FirstChannel() (c chat.Channel, err error) {
	err = r.row("SELECT id, phone_number_id, waba_id, display_phone, name, sandbox FROM channel ORDER BY id LIMIT 1", nil,
		&c.ID, &c.PhoneNumberID, &c.WABAID, &c.DisplayPhone, &c.Name, &c.Sandbox)
	return c, err
}

// KnowChannel returns the channel with c's PhoneNumberID, made where it is new.
func (tx *Tx) KnowChannel(c chat.Channel) (chat.Channel, error) {
	if c.PhoneNumberID == "" {
		return c, errors.New("store: a channel without a phone number id")
	}
	known, err := tx.Channel(c.PhoneNumberID)
	if err == nil || !errors.Is(err, ErrNotFound) {
		return known, err
	}
	id, err := tx.insert("INSERT INTO channel (phone_number_id, waba_id, display_phone, name, sandbox, created_at) VALUES (?, ?, ?, ?, ?, ?)",
		c.PhoneNumberID, c.WABAID, c.DisplayPhone, c.Name, c.Sandbox, ms(tx.now))
	if err != nil {
		return c, fmt.Errorf("store: add channel: %w", err)
	}
	c.ID = chat.ChannelID(id)
	return c, nil
}

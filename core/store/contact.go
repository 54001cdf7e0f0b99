package store

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode"

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

const contactColumns = "c.id, c.name, c.username, c.phone, c.address_kind, c.address, c.first_at, c.opted_out_at, c.created_at"

// contactScan collects the columns of contactColumns.
type contactScan struct {
	c              chat.Contact
	first, created int64
	optedOut       sql.NullInt64
}

func (s *contactScan) dest() []any {
	return []any{
		&s.c.ID, &s.c.Name, &s.c.Username, &s.c.Phone, &s.c.Address.Kind, &s.c.Address.Value,
		&s.first, &s.optedOut, &s.created,
	}
}

func (s *contactScan) contact() chat.Contact {
	s.c.FirstAt, s.c.CreatedAt, s.c.OptedOut = fromMS(s.first), fromMS(s.created), s.optedOut.Valid
	return s.c
}

// ContactOf returns the id behind an alias; ErrNotFound when nobody has it.
func (r *Reader) ContactOf(a chat.Alias) (id chat.ContactID, err error) {
	err = r.row("SELECT contact_id FROM contact_alias WHERE kind = ? AND value = ?", []any{a.Kind, a.Value}, &id)
	return id, err
}

// AliasesBeside returns all names of whoever has an alias, that one included;
// nothing when nobody has it.
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

// Contact returns a contact; ErrNotFound when there is none.
func (r *Reader) Contact(id chat.ContactID) (chat.Contact, error) {
	var s contactScan
	err := r.row("SELECT "+contactColumns+" FROM contact c WHERE c.id = ?", []any{id}, s.dest()...)
	return s.contact(), err
}

// KnowContact returns the contact behind a person, made where nobody has one of
// the aliases, and brought up to date where the person shows a new name, number
// or alias. Where two aliases belong to two contacts the phone's is taken, and
// the other keeps its alias: joining people is a person's decision.
func (tx *Tx) KnowContact(p Person) (c chat.Contact, isNew bool, err error) {
	aliases := p.Aliases()
	if len(aliases) == 0 {
		return c, false, errors.New("store: a message from nobody: neither a phone nor a user id")
	}
	var missing []chat.Alias
	for _, a := range aliases {
		id, err := tx.ContactOf(a)
		switch {
		case errors.Is(err, ErrNotFound):
			missing = append(missing, a)
		case err != nil:
			return c, false, err
		case c.ID == 0:
			c.ID = id
		}
	}
	if c.ID == 0 {
		c, err = tx.addContact(p)
		isNew = true
	} else if c, err = tx.Contact(c.ID); err == nil {
		err = tx.refreshContact(&c, p)
	}
	if err != nil {
		return c, isNew, err
	}
	for _, a := range missing {
		if err := tx.AddAlias(c.ID, a); err != nil {
			return c, isNew, err
		}
	}
	return c, isNew, nil
}

func (tx *Tx) addContact(p Person) (chat.Contact, error) {
	c := chat.Contact{
		Name: p.Name, Username: p.Username, Phone: p.Phone, Address: p.address(),
		FirstAt: tx.now, CreatedAt: tx.now,
	}
	id, err := tx.insert(`INSERT INTO contact (name, username, phone, address_kind, address, search, first_at, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		c.Name, c.Username, c.Phone, c.Address.Kind, c.Address.Value, searchWords(c), ms(tx.now), ms(tx.now))
	c.ID = chat.ContactID(id)
	return c, err
}

// NewCustomer announces that a contact wrote for the first time.
func (tx *Tx) NewCustomer(v chat.ConversationID) {
	tx.note(Change{Kind: ContactAdded, Conversation: v})
}

// refreshContact stores what p shows that c does not have yet.
func (tx *Tx) refreshContact(c *chat.Contact, p Person) error {
	old := *c
	if p.Name != "" {
		c.Name = p.Name
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
	_, err := tx.exec("UPDATE contact SET name = ?, username = ?, phone = ?, address_kind = ?, address = ?, search = ? WHERE id = ?",
		c.Name, c.Username, c.Phone, c.Address.Kind, c.Address.Value, searchWords(*c), c.ID)
	return err
}

// AddAlias gives a contact one more name. A name that somebody else has stays
// theirs.
func (tx *Tx) AddAlias(id chat.ContactID, a chat.Alias) error {
	_, err := tx.exec("INSERT OR IGNORE INTO contact_alias (kind, value, contact_id) VALUES (?, ?, ?)", a.Kind, a.Value, id)
	return err
}

// MoveAddress is the notice that a contact's number or user id changed: answers
// go to the new one from now on, and the old one still finds the person.
func (tx *Tx) MoveAddress(id chat.ContactID, to Person) error {
	for _, a := range to.Aliases() {
		if err := tx.AddAlias(id, a); err != nil {
			return err
		}
	}
	c, err := tx.Contact(id)
	if err != nil {
		return err
	}
	if to.Phone == "" && c.Address.Kind == chat.AliasPhone {
		return nil // still reached by phone
	}
	return tx.refreshContact(&c, to)
}

// OptOut notes that the contact wants no automatic messages.
func (tx *Tx) OptOut(id chat.ContactID) error {
	_, err := tx.exec("UPDATE contact SET opted_out_at = coalesce(opted_out_at, ?) WHERE id = ?", ms(tx.now), id)
	return err
}

// searchWords folds the name and the user name into words that a search compares
// with, each after a space, so that a word's beginning is found by one look.
func searchWords(c chat.Contact) string {
	var b strings.Builder
	for _, w := range FoldWords(c.Name + " " + c.Username) {
		b.WriteByte(' ')
		b.WriteString(w)
	}
	return b.String()
}

// FoldWords splits s into words in lower case, with ё as е.
func FoldWords(s string) []string {
	return strings.FieldsFunc(strings.ReplaceAll(strings.ToLower(s), "ё", "е"), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	})
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

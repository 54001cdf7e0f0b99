package store

import (
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/find"
)

// writtenKinds are the kinds of what was written.
var writtenKinds = []desk.HitKind{desk.HitMessage, desk.HitNote, desk.HitFile}

// messages finds messages, notes and files, and counts them.
func (s *search) messages(f *desk.Found) error {
	if !s.counts(writtenKinds...) {
		return nil
	}
	enough := desk.SearchCounted
	if s.q.After != "" {
		enough = s.q.Limit
	}
	found := map[desk.HitKind][]int64{}
	people, labelled := map[chat.ContactID]bool{}, map[chat.ContactID]int{}
	looked, hits, end := 0, 0, int64(0)
	last, err := s.each(func(c candidate) error {
		looked++
		end = c.id
		missed := s.count(&f.Counts, c)
		if missed&^ofLabel == 0 {
			labelled[c.contact]++
		}
		if missed == 0 {
			people[c.contact] = true
			found[c.kind] = append(found[c.kind], c.id)
			hits++
		}
		if hits > enough || looked >= searchLooked {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		last, err = end, nil
	}
	if err != nil {
		return err
	}
	f.Counts.Chats, f.Counts.More = len(people), f.Counts.More || last != 0
	if err := s.countLabels(&f.Counts, labelled); err != nil {
		return err
	}
	for _, kind := range writtenKinds {
		if !s.wants(kind) || len(found[kind]) == 0 && last == 0 {
			continue
		}
		page, next := found[kind], last
		if len(page) > s.q.Limit {
			page, next = page[:s.q.Limit], page[s.q.Limit-1]
		}
		list, err := s.hits(kind, page)
		if err != nil {
			return err
		}
		f.Sections = append(f.Sections, desk.Section{Kind: kind, Hits: list, Next: cursorOf(next)})
	}
	return nil
}

// cursorOf names the id after which the next page begins; "" for 0.
func cursorOf(id int64) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(id, 10)
}

// The filters, as bits.
const (
	ofKind = 1 << iota
	ofAuthor
	ofDepartment
	ofState
	ofLabel
)

// count returns the filters that keep a candidate out, and counts it for each that
// alone would let it in.
func (s *search) count(n *desk.HitCounts, c candidate) (missed int) {
	for filter, misses := range map[int]bool{
		ofKind:       !s.wants(c.kind),
		ofAuthor:     len(s.q.Authors) > 0 && !slices.Contains(s.q.Authors, c.author),
		ofDepartment: len(s.q.Departments) > 0 && !slices.Contains(s.q.Departments, c.department),
		ofState:      len(s.q.States) > 0 && !slices.Contains(s.q.States, c.state),
		ofLabel:      len(s.q.Labels) > 0 && !c.labelled,
	} {
		if misses {
			missed |= filter
		}
	}
	if missed&^ofKind == 0 {
		n.Kinds[c.kind]++
	}
	if missed&^ofAuthor == 0 {
		n.Authors[c.author]++
	}
	if missed&^ofDepartment == 0 {
		n.Departments[c.department]++
	}
	if missed&^ofState == 0 {
		n.States[c.state]++
	}
	return missed
}

// countLabels counts messages for each label of their customers.
func (s *search) countLabels(n *desk.HitCounts, messages map[chat.ContactID]int) error {
	keys, err := jsonKeys(messages)
	if err != nil {
		return err
	}
	return s.rows(`SELECT DISTINCT l.contact_id, b.name FROM json_each(?) asked JOIN contact_label l ON l.contact_id = asked.value
		JOIN label b ON b.id = l.label_id`, []any{keys}, func(rows *sql.Rows) error {
		var contact chat.ContactID
		var name string
		err := rows.Scan(&contact, &name)
		n.Labels[name] += messages[contact]
		return err
	})
}

func jsonKeys[K ~int64, V any](m map[K]V) (string, error) {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	b, err := json.Marshal(keys)
	return string(b), err
}

// hits completes messages, which keep their order.
func (s *search) hits(kind desk.HitKind, ids []int64) ([]desk.Hit, error) {
	list, err := s.foundMessages(ids)
	if err != nil {
		return nil, err
	}
	chats := map[chat.ConversationID]chat.Conversation{}
	for _, m := range list {
		chats[m.Conversation] = chat.Conversation{}
	}
	if err := s.readChats(chats); err != nil {
		return nil, err
	}
	out := make([]desk.Hit, len(list))
	for i, m := range list {
		v := chats[m.Conversation]
		out[i] = desk.Hit{
			Kind: kind, Message: m.ID, Conversation: m.Conversation, Contact: v.Contact, Department: v.Department, State: v.State,
			At: m.At, Author: m.Author, AgentName: m.AgentName, RuleName: m.RuleName, MessageKind: m.Kind,
		}
		if m.Media != nil {
			out[i].Voice, out[i].Size = m.Media.Voice, m.Media.Size
		}
		out[i].Field, out[i].Snippet = snippetOf(s.match, messageTexts(m))
	}
	return out, nil
}

// snippetOf returns the line of the field that has most of the words.
func snippetOf(match find.Query, fields []fieldText) (field desk.HitField, best find.Snippet) {
	for i, f := range fields {
		snippet := match.Snippet(f.text)
		if i == 0 || len(snippet.Found) > len(best.Found) {
			field, best = f.field, snippet
		}
	}
	return field, best
}

// readChats fills in conversations with their customers, as far as hits show them.
func (r *Reader) readChats(of map[chat.ConversationID]chat.Conversation) error {
	keys, err := jsonKeys(of)
	if err != nil {
		return err
	}
	return r.rows("SELECT v.id, v.department, v.state, "+contactColumns+` FROM conversation v JOIN contact c ON c.id = v.contact_id
		JOIN contact i ON i.id = v.identity_id WHERE v.id IN (SELECT value FROM json_each(?))`, []any{keys}, func(rows *sql.Rows) error {
		var v chat.Conversation
		var c contactScan
		err := rows.Scan(append([]any{&v.ID, &v.Department, &v.State}, c.dest()...)...)
		v.Contact = c.contact()
		of[v.ID] = v
		return err
	})
}

// readPeople fills in persons.
func (r *Reader) readPeople(of map[chat.ContactID]chat.Contact) error {
	keys, err := jsonKeys(of)
	if err != nil {
		return err
	}
	return r.rows("SELECT "+contactColumns+" FROM contact c JOIN contact i ON i.id = c.id WHERE c.id IN (SELECT value FROM json_each(?))",
		[]any{keys}, func(rows *sql.Rows) error {
			var s contactScan
			err := rows.Scan(s.dest()...)
			c := s.contact()
			of[c.ID] = c
			return err
		})
}

// first counts persons or orders that were found, and returns those of this page and
// where the next begins. In a search for other kinds too there are few of them.
func (s *search) first(f *desk.Found, kind desk.HitKind, k searched, match find.Query) (page []int64, next string, err error) {
	if s.q.Person != 0 || !s.counts(kind) {
		return nil, "", nil
	}
	page, err = s.few(k, match)
	if err != nil || len(page) == 0 {
		return nil, "", err
	}
	if len(page) > desk.SearchCounted {
		f.Counts.More = true
	}
	f.Counts.Kinds[kind] = min(len(page), desk.SearchCounted)
	if !s.wants(kind) {
		return nil, "", nil
	}
	limit := s.q.Limit
	if len(s.q.Kinds) != 1 {
		limit = min(limit, besidesAll)
	}
	if len(page) > limit {
		page, next = page[:limit], cursorOf(page[limit-1])
	}
	return page, next, nil
}

// people finds persons.
func (s *search) people(f *desk.Found) error {
	match := find.People(s.q.Text)
	ids, next, err := s.first(f, desk.HitPerson, searchPerson, match)
	if err != nil || len(ids) == 0 {
		return err
	}
	texts, err := s.personTexts(ids)
	if err != nil {
		return err
	}
	people := map[chat.ContactID]chat.Contact{}
	for _, id := range ids {
		people[chat.ContactID(id)] = chat.Contact{}
	}
	if err := s.readPeople(people); err != nil {
		return err
	}
	section := desk.Section{Kind: desk.HitPerson, Next: next}
	for _, id := range ids {
		c := people[chat.ContactID(id)]
		h := desk.Hit{Kind: desk.HitPerson, Contact: c, At: c.FirstAt}
		err := s.row("SELECT id, department, state FROM conversation WHERE contact_id = ? ORDER BY id DESC LIMIT 1", []any{id},
			&h.Conversation, &h.Department, &h.State)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		if h.Field, h.Snippet = snippetOf(match, texts[id].texts); len(h.Snippet.Found) == 0 {
			h.Field, h.Snippet = desk.FieldPhone, phoneSnippet(texts[id].phones, find.Phone(s.q.Text))
		}
		section.Hits = append(section.Hits, h)
	}
	f.Sections = append(f.Sections, section)
	return nil
}

// phoneSnippet writes the number that has the digits as people read it, and names them.
func phoneSnippet(phones []string, digits string) find.Snippet {
	at := -1
	i := slices.IndexFunc(phones, func(p string) bool { at = strings.Index(chat.Digits(p), digits); return at >= 0 })
	if digits == "" || i < 0 {
		return find.Snippet{}
	}
	s := find.Snippet{Text: chat.FormatPhone(phones[i])}
	var span find.Span
	seen := 0
	for i, r := range s.Text {
		if r < '0' || r > '9' {
			continue
		}
		if seen == at {
			span.From = i
		}
		if seen++; seen == at+len(digits) {
			span.To = i + 1
		}
	}
	s.Found = []find.Span{span}
	return s
}

// orders finds orders.
func (s *search) orders(f *desk.Found) error {
	ids, next, err := s.first(f, desk.HitOrder, searchPurchase, s.match)
	if err != nil || len(ids) == 0 {
		return err
	}
	list, err := s.purchases(ids)
	if err != nil {
		return err
	}
	people := map[chat.ContactID]chat.Contact{}
	for _, p := range list {
		people[chat.ContactID(p.person)] = chat.Contact{}
	}
	if err := s.readPeople(people); err != nil {
		return err
	}
	section := desk.Section{Kind: desk.HitOrder, Next: next}
	for _, p := range list {
		h := desk.Hit{
			Kind: desk.HitOrder, Contact: people[chat.ContactID(p.person)], At: fromMS(p.at), Paid: p.paid,
			Conversation: chat.ConversationID(p.conversation.Int64),
		}
		h.Field, h.Snippet = snippetOf(s.match, p.texts())
		section.Hits = append(section.Hits, h)
	}
	f.Sections = append(f.Sections, section)
	return nil
}

package cloudapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/tidwall/gjson"
)

// Parse reads the body of a webhook whose signature was verified. It returns
// one Item for each message, echo, past message, status and preference, in the
// order received, and one with a Notice for every other change.
//
// The error means that the body as a whole is not a webhook: not JSON, or not
// an object with an array "entry". An unreadable element inside one costs
// nothing but itself: it becomes an Item with Problem set. Unknown fields are
// ignored, and numbers are taken where Meta documents strings and the reverse.
func Parse(body []byte) ([]Item, error) {
	// The standard library decides what is JSON (it also bounds the nesting);
	// gjson only walks what is known to be valid.
	if !json.Valid(body) {
		return nil, errors.New("cloudapi: webhook body is not JSON")
	}
	entries := gjson.ParseBytes(body).Get("entry")
	if !entries.IsArray() {
		return nil, errors.New(`cloudapi: webhook body is not an object with an array "entry"`)
	}
	var p parser
	entries.ForEach(func(_, entry gjson.Result) bool {
		p.entry(entry)
		return true
	})
	return p.items, nil
}

// parser collects the items of one body. channel, at and field are those of the
// change being read.
type parser struct {
	items   []Item
	channel ChannelRef
	at      time.Time // of the entry; zero where it has none
	field   string
}

func (p *parser) add(raw string, it Item) {
	it.Channel, it.Field = p.channel, p.field
	it.Raw = json.RawMessage(raw)
	switch {
	case it.Message != nil:
		it.Message.Raw = it.Raw
	case it.Echo != nil:
		it.Echo.Raw = it.Raw
	case it.Past != nil:
		it.Past.Raw = it.Raw
	case it.Status != nil:
		it.Status.Raw = it.Raw
	}
	p.items = append(p.items, it)
}

func (p *parser) problem(raw, format string, args ...any) {
	p.add(raw, Item{Problem: fmt.Errorf("cloudapi: "+format, args...)})
}

func (p *parser) entry(entry gjson.Result) {
	p.channel, p.at, p.field = ChannelRef{}, time.Time{}, ""
	if !entry.IsObject() {
		p.problem(entry.Raw, "webhook entry is not an object")
		return
	}
	var changes gjson.Result
	entry.ForEach(func(key, v gjson.Result) bool {
		switch key.Str {
		case "id":
			p.channel.WABAID = text(v)
		case "time":
			if at, err := moment(v); err == nil {
				p.at = at
			}
		case "changes":
			changes = v
		}
		return true
	})
	if !changes.IsArray() {
		p.problem(entry.Raw, `webhook entry has no array "changes"`)
		return
	}
	changes.ForEach(func(_, change gjson.Result) bool {
		p.change(change)
		return true
	})
}

func (p *parser) change(change gjson.Result) {
	p.field = ""
	p.channel.PhoneNumberID, p.channel.DisplayPhone = "", ""
	if !change.IsObject() {
		p.problem(change.Raw, "webhook change is not an object")
		return
	}
	var value gjson.Result
	change.ForEach(func(key, v gjson.Result) bool {
		switch key.Str {
		case "field":
			p.field = text(v)
		case "value":
			value = v
		}
		return true
	})
	if !value.IsObject() {
		p.problem(change.Raw, `webhook change %q has no object "value"`, p.field)
		return
	}
	var metadata, contacts, messages, echoes, history, statuses, failures, updates, preferences gjson.Result
	value.ForEach(func(key, v gjson.Result) bool {
		switch key.Str {
		case "metadata":
			metadata = v
		case "contacts":
			contacts = v
		case "messages":
			messages = v
		case "message_echoes":
			echoes = v
		case "history":
			history = v
		case "statuses":
			statuses = v
		case "errors":
			failures = v
		case "user_id_update":
			updates = v
		case "user_preferences":
			preferences = v
		case "display_phone_number": // account-level fields have it here
			p.channel.DisplayPhone = text(v)
		}
		return true
	})
	if metadata.IsObject() {
		p.channel.PhoneNumberID = text(metadata.Get("phone_number_id"))
		p.channel.DisplayPhone = text(metadata.Get("display_phone_number"))
	}
	before := len(p.items)
	switch p.field {
	case "messages":
		people := readPeople(contacts)
		p.each(messages, "messages", func(m gjson.Result) (Item, error) {
			msg, err := readMessage(m, people, failures)
			return Item{Message: msg}, err
		})
		p.each(statuses, "statuses", func(s gjson.Result) (Item, error) {
			report, err := readStatus(s)
			return Item{Status: report}, err
		})
	case "smb_message_echoes":
		people := readPeople(contacts)
		p.each(echoes, "message_echoes", func(m gjson.Result) (Item, error) {
			echo, err := readEcho(m, people)
			return Item{Echo: echo}, err
		})
	case "history":
		p.history(history)
		p.each(messages, "messages", func(m gjson.Result) (Item, error) {
			past, err := readPast(m, Party{}, p.channel.DisplayPhone)
			return Item{Past: past}, err
		})
	case "user_preferences":
		people := readPeople(contacts)
		p.each(preferences, "user_preferences", func(u gjson.Result) (Item, error) {
			wish, err := readPreference(u, people)
			return Item{Preference: wish}, err
		})
	case "user_id_update":
		people := readPeople(contacts)
		p.each(updates, "user_id_update", func(u gjson.Result) (Item, error) {
			msg, err := readUserIDUpdate(u, people)
			return Item{Message: msg}, err
		})
	}
	if len(p.items) == before {
		p.add(value.Raw, Item{Notice: readNotice(p.field, p.at, value)})
	}
}

// each adds one item for every element of list. A list that is absent or null
// is empty; anything else that is no array is one problem.
func (p *parser) each(list gjson.Result, name string, read func(gjson.Result) (Item, error)) {
	if !list.Exists() || list.Type == gjson.Null {
		return
	}
	if !list.IsArray() {
		p.problem(list.Raw, "webhook %q is not an array", name)
		return
	}
	list.ForEach(func(_, element gjson.Result) bool {
		it, err := read(element)
		if err != nil {
			it = Item{Problem: err}
		}
		p.add(element.Raw, it)
		return true
	})
}

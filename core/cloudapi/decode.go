package cloudapi

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"shopbell/core/chat"
)

// text returns a string, or the digits of a number as they were written (ids
// pass 2^53). Anything else is empty. The result is valid UTF-8.
func text(v gjson.Result) string {
	switch v.Type {
	case gjson.Number:
		return v.Raw
	case gjson.String:
		if strings.Contains(v.Raw, `\`) {
			// The standard library keeps what follows half a surrogate pair,
			// gjson swallows it.
			var s string
			if json.Unmarshal([]byte(v.Raw), &s) == nil {
				return s
			}
		}
		return strings.ToValidUTF8(v.Str, "\uFFFD")
	}
	return ""
}

// lastSecond is the last whole second of the year 9999, the largest timestamp
// that other formats can hold. Larger ones are milliseconds or rubbish.
const lastSecond = 253402300799

// moment reads a timestamp in whole seconds, sent as a string or a number.
func moment(v gjson.Result) (time.Time, error) {
	sec, err := strconv.ParseInt(text(v), 10, 64)
	if err != nil || sec <= 0 || sec > lastSecond {
		return time.Time{}, fmt.Errorf("timestamp %.40q is not a moment in seconds", v.Raw)
	}
	return time.Unix(sec, 0).UTC(), nil
}

// address puts a value that Meta calls a phone where it belongs: a
// business-scoped user id is sometimes sent in its place.
func (p *Party) address(v string) {
	switch {
	case v == "":
	case isUserID(v):
		p.UserID = v
	default:
		p.Phone = v
	}
}

// isUserID reports whether s has the form of a business-scoped user id: a
// country, a dot, and letters, digits and dots ("US.1349", "US.ENT.118").
func isUserID(s string) bool {
	if len(s) < 4 || s[2] != '.' || !upper(s[0]) || !upper(s[1]) {
		return false
	}
	for i := 3; i < len(s); i++ {
		c := s[i]
		if !upper(c) && (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '.' {
			return false
		}
	}
	return true
}

func upper(c byte) bool { return c >= 'A' && c <= 'Z' }

// people are the contacts of one change. A batch may have a thousand of them,
// hence the index by phone key and user id; the empty string is never a key.
type people struct {
	list  []Party
	index map[string]int // nil for a lone contact
}

func readPeople(contacts gjson.Result) people {
	var all people
	if !contacts.IsArray() {
		return all
	}
	contacts.ForEach(func(_, c gjson.Result) bool {
		if !c.IsObject() {
			return true
		}
		var who Party
		c.ForEach(func(key, v gjson.Result) bool {
			switch key.Str {
			case "wa_id":
				who.address(text(v))
			case "user_id":
				who.UserID = text(v)
			case "parent_user_id":
				who.ParentUserID = text(v)
			case "profile": // may be absent or null
				who.Name = text(v.Get("name"))
				who.Username = text(v.Get("username"))
			}
			return true
		})
		all.list = append(all.list, who)
		return true
	})
	if len(all.list) > 1 {
		all.index = make(map[string]int, len(all.list))
		for i, who := range all.list {
			if key := chat.PhoneKey(who.Phone); key != "" {
				all.index[key] = i
			}
			if who.UserID != "" {
				all.index[who.UserID] = i
			}
		}
	}
	return all
}

// complete adds to who what the contacts of the change say about the same
// person. A lone contact with no address of its own belongs to the lone sender.
func (all people) complete(who *Party) {
	var found Party
	switch len(all.list) {
	case 0:
		return
	case 1:
		found = all.list[0]
		samePhone := found.Phone != "" && who.Phone != "" && chat.PhoneKey(found.Phone) == chat.PhoneKey(who.Phone)
		sameUser := found.UserID != "" && found.UserID == who.UserID
		nobody := found.Phone == "" && found.UserID == "" || who.Phone == "" && who.UserID == ""
		if !samePhone && !sameUser && !nobody {
			return
		}
	default:
		i, ok := all.index[who.UserID]
		if !ok {
			i, ok = all.index[chat.PhoneKey(who.Phone)]
		}
		if !ok {
			return
		}
		found = all.list[i]
	}
	who.Name, who.Username = found.Name, found.Username
	if who.Phone == "" {
		who.Phone = found.Phone
	}
	if who.UserID == "" {
		who.UserID = found.UserID
	}
	if who.ParentUserID == "" {
		who.ParentUserID = found.ParentUserID
	}
}

// readErrors reads Meta's list of errors as webhooks carry it.
func readErrors(list gjson.Result) []GraphError {
	if !list.IsArray() {
		return nil
	}
	var out []GraphError
	list.ForEach(func(_, e gjson.Result) bool {
		if g, ok := readError(e); ok {
			out = append(out, g)
		}
		return true
	})
	return out
}

// readError reads one error. Without a numeric code it is none.
func readError(e gjson.Result) (GraphError, bool) {
	if !e.IsObject() {
		return GraphError{}, false
	}
	code, err := strconv.Atoi(text(e.Get("code")))
	if err != nil {
		return GraphError{}, false
	}
	subcode, err := strconv.Atoi(text(e.Get("error_subcode")))
	if err != nil {
		subcode = 0 // most errors have none, and nothing hangs on it alone
	}
	return GraphError{
		Code:    code,
		Subcode: subcode,
		Title:   text(e.Get("title")),
		Message: text(e.Get("message")),
		Details: text(e.Get("error_data.details")),
	}, true
}

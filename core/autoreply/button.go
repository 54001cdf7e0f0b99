package autoreply

import (
	"strconv"
	"strings"
)

// Meta's limit of a reply button's id, in characters; ids are unique within a
// message and neither begin nor end with a space (cloud-api section 3).
const maxButtonID = 256

// buttonIDPrefix marks ids of ours and the version of their form.
const buttonIDPrefix = "sb1"

// ButtonID returns the id under which a button is sent. It carries the action
// itself, so that the buttons of old messages keep working after the rules
// changed. index is the button's place in its message, 0 to MaxButtons-1, and
// keeps ids of one message apart. Of b, Action and Rule or SKU count; an order
// button carries in Rule the id of the rule it stands in. A link is no reply
// button and has no id: "".
func ButtonID(index int, b Button) string {
	subject := ""
	switch b.Action {
	case ActionLink:
		return ""
	case ActionRule, ActionOrder:
		subject = b.Rule
	case ActionStock:
		subject = b.SKU
	}
	return strings.Join([]string{buttonIDPrefix, strconv.Itoa(index), string(b.Action), subject}, ":")
}

// ParseButtonID returns the action in the id of a pressed button, without its
// title. ok is false for an id that ButtonID does not make, such as that of a
// template's button.
func ParseButtonID(id string) (action Button, ok bool) {
	if len(id) > 4*maxButtonID { // no character has more than 4 bytes
		return Button{}, false
	}
	parts := strings.SplitN(id, ":", 4)
	if len(parts) != 4 || parts[0] != buttonIDPrefix {
		return Button{}, false
	}
	if index, err := strconv.Atoi(parts[1]); err != nil || index < 0 || index >= MaxButtons || strconv.Itoa(index) != parts[1] {
		return Button{}, false
	}
	b := Button{Action: Action(parts[2])}
	subject := parts[3]
	switch b.Action {
	case ActionRule:
		b.Rule = subject
		ok = subject != ""
	case ActionOrder:
		b.Rule, ok = subject, true
	case ActionStock:
		b.SKU = subject
		ok = subject != ""
	case ActionHandOver, ActionSolved:
		ok = subject == ""
	}
	if !ok {
		return Button{}, false
	}
	return b, true
}

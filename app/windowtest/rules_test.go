//go:build window

package windowtest

import (
	"slices"
	"strings"
	"testing"

	"shopbell/core/sandbox"
)

// TestRules makes a rule by keyboard and mouse alone, runs into each of its limits on
// the way, saves it, and lets the next customer be answered by it.
func TestRules(t *testing.T) {
	const asked, answer = "Do you have a zebra coat?", "Zebra coats are in stock."
	customer := sandbox.Customer{Phone: "351910000999", Name: "Zebra Friend", Language: "en"}
	until(t, "the inbox", func() bool { return window.Working() })
	id := display(t)
	network := shop.Load().Sandbox()
	if network == nil { // TestConnect has left the sandbox
		network = around.meta
	}
	revision := func() int64 {
		state, err := shop.Load().Rules(t.Context(), shop.Load().Owner())
		if err != nil {
			t.Fatal(err)
		}
		return state.Number
	}
	before := revision()

	x(t, "key", "ctrl+3")
	until(t, "the rules", func() bool { return sees("Find a rule") && sees("New") })
	click(t, id, "New")
	x(t, "key", "Down", "Down", "Return") // behind First contact
	until(t, "the new rule", func() bool { return sees("When the message has one of these words") })
	x(t, "type", "--delay", "8", "Zebra coats")
	x(t, "key", "Return")
	x(t, "type", "--delay", "8", "zebra,")
	until(t, "the rule with its word", func() bool { return sees("1 of 50 words") && sees("Zebra coats") })

	click(t, id, "What the customer reads")
	x(t, "type", "--delay", "2", strings.Repeat("z", 257))
	until(t, "257 characters to be too many", func() bool { return sees("257 / 256") && sees("1 character too long: 256 are allowed") })
	x(t, "key", "ctrl+s")
	picture(t, id, "rules-too-long")
	x(t, "key", "ctrl+a")
	x(t, "type", "--delay", "8", answer)

	click(t, id, "Add a button")
	x(t, "type", "--delay", "8", strings.Repeat("b", 21))
	until(t, "21 characters to be too many", func() bool { return sees("21 / 20") && sees("Reply 1, button 1, title: longer than 20 characters") })
	x(t, "key", "ctrl+s")
	picture(t, id, "rules-long-button")
	x(t, "key", "ctrl+a")
	x(t, "type", "--delay", "8", "Talk to us")
	for _, title := range []string{"Call me", "Write to me"} {
		click(t, id, "Add a button")
		x(t, "type", "--delay", "8", title)
	}
	until(t, "three buttons to be all", func() bool { return sees("3 of 3") && sees("WhatsApp allows 3 buttons. Take one out to add another.") })
	click(t, id, "Add a button")
	picture(t, id, "rules-full")
	var full bool
	onUI(func() { full = sees("3 of 3") })
	if !full || revision() != before {
		t.Fatalf("a fourth button was added, or something was saved: revision %d, then %d", before, revision())
	}

	x(t, "key", "ctrl+s")
	eventually(t, "the rule to be in force", func() bool { return revision() == before+1 })
	until(t, "the screen to say so", func() bool { return !sees("Not saved yet") })
	picture(t, id, "rules-saved")
	if _, err := network.Write(t.Context(), customer, asked); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the customer to be answered", func() bool {
		return slices.ContainsFunc(network.Inbox(customer), func(d sandbox.Delivered) bool { return d.Text == answer })
	})
	x(t, "key", "ctrl+1")
	until(t, "the inbox again", func() bool { return sees(customer.Name) })
}

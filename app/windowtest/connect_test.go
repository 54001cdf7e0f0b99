//go:build window

package windowtest

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"shopbell/app/look"
	"shopbell/core/desk"
	"shopbell/core/sandbox"
)

// TestConnect is an owner's first day: from the sandbox to the shop, keys typed
// wrong, refused, corrected and accepted, a way for messages, a test message to
// the owner's phone. Afterwards the keys' letters stand nowhere. It begins in the
// sandbox, where TestAnswer leaves the window, and ends in the shop.
func TestConnect(t *testing.T) {
	phone := sandbox.Customer{Phone: "351910000118", Name: "Owner", Language: "en"}
	until(t, "the inbox", func() bool { return window.Working() })
	id := display(t)

	x(t, "key", "ctrl+6")
	until(t, "the way out of the sandbox", func() bool { return sees("Leave the sandbox") })
	click(t, id, "Leave the sandbox")
	until(t, "the form", func() bool { return sees("Phone number ID") && window.Welcoming() })
	picture(t, id, "connect-empty")
	own := shop.Load()
	if err := own.SetArrival(t.Context(), own.Owner(), desk.Arrival{Way: desk.WayForwarder, Listen: around.listens}); err != nil {
		t.Fatal(err)
	}

	click(t, id, "Four values to copy")
	for _, value := range []string{ownNumber, ownAccount, "EAAGwrong", ownSecret} {
		x(t, "type", "--delay", "8", value)
		x(t, "key", "Return")
	}
	until(t, "the refusal", func() bool { return sees("WhatsApp does not take it. Copy it again, whole.") })
	picture(t, id, "connect-refused")

	x(t, "key", "shift+Tab", "ctrl+a") // from the secret back to the token
	x(t, "type", "--delay", "8", ownToken)
	until(t, "the number to be found", func() bool {
		return sees("Found: Marola Shoes, +351 912 000 118") && sees("Works, and does not expire")
	})
	until(t, "dots for letters", func() bool { return !shows(ownToken) && !shows(ownSecret) })
	picture(t, id, "connect-accepted")
	onUI(func() { window.SetTheme(look.Dark) })
	picture(t, id, "connect-accepted-dark")
	onUI(func() { window.SetTheme(look.Light) })

	x(t, "key", "ctrl+Return")
	until(t, "the keys to be kept", func() bool {
		return sees("How messages arrive") && sees("Step 2 of 4 · Give the public address first")
	})
	click(t, id, "Own forwarder")
	until(t, "where to forward to", func() bool { return sees("Have it forward to http://" + around.listens + ", unchanged.") })
	x(t, "type", "--delay", "8", around.forwarder.URL)
	x(t, "key", "ctrl+Return")
	until(t, "the address to be reached from outside", func() bool {
		return sees("Meta sends to "+around.forwarder.URL+"/webhook") && sees("Step 3 of 4 · Type your own phone first")
	})
	picture(t, id, "connect-arrival")

	if _, err := around.meta.Write(t.Context(), phone, "Hello, my own shop"); err != nil {
		t.Fatal(err)
	}
	click(t, id, "1 minute")
	x(t, "type", "--delay", "8", "+"+phone.Phone)
	x(t, "key", "Return")
	eventually(t, "the owner's phone to have the test", func() bool {
		return slices.ContainsFunc(around.meta.Inbox(phone), func(d sandbox.Delivered) bool { return d.Text == "Your shop bell works." })
	})
	until(t, "the screen to say so", func() bool { return sees("It arrived") })
	picture(t, id, "connect-live")

	x(t, "key", "ctrl+1")
	until(t, "the inbox of the shop, with the owner's own message", func() bool { return window.Working() && sees(phone.Name) })
	for _, letters := range []string{ownToken, ownSecret} {
		if file := holds(t, folder, letters); file != "" {
			t.Errorf("%s holds %s… of the keys", file, letters[:4])
		}
	}
}

// shows reports whether some letters are drawn anywhere in the window.
func shows(letters string) bool {
	return slices.ContainsFunc(texts(), func(text string) bool { return strings.Contains(text, letters) })
}

// holds returns the first file below a folder that has the letters in it.
func holds(t *testing.T, folder, letters string) (file string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err == nil && bytes.Contains(content, []byte(letters)) {
			file = path
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return file
}

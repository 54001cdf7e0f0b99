package main

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shopbell/core/autoreply"
)

// tryRules answers keywords, one of them by the stock, and greets with a button.
const tryRules = `{"version": 1, "timezone": "Europe/Lisbon", "rules": [
  {"id": "hi", "name": "Hi", "trigger": "first_contact", "replies": [{"text": "Hello from {shop}!", "buttons": [{"title": "Boots?", "action": "stock", "sku": "BT-1"}]}]},
  {"id": "boots", "name": "Boots", "trigger": "keyword", "match": "exact", "keywords": ["boots"], "department": "Sales", "kind": "stock",
   "stock": {"sku": "BT-1", "below": 10, "text": "Only {stock} left"}, "replies": [{"text": "All sizes."}]},
  {"id": "night", "name": "Night", "trigger": "off_hours", "replies": [{"text": "Closed."}]}]}`

func TestRulesTest(t *testing.T) {
	s := shop{dir: t.TempDir(), vars: map[string]string{"SHOPBELL_SHOP": "Bell"}}
	if status, _, errOut := s.command(t, "rules", "import", file(t, tryRules)); status != 0 {
		t.Fatal(errOut)
	}
	const noon, night = "--at=2026-11-25T12:00:00Z", "--at=2026-11-25T23:30:00Z"
	tests := []struct {
		name string
		args []string
		want []string // parts of what is printed
	}{
		{"the reply and where it goes", []string{"--message", "boots?", noon},
			[]string{"Wednesday 2026-11-25 12:00 +00:00", "the shop is open", "Reply 1, of rule boots (Boots):\n  All sizes.\n", "department Sales", "kind stock", "answered, and waits no more"}},
		{"why each rule answers or not", []string{"--message", "boots?", noon},
			[]string{"- hi (Hi)\n    not_first", "+ boots (Boots)\n    keyword: the message holds its keyword (how exact, keyword boots, words boots)", "answers: its text is sent", "- night (Night)\n    open: the shop is open"}},
		{"a stock level", []string{"--message", "boots", noon, "--stock", "BT-1=4"}, []string{"Only 4 left", "(below 10, level 4, sku BT-1)"}},
		{"a first contact", []string{"--message", "hello", noon, "--first"}, []string{"Hello from Bell!", "[Boots?]", "waits for a person"}},
		{"the night", []string{"--message", "hello", night}, []string{"the shop is closed", "Reply 1, of rule night", "- boots (Boots)\n    stock", "no_keyword"}},
		{"a pressed button", []string{"--button", "sb1:0:stock:BT-1", noon, "--stock", "BT-1=40"}, []string{"In stock: 40", "pressed: the customer pressed a button (action stock)"}},
		{"the cap", []string{"--message", "boots", noon, "--before", "3"}, []string{"No reply.", "cap: the customer got all automatic messages of 24 h", "stopped: it was not asked (code cap)"}},
	}
	for _, tc := range tests {
		t.Run("tells "+tc.name, func(t *testing.T) {
			status, out, errOut := s.command(t, append([]string{"rules", "test"}, tc.args...)...)
			if status != 0 {
				t.Fatalf("%d, %s", status, errOut)
			}
			for _, want := range tc.want {
				if !strings.Contains(out, want) {
					t.Errorf("it does not say %q:\n%s", want, out)
				}
			}
		})
	}

	t.Run("tells the shop's own stock level", func(t *testing.T) {
		levels := filepath.Join(t.TempDir(), "stock.csv")
		if err := os.WriteFile(levels, []byte("sku,level\nbt-1,7\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if status, _, errOut := s.command(t, "stock", "import", levels); status != 0 {
			t.Fatal(errOut)
		}
		if _, out, errOut := s.command(t, "rules", "test", "--message", "boots", noon); !strings.Contains(out, "Only 7 left") {
			t.Errorf("it says %s%s", out, errOut)
		}
		if _, out, errOut := s.command(t, "rules", "test", "--message", "boots", noon, "--stock", "BT-1=12"); !strings.Contains(out, "All sizes.") {
			t.Errorf("with a level of its own it says %s%s", out, errOut)
		}
	})

	t.Run("is the same for programs", func(t *testing.T) {
		_, out, errOut := s.command(t, "rules", "test", "--message", "hello", noon, "--first", "--json")
		var got struct {
			Replies []struct {
				Rule, Text string
				Variant    int
				Buttons    []struct{ ID string }
			}
			Rules []struct {
				ID      string
				Answers bool
				Reasons []struct{ Code string }
			}
		}
		if err := json.Unmarshal([]byte(out), &got); err != nil {
			t.Fatalf("%v: %s%s", err, out, errOut)
		}
		if len(got.Replies) != 1 || got.Replies[0].Rule != "hi" || got.Replies[0].Variant != 1 || got.Replies[0].Buttons[0].ID != "sb1:0:stock:BT-1" ||
			len(got.Rules) != 3 || !got.Rules[0].Answers || got.Rules[1].Reasons[1].Code != string(autoreply.ReasonNoKeyword) {
			t.Errorf("it is %s", out)
		}
	})

	for name, args := range map[string][]string{
		"no message":            {noon},
		"a time that is none":   {"--message", "a", "--at", "noon"},
		"a button that is none": {"--button", "boots", noon},
		"too many before":       {"--message", "a", "--before", "4"},
		"a level that is none":  {"--message", "a", "--stock", "BT-1=few"},
	} {
		t.Run("refuses "+name, func(t *testing.T) {
			if status, out, errOut := s.command(t, append([]string{"rules", "test"}, args...)...); status != exitUsage || out != "" || errOut == "" {
				t.Errorf("status %d, %s%s", status, out, errOut)
			}
		})
	}
	t.Run("needs a shop", func(t *testing.T) {
		if status, _, errOut := (shop{dir: t.TempDir()}).command(t, "rules", "test", "--message", "a"); status != exitFailed || !strings.Contains(errOut, "no shop") {
			t.Errorf("status %d, %s", status, errOut)
		}
	})
}

func TestEachReasonIsSaidInWords(t *testing.T) {
	for code, meaning := range meanings {
		if code == "" || meaning == "" {
			t.Errorf("%q: %q", code, meaning)
		}
	}
	if got := sayReason(autoreply.Reason{Code: autoreply.ReasonOutdone, Data: map[string]string{"by": "lunch"}}); got != "outdone: another rule goes before it (by lunch)" {
		t.Errorf("it says %q", got)
	}
}

func TestPicturesTravelBesideTheRules(t *testing.T) {
	const rules = `{"version": 1, "rules": [{"id": "a", "name": "A", "trigger": "keyword", "keywords": ["a"], "replies": [{"text": "Look.", "picture": "sizes.png"}]}]}`
	s, from, to := shop{dir: t.TempDir()}, t.TempDir(), t.TempDir()
	put := func(dir, name string, content []byte) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	input := put(from, "rules.json", []byte(rules))

	status, _, errOut := s.command(t, "rules", "import", input)
	if status != exitFailed || !strings.Contains(errOut, `rule "a"`) || !strings.Contains(errOut, "replies[0].picture") || !strings.Contains(errOut, "sizes.png") {
		t.Errorf("without the picture: %d, %s", status, errOut)
	}
	put(from, "sizes.png", []byte("no picture"))
	if status, _, errOut := s.command(t, "rules", "import", input); status != exitFailed || !strings.Contains(errOut, "no picture that WhatsApp takes") {
		t.Errorf("with what is none: %d, %s", status, errOut)
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewRGBA(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	put(from, "sizes.png", picture.Bytes())
	if status, _, errOut := s.command(t, "rules", "import", input); status != 0 {
		t.Fatalf("with it: %s", errOut)
	}

	if status, _, errOut := s.command(t, "rules", "export", filepath.Join(to, "rules.json")); status != 0 {
		t.Fatal(errOut)
	}
	if got, err := os.ReadFile(filepath.Join(to, "sizes.png")); err != nil || !bytes.Equal(got, picture.Bytes()) {
		t.Errorf("the exported picture has %d bytes, %v", len(got), err)
	}
	other := shop{dir: t.TempDir()}
	if status, _, errOut := other.command(t, "rules", "import", filepath.Join(to, "rules.json")); status != 0 {
		t.Errorf("what was exported is not taken back: %s", errOut)
	}

	put(to, "sizes.png", []byte("somebody's own"))
	if status, _, errOut := s.command(t, "rules", "export", filepath.Join(to, "again.json")); status != exitFailed || !strings.Contains(errOut, "left as it is") {
		t.Errorf("over another file: %d, %s", status, errOut)
	}
}

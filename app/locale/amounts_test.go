package locale

import (
	"strings"
	"testing"
	"time"

	"shopbell/core/chat"
)

func TestAmounts(t *testing.T) {
	speak := func(l Language) *Words {
		w, err := New(l, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	en, ru, pt := speak(English), speak(Russian), speak(Portuguese)
	for _, tt := range []struct{ name, got, want string }{
		{"four digits need no groups", en.Count(9999), "9999"},
		{"more have them, with a comma", en.Count(12_345), "12,345"},
		{"a space that does not break in Russian", ru.Count(1_234_567), "1\u00a0234\u00a0567"},
		{"a point in Portuguese", pt.Count(10_000), "10.000"},
		{"and so they stand in sentences", en.N("stock.articles", 10_000), "10,000 articles"},
		{"what is told beside is grouped, too", en.T("stock.set", Args{"Article": "BT-39", "Level": 123_456}), "BT-39: 123,456 left"},
		{"cents make a price", en.Amount(8950, "EUR"), "€89.50"},
		{"with a comma in Portuguese", pt.Amount(5, "EUR"), "0,05 €"},
		{"yen have no cents", en.Amount(8950, "JPY"), "8950 JPY"},
		{"few bytes are counted", en.Size(1023), "1023 B"},
		{"a file of some KB has no decimals", en.Size(184 << 10), "184 KB"},
		{"just below one MB is not a thousand KB", en.Size(1<<20 - 1), "1 MB"},
		{"MB have one decimal", en.Size(1_250_000), "1.2 MB"},
		{"whole MB have none", en.Size(16 << 20), "16 MB"},
		{"Russian has a comma and letters of its own", ru.Size(1_250_000), "1,2 МБ"},
		{"a share of a limit names the unit once", en.SizeOf(10_066_330, 16<<20), "9.6 of 16 MB"},
		{"dollars stand before in English", en.Money(103_000_000, "USD"), "$103.00"},
		{"and behind in Russian", ru.Money(103_500_000, "USD"), "103,50 $"},
		{"yen have no decimals", en.Money(1_500_000_000, "JPY"), "1500 JPY"},
		{"an unknown currency keeps its code", en.Money(1_000_000, "XQQ"), "1.00 XQQ"},
		{"half a cent is rounded, not cut", en.Money(chat.Micros(995_000), "USD"), "$1.00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.got != tt.want {
				t.Errorf("got %q, want %q", tt.got, tt.want)
			}
		})
	}
}

func TestParseAmount(t *testing.T) {
	for _, tt := range []struct {
		text, code string
		want       int64
		ok         bool
	}{
		{"89", "EUR", 8900, true},
		{" 89,5 ", "EUR", 8950, true},
		{"0.05", "EUR", 5, true},
		{"8950", "JPY", 8950, true},
		{"89.505", "EUR", 0, false},
		{"1.5", "JPY", 0, false},
		{"-1", "EUR", 0, false},
		{"1,000.00", "EUR", 0, false},
		{"", "EUR", 0, false},
		{".50", "EUR", 0, false},
		{"99999999999999999999", "EUR", 0, false},
	} {
		if got, ok := ParseAmount(tt.text, tt.code); ok != tt.ok || ok && got != tt.want {
			t.Errorf("%q in %s is %d, %t; want %d, %t", tt.text, tt.code, got, ok, tt.want, tt.ok)
		}
	}
}

func TestFileFault(t *testing.T) {
	for _, l := range Languages() {
		w, err := New(l, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		general := w.FileFault("new code", 0, 0)
		for _, code := range []chat.MediaCode{
			chat.MediaTooLarge, chat.MediaWrongType, chat.MediaDisguised, chat.MediaDamaged, chat.MediaEmpty, chat.MediaForeignHost, chat.MediaGone,
		} {
			t.Run("every code has words of its own in "+string(l)+": "+string(code), func(t *testing.T) {
				if got := w.FileFault(code, 1, 0); got == general || strings.HasPrefix(got, "media.") {
					t.Errorf("got %q", got)
				}
			})
		}
		t.Run("too large by little names the limit once in "+string(l), func(t *testing.T) {
			if got := w.FileFault(chat.MediaTooLarge, 100<<20+1, 100<<20); strings.Count(got, w.Size(100<<20)) != 1 {
				t.Errorf("got %q", got)
			}
		})
		t.Run("too large names the size and the limit in "+string(l), func(t *testing.T) {
			got := w.FileFault(chat.MediaTooLarge, 20<<20, 16<<20)
			if !strings.Contains(got, w.Size(20<<20)) || !strings.Contains(got, w.Size(16<<20)) {
				t.Errorf("got %q", got)
			}
		})
	}
}

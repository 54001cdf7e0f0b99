package app

import (
	"context"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"shopbell/app/kit/kittest"
	"shopbell/app/live"
	"shopbell/app/look"
	"shopbell/app/settings"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
)

// again starts the program anew on what the one before has kept.
func (s *stage) again(t *testing.T, first Begin) *stage {
	t.Helper()
	next := &stage{loop: s.loop, desk: s.desk}
	var err error
	next.App, err = New(t.Context(), s.fyne, Deps{
		OpenShop: next.openShop, Loop: s.loop.Loop(), Zone: time.UTC, Log: slog.New(slog.DiscardHandler), Begin: first, Place: s.Place,
	})
	if err != nil {
		t.Fatal(err)
	}
	next.window.Resize(fyne.NewSize(startWidth, startHeight))
	t.Cleanup(func() { next.stop() })
	next.begin()
	return next
}

func TestBegin(t *testing.T) {
	for _, tt := range []struct {
		name    string
		before  func(*stage) // what was done at the start before
		first   Begin
		sandbox bool
		sees    string
	}{
		{"who has chosen nothing is asked", func(*stage) {}, BeginLast, false, "Your shop bell is up"},
		{"who was in the sandbox is there again", func(s *stage) { s.open(true, railInbox) }, BeginLast, true, "Inbox"},
		{"who left the sandbox goes on connecting a number", func(s *stage) { s.open(true, railInbox); s.open(false, railConnection) }, BeginLast, false, "Phone number ID"},
		{"who chose to connect goes on with it", func(s *stage) { s.connect() }, BeginLast, false, "Phone number ID"},
		{"a flag for the shop wins, and asks as at first", func(s *stage) { s.open(true, railInbox) }, BeginShop, false, "Your shop bell is up"},
		{"a flag for the sandbox wins", func(s *stage) { s.connect() }, BeginSandbox, true, "Inbox"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := newStage(t)
			before.open(false, railInbox)
			tt.before(before)
			before.window.Close()
			s := before.again(t, tt.first)
			if s.health.Sandbox != tt.sandbox || !s.sees(tt.sees) {
				t.Errorf("in the sandbox: %v; shows %q", s.health.Sandbox, kittest.Texts(s.window.Content()))
			}
		})
	}
	t.Run("another data folder has its own last shop", func(t *testing.T) {
		before := inSandbox(t)
		before.window.Close()
		before.Place.Data = "/elsewhere"
		if s := before.again(t, BeginLast); !s.Welcoming() {
			t.Error("the sandbox of another folder was opened")
		}
	})
	t.Run("a shop with a number begins with its inbox", func(t *testing.T) {
		s := newStage(t)
		s.remember(BeginShop)
		s.returning = true
		s.at = railInbox
		s.arrive(desk.Health{State: desk.ConnectionOK})
		if s.at != railInbox || s.last() != BeginShop {
			t.Errorf("at %s, last %q", s.at, s.last())
		}
	})
}

func TestDataOfWhatIsOpen(t *testing.T) {
	for sandbox, want := range map[bool]string{true: "Where the sandbox is", false: "Where your shop is"} {
		t.Run(fmt.Sprintf("the settings name the folder in use, in the sandbox %v", sandbox), func(t *testing.T) {
			s := newStage(t)
			s.open(sandbox, railInbox)
			s.Show(railSettings)
			s.settings.Go(settings.Data)
			if !s.sees(want) || !s.sees(folderOf(sandbox)) {
				t.Errorf("shows %q", kittest.Texts(s.window.Content()))
			}
		})
	}
}

// turning is a system that can turn from light to dark.
type turning struct {
	fyne.Settings
	variant fyne.ThemeVariant
	heard   func(fyne.Settings)
}

func (s *turning) ThemeVariant() fyne.ThemeVariant     { return s.variant }
func (s *turning) AddListener(f func(s fyne.Settings)) { s.heard = f }

func (s *turning) turn(to fyne.ThemeVariant) {
	s.variant = to
	s.heard(s)
}

// turningApp runs on a system that can turn.
type turningApp struct {
	fyne.App
	settings *turning
}

func (a turningApp) Settings() fyne.Settings { return a.settings }

func TestSystemLook(t *testing.T) {
	open := func(t *testing.T, dark bool) (*App, *turning) {
		base := test.NewTempApp(t)
		system := &turning{Settings: base.Settings(), variant: theme.VariantDark} // as Fyne begins on Linux
		a, err := New(t.Context(), turningApp{base, system}, Deps{
			OpenShop: func(context.Context, bool) (Shop, error) { return Shop{}, nil },
			Loop:     live.NewManual(desktest.SampleNow).Loop(), Zone: time.UTC, Log: slog.New(slog.DiscardHandler), Dark: dark,
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { a.stop(); _ = look.Apply(base, look.Choice{}) })
		return a, system
	}
	t.Run("a system that says nothing is light", func(t *testing.T) {
		if open(t, false); look.Now().Dark() {
			t.Error("it is dark")
		}
	})
	t.Run("a system that asks for dark is dark, and followed to light and back", func(t *testing.T) {
		_, system := open(t, true)
		seen := []bool{look.Now().Dark()}
		system.turn(theme.VariantLight)
		seen = append(seen, look.Now().Dark())
		system.turn(theme.VariantDark)
		if seen = append(seen, look.Now().Dark()); !seen[0] || seen[1] || !seen[2] {
			t.Errorf("dark: %v", seen)
		}
	})
	t.Run("a choice by hand is not given up for it", func(t *testing.T) {
		a, system := open(t, false)
		a.SetTheme(look.Light)
		system.turn(theme.VariantLight)
		system.turn(theme.VariantDark)
		if look.Now().Dark() {
			t.Error("it turned dark")
		}
	})
}

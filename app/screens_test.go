package app

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/app/settings"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// sees reports whether the window shows a text, whole.
func (s *stage) sees(text string) bool {
	return slices.Contains(kittest.Texts(s.window.Content()), text)
}

// noBrowser is a computer without one.
type noBrowser struct{ fyne.App }

func (noBrowser) OpenURL(*url.URL) error { return errors.New("no browser") }

func TestPlaces(t *testing.T) {
	t.Run("the rail's keys lead there and back, and the open chat stays open", func(t *testing.T) {
		s := inSandbox(t)
		s.Press(fyne.KeyJ, ctrl)
		open := s.OpenChat()
		s.Press(fyne.Key6, ctrl)
		if !s.sees("Connect WhatsApp") {
			t.Fatal("the connection is not shown")
		}
		s.Press(fyne.Key7, ctrl)
		if !s.sees("How it looks") || s.connection != nil {
			t.Fatal("the settings are not shown")
		}
		s.Press(fyne.Key1, ctrl)
		if open == 0 || s.OpenChat() != open || s.settings != nil {
			t.Errorf("chat %d was open, %d is", open, s.OpenChat())
		}
	})
	t.Run("the inbox's keys do nothing elsewhere", func(t *testing.T) {
		s := inSandbox(t)
		s.Show(railSettings)
		s.Press(fyne.KeyJ, ctrl)
		if got := s.OpenChat(); got != 0 {
			t.Errorf("chat %d was opened behind the settings", got)
		}
	})
	t.Run("a file that is dropped elsewhere does not go to the chat behind", func(t *testing.T) {
		s := inSandbox(t)
		s.Press(fyne.KeyJ, ctrl)
		s.Show(railSettings)
		file := filepath.Join(t.TempDir(), "invoice.txt")
		if err := os.WriteFile(file, []byte("30 euros"), 0o600); err != nil {
			t.Fatal(err)
		}
		s.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(file)})
		s.Show(railInbox)
		if s.sees("invoice.txt") || !slices.Contains(s.layer.Toasts(), s.words.T("chat.drop_where")) {
			t.Errorf("the window shows %q", kittest.Texts(s.window.Content()))
		}
	})
	t.Run("the second card of the first start leads to the connection", func(t *testing.T) {
		s := newStage(t)
		s.open(false, railInbox)
		s.Press(fyne.Key2, 0)
		if s.connection == nil || !s.sees("Phone number ID") {
			t.Error("the connection is not shown")
		}
	})
	t.Run("leaving the sandbox closes it and opens the shop at its connection", func(t *testing.T) {
		s := inSandbox(t)
		s.Show(railConnection)
		if s.sees("Phone number ID") {
			t.Fatal("the sandbox offers to connect a number")
		}
		for _, o := range kittest.Tappable(s.window.Content(), "Leave the sandbox") {
			test.Tap(o)
		}
		if s.closed != 1 || !s.sees("Phone number ID") {
			t.Errorf("%d shops closed, the form is shown: %v", s.closed, s.sees("Phone number ID"))
		}
	})
	t.Run("what is typed on the connection is there again after a look at the sandbox", func(t *testing.T) {
		s := newStage(t)
		s.open(false, railConnection)
		fields := kittest.Of[*kit.Field](s.connection.Content())
		fields[0].SetText("EAAtyped")
		fields[0].OnChanged()
		for _, o := range kittest.Tappable(s.window.Content(), "Sandbox") {
			test.Tap(o)
		}
		s.answer(t, "Stay here")
		if s.health.Sandbox || s.connection == nil {
			t.Fatal("the connection is left")
		}
		for _, o := range kittest.Tappable(s.window.Content(), "Sandbox") {
			test.Tap(o)
		}
		s.answer(t, "Open the sandbox")
		s.Show(railConnection)
		for _, o := range kittest.Tappable(s.window.Content(), "Leave the sandbox") {
			test.Tap(o)
		}
		if got := kittest.Of[*kit.Field](s.connection.Content())[0].Text(); s.health.Sandbox || got != "EAAtyped" {
			t.Errorf("in the sandbox: %v, typed is %q", s.health.Sandbox, got)
		}
	})
	t.Run("a shop that gets its number while it connects has its inbox", func(t *testing.T) {
		s := newStage(t)
		s.open(false, railInbox)
		s.Show(railConnection)
		s.SetTheme(look.Dark)
		s.desk.SetHealth(desk.Health{State: desk.ConnectionOK, Channel: chat.Channel{ID: 1}})
		s.heard(live.Batch{Events: []desk.Event{{Kind: desk.EventHealth}}})
		if s.Welcoming() || s.connection == nil {
			t.Fatal("the first start stays, or the connection is left")
		}
		if s.sees("Not set up") || !s.sees("Connected") {
			t.Error("the rail does not say that it is connected")
		}
		s.Show(railInbox)
		if !s.Working() {
			t.Error("there is no inbox")
		}
	})
	t.Run("a page that no browser opens is shown by its address, and copied", func(t *testing.T) {
		s := inSandbox(t)
		const page = "https://developers.facebook.com/apps"
		s.fyne = noBrowser{s.fyne}
		s.browse(page)
		if said := s.layer.Toasts(); len(said) != 1 || !strings.Contains(said[0], page) || s.fyne.Clipboard().Content() != page {
			t.Errorf("said %q, copied %q", said, s.fyne.Clipboard().Content())
		}
	})
	t.Run("there is nowhere to go while no shop is open", func(t *testing.T) {
		s := newStage(t)
		if s.Show(railSettings) {
			t.Error("the settings are shown")
		}
	})
}

func TestChoosing(t *testing.T) {
	t.Run("a language changes the whole window at once, and the settings stay where they were", func(t *testing.T) {
		s := inSandbox(t)
		s.Show(railSettings)
		s.App.settings.Go(settings.Data)
		c := s.prefs.chosen()
		c.Language = locale.Russian
		s.choose(c)
		if !s.sees("Где песочница") || !s.sees("Настройки") || s.App.settings.Part() != settings.Data {
			t.Errorf("the window shows %q", kittest.Texts(s.window.Content()))
		}
	})
	t.Run("what is typed on the connection is still there in another language", func(t *testing.T) {
		s := newStage(t)
		s.open(false, railInbox)
		s.Show(railConnection)
		test.Type(kittest.Of[*kit.Field](s.window.Content())[0].Target(), "104829301177462")
		s.Show(railSettings)
		s.setLanguage(locale.Russian)
		s.Show(railConnection)
		if got := kittest.Of[*kit.Field](s.window.Content())[0].Text(); got != "104829301177462" {
			t.Errorf("the number is %q", got)
		}
	})
	t.Run("another name of one's own is on the rail at once", func(t *testing.T) {
		s := inSandbox(t)
		s.Show(railSettings)
		kittest.Of[*kit.Field](s.App.settings.Content())[0].SetText("Zoe Quill")
		for _, o := range kittest.Tappable(s.window.Content(), "Save") {
			test.Tap(o)
		}
		if !s.sees("ZQ") || s.at != railSettings {
			t.Errorf("at %s, the window shows %q", s.at, kittest.Texts(s.window.Content()))
		}
	})
	t.Run("a text size changes it, too, and is kept for the next start", func(t *testing.T) {
		s := inSandbox(t)
		t.Cleanup(func() { _ = look.Apply(s.fyne, look.Choice{}) })
		s.Show(railSettings)
		c := s.prefs.chosen()
		c.Percent = look.MaxPercent
		s.choose(c)
		again := prefs{s.fyne.Preferences(), time.UTC}
		if look.Scale() != 1.5 || again.look().Percent != look.MaxPercent {
			t.Errorf("scale %v, kept %d", look.Scale(), again.look().Percent)
		}
	})
	t.Run("a text size that somebody wrote into the file is not believed", func(t *testing.T) {
		p := prefs{test.NewTempApp(t).Preferences(), time.UTC}
		p.SetInt(prefPercent, 900)
		if got := p.look().Percent; got != look.DefaultPercent {
			t.Errorf("%d %%", got)
		}
	})
	t.Run("the window comes back in its size, and never smaller than it may be", func(t *testing.T) {
		p := prefs{test.NewTempApp(t).Preferences(), time.UTC}
		if got := p.size(); got != fyne.NewSize(startWidth, startHeight) {
			t.Errorf("at first %v", got)
		}
		p.keepSize(fyne.NewSize(900, 100))
		if got := p.size(); got != fyne.NewSize(900, minHeight) {
			t.Errorf("then %v", got)
		}
	})
}

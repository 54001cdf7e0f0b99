package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/inbox"
	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
)

// stage is the window of Fyne's test driver over a desk in memory. A shop that
// is not the sandbox has no number yet.
type stage struct {
	*App
	loop   *live.Manual
	desk   *desktest.Fake
	refuse error // of the next OpenShop
	opened int
	closed int
}

func newStage(t *testing.T) *stage {
	t.Helper()
	loop := live.NewManual(desktest.SampleNow)
	s := &stage{loop: loop, desk: desktest.Sample(loop.Now)}
	s.raise(t, s.openShop, loop.Loop())
	return s
}

func (s *stage) raise(t *testing.T, open func(context.Context, bool) (Shop, error), loop live.Loop) {
	t.Helper()
	var err error
	s.App, err = New(t.Context(), test.NewTempApp(t), Deps{
		OpenShop: open, Loop: loop, Zone: time.UTC, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	s.window.Resize(fyne.NewSize(startWidth, startHeight))
	t.Cleanup(func() { kit.OnShortcut(nil); s.layer.Detach(); s.scope.Close() })
}

func (s *stage) openShop(_ context.Context, sandbox bool) (Shop, error) {
	if err := s.refuse; err != nil {
		s.refuse = nil
		return Shop{}, err
	}
	s.desk.SetHealth(desk.Health{State: desk.ConnectionNone})
	if sandbox {
		s.desk.SetHealth(desk.Health{State: desk.ConnectionOK, Sandbox: true})
	}
	s.opened++
	return Shop{Desk: s.desk, Who: desktest.Anna, Folder: folderOf(sandbox), Close: func() error { s.closed++; return nil }}, nil
}

func folderOf(sandbox bool) string {
	if sandbox {
		return "/data/sandbox"
	}
	return "/data"
}

func inSandbox(t *testing.T) *stage {
	t.Helper()
	s := newStage(t)
	s.open(true, railInbox)
	s.heard(live.Batch{Reload: true})
	return s
}

func TestShopInUse(t *testing.T) {
	leave := func(t *testing.T) *stage {
		s := inSandbox(t)
		s.refuse = fmt.Errorf("%w: locked", ErrAlreadyOpen)
		s.open(false, railConnection)
		if !s.sees("Shopbell is open already") || s.window.Title() != s.words.T("window.title") {
			t.Fatalf("titled %q, shows %q", s.window.Title(), kittest.Texts(s.window.Content()))
		}
		return s
	}
	press := func(s *stage, button string) {
		for _, o := range kittest.Tappable(s.window.Content(), button) {
			test.Tap(o)
		}
	}
	t.Run("is said, and trying again opens it once it is free", func(t *testing.T) {
		s := leave(t)
		press(s, "Try again")
		if s.sees("Shopbell is open already") || !s.sees("Phone number ID") {
			t.Errorf("shows %q", kittest.Texts(s.window.Content()))
		}
	})
	t.Run("leaves the way back to the sandbox", func(t *testing.T) {
		s := leave(t)
		press(s, "Open the sandbox")
		if !s.Working() || !s.health.Sandbox || s.sees("Shopbell is open already") {
			t.Errorf("shows %q", kittest.Texts(s.window.Content()))
		}
	})
}

func TestFirstStart(t *testing.T) {
	t.Run("offers the sandbox, and the key 1 opens it in the shop's place", func(t *testing.T) {
		s := newStage(t)
		s.open(false, railInbox)
		if !s.Welcoming() {
			t.Fatal("the first start is not shown")
		}
		s.Press(fyne.Key1, 0)
		if !s.Working() || s.Welcoming() || s.closed != 1 {
			t.Errorf("working %v, shops closed %d", s.Working(), s.closed)
		}
	})
	t.Run("says why the sandbox could not be opened and lets the person try again", func(t *testing.T) {
		s := newStage(t)
		s.open(false, railInbox)
		s.refuse = &desk.Error{Code: desk.DiskFull}
		s.welcome.OpenSandbox()
		if !s.Welcoming() {
			t.Fatal("the first start is gone")
		}
		s.welcome.OpenSandbox()
		if !s.Working() {
			t.Error("trying again did not open it")
		}
	})
	t.Run("is skipped where the sandbox was asked for", func(t *testing.T) {
		if s := inSandbox(t); s.Welcoming() || !s.Working() {
			t.Error("the inbox is not shown")
		}
	})
	t.Run("a folder that another Shopbell has is no crash", func(t *testing.T) {
		s := newStage(t)
		s.refuse = fmt.Errorf("%w: pid 7", ErrAlreadyOpen)
		s.open(false, railInbox)
		if s.Welcoming() || s.Working() || s.shop != nil {
			t.Error("a screen is shown")
		}
		s.open(false, railInbox)
		if !s.Welcoming() {
			t.Error("trying again did not open it")
		}
	})
}

// A shop belongs to the window from the moment it is open, whether the window
// knows of it yet or not.
func TestOpening(t *testing.T) {
	// slow is a stage whose shop opens when the test lets it, on a goroutine of its
	// own; nothing is posted, as when Fyne's loop has ended.
	slow := func(t *testing.T, until func(ctx context.Context)) *stage {
		manual := live.NewManual(desktest.SampleNow)
		loop := manual.Loop()
		loop.Spawn, loop.Post = func(work func()) { go work() }, func(func()) {}
		s := &stage{loop: manual, desk: desktest.Sample(manual.Now)}
		s.raise(t, func(ctx context.Context, sandbox bool) (Shop, error) {
			until(ctx)
			return s.openShop(ctx, sandbox)
		}, loop)
		return s
	}
	t.Run("a window that closes meanwhile closes the shop, too", func(t *testing.T) {
		s := slow(t, func(ctx context.Context) { <-ctx.Done() })
		s.open(false, railInbox)
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
		if s.opened != 1 || s.closed != 1 {
			t.Errorf("%d shops opened, %d closed", s.opened, s.closed)
		}
	})
	t.Run("asking for it again opens no second shop", func(t *testing.T) {
		let := make(chan struct{})
		s := slow(t, func(context.Context) { <-let })
		s.open(false, railInbox)
		s.open(true, railInbox)
		close(let)
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
		if s.opened != 1 || s.closed != 1 {
			t.Errorf("%d shops opened, %d closed", s.opened, s.closed)
		}
	})
	t.Run("a shop that takes long to open, to close or to be refused holds nothing up", func(t *testing.T) {
		manual := live.NewManual(desktest.SampleNow)
		loop, posted := manual.Loop(), make(chan func(), 10) // the UI thread is the test's
		loop.Spawn, loop.Post = func(work func()) { go work() }, func(fn func()) { posted <- fn }
		let, closing := make(chan error), make(chan error)
		s := &stage{loop: manual, desk: desktest.Sample(manual.Now)}
		s.raise(t, func(ctx context.Context, sandbox bool) (Shop, error) {
			if err := <-let; err != nil {
				return Shop{}, err
			}
			shop, err := s.openShop(ctx, sandbox)
			shop.Close = func() error { return <-closing }
			return shop, err
		}, loop)
		until := func(what string, seen func() bool) {
			t.Helper()
			for !seen() {
				select {
				case fn := <-posted:
					fn()
				case <-t.Context().Done():
					t.Fatalf("never came: %s", what)
				}
			}
		}
		waits := func(what string) {
			t.Helper()
			manual.Advance(live.LoadingAfter)
			for len(posted) > 0 {
				(<-posted)()
			}
			if !s.sees("Opening the shop") {
				t.Fatalf("while %s it shows %q", what, kittest.Texts(s.window.Content()))
			}
		}
		press := func(button string) {
			t.Helper()
			for _, o := range kittest.Tappable(s.window.Content(), button) {
				test.Tap(o)
			}
		}
		s.open(true, railInbox)
		waits("the sandbox opens")
		let <- nil
		until("the inbox", s.Working)
		s.Show(railConnection)
		press("Leave the sandbox")
		waits("the sandbox closes")
		closing <- nil
		let <- fmt.Errorf("%w: locked", ErrAlreadyOpen)
		until("the refusal", func() bool { return s.sees("Shopbell is open already") })
		press("Try again")
		waits("the shop is tried again")
		let <- fmt.Errorf("%w: locked", ErrAlreadyOpen)
		until("the second refusal", func() bool { return s.sees("Shopbell is open already") })
		press("Try again")
		let <- nil
		until("the form", func() bool { return s.sees("Phone number ID") })
		go func() { closing <- nil }()
		if err := s.close(); err != nil {
			t.Error(err)
		}
	})
	t.Run("nothing that is still under way reaches a window that has closed", func(t *testing.T) {
		s := inSandbox(t)
		s.window.Close()
		if !s.scope.Closed() || s.inbox != nil {
			t.Errorf("the scope has ended: %v; the inbox is still there: %v", s.scope.Closed(), s.inbox != nil)
		}
	})
	t.Run("a number without a key still shows its chats", func(t *testing.T) {
		s := newStage(t)
		s.open(false, railInbox)
		s.leave()
		s.enter(desk.Health{State: desk.ConnectionNoKey})
		word, dot := s.connectionState()
		if !s.Working() || s.Welcoming() || dot != kit.DotError || word == s.words.T("state.none") {
			t.Errorf("the inbox is shown: %v; dot %d, word %q", s.Working(), dot, word)
		}
	})
}

func TestWindow(t *testing.T) {
	t.Run("its title counts who waits", func(t *testing.T) {
		s := inSandbox(t)
		if got := s.window.Title(); got != "Shopbell · 7 customers wait" {
			t.Errorf("title %q", got)
		}
	})
	t.Run("the rail follows the connection", func(t *testing.T) {
		s := inSandbox(t)
		for state, want := range map[desk.ConnectionState]kit.Dot{
			desk.ConnectionOK: kit.DotOk, desk.ConnectionOffline: kit.DotWarn, desk.ConnectionRefused: kit.DotError, desk.ConnectionFull: kit.DotError,
			desk.ConnectionNoKey: kit.DotError,
		} {
			s.desk.SetHealth(desk.Health{State: state})
			s.heard(live.Batch{Events: []desk.Event{{Kind: desk.EventHealth}}})
			if word, dot := s.connectionState(); dot != want || word == "" {
				t.Errorf("%s: dot %d, word %q", state, dot, word)
			}
		}
	})
	t.Run("gives the rail and the list the room of the design", func(t *testing.T) {
		s := inSandbox(t)
		for width, want := range map[float32]struct {
			rail    float32
			breadth inbox.Breadth
		}{
			1280: {72, inbox.Wide}, 1000: {72, inbox.Wide}, 999: {56, inbox.Narrow}, 900: {56, inbox.Narrow}, 899: {56, inbox.OnePane}, 760: {56, inbox.OnePane},
		} {
			s.window.Resize(fyne.NewSize(width, 700))
			if got := s.rail.Size().Width; got != want.rail || breadthOf(width) != want.breadth {
				t.Errorf("%v wide: rail %v, breadth %d", width, got, breadthOf(width))
			}
		}
	})
	t.Run("is never smaller than the design allows", func(t *testing.T) {
		s := inSandbox(t)
		if got := s.window.Content().MinSize(); got.Width < minWidth || got.Height < minHeight {
			t.Errorf("minimum %v", got)
		}
	})
	t.Run("closing saves the draft and closes the shop", func(t *testing.T) {
		s := inSandbox(t)
		s.Open(1)
		for _, r := range "Bom dia" {
			s.window.Canvas().Focused().TypedRune(r)
		}
		if err := s.close(); err != nil {
			t.Fatal(err)
		}
		if d, _ := s.desk.Draft(t.Context(), desktest.Anna, 1); d.Text != "Bom dia" || s.closed != 1 {
			t.Errorf("draft %q, shops closed %d", d.Text, s.closed)
		}
	})
	t.Run("closing gives back the error of the shop", func(t *testing.T) {
		s := inSandbox(t)
		broken := errors.New("disk gone")
		s.held.Store(&Shop{Close: func() error { return broken }})
		if err := s.close(); !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
	})
}

func TestKeys(t *testing.T) {
	t.Run("Ctrl+J opens the longest wait and the composer has the focus", func(t *testing.T) {
		s := inSandbox(t)
		s.Press(fyne.KeyJ, ctrl)
		if s.OpenChat() != 1 || s.window.Canvas().Focused() == nil {
			t.Errorf("chat %d is open", s.OpenChat())
		}
	})
	t.Run("Ctrl+Enter sends and Ctrl+E resolves, with Undo", func(t *testing.T) {
		s := inSandbox(t)
		s.Open(1)
		s.window.Canvas().Focused().TypedRune('!')
		s.Press(fyne.KeyReturn, ctrl)
		s.Press(fyne.KeyE, ctrl)
		c, err := s.desk.Conversation(t.Context(), desktest.Anna, 1)
		if err != nil || s.desk.Calls("Send") != 1 || c.State != chat.StateResolved || !slices.Equal(s.layer.Toasts(), []string{"Leaves in 5 seconds", "Resolved"}) {
			t.Errorf("%v: sent %d, state %s, toasts %v", err, s.desk.Calls("Send"), c.State, s.layer.Toasts())
		}
	})
	t.Run("Ctrl+Z opens what was resolved again while its line stands, and the lock is back", func(t *testing.T) {
		s := inSandbox(t)
		s.Open(1)
		s.window.Canvas().Focused().TypedRune('!')
		s.Press(fyne.KeyE, ctrl)
		if !s.sees("Ctrl+Z") || !s.Press(fyne.KeyZ, ctrl) {
			t.Fatalf("nothing to undo; shows %q", kittest.Texts(s.window.Content()))
		}
		c, err := s.desk.Conversation(t.Context(), desktest.Anna, 1)
		if err != nil || c.State != chat.StateOpen || !c.Lock.HeldBy(int64(desktest.Anna.Agent), s.loop.Now()) {
			t.Errorf("%v: state %s, lock %+v", err, c.State, c.Lock)
		}
		if s.Press(fyne.KeyZ, ctrl) {
			t.Error("it was undone twice")
		}
	})
	t.Run("Alt+2 shows who waits", func(t *testing.T) {
		s := inSandbox(t)
		s.Press(fyne.Key2, alt)
		if got := s.inbox.Place().Filter; got != desk.FilterWaiting {
			t.Errorf("filter %s", got)
		}
	})
	t.Run("F6 goes to and fro between list and chat", func(t *testing.T) {
		s := inSandbox(t)
		s.Open(1)
		composer := s.window.Canvas().Focused()
		s.Press(fyne.KeyF6, 0)
		if s.window.Canvas().Focused() == composer {
			t.Error("F6 left the focus where it was")
		}
		s.Press(fyne.KeyF6, 0)
		if s.window.Canvas().Focused() != composer {
			t.Error("F6 did not come back")
		}
	})
	t.Run("F1 opens the list of keys and Esc closes it before anything else", func(t *testing.T) {
		s := inSandbox(t)
		s.Open(1)
		composer := s.window.Canvas().Focused()
		s.Press(fyne.KeyF1, 0)
		if !s.layer.Open() {
			t.Fatal("no list")
		}
		s.Press(fyne.KeyEscape, 0)
		if s.layer.Open() || s.window.Canvas().Focused() != composer {
			t.Error("Esc did more or less than close the list")
		}
	})
	t.Run("no two bindings share a chord and each listed one has words", func(t *testing.T) {
		w, err := locale.New(locale.English, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[kit.Chord]bool{}
		for _, b := range bindings() {
			for _, c := range b.chords {
				if seen[c] {
					t.Errorf("%v stands twice in the table", c)
				}
				seen[c] = true
			}
			if b.help != "" && (w.T(b.help) == b.help || b.cap(w) == "") {
				t.Errorf("%q has no words or no keys", b.help)
			}
		}
	})
	t.Run("on the first start the inbox's keys do nothing", func(t *testing.T) {
		s := newStage(t)
		s.open(false, railInbox)
		for _, b := range bindings() {
			for _, c := range b.chords {
				if c.Key != fyne.Key1 || c.Mod != 0 {
					s.pressed(c)
				}
			}
		}
		if !s.Welcoming() || s.OpenChat() != 0 {
			t.Error("a key led away")
		}
	})
}

func TestSettings(t *testing.T) {
	t.Run("another language keeps the open chat and its draft", func(t *testing.T) {
		s := inSandbox(t)
		s.Open(3)
		s.window.Canvas().Focused().TypedRune('!')
		s.setLanguage(locale.Russian)
		if s.OpenChat() != 3 || s.words.Language() != locale.Russian {
			t.Errorf("chat %d in %s", s.OpenChat(), s.words.Language())
		}
		if d, _ := s.desk.Draft(t.Context(), desktest.Anna, 3); d.Text != "!" {
			t.Errorf("draft %q", d.Text)
		}
		if got := s.window.Title(); got != "Shopbell · ждут 7 клиентов" && got != "Shopbell · ждут 6 клиентов" {
			t.Errorf("title %q", got)
		}
	})
	t.Run("theme and language are kept for the next start", func(t *testing.T) {
		s := inSandbox(t)
		s.setTheme(look.Dark)
		s.setLanguage(locale.Portuguese)
		again := prefs{s.fyne.Preferences(), time.UTC}
		if again.theme() != look.Dark || again.language() != locale.Portuguese || !look.Now().Dark() {
			t.Errorf("theme %q, language %s", again.theme(), again.language())
		}
	})
	t.Run("the first start takes the themes in turn", func(t *testing.T) {
		s := newStage(t)
		s.open(false, railInbox)
		var seen []look.Mode
		for range themes {
			seen = append(seen, s.prefs.theme())
			s.nextTheme().Do()
		}
		if !slices.Equal(seen, []look.Mode{look.System, look.Light, look.Dark}) || s.prefs.theme() != look.System {
			t.Errorf("themes %q, then %q", seen, s.prefs.theme())
		}
	})
	t.Run("their menu opens and Esc closes it", func(t *testing.T) {
		s := inSandbox(t)
		s.showMenu()
		opened := s.layer.Open()
		s.Press(fyne.KeyEscape, 0)
		if !opened || s.layer.Open() {
			t.Errorf("opened %v, still open %v", opened, s.layer.Open())
		}
	})
}

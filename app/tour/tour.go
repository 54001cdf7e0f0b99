// Package tour lets Shopbell drive itself, for pictures and for a first proof
// that all of it works: the first start, the sandbox with its customers, an
// agent who answers them through the window's own widgets.
//
// It speaks with a script over two pipes: it writes "shot NAME" when the window
// shows what a picture is wanted of, and stands still until it reads "ok".
package tour

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"shopbell/app/live"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// Window is what the tour drives: app.App. Its methods belong to the UI thread,
// Run and Quit aside.
type Window interface {
	Run() error // shows it until it is closed; on the main goroutine
	Quit()      // closes it; from any goroutine
	Window() fyne.Window
	Welcoming() bool // the first start is shown
	Working() bool   // the inbox is shown
	Desk() (desk.Service, desk.Actor)
	Press(key fyne.KeyName, mod fyne.KeyModifier) bool
	Open(id chat.ConversationID)
	OpenChat() chat.ConversationID
	SetTheme(mode look.Mode)
}

// Options of a tour. All fields are needed.
type Options struct {
	App  Window
	Loop live.Loop
	For  time.Duration // how long the customers write
	Ask  io.Writer     // gets "shot NAME"
	Told io.Reader     // gives "ok"
	// Written is how many messages of customers the desk has acknowledged.
	Written func() int
}

// Waits of the agent.
const (
	answerEvery = 2500 * time.Millisecond
	readFor     = 700 * time.Millisecond // a chat before it is answered
	keyEvery    = 8 * time.Millisecond
	settleFor   = 4 * time.Second // until statuses have come back at the end
	stepTimeout = 30 * time.Second
)

// tourist is a tour under way. It runs on a goroutine of its own and touches
// the window through onUI only.
type tourist struct {
	Options
	told  *bufio.Scanner
	found int // what the search showed
}

// drive drives the window until all pictures are taken and returns what has
// happened at the desk. The window must be shown meanwhile.
func drive(ctx context.Context, o Options) (Summary, error) {
	t := &tourist{Options: o, told: bufio.NewScanner(o.Told)}
	for _, step := range []func(context.Context) error{
		t.firstStart, t.openSandbox, t.answer, t.pictures, t.customers, t.search, t.rules,
	} {
		if err := step(ctx); err != nil {
			return Summary{}, err
		}
	}
	at, err := t.seat(ctx)
	if err != nil {
		return Summary{}, err
	}
	written := t.Written()
	if err := t.pause(ctx, settleFor); err != nil { // what was acknowledged last is still being processed
		return Summary{}, err
	}
	summary, err := count(ctx, at)
	summary.Lost += max(0, written-summary.MessagesIn)
	summary.Found = t.found
	return summary, err
}

func (t *tourist) firstStart(ctx context.Context) error {
	start := func() {
		t.App.SetTheme(look.Light)
		t.App.Window().Resize(fyne.NewSize(1280, 800)) // not as a run before this one left it
	}
	if err := t.onUI(ctx, start); err != nil {
		return err
	}
	if err := t.until(ctx, "the first start", t.App.Welcoming); err != nil {
		return err
	}
	return t.shot(ctx, "first-start")
}

func (t *tourist) openSandbox(ctx context.Context) error {
	if err := t.press(ctx, fyne.Key1, 0); err != nil {
		return err
	}
	return t.until(ctx, "the sandbox", t.App.Working)
}

// answer lets the customers write, and answers whoever waits longest from time
// to time.
func (t *tourist) answer(ctx context.Context) error {
	over := make(chan struct{})
	stop := t.Loop.After(t.For, func() { close(over) })
	defer stop()
	for n := 0; ; n++ {
		select {
		case <-over:
			return t.pause(ctx, settleFor)
		default:
		}
		if err := t.pause(ctx, answerEvery); err != nil {
			return err
		}
		if err := t.answerOne(ctx, n); err != nil {
			return err
		}
	}
}

// answerOne opens the longest wait and types an answer. Nobody waiting is fine.
func (t *tourist) answerOne(ctx context.Context, n int) error {
	at, err := t.seat(ctx)
	if err != nil {
		return err
	}
	page, err := at.List(ctx, at.who, desk.ListQuery{Filter: desk.FilterWaiting, Limit: 1})
	if err != nil || len(page.Rows) == 0 {
		return err
	}
	row := page.Rows[0]
	if err := t.press(ctx, fyne.KeyJ, fyne.KeyModifierShortcutDefault); err != nil {
		return err
	}
	if err := t.until(ctx, "the longest wait to open", func() bool { return t.App.OpenChat() != 0 }); err != nil {
		return err
	}
	if err := t.pause(ctx, readFor); err != nil {
		return err
	}
	if err := t.typeText(ctx, answerTo(row.Preview.Text, n)); err != nil {
		return err
	}
	return t.press(ctx, fyne.KeyReturn, fyne.KeyModifierShortcutDefault)
}

// pictures shows the busiest chat with a draft in light, dark and a small window.
func (t *tourist) pictures(ctx context.Context) error {
	at, err := t.seat(ctx)
	if err != nil {
		return err
	}
	best, err := busiest(ctx, at)
	if err != nil {
		return err
	}
	if err := t.onUI(ctx, func() { t.App.Open(best.ID) }); err != nil {
		return err
	}
	if err := t.until(ctx, "the busiest chat to open", func() bool { return t.App.OpenChat() == best.ID }); err != nil {
		return err
	}
	if err := t.pause(ctx, readFor); err != nil {
		return err
	}
	if err := t.typeText(ctx, draftTo(best.Preview.Text)); err != nil {
		return err
	}
	for _, step := range []struct {
		name   string
		mode   look.Mode
		window fyne.Size
	}{
		{"inbox-light", look.Light, fyne.NewSize(1280, 800)},
		{"inbox-dark", look.Dark, fyne.NewSize(1280, 800)},
		{"inbox-900x700", look.Light, fyne.NewSize(900, 700)},
	} {
		if err := t.onUI(ctx, func() {
			t.App.SetTheme(step.mode)
			t.App.Window().Resize(step.window)
		}); err != nil {
			return err
		}
		if err := t.shot(ctx, step.name); err != nil {
			return err
		}
	}
	return nil
}

// inBoth takes a picture in light and one in dark.
func (t *tourist) inBoth(ctx context.Context, name string) error {
	for _, mode := range []look.Mode{look.Light, look.Dark} {
		if err := t.onUI(ctx, func() {
			t.App.Window().Resize(fyne.NewSize(1280, 800))
			t.App.SetTheme(mode)
		}); err != nil {
			return err
		}
		if err := t.shot(ctx, name+"-"+string(mode)); err != nil {
			return err
		}
	}
	return nil
}

// shot asks for a picture once the window has had time to draw.
func (t *tourist) shot(ctx context.Context, name string) error {
	if err := t.pause(ctx, time.Second); err != nil {
		return err
	}
	if _, err := fmt.Fprintln(t.Ask, "shot", name); err != nil {
		return fmt.Errorf("tour: ask for picture %s: %w", name, err)
	}
	if !t.told.Scan() {
		return fmt.Errorf("tour: nobody said ok to picture %s: %w", name, errors.Join(t.told.Err(), io.ErrUnexpectedEOF))
	}
	if said := t.told.Text(); said != "ok" {
		return fmt.Errorf("tour: picture %s: %q instead of ok", name, said)
	}
	return nil
}

// typeText types into whatever has the focus, as a keyboard would.
func (t *tourist) typeText(ctx context.Context, text string) error {
	for _, r := range text {
		if err := t.onUI(ctx, func() {
			if f := t.App.Window().Canvas().Focused(); f != nil {
				f.TypedRune(r)
			}
		}); err != nil {
			return err
		}
		if err := t.pause(ctx, keyEvery); err != nil {
			return err
		}
	}
	return nil
}

// press presses a key in whatever has the focus, or in the window.
func (t *tourist) press(ctx context.Context, key fyne.KeyName, mod fyne.KeyModifier) error {
	return t.onUI(ctx, func() {
		switch f := t.App.Window().Canvas().Focused().(type) {
		case fyne.Shortcutable:
			f.TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: mod})
		default:
			t.App.Press(key, mod)
		}
	})
}

// seat is a desk with the person who sits at it.
type seat struct {
	desk.Service
	who desk.Actor
}

func (t *tourist) seat(ctx context.Context) (s seat, err error) {
	if err := t.onUI(ctx, func() { s.Service, s.who = t.App.Desk() }); err != nil {
		return seat{}, err
	}
	if s.Service == nil {
		return s, errors.New("tour: no shop is open")
	}
	return s, nil
}

// until waits for something the window shows.
func (t *tourist) until(ctx context.Context, what string, shown func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, stepTimeout)
	defer cancel()
	for {
		var now bool
		err := t.onUI(ctx, func() { now = shown() })
		if err == nil {
			if now {
				return nil
			}
			err = t.pause(ctx, 50*time.Millisecond)
		}
		if err != nil {
			return fmt.Errorf("tour: waited for %s: %w", what, err)
		}
	}
}

func (t *tourist) pause(ctx context.Context, d time.Duration) error {
	over := make(chan struct{})
	defer t.Loop.After(d, func() { close(over) })()
	select {
	case <-over:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// onUI runs fn on the UI thread and waits for it, or for the end of ctx: the
// thread of a window that was closed runs nothing any more.
func (t *tourist) onUI(ctx context.Context, fn func()) error {
	done := make(chan struct{})
	t.Loop.Post(func() { fn(); close(done) })
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// busiest is the open conversation with the most kinds of messages in it.
func busiest(ctx context.Context, at seat) (best chat.Conversation, err error) {
	page, err := at.List(ctx, at.who, desk.ListQuery{Filter: desk.FilterAll, Limit: 50})
	if err != nil {
		return best, err
	}
	most := -1
	for _, c := range page.Rows {
		p, err := at.Chat(ctx, at.who, c.ID, 0, 60)
		if err != nil {
			return best, err
		}
		kinds := map[string]bool{}
		for _, m := range p.Messages {
			kinds[string(m.Author)+string(m.Kind)] = true
			if len(m.Buttons) > 0 {
				kinds["buttons"] = true
			}
		}
		if n := 100*len(kinds) + min(len(p.Messages), 9); n > most {
			most, best = n, c
		}
	}
	return best, nil
}

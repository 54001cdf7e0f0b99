// Package app is the window: the rail, the screens, their keys, and how one
// follows another. It holds navigation only; what a screen shows and does is
// the screen's own.
package app

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"shopbell/app/connection"
	"shopbell/app/customers"
	"shopbell/app/inbox"
	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/app/rules"
	"shopbell/app/search"
	"shopbell/app/settings"
	"shopbell/app/welcome"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// ErrAlreadyOpen is what Deps.OpenShop wraps when another Shopbell has the folder.
var ErrAlreadyOpen = errors.New("app: the shop is open in another Shopbell")

// closeWithin bounds what is saved when the window closes.
const closeWithin = 5 * time.Second

// Shop is an open desk and the person who sits at it. Copies may be nil: then
// none can be made.
type Shop struct {
	Desk   desk.Service
	Who    desk.Actor
	Folder string // that its data is in
	Copies settings.Copies
	Close  func() error
}

// Deps is what the window is built from. All fields but Begin, Dark, Clipboard, Tray and
// Autostart are needed.
type Deps struct {
	// OpenShop opens the shop of this computer, or its sandbox. It is called off the
	// UI thread, and the shop opened before is closed by then.
	OpenShop  func(ctx context.Context, sandbox bool) (Shop, error)
	Begin     Begin
	Dark      bool // this system asks for dark; one that says nothing is light
	Loop      live.Loop
	Zone      *time.Location // in which times are shown
	Log       *slog.Logger
	Speaker   inbox.Speaker
	Clipboard Clipboard          // for pictures; nil: this system's takes none
	Tray      bool               // this system shows tray icons
	Autostart settings.Autostart // nil: this system starts no programs by itself
	Place     settings.Place
}

// App is the running window. It belongs to the UI thread, Run and Wait aside.
type App struct {
	Deps
	fyne   fyne.App
	window fyne.Window
	layer  *kit.Layer
	prefs  prefs
	words  *locale.Words
	scope  *live.Scope // until the window closes
	scale  float32     // device pixels per pixel, as the icons are made

	// held is the shop that is to be closed: set where it is opened, so that it is
	// known also when the window closes before the screens hear of it.
	held      atomic.Pointer[Shop]
	opening   bool
	returning bool        // what is being opened was chosen at an earlier start
	shop      *Shop       // held, as the screens know it
	visit     *live.Scope // of the shop; its screens live inside
	health    desk.Health
	counts    *desk.Counts // nil: not known yet
	away      atomic.Bool  // the person looks at another program
	told      time.Time    // when news was last told
	opened    folder       // files that were opened outside

	rail       *kit.Rail
	at         string             // the place on the rail that is shown
	inbox      *inbox.Screen      // nil while no shop is open
	welcome    *welcome.Screen    // nil but on the first start
	side       *live.Scope        // of the screen beside the inbox that is shown
	rules      *rules.Screen      // nil but while it is shown
	editing    *rules.Editing     // what is not saved on it, while the widgets are made anew
	ruled      rules.Place        // where the person was on it the last time
	connection *connection.Screen // as rules
	customers  *customers.Screen  // as rules
	typed      connection.Typed   // left on the shop's connection, also while the sandbox is open
	settings   *settings.Screen   // as connection
	search     *search.Screen     // as connection
	sought     string             // the words looked for last in this shop
	before     string             // the place over which the search is shown
	tray       *tray              // nil where the system shows none
}

// New makes the window without showing it. ctx ends all work of the screens.
func New(ctx context.Context, fa fyne.App, d Deps) (*App, error) {
	a := &App{
		Deps: d, fyne: fa, window: fa.NewWindow("Shopbell"),
		prefs: prefs{fa.Preferences(), d.Zone}, at: railInbox, scope: live.New(ctx, d.Loop),
	}
	var err error
	if a.words, err = a.prefs.words(); err != nil {
		return nil, err
	}
	if err := look.Apply(fa, a.choice()); err != nil {
		return nil, err
	}
	a.layer = kit.NewLayer(container.NewWithoutLayout(), a.scope.After)
	a.window.SetPadded(false)
	a.window.SetContent(a.layer.Root())
	a.layer.Attach(a.window.Canvas())
	a.window.Resize(a.prefs.size())
	a.window.SetCloseIntercept(a.closing)
	a.window.SetOnClosed(a.stop)
	if d.Tray {
		a.tray = newTray(a)
	}
	a.window.SetOnDropped(a.dropped)
	a.watchFocus()
	a.watchSystem()
	kit.OnShortcut(a.pressed)
	kit.BindKeys(a.window.Canvas(), append(allChords(), kit.BoxChords()...)...)
	a.scope.Every(time.Second, a.tick)
	return a, nil
}

// Run shows the window, opens the shop, and returns when the window was closed
// and all that was to be saved is saved. It returns the error of closing.
func (a *App) Run() error {
	a.fyne.Lifecycle().SetOnStarted(a.begin)
	a.window.ShowAndRun()
	return a.close()
}

// Quit closes the window as a person would. It may be called from any goroutine.
func (a *App) Quit() { a.Loop.Post(a.window.Close) }

// stop leaves the screens and ends their work, but for what they save. It is
// called while Fyne's loop still runs: what is posted after that loop runs on
// whatever goroutine posted it, beside the main one, and must find its scope
// closed. A second call does nothing.
func (a *App) stop() {
	if a.scope.Closed() {
		return
	}
	kit.OnShortcut(nil)
	a.leave()
	a.layer.Detach()
	a.prefs.keepSize(a.window.Canvas().Size())
	a.scope.Close()
}

// close waits for what the screens save, and closes the shop.
func (a *App) close() error {
	a.stop() // where the system ends the program without closing its window
	saved := make(chan struct{})
	go func() { a.scope.Wait(); close(saved) }()
	select {
	case <-saved:
	case <-time.After(closeWithin):
	}
	if err := a.opened.remove(); err != nil {
		a.Log.Error("Remove the files that were opened", "err", err)
	}
	return a.closeShop()
}

// closeShop closes the shop that is open, if there is one. It may be called from
// any goroutine; a shop is closed once.
func (a *App) closeShop() error {
	if shop := a.held.Swap(nil); shop != nil {
		return shop.Close()
	}
	return nil
}

// open opens the shop or the sandbox in the place of what is open, and shows its
// place on the rail. While one is being opened, asking again does nothing.
func (a *App) open(sandbox bool, place string) {
	if a.opening {
		return
	}
	a.opening, a.at = true, place
	a.leave()
	a.shop = nil
	shown := a.scope.After(live.LoadingAfter, a.showOpening)
	var health desk.Health
	a.scope.Do(func(ctx context.Context) error {
		if err := a.closeShop(); err != nil {
			return err
		}
		shop, err := a.OpenShop(ctx, sandbox)
		if err != nil {
			return err
		}
		a.held.Store(&shop)
		health, err = shop.Desk.Health(ctx, shop.Who)
		return err
	}, func(err error) {
		shown()
		a.opening = false
		a.shop = a.held.Load()
		if err != nil {
			a.Log.Error("Open the shop", "sandbox", sandbox, "err", err)
			a.showFailure(sandbox, err)
			return
		}
		a.enter(health)
	})
}

// leave closes the screens of the present shop.
func (a *App) leave() {
	a.leaveSide()
	a.sought = ""
	a.counts = nil
	if a.inbox != nil {
		a.inbox.Close()
		a.inbox = nil
	}
	if a.visit != nil {
		a.visit.Close()
		a.visit = nil
	}
}

// enter shows the open shop: its inbox, or the first start where nothing is
// connected yet.
func (a *App) enter(health desk.Health) {
	a.visit = a.scope.Inside()
	a.health = health
	a.arrive(health)
	a.build(inbox.Place{})
	a.visit.Feed(a.shop.Desk.Subscribe, a.heard)
}

// build makes all widgets anew, for a shop just entered or another language,
// and goes to a place in the inbox.
func (a *App) build(place inbox.Place) {
	a.buildRail()
	a.inbox, a.welcome = nil, nil
	if a.health.State == desk.ConnectionNone && !a.health.Sandbox {
		a.welcome = a.newWelcome()
	} else {
		a.inbox = inbox.New(a.inboxDeps(a.visit.Inside()))
		a.inbox.SetHealth(a.health)
	}
	a.Show(a.at)
	if a.inbox != nil {
		a.inbox.Go(place)
	}
	a.showState()
}

func (a *App) inboxDeps(scope *live.Scope) inbox.Deps {
	return inbox.Deps{
		Clipboard: a.pictures(),
		Desk:      a.shop.Desk, Who: a.shop.Who, Words: a.words, Scope: scope,
		Say:     a.say,
		Done:    func(text string) { a.tell(text, true) },
		Linger:  a.linger,
		Counted: a.counted,
		Focus:   a.focusInbox,
		Focused: a.window.Canvas().Focused,
		Menu:    a.layer.Menu,
		Float:   a.layer.Popover,
		Cover:   a.layer.Cover,
		Drawer:  a.layer.Drawer,
		Floats:  a.layer.Shows,
		Memory:  memory{kept: a.prefs, sandbox: a.health.Sandbox},
		Outside: outside{a},
		Speaker: a.Speaker,
		Keys: inbox.Keys{
			Search: a.capFor("keys.search"), SearchAll: a.capFor("keys.search_all"), Longest: a.capFor("keys.longest"), Send: a.capFor("keys.send"), Resolve: a.capFor("keys.resolve"), Back: a.capFor("keys.back"),
			Copy: a.capFor("keys.copy_picture"), Save: a.capFor("keys.save_rules"),
			Attach: a.capFor("keys.attach"), Template: a.capFor("keys.template"), Note: a.capFor("keys.note"), NoteHead: a.capFor("keys.note_head"),
			Panel: a.capFor("keys.panel"), Paid: a.capFor("keys.paid"),
		},
		Copy:         a.copy,
		SearchAll:    func() { a.openSearch() },
		OpenCustomer: func(id chat.ContactID) { a.showThen(railCustomers, func() { a.customers.Open(id) }) },
		InView:       func() bool { return a.at == railInbox && !a.away.Load() },
		EnterSends:   func() bool { return a.prefs.Bool(prefEnterSends) },
	}
}

func (a *App) say(text string, undo func()) {
	toast := kit.Toast{Text: text, Icon: look.IconAlert}
	if undo != nil {
		toast.Icon, toast.Undo, toast.UndoKeys = look.IconCheck, kit.Action{Text: a.words.T("undo"), Do: undo}, a.capFor("keys.undo")
	}
	a.layer.Toast(toast)
}

// linger is say of what has yet to happen, and can be undone for as long as life.
func (a *App) linger(text func(left time.Duration) string, life time.Duration, undo func()) {
	a.layer.Toast(kit.Toast{
		Icon: look.IconClock, Count: text, Life: life, Undo: kit.Action{Text: a.words.T("undo"), Do: undo}, UndoKeys: a.capFor("keys.undo"),
	})
}

// heard takes what changed on the desk.
func (a *App) heard(b live.Batch) {
	if a.inbox != nil {
		a.inbox.Heard(b)
	}
	if a.customers != nil {
		a.customers.Heard(b)
	}
	if a.rules != nil {
		a.rules.Heard(b)
	}
	if a.connection != nil {
		a.connection.Heard(b)
	}
	if a.settings != nil {
		a.settings.Heard(b)
	}
	if a.search != nil {
		a.search.Heard(b)
	}
	a.greet(b)
	if b.Has(desk.EventHealth) || a.health.State == desk.ConnectionOffline {
		a.loadHealth()
	}
}

func (a *App) loadHealth() {
	var health desk.Health
	shop := a.shop
	a.visit.Do(func(ctx context.Context) (err error) {
		health, err = shop.Desk.Health(ctx, shop.Who)
		return err
	}, func(err error) {
		if err != nil {
			a.Log.Error("Read the connection's state", "err", err)
			return
		}
		a.learn(health)
	})
}

// learn takes the connection's state. A shop that has got its number shows its
// inbox in the place of the first start.
func (a *App) learn(health desk.Health) {
	a.health = health
	if a.connection != nil {
		a.connection.SetHealth(health)
	}
	switch {
	case a.inbox != nil:
		a.inbox.SetHealth(health)
	case health.State != desk.ConnectionNone:
		a.arrive(health)
		a.welcome = nil
		a.inbox = inbox.New(a.inboxDeps(a.visit.Inside()))
		a.inbox.SetHealth(health)
		if a.at == railInbox {
			a.Show(railInbox)
		}
		a.inbox.Go(inbox.Place{})
	}
	a.showState()
}

func (a *App) tick(now time.Time) {
	a.fitScreen()
	a.layer.PlaceToasts()
	if a.inbox != nil {
		a.inbox.Tick(now)
	}
}

// fitScreen makes the icons anew when the window is on a screen with another
// scale: Fyne does not tell.
func (a *App) fitScreen() {
	if scale := a.window.Canvas().Scale(); scale != a.scale {
		a.scale = scale
		look.SetDeviceScale(scale)
		a.layer.Root().Refresh()
	}
}

// showState writes the badge, the status dot and the window's title.
func (a *App) showState() {
	a.window.SetTitle(a.title())
	a.rail.SetBadge(railInbox, a.waiting())
	word, dot := a.connectionState()
	a.rail.SetDot(railConnection, dot, word)
	a.rail.SetMe(a.initials(), word, dot, func() { a.showMenu() })
	if a.tray != nil {
		a.tray.show(a.waiting())
	}
}

func (a *App) title() string {
	if a.waiting() == 0 {
		return a.words.T("window.title")
	}
	return a.words.N("window.title_waiting", a.waiting())
}

func (a *App) connectionState() (word string, dot kit.Dot) {
	switch a.health.State {
	case desk.ConnectionOffline:
		return a.words.T("state.offline"), kit.DotWarn
	case desk.ConnectionRefused:
		return a.words.T("state.refused"), kit.DotError
	case desk.ConnectionNoKey:
		return a.words.T("state.no_key"), kit.DotError
	case desk.ConnectionFull:
		return a.words.T("state.full"), kit.DotError
	case desk.ConnectionOK:
		if a.health.Sandbox {
			return a.words.T("state.sandbox"), kit.DotOk
		}
		return a.words.T("state.ok"), kit.DotOk
	}
	return a.words.T("state.none"), kit.DotOff
}

func (a *App) initials() string {
	if a.shop == nil {
		return ""
	}
	return chat.Contact{Name: a.shop.Who.Name}.Initials()
}

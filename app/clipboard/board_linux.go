package clipboard

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// The pictures that are taken, the one that loses nothing first. The first one is given.
var pictureTypes = []string{"image/png", "image/jpeg"}

// part is how many bytes go through the server at once; it takes 256 KiB.
const part = 128 << 10

// The library writes to the error output what it returns besides.
func init() { xgb.Logger.SetOutput(io.Discard) }

// Available reports whether pictures can be copied and pasted here.
func Available() bool {
	conn, err := xgb.NewConn()
	if err != nil {
		return false
	}
	conn.Close()
	return true
}

// session is a connection to the X server, with a window that nobody sees.
type session struct {
	*xgb.Conn
	window xproto.Window
	stop   func() bool

	clipboard, targets, incr, drop xproto.Atom
}

// connect opens a session; it ends when ctx does.
func connect(ctx context.Context) (*session, error) {
	conn, err := xgb.NewConn()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	s := &session{Conn: conn, stop: context.AfterFunc(ctx, conn.Close)}
	if err := s.begin(); err != nil {
		s.end()
		return nil, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return s, nil
}

func (s *session) end() {
	s.stop()
	s.Close()
}

func (s *session) begin() (err error) {
	for name, atom := range map[string]*xproto.Atom{
		"CLIPBOARD": &s.clipboard, "TARGETS": &s.targets, "INCR": &s.incr, "SHOPBELL_PASTE": &s.drop,
	} {
		if *atom, err = s.atom(name); err != nil {
			return err
		}
	}
	if s.window, err = xproto.NewWindowId(s.Conn); err != nil {
		return err
	}
	screen := xproto.Setup(s.Conn).DefaultScreen(s.Conn)
	return xproto.CreateWindowChecked(s.Conn, screen.RootDepth, s.window, screen.Root, 0, 0, 1, 1, 0,
		xproto.WindowClassInputOutput, screen.RootVisual, xproto.CwEventMask, []uint32{xproto.EventMaskPropertyChange}).Check()
}

func (s *session) atom(name string) (xproto.Atom, error) {
	r, err := xproto.InternAtom(s.Conn, false, uint16(len(name)), name).Reply()
	if err != nil {
		return 0, err
	}
	return r.Atom, nil
}

// wait returns the next event. What went wrong with a request, because who asked is
// gone, is passed over.
func (s *session) wait(ctx context.Context) (xgb.Event, error) {
	for {
		event, err := s.WaitForEvent()
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case event == nil && err == nil:
			return nil, fmt.Errorf("%w: the display is gone", ErrUnavailable)
		case event != nil:
			return event, nil
		}
	}
}

// Paste returns the picture that is on the clipboard, as a PNG or a JPEG; nil where
// there is none.
func (Board) Paste(ctx context.Context) ([]byte, error) {
	s, err := connect(ctx)
	if err != nil {
		return nil, err
	}
	defer s.end()
	offered, err := s.ask(ctx, s.targets)
	if err != nil || len(offered) == 0 {
		return nil, err
	}
	for _, name := range pictureTypes {
		kind, err := s.atom(name)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrUnavailable, err)
		}
		if !slices.Contains(atomsOf(offered), kind) {
			continue
		}
		if content, err := s.ask(ctx, kind); err != nil || len(content) > 0 {
			return content, err
		}
	}
	return nil, nil
}

// atomsOf reads a list of atoms.
func atomsOf(content []byte) (list []xproto.Atom) {
	for ; len(content) >= 4; content = content[4:] {
		list = append(list, xproto.Atom(xgb.Get32(content)))
	}
	return list
}

// ask asks whoever has the clipboard for its content in a form; nil where they have
// none.
func (s *session) ask(ctx context.Context, form xproto.Atom) ([]byte, error) {
	xproto.ConvertSelection(s.Conn, s.window, s.clipboard, form, s.drop, xproto.TimeCurrentTime)
	for {
		event, err := s.wait(ctx)
		if err != nil {
			return nil, err
		}
		told, ok := event.(xproto.SelectionNotifyEvent)
		if !ok {
			continue
		}
		if told.Property == xproto.AtomNone {
			return nil, nil
		}
		content, kind, err := s.take()
		if err != nil || kind != s.incr {
			return content, err
		}
		return s.collect(ctx)
	}
}

// take reads what was put at our window, and takes it away: that asks for the next part.
func (s *session) take() ([]byte, xproto.Atom, error) {
	r, err := xproto.GetProperty(s.Conn, true, s.window, s.drop, xproto.GetPropertyTypeAny, 0, Most/4).Reply()
	if err != nil {
		return nil, 0, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	if r.BytesAfter > 0 {
		return nil, 0, ErrTooLarge
	}
	return r.Value, r.Type, nil
}

// collect puts together what comes in parts, up to an empty one.
func (s *session) collect(ctx context.Context) (content []byte, err error) {
	for {
		event, err := s.wait(ctx)
		if err != nil {
			return nil, err
		}
		put, ok := event.(xproto.PropertyNotifyEvent)
		if !ok || put.Atom != s.drop || put.State != xproto.PropertyNewValue {
			continue
		}
		next, _, err := s.take()
		switch {
		case err != nil:
			return nil, err
		case len(next) == 0:
			return content, nil
		case len(content)+len(next) > Most:
			return nil, ErrTooLarge
		}
		content = append(content, next...)
	}
}

// own makes the clipboard this session's.
func (s *session) own() error {
	return xproto.SetSelectionOwnerChecked(s.Conn, s.window, s.clipboard, xproto.TimeCurrentTime).Check()
}

// Copy puts a picture, as a PNG, on the clipboard. It returns when it is there; other
// programs get it until something else is copied or ctx ends.
func (Board) Copy(ctx context.Context, png []byte) error {
	s, err := connect(ctx)
	if err != nil {
		return err
	}
	g := &giver{session: s, content: png, under: map[place]int{}}
	if g.form, err = s.atom(pictureTypes[0]); err == nil {
		err = s.own()
	}
	if err != nil {
		s.end()
		return fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	go g.run(ctx)
	return nil
}

// giver gives a picture to whoever pastes it.
type giver struct {
	*session
	content []byte
	form    xproto.Atom
	under   map[place]int // of the parts that go to a place, how many bytes were put
}

// place is where somebody wants a content to be put.
type place struct {
	window   xproto.Window
	property xproto.Atom
}

// run gives until somebody else has the clipboard.
func (g *giver) run(ctx context.Context) {
	defer g.end()
	for {
		event, err := g.wait(ctx)
		if err != nil {
			return
		}
		switch e := event.(type) {
		case xproto.SelectionClearEvent:
			return
		case xproto.SelectionRequestEvent:
			g.answer(e)
		case xproto.PropertyNotifyEvent:
			if at := (place{e.Window, e.Atom}); e.State == xproto.PropertyDelete {
				g.next(at)
			}
		}
	}
}

// answer puts what somebody asks for where they want it, and tells them.
func (g *giver) answer(e xproto.SelectionRequestEvent) {
	at := place{e.Requestor, e.Property}
	switch e.Target {
	case g.targets:
		list := make([]byte, 8)
		xgb.Put32(list, uint32(g.targets))
		xgb.Put32(list[4:], uint32(g.form))
		xproto.ChangeProperty(g.Conn, xproto.PropModeReplace, at.window, at.property, xproto.AtomAtom, 32, 2, list)
	case g.form:
		g.give(at)
	default:
		e.Property = xproto.AtomNone
	}
	told := xproto.SelectionNotifyEvent{Time: e.Time, Requestor: e.Requestor, Selection: e.Selection, Target: e.Target, Property: e.Property}
	xproto.SendEvent(g.Conn, false, e.Requestor, 0, string(told.Bytes()))
}

// give puts a small picture at once, and of a large one that it comes in parts.
func (g *giver) give(at place) {
	if len(g.content) <= part {
		g.put(at, g.form, g.content)
		return
	}
	xproto.ChangeWindowAttributes(g.Conn, at.window, xproto.CwEventMask, []uint32{xproto.EventMaskPropertyChange})
	size := make([]byte, 4)
	xgb.Put32(size, uint32(len(g.content)))
	xproto.ChangeProperty(g.Conn, xproto.PropModeReplace, at.window, at.property, g.incr, 32, 1, size)
	g.under[at] = 0
}

// next puts the next part once the one before was taken, after the last one an empty one.
func (g *giver) next(at place) {
	from, ok := g.under[at]
	if !ok {
		return
	}
	to := min(from+part, len(g.content))
	g.put(at, g.form, g.content[from:to])
	g.under[at] = to
	if from == to {
		delete(g.under, at)
	}
}

func (g *giver) put(at place, kind xproto.Atom, content []byte) {
	xproto.ChangeProperty(g.Conn, xproto.PropModeReplace, at.window, at.property, kind, 8, uint32(len(content)), content)
}

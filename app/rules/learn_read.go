package rules

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"shopbell/core/autoreply"
	"shopbell/core/chatexport"
	"shopbell/core/learn"
)

// pastChat is one exported chat on this computer.
type pastChat struct {
	file    File
	nth     int    // of the chats in the file
	name    string // of the file that the person chose
	outline chatexport.Outline
	err     error // why it is not read; nil: it can be

	// What the second look finds.
	messages, unread int
	unreadLines      []int // the first of them
	from, to         time.Time
}

// isRead reports whether a chat's questions count: groups are left alone.
func (c *pastChat) isRead() bool { return c.err == nil && !c.outline.IsGroup() }

// isAgain reports whether c is o exported once more, which takes its place: a file of
// the same name, between the same people. An iPhone calls every chat "_chat.txt".
func (c *pastChat) isAgain(o pastChat) bool {
	names := func(authors []chatexport.Author) (list []string) {
		for _, a := range authors {
			list = append(list, a.Name)
		}
		slices.Sort(list)
		return list
	}
	return c.name == o.name && c.nth == o.nth && slices.Equal(names(c.outline.Authors), names(o.outline.Authors))
}

// shownLines is how many lines that could not be read are named.
const shownLines = 5

// lookAt reads a file once, for who writes in it and how its dates stand.
func lookAt(ctx context.Context, f File) []pastChat {
	var out []pastChat
	err := opened(f, func(chats []chatexport.Chat) error {
		for i, c := range chats {
			p := pastChat{file: f, nth: i, name: f.Name}
			p.err = textOf(ctx, c, func(r io.Reader) (err error) {
				p.outline, err = chatexport.Look(r)
				return err
			})
			out = append(out, p)
		}
		return ctx.Err()
	})
	if err != nil {
		out = []pastChat{{file: f, name: f.Name, err: err}}
	}
	return out
}

// opened gives the chats of a file to fn, and closes it afterwards.
func opened(f File, fn func([]chatexport.Chat) error) (err error) {
	content, err := f.Open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, content.Close()) }()
	at, size, err := sized(content)
	if err != nil {
		return err
	}
	chats, err := chatexport.Open(f.Name, at, size)
	if err != nil {
		return err
	}
	return fn(chats)
}

// sized returns a file by its places: as it is, since a zip with its pictures may be
// large, or kept in memory where it can be read only once.
func sized(content io.Reader) (io.ReaderAt, int64, error) {
	if f, ok := content.(interface {
		io.ReaderAt
		io.Seeker
	}); ok {
		size, err := f.Seek(0, io.SeekEnd)
		return f, size, err
	}
	data, err := io.ReadAll(io.LimitReader(content, chatexport.MaxText+1))
	return bytes.NewReader(data), int64(len(data)), err
}

// textOf gives the text of a chat to fn until ctx ends.
func textOf(ctx context.Context, c chatexport.Chat, fn func(io.Reader) error) (err error) {
	text, err := c.Text()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, text.Close()) }()
	return fn(cancellable{ctx, text})
}

// cancellable ends a reading that nobody waits for any more.
type cancellable struct {
	ctx context.Context
	io.Reader
}

func (c cancellable) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.Reader.Read(p)
}

// pastTalk is what all chats say together.
type pastTalk struct {
	chats  []pastChat
	people int
	pairs  int // questions with an answer
	kinds  map[chatexport.Kind]int
	asked  []learn.Pair
	found  learn.Found
}

// reading is how the chats are read.
type reading struct {
	order chatexport.Order // of dates that can be read two ways
	shop  string           // who of those who write is the shop
	rules autoreply.File   // what it answers already
	now   time.Time
}

// readAll reads the chats whole, and what they propose.
func (r reading) readAll(ctx context.Context, chats []pastChat) (pastTalk, error) {
	t := pastTalk{kinds: make(map[chatexport.Kind]int)}
	zone, err := time.LoadLocation(r.rules.Timezone)
	if err != nil {
		return t, fmt.Errorf("rules: %w", err)
	}
	var pairs []learn.Pair
	for _, c := range chats {
		if c.isRead() {
			talk := learn.NewChat(r.shop)
			if c.err = r.read(ctx, &c, zone, &t, talk); c.err == nil {
				pairs = append(pairs, talk.Pairs()...)
				t.people++
			}
			if err := ctx.Err(); err != nil {
				return t, err
			}
		}
		t.chats = append(t.chats, c)
	}
	for _, p := range pairs {
		if len(p.Answers) > 0 {
			t.pairs++
		}
	}
	t.asked = pairs
	t.found, err = learn.Propose(pairs, runnable(r.rules), r.now)
	return t, err
}

// read reads one chat into what all say, and into talk.
func (r reading) read(ctx context.Context, c *pastChat, zone *time.Location, t *pastTalk, talk *learn.Chat) error {
	order := cmp.Or(c.outline.Order, r.order)
	return opened(c.file, func(chats []chatexport.Chat) error {
		if c.nth >= len(chats) {
			return &chatexport.FileError{Code: chatexport.FileNoChat, Problem: "the file has changed since it was looked at"}
		}
		return textOf(ctx, chats[c.nth], func(text io.Reader) error {
			return chatexport.Read(text, order, zone, func(e chatexport.Entry) error {
				c.add(e)
				t.kinds[e.Kind]++
				talk.Add(e)
				return nil
			})
		})
	})
}

// add counts an entry.
func (c *pastChat) add(e chatexport.Entry) {
	switch {
	case e.Kind == chatexport.KindUnread:
		c.unread += e.Lines
		for line := e.Line; line < e.Line+e.Lines && len(c.unreadLines) < shownLines; line++ {
			c.unreadLines = append(c.unreadLines, line)
		}
	case e.Author != "":
		c.messages++
		if c.from.IsZero() || e.At.Before(c.from) {
			c.from = e.At
		}
		if e.At.After(c.to) {
			c.to = e.At
		}
	}
}

// orderOfAll is how the dates of all chats stand where those that say it agree: they
// are of one phone.
func orderOfAll(chats []pastChat) chatexport.Order {
	order := chatexport.OrderUnknown
	for _, c := range chats {
		switch o := c.outline.Order; {
		case !c.isRead() || o == chatexport.OrderUnknown || o == chatexport.OrderYearFirst:
		case order == chatexport.OrderUnknown:
			order = o
		case o != order:
			return chatexport.OrderUnknown
		}
	}
	return order
}

// shopOf is who of those who write in the chats is the shop; else the candidates.
func shopOf(chats []pastChat) (name string, candidates []string) {
	var outlines []chatexport.Outline
	customers := make(map[string]bool)
	for _, c := range chats {
		if c.isRead() && len(c.outline.Authors) > 0 {
			outlines = append(outlines, c.outline)
			customers[c.outline.Customer(c.name)] = true
		}
	}
	name, candidates, ok := chatexport.Shop(outlines)
	if ok {
		return name, nil
	}
	// A file that is named after one of the two is of the phone of the other.
	var others []string
	for _, c := range candidates {
		if !customers[c] {
			others = append(others, c)
		}
	}
	if len(outlines) > 0 && len(others) == 1 && len(candidates) == 2 {
		return others[0], nil
	}
	return "", candidates
}

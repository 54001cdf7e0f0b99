package rules

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"time"

	"shopbell/core/chatexport"
)

// pastChat is one exported chat on this computer.
type pastChat struct {
	file    File
	nth     int    // of the chats in the file
	name    string // of the file that the person chose
	outline chatexport.Outline
	err     error // why it is not read; nil: it can be

	// What the second look finds.
	messages, unread int // messages, and lines that could not be read
	unreadParts      []unreadPart
	from, to         time.Time // on the phone's clock, as if it were UTC
	language         string    // as learn.Language
	again            bool      // another file has the same chat, and more of it
}

// unreadPart is lines that follow one another and could not be read for one reason.
type unreadPart struct {
	line, lines int
	reason      chatexport.Reason
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

// lookAt reads a file once, for who writes in it and how its dates stand.
func lookAt(ctx context.Context, f File, at *pace) []pastChat {
	var out []pastChat
	err := opened(f, func(chats []chatexport.Chat) error {
		size := int64(0)
		for _, c := range chats {
			size += c.Size
		}
		at.note(func(p *progress) { p.bytes, p.size = 0, size })
		for i, c := range chats {
			p := pastChat{file: f, nth: i, name: f.Name}
			p.err = textOf(ctx, c, at, func(r io.Reader) (err error) {
				p.outline, err = chatexport.Look(r)
				return err
			})
			out = append(out, p)
		}
		return at.pass(ctx)
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

// textOf gives the text of a chat to fn, at a pace.
func textOf(ctx context.Context, c chatexport.Chat, at *pace, fn func(io.Reader) error) (err error) {
	text, err := c.Text()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, text.Close()) }()
	return fn(paced{ctx, at, text})
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

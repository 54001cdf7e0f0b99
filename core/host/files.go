package host

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"strings"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/media"
	"shopbell/core/staff"
	"shopbell/core/store"
)

// MediaFolder is where, inside the data folder, the files of messages are.
const MediaFolder = "media"

// reactFor is how long Meta takes a reaction to a message (Cloud API, section 3).
const reactFor = 30 * 24 * time.Hour

var _ desk.Files = (*Host)(nil)

// openFiles opens the folder of files, and readies who fills it.
func (h *Host) openFiles(context.Context) (err error) {
	if h.folder, err = media.OpenFolder(filepath.Join(h.o.DataDir, MediaFolder), h.now); err != nil {
		return err
	}
	h.fetcher, err = media.NewFetcher(media.FetcherOptions{
		DB: h.db, Folder: h.folder, Now: h.now, Moved: h.moved, Log: h.log,
		Source: func() media.Source {
			if l := h.line.Load(); l != nil {
				return l.client
			}
			return nil
		},
	})
	return err
}

// sweepFiles removes files that were attached and never sent, once a day.
func (h *Host) sweepFiles(ctx context.Context) error {
	tick := time.NewTicker(24 * time.Hour)
	defer tick.Stop()
	for {
		if _, err := h.folder.Sweep(ctx, func(name string) (known bool, err error) {
			err = h.db.View(ctx, func(r *store.Reader) error {
				known, err = r.FileKnown(name)
				return err
			})
			return known || h.isPicture(name), err
		}); err != nil && ctx.Err() == nil {
			h.log.Error("Files not swept", "error", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return nil
		}
	}
}

// moved tells the screens that more of a message's file is here.
func (h *Host) moved(id chat.MessageID) {
	var m chat.Message
	if err := h.db.View(h.base, func(r *store.Reader) (err error) {
		m, err = r.Message(id)
		return err
	}); err != nil {
		h.log.Error("Progress of a file cannot be told", "message", id, "error", err)
		return
	}
	h.feed.publish(desk.Event{Kind: desk.EventMessage, Conversation: m.Conversation, Message: id})
}

// withProgress fills in what only the fetcher knows of files.
func (h *Host) withProgress(list ...chat.Message) {
	for _, m := range list {
		if m.Media == nil || m.Media.State != chat.MediaWaiting {
			continue
		}
		if n, ok := h.fetcher.Fetched(m.ID); ok {
			m.Media.State, m.Media.Fetched = chat.MediaFetching, n
		}
	}
}

// Attach implements desk.Files.
func (h *Host) Attach(ctx context.Context, who desk.Actor, name string, content io.Reader) (a desk.Attachment, err error) {
	if err := h.allow(ctx, who, staff.Answer, "file.attach", "file"); err != nil {
		return a, err
	}
	if name = path.Base(strings.ReplaceAll(name, `\`, "/")); name == "." || name == "/" {
		name = ""
	}
	if a, err = h.folder.Prepare(name, content); err != nil {
		return desk.Attachment{}, fault(err)
	}
	return a, fault(h.db.Update(ctx, func(tx *store.Tx) error {
		return tx.Audit(done(who, "file.attach", "file:"+a.Media.File))
	}))
}

// Open implements desk.Files.
func (h *Host) Open(ctx context.Context, who desk.Actor, file string) (io.ReadSeekCloser, error) {
	if err := h.allow(ctx, who, staff.SeeConversations, "file.open", "file:"+file); err != nil {
		return nil, err
	}
	content, err := h.folder.Open(file)
	if err != nil {
		return nil, fault(err)
	}
	return content, nil
}

// Fetch implements desk.Files.
func (h *Host) Fetch(ctx context.Context, who desk.Actor, id chat.MessageID) error {
	m, err := h.Message(ctx, who, id)
	if err != nil {
		return err
	}
	return h.act(ctx, who, m.Conversation, "file.fetch", func(tx *store.Tx, _ *chat.Conversation) (bool, error) {
		err := tx.MediaNow(id)
		if errors.Is(err, store.ErrNotFound) {
			return false, desk.Errorf(desk.Conflict, "message %d has no file that could be fetched", id)
		}
		return true, err
	})
}

// React implements desk.Files.
func (h *Host) React(ctx context.Context, who desk.Actor, id chat.MessageID, emoji string) error {
	m, err := h.Message(ctx, who, id)
	if err != nil {
		return err
	}
	return h.act(ctx, who, m.Conversation, "message.react", func(tx *store.Tx, v *chat.Conversation) (bool, error) {
		if m, err = tx.Message(id); err != nil {
			return false, err
		}
		switch {
		case !m.Inbound() || m.WAMID == "" || m.Kind == chat.KindReaction:
			return false, invalid("message", fmt.Errorf("message %d is none of the customer's", id))
		case tx.Now().Sub(m.At) >= reactFor:
			return false, desk.Errorf(desk.Conflict, "message %d is older than %v", id, reactFor)
		case shown(m) == emoji:
			return false, nil
		}
		// A reaction answers nothing: the lock is respected, and not taken.
		if _, err := seize(tx, who, v); err != nil {
			return false, err
		}
		out, err := letter(tx, *v, chat.Message{
			Conversation: v.ID, Contact: v.Contact.ID, Author: chat.AuthorAgent, AgentID: int64(who.Agent),
			Kind: chat.KindReaction, Text: emoji, ReplyTo: m.WAMID, At: tx.Now(),
		})
		if err != nil {
			return false, err
		}
		return true, tx.AddOutgoing(out)
	})
}

// shown is the emoji that the shop has put on a message.
func shown(m chat.Message) string {
	for _, r := range m.Reactions {
		if r.Author == chat.AuthorAgent {
			return r.Emoji
		}
	}
	return ""
}

// Templates implements desk.Files.
func (h *Host) Templates(ctx context.Context, who desk.Actor, id chat.ConversationID, reload bool) (list []chat.Template, err error) {
	if err := h.allow(ctx, who, staff.Answer, "template.see", subjectOf(id)); err != nil {
		return nil, err
	}
	var channel chat.Channel
	if err := h.db.View(ctx, func(r *store.Reader) error {
		v, err := r.Conversation(id)
		if err != nil {
			return err
		}
		if channel, err = r.ChannelOf(v.Channel); err != nil {
			return err
		}
		list, err = r.Templates(channel.WABAID)
		return err
	}); err != nil || !reload && len(list) > 0 {
		return list, fault(err)
	}
	l := h.line.Load()
	if l == nil || channel.WABAID == "" {
		if !reload {
			return nil, nil
		}
		return nil, desk.Errorf(desk.Unavailable, "the shop has no key to ask Meta with")
	}
	if list, err = l.client.Templates(ctx, channel.WABAID); err != nil {
		return nil, &desk.Error{Code: desk.Unavailable, Err: fmt.Errorf("host: ask Meta for templates: %w", err)}
	}
	err = h.db.Update(ctx, func(tx *store.Tx) error {
		if err := tx.SaveTemplates(channel.WABAID, list); err != nil {
			return err
		}
		list, err = tx.Templates(channel.WABAID)
		return err
	})
	return list, fault(err)
}

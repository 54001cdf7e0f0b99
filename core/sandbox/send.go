package sandbox

import (
	"context"
	"io"
	"net/http"
	"strings"
	"time"

	"shopbell/core/chat"
)

// maxRequest bounds a send; Meta's longest is some ten kilobytes.
const maxRequest = 1 << 20

// reactionLife is how old a message may be that the shop puts an emoji on, or
// marks as read (cloud-api section 3).
const reactionLife = 30 * 24 * time.Hour

// send takes one message: read it whole, cut or refuse where the faults say so,
// judge it by Meta's rules, put it on the customer's phone, answer.
func (s *Sandbox) send(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRequest))
	if err != nil {
		refuse(w, *wrong(100, "%v", err))
		return
	}
	o, bad := readOrder(raw)
	if bad == nil && o.read != "" {
		s.markRead(w, o)
		return
	}
	s.mu.Lock()
	cut, garbage := s.faults.Cut.happens(s.rng), s.faults.Garbage.happens(s.rng)
	lost := cut && !s.faults.Cut.Delivered || garbage && !s.faults.Garbage.Delivered
	var sent accepted
	if bad == nil && !lost {
		sent, bad = s.accept(o)
	}
	if bad != nil {
		s.stats.Refused++
	}
	early := s.faults.StatusBeforeAnswer
	s.mu.Unlock()
	// What was taken is reported, whether or not the answer arrives. It begins
	// before the client can know how the request ended, so that Idle waits for it.
	switch {
	case sent.to == nil:
	case early:
		reported := make(chan struct{})
		s.background(func(ctx context.Context) {
			defer close(reported)
			s.report(ctx, sent, 0)
		})
		select {
		case <-reported:
		case <-r.Context().Done():
		}
	default:
		s.background(func(ctx context.Context) { s.report(ctx, sent, max(s.o.Delay, 0)) })
	}
	switch {
	case cut:
		s.hangUp(w)
	case garbage:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		// The caller may have hung up.
		_, _ = io.WriteString(w, "<html><body><h1>Sorry, something went wrong.</h1></body></html>")
	case bad != nil:
		refuse(w, *bad)
	default:
		answer(w, http.StatusOK, receipt(o, sent))
	}
}

// hangUp drops the connection without an answer.
func (s *Sandbox) hangUp(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		err = conn.Close()
	}
	if err != nil {
		s.o.Log.Error("sandbox: cannot cut the connection", "error", err)
	}
}

func receipt(o order, sent accepted) object {
	contact := object{"input": o.to}
	if o.byUser {
		contact["user_id"] = o.to
	} else {
		contact["wa_id"] = o.customer()
	}
	return object{
		"messaging_product": "whatsapp",
		"contacts":          []any{contact},
		"messages":          []any{object{"id": sent.wamid}},
	}
}

// markRead shows the customer that the shop has read, and perhaps that it types.
func (s *Sandbox) markRead(w http.ResponseWriter, o order) {
	s.mu.Lock()
	var reader *phone
	for _, p := range s.phones {
		if at, ok := p.said[o.read]; ok && s.o.Now().Sub(at) <= reactionLife {
			reader = p
		}
	}
	refused := reader != nil && s.faults.Receipts.happens(s.rng, reader.customer.Phone)
	if reader != nil && !refused {
		s.stats.ReadByShop++
		reader.readUntil = o.read
		if o.typing {
			reader.typing = s.o.Now()
		}
	}
	fault := s.faults.Receipts.refusal()
	s.mu.Unlock()
	switch {
	case refused:
		refuse(w, *fault)
		return
	case reader == nil:
		refuse(w, *wrong(131009, "message_id %q is not that of a customer's message of the last 30 days", o.read))
		return
	}
	answer(w, http.StatusOK, object{"success": true})
}

// accepted is a message the Graph API has taken. to is nil when it will reach
// nobody; fail is the code it is reported to have failed with, 0 for none.
type accepted struct {
	wamid    string
	number   uint64 // of the shop's to this customer, from 0; decides which statuses it gets
	to       *phone
	opaque   string
	fail     int
	refused  bool // it fails, and the answer says so too
	kind     chat.Kind
	voice    bool   // a voice note
	category string // of a template; else empty
}

// accept judges o by the rules that need memory and puts it on the customer's
// phone. Callers hold mu. What it takes may be refused all the same, when the
// faults want it both ways.
func (s *Sandbox) accept(o order) (accepted, *refusal) {
	now := s.o.Now()
	if o.misplaced {
		// A user id in "to" is taken and delivered to nobody, without a word.
		s.stats.Accepted++
		s.stats.LostReplies++
		return accepted{wamid: s.wamid()}, nil
	}
	p := s.reach(o.customer())
	if p == nil {
		return accepted{}, &refusal{Code: 131030, Message: "Recipient phone number not in allowed list",
			Details: "Nobody in the sandbox has this address"}
	}
	d, category, bad := s.compose(o, p)
	switch {
	case bad != nil:
		return accepted{}, bad
	case o.kind != chat.KindTemplate && !chat.WindowOf(p.lastInbound).Open(now):
		return accepted{}, &refusal{Code: 131047, Message: "Re-engagement message",
			Details: "More than 24 hours have passed since the recipient last replied"}
	case !p.pair.AllowN(now, 1):
		return accepted{}, &refusal{Code: 131056, Message: "Pair rate limit hit",
			Details: "Too many messages to one recipient in a short time"}
	case s.faults.Refuse.happens(s.rng, o.customer()):
		return accepted{}, s.faults.Refuse.refusal()
	}
	sent := accepted{wamid: s.wamid(), to: p, opaque: o.opaque, kind: o.kind, voice: d.Voice, category: category}
	sent.number = p.taken
	p.taken++
	if s.faults.Both.happens(s.rng, o.customer()) {
		sent.fail, sent.refused = s.faults.Both.Code, true
		return sent, s.faults.Both.refusal()
	}
	s.stats.Accepted++
	if s.faults.Fail.happens(s.rng, o.customer()) {
		sent.fail = s.faults.Fail.Code
		s.stats.LostReplies++
		return sent, nil
	}
	s.stats.Delivered++
	if o.kind == chat.KindReaction {
		p.react(o.replyTo, o.emoji)
		return sent, nil
	}
	d.WAMID, d.At = sent.wamid, now
	p.inbox = append(p.inbox, d)
	if !p.asked.IsZero() {
		s.stats.reply(now.Sub(p.asked))
		p.asked = time.Time{}
	}
	return sent, nil
}

// compose makes of an order what the customer gets. Callers hold mu.
func (s *Sandbox) compose(o order, p *phone) (d Delivered, category string, bad *refusal) {
	d = Delivered{
		Kind: o.kind, Text: o.text, Buttons: o.menu.buttons, List: o.menu.list, Link: o.menu.link, AsksPlace: o.menu.asksPlace,
		Header: o.menu.header, Footer: o.menu.footer, Location: o.location, ReplyTo: o.replyTo, Opaque: o.opaque,
	}
	part, kind := o.media, string(o.kind)
	if o.menu.headerFile != nil {
		part, kind = o.menu.headerFile, o.menu.headerKind
	}
	switch o.kind {
	case chat.KindTemplate:
		t, bad := s.write(o.template)
		if bad != nil {
			return d, "", bad
		}
		d.Template, d.Text, d.Header, d.Footer, d.Buttons = o.template.Name, t.body, t.header, t.footer, t.buttons
		part, kind, category = t.headerFile, t.headerKind, t.category
	case chat.KindReaction:
		if at, ok := p.said[o.replyTo]; !ok || s.o.Now().Sub(at) > reactionLife {
			return d, "", wrong(131009, "message_id %q is not that of this customer's message of the last 30 days", o.replyTo)
		}
	}
	if part != nil {
		d.File, bad = s.attachment(part, kind)
		d.Voice = part.Voice
	}
	return d, category, bad
}

// attachment finds the file that a message of this kind carries. Callers hold mu.
func (s *Sandbox) attachment(m *mediaPart, kind string) (*File, *refusal) {
	if m.Link != "" {
		// The sandbox fetches nothing: a linked file has a name only.
		if !strings.HasPrefix(m.Link, "https://") {
			return nil, wrong(131053, "link %q is not https", m.Link)
		}
		return &File{Name: m.Filename}, nil
	}
	k := s.found(m.ID)
	if k == nil {
		return nil, wrong(131009, "There is no file with the id %q, or not any more", m.ID)
	}
	if is := kindOf(k.file.MIME); is != kind && kind != "document" {
		return nil, wrong(131053, "A file of type %s cannot go as %s", k.file.MIME, kind)
	}
	f := k.file
	if m.Filename != "" {
		f.Name = m.Filename
	}
	return &f, nil
}

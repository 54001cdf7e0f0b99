package host

import (
	"context"
	"errors"
	"fmt"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/staff"
	"shopbell/core/store"
)

// allow is where permission is asked, whatever way the call came. A refusal is
// audited; what is allowed is audited with what it changes, by the caller.
func (h *Host) allow(ctx context.Context, who desk.Actor, p staff.Permission, action, subject string) error {
	agent, known := h.agents[who.Agent]
	if known && agent.Role == who.Role && agent.Role.May(p) {
		return nil
	}
	entry := staff.AuditEntry{Agent: who.Agent, Action: action, Subject: subject}
	if err := h.db.Update(ctx, func(tx *store.Tx) error { return tx.Audit(entry) }); err != nil {
		return fault(err)
	}
	return desk.Errorf(desk.Forbidden, "%s may not %s", who.Role, action)
}

func subjectOf(id chat.ConversationID) string { return fmt.Sprintf("conversation:%d", id) }

// done is the audit entry of something that was allowed.
func done(who desk.Actor, action, subject string) staff.AuditEntry {
	return staff.AuditEntry{Agent: who.Agent, Action: action, Subject: subject, Allowed: true}
}

// fault gives errors of the file the codes of the desk. One that has a code
// keeps it.
func fault(err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*desk.Error](err); ok {
		return err
	}
	code := desk.Internal
	switch {
	case errors.Is(err, store.ErrNotFound):
		code = desk.NotFound
	case errors.Is(err, store.ErrFull):
		code = desk.DiskFull
	case errors.Is(err, store.ErrClosed), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		code = desk.Unavailable
	}
	return &desk.Error{Code: code, Err: err}
}

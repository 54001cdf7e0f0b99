package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"shopbell/core/chat"
)

// UploadFor is how long a file that Meta was given is sent by its id. Meta keeps it
// for 30 days (cloud-api section 4); the last of them is for messages on their way.
const UploadFor = 29 * 24 * time.Hour

// MetaFile is how Meta names a file, as it sent it. URL and SHA256 may be empty.
type MetaFile struct {
	ID, URL, SHA256 string
}

// addMedia stores the file of a new message. One that waits is due at once.
func (tx *Tx) addMedia(m *chat.Message, at MetaFile) error {
	f := m.Media
	var next any
	if f.State == chat.MediaWaiting {
		next = ms(tx.now)
		tx.note(Change{Kind: MediaAdded, Conversation: m.Conversation, Message: m.ID})
	}
	claimed, mime := f.MIME, ""
	if f.File != "" {
		claimed, mime = "", f.MIME
	}
	_, err := tx.exec(`INSERT INTO media (message_id, meta_id, meta_url, meta_sha256, claimed, mime, name, size, voice, animated,
		width, height, duration_ms, state, code, file, next_at, until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		m.ID, at.ID, at.URL, at.SHA256, claimed, mime, f.Name, f.Size, f.Voice, f.Animated,
		f.Width, f.Height, f.Duration.Milliseconds(), f.State, f.Code, f.File, next, msOrNull(f.Until))
	return err
}

// readMedia fills in the files of messages.
func (r *Reader) readMedia(ids []chat.MessageID, of map[chat.MessageID]*chat.Message) error {
	keys, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	return r.rows(`SELECT message_id, CASE mime WHEN '' THEN claimed ELSE mime END, name, size, voice, animated, width, height,
		duration_ms, state, code, file, until FROM media WHERE message_id IN (SELECT value FROM json_each(?))`, []any{string(keys)},
		func(rows *sql.Rows) error {
			var id chat.MessageID
			var f chat.Media
			var duration int64
			var until sql.NullInt64
			if err := rows.Scan(&id, &f.MIME, &f.Name, &f.Size, &f.Voice, &f.Animated, &f.Width, &f.Height,
				&duration, &f.State, &f.Code, &f.File, &until); err != nil {
				return err
			}
			f.Duration, f.Until = time.Duration(duration)*time.Millisecond, fromNull(until)
			of[id].Media = &f
			return nil
		})
}

// MediaJob is a file that is to be fetched.
type MediaJob struct {
	Message       chat.MessageID
	Channel       chat.ChannelID
	PhoneNumberID string
	Kind          chat.Kind
	MetaID        string
	URL           string // of the last look-up; may be empty or out of date
	MIME          string // as its sender says
	Size          int64  // bytes; 0 where nobody said
	Until         time.Time
	Tries         int // that came to nothing
}

// The "+" lets the index of what is due serve it: there are far more files than
// that, and by id all of them would be looked at.
const mediaDue = `SELECT f.message_id, m.channel_id, h.phone_number_id, m.kind, f.meta_id, f.meta_url, f.claimed, f.size, f.until, f.tries
	FROM media f JOIN message m ON m.id = f.message_id JOIN channel h ON h.id = m.channel_id
	WHERE f.next_at <= ? ORDER BY +f.message_id DESC LIMIT ?`

// MediaDue returns up to limit files that are due to be fetched at now, those of
// the newest messages first. They stay due until one of MediaHere, MediaAgain,
// MediaLost and MediaRefused.
func (db *DB) MediaDue(ctx context.Context, now time.Time, limit int) (list []MediaJob, err error) {
	err = db.View(ctx, func(r *Reader) error {
		return r.rows(mediaDue, []any{ms(now), limit}, func(rows *sql.Rows) error {
			var j MediaJob
			var until sql.NullInt64
			err := rows.Scan(&j.Message, &j.Channel, &j.PhoneNumberID, &j.Kind, &j.MetaID, &j.URL, &j.MIME, &j.Size, &until, &j.Tries)
			j.Until = fromNull(until)
			list = append(list, j)
			return err
		})
	})
	return list, err
}

// MediaNext returns when the next file becomes due; zero for none.
func (db *DB) MediaNext(ctx context.Context) (at time.Time, err error) {
	err = db.View(ctx, func(r *Reader) error {
		var next sql.NullInt64
		err := r.row("SELECT min(next_at) FROM media WHERE next_at IS NOT NULL", nil, &next)
		at = fromNull(next)
		return err
	})
	return at, err
}

// MediaFound is what the content of a file turned out to be. Width, Height in
// pixels and Duration are 0 where it has none.
type MediaFound struct {
	File          string // SHA-256 in hex
	MIME          string
	Size          int64 // bytes
	Width, Height int
	Duration      time.Duration
}

// MediaHere notes that the content of a message's file is beside the database.
// ErrNotFound where the message has none, as of the following.
func (tx *Tx) MediaHere(message chat.MessageID, f MediaFound) error {
	return tx.changeMedia(message, `UPDATE media SET state = 'here', code = '', next_at = NULL, file = ?, mime = ?, size = ?, width = ?,
		height = ?, duration_ms = ? WHERE message_id = ?`, f.File, f.MIME, f.Size, f.Width, f.Height, f.Duration.Milliseconds(), message)
}

// MediaAgain notes that a try came to nothing, when the next one is due, and
// under which address; "" leaves that as it is.
func (tx *Tx) MediaAgain(message chat.MessageID, at time.Time, url string) error {
	return tx.changeMedia(message, `UPDATE media SET tries = tries + 1, next_at = ?, meta_url = coalesce(nullif(?, ''), meta_url)
		WHERE message_id = ?`, ms(at), url, message)
}

// MediaLost notes that Meta has a file no more.
func (tx *Tx) MediaLost(message chat.MessageID, code chat.MediaCode) error {
	return tx.changeMedia(message, "UPDATE media SET state = 'lost', code = ?, next_at = NULL WHERE message_id = ?", code, message)
}

// MediaRefused notes that a file is not kept, and why.
func (tx *Tx) MediaRefused(message chat.MessageID, code chat.MediaCode) error {
	return tx.changeMedia(message, "UPDATE media SET state = 'refused', code = ?, next_at = NULL WHERE message_id = ?", code, message)
}

// MediaNow makes a file that waits or was refused due at once, its address to be
// looked up anew. ErrNotFound also where it is here or lost.
func (tx *Tx) MediaNow(message chat.MessageID) error {
	err := tx.changeMedia(message, "UPDATE media SET state = 'waiting', code = '', meta_url = '', next_at = ? WHERE message_id = ? AND state IN ('waiting', 'refused')",
		ms(tx.now), message)
	if err == nil {
		tx.note(Change{Kind: MediaAdded, Message: message})
	}
	return err
}

// changeMedia runs an UPDATE of one file and announces its message.
func (tx *Tx) changeMedia(message chat.MessageID, update string, args ...any) error {
	n, err := tx.changed(update, args...)
	if err != nil {
		return err
	}
	if n == 0 {
		return ErrNotFound
	}
	var v chat.ConversationID
	if err := tx.row("SELECT conversation_id FROM message WHERE id = ?", []any{message}, &v); err != nil {
		return err
	}
	tx.note(Change{Kind: MessageChanged, Conversation: v, Message: message})
	return nil
}

// FileKnown reports whether a message has this file (SHA-256 in hex).
func (r *Reader) FileKnown(file string) (known bool, err error) {
	err = r.row("SELECT EXISTS (SELECT 1 FROM media WHERE file = ? AND file <> '')", []any{file}, &known)
	return known, err
}

// Upload returns Meta's id of a file for sending from a number; ErrNotFound where
// Meta was not given it, or has forgotten it by now.
func (tx *Tx) Upload(file, phoneNumberID string) (metaID string, err error) {
	err = tx.row("SELECT meta_id FROM upload WHERE file = ? AND phone_number_id = ? AND until > ?",
		[]any{file, phoneNumberID, ms(tx.now)}, &metaID)
	return metaID, err
}

// SaveUpload keeps Meta's id of a file that it was given now, for UploadFor.
func (tx *Tx) SaveUpload(file, phoneNumberID, metaID string) error {
	if _, err := tx.exec("DELETE FROM upload WHERE until <= ?", ms(tx.now)); err != nil {
		return err
	}
	_, err := tx.exec(`INSERT INTO upload (file, phone_number_id, meta_id, until) VALUES (?, ?, ?, ?)
		ON CONFLICT (file, phone_number_id) DO UPDATE SET meta_id = excluded.meta_id, until = excluded.until`,
		file, phoneNumberID, metaID, ms(tx.now.Add(UploadFor)))
	return err
}

// forgetUpload has the file of a message uploaded anew when it is sent the next
// time, from whatever number. A message without a file is no error.
func (tx *Tx) forgetUpload(message chat.MessageID) error {
	_, err := tx.exec("DELETE FROM upload WHERE file IN (SELECT file FROM media WHERE message_id = ?)", message)
	return err
}

package chatexport

import "time"

// An Entry is a stretch of a file: a message, a line that WhatsApp wrote itself, or
// what could not be read.
type Entry struct {
	Offset, Bytes int64 // of the file
	Line, Lines   int   // the first line, from 1, and how many
	Kind          Kind
	Reason        Reason    // of KindUnread
	At            time.Time // zero for KindUnread and KindBlank
	Author        string    // as the phone knew them; "" for KindSystem
	// Text is what was written: of KindAttached the caption, of KindSystem and KindCall
	// what WhatsApp wrote. Lines are joined by "\n"; blanks at both ends and the
	// invisible marks of a writing direction are left out.
	Text   string
	File   string // of KindAttached, the name in the zip
	Edited bool   // the text was changed after it was sent

	stamp stamp
}

// Kind is what an entry is.
type Kind string

// The kinds of entry.
const (
	KindText     Kind = "text"
	KindOmitted  Kind = "omitted"   // a picture, voice note or file that was left out on export
	KindAttached Kind = "attached"  // one that was exported too
	KindDeleted  Kind = "deleted"   // a message that was taken back
	KindCall     Kind = "call"      // a call, missed or not
	KindViewOnce Kind = "view_once" // a picture to be seen once, or an empty message
	KindSystem   Kind = "system"    // a line that nobody wrote
	KindBlank    Kind = "blank"     // empty lines before the first message
	KindUnread   Kind = "unread"
)

// Reason is why an entry could not be read.
type Reason string

// The reasons.
const (
	ReasonLost     Reason = "lost"     // it stands before the first message and belongs to none
	ReasonLong     Reason = "long"     // it is longer than MaxEntry
	ReasonText     Reason = "text"     // it is not UTF-8
	ReasonDate     Reason = "date"     // there is no such date, read as the others of the file
	ReasonCalendar Reason = "calendar" // a year of a calendar that is not known here
)

// MaxEntry is how long an entry can be, in bytes: WhatsApp takes 65,536 characters of
// text, of four bytes at most.
const MaxEntry = 4 * 65536

package desk

import (
	"context"
	"io"
	"time"

	"shopbell/core/chat"
)

// Answer is one message that a person sends. At most one of File, Location, List,
// Link and Template is set; with none of them it is a text.
type Answer struct {
	// Text is the message, or the caption of a file (chat.MaxCaption), or the body
	// of a list or a link (chat.MaxInteractiveBody).
	Text     string
	Quote    chat.MessageID // 0: quotes nothing
	File     *FileRef
	Location *chat.Location
	List     *chat.List
	Link     *chat.Link
	Template *TemplateRef
	// Hold keeps the answer back for a moment, so that its sender can take it back by
	// Schedule.Withdraw: up to MaxHold. To everything else it is sent. Where the window
	// ends sooner it leaves at once, and so it does when a person sends another one in
	// the chat that is not held back: the customer gets them in their order.
	Hold time.Duration
	// At schedules the answer; zero: it leaves now. Ahead, and up to MaxSchedule.
	At time.Time
	// KeepDraft leaves the sender's draft as it is: that is not what they send.
	KeepDraft bool
}

// FileRef is a file that Attach has stored.
type FileRef struct {
	File string // Attachment.File, or Attachment.Original.File
	Name string // what the customer sees of a document
}

// TemplateRef chooses a template and fills it in.
type TemplateRef struct {
	Name, Language string
	Header         string   // variable of a text header
	HeaderFile     string   // file of an image, video or document header
	HeaderName     string   // what the customer sees of a document header
	Body           []string // variables of the body in order, or
	Variables      map[string]string
	URLSuffix      map[int]string // variable of the URL button at this place
}

// Attachment is a file ready to be sent.
type Attachment struct {
	Kind  chat.Kind // how it will go: KindImage, KindVideo, KindAudio, KindDocument or KindSticker
	Media chat.Media
	// Original is set where a picture was scaled (mission C8): the file as it was
	// offered, for who wants to send that. Nil where Meta would not take it.
	Original *chat.Media
}

// Files is what a person does with files.
type Files interface {
	// Attach takes a file to send: it is stored by its content, its type and size
	// checked by content, a picture scaled to at most 800x600 (mission C8). The
	// same content twice is one file. Needs Answer. A *FileError says what is wrong
	// with it; DiskFull.
	Attach(ctx context.Context, who Actor, name string, content io.Reader) (Attachment, error)
	// Open returns the content of a file of a message (chat.Media.File). Needs
	// SeeConversations. NotFound. The caller closes it.
	Open(ctx context.Context, who Actor, file string) (io.ReadSeekCloser, error)
	// Fetch tries to fetch the file of an inbound message again, now. Needs Answer.
	// Conflict where it is here or lost, or has no file.
	Fetch(ctx context.Context, who Actor, id chat.MessageID) error
	// React puts an emoji on a message of the customer's in the name of the shop,
	// in place of an earlier one; "" takes it off. Goes through the outbox. It
	// answers nothing, and takes no lock. Needs Answer. Invalid (not the customer's,
	// more than one emoji), Conflict (Meta takes none on a message older than 30
	// days), LockedByOther, WindowClosed.
	React(ctx context.Context, who Actor, id chat.MessageID, emoji string) error
	// Templates lists the templates of the conversation's channel by name and
	// language, whatever their status: only approved ones can be sent. reload asks
	// Meta first; so does a list that is empty, where the shop has a key. Needs
	// Answer. Unavailable when Meta cannot be asked.
	Templates(ctx context.Context, who Actor, id chat.ConversationID, reload bool) ([]chat.Template, error)
}

// FileError says why a file is not taken. CodeOf gives Invalid.
type FileError struct {
	Code  chat.MediaCode
	MIME  string // of the content; empty where it is unknown
	Size  int64  // bytes; of what was read so far for MediaTooLarge
	Limit int64  // bytes; 0 where no limit is broken
}

func (e *FileError) Error() string { return "desk: file refused: " + string(e.Code) }

// Unwrap makes it an *Error too.
func (e *FileError) Unwrap() error { return &Error{Code: Invalid, Field: "file"} }

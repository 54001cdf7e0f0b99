package media

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/gabriel-vasile/mimetype"

	"shopbell/core/cloudapi"
	"shopbell/core/store"
)

// Carrier takes messages and files to Meta; *cloudapi.Client is one.
type Carrier interface {
	Send(ctx context.Context, phoneNumberID string, body []byte) (cloudapi.Accepted, error)
	UploadMedia(ctx context.Context, phoneNumberID, mime, name string, size int64, content io.Reader) (string, error)
}

// Courier sends messages as its Carrier does, and uploads their files first. What
// was uploaded once is sent again by its id, as long as Meta has it. Safe for use
// by many goroutines.
type Courier struct {
	Carrier Carrier
	Folder  *Folder
	DB      *store.DB
}

// Send posts a body of cloudapi.Outgoing.Encode, once. Where its file cannot be
// uploaded, nothing of the message has left, and the error says so:
// cloudapi.ClassOf places it as Carrier.Send's, and never as one that may have
// left. Where Meta refuses the id of an earlier upload, the file is uploaded
// anew, once.
func (c *Courier) Send(ctx context.Context, phoneNumberID string, body []byte) (cloudapi.Accepted, error) {
	file, ok := cloudapi.LocalFile(body)
	if !ok {
		return c.Carrier.Send(ctx, phoneNumberID, body)
	}
	id, err := c.uploaded(ctx, phoneNumberID, file)
	if err != nil {
		return cloudapi.Accepted{}, err
	}
	if id != "" {
		accepted, err := c.send(ctx, phoneNumberID, body, id)
		if !forgotten(err) {
			return accepted, err
		}
	}
	if id, err = c.upload(ctx, phoneNumberID, file); err != nil {
		return cloudapi.Accepted{}, err
	}
	return c.send(ctx, phoneNumberID, body, id)
}

func (c *Courier) send(ctx context.Context, phoneNumberID string, body []byte, id string) (cloudapi.Accepted, error) {
	body, err := cloudapi.WithMediaID(body, id)
	if err != nil {
		return cloudapi.Accepted{}, notSent(err)
	}
	return c.Carrier.Send(ctx, phoneNumberID, body)
}

// forgotten reports whether Meta refused a message for what stands in it, as it
// does where it has forgotten the file. Nothing was sent then.
func forgotten(err error) bool {
	_, refused := errors.AsType[*cloudapi.Error](err)
	return refused && cloudapi.ClassOf(err) == cloudapi.ClassParameters
}

// uploaded returns the id of an earlier upload, "" where there is none.
func (c *Courier) uploaded(ctx context.Context, phoneNumberID, file string) (id string, err error) {
	err = c.DB.Update(ctx, func(tx *store.Tx) error {
		id, err = tx.Upload(file, phoneNumberID)
		return err
	})
	if errors.Is(err, store.ErrNotFound) {
		return "", nil
	}
	return id, notSent(err)
}

// upload gives Meta a file of the folder and remembers its id. A file that
// cannot be sent is a *cloudapi.InvalidError.
func (c *Courier) upload(ctx context.Context, phoneNumberID, file string) (string, error) {
	content, err := c.Folder.Open(file)
	if err != nil {
		return "", &cloudapi.InvalidError{Field: "file", Problem: "cannot be opened: " + err.Error()}
	}
	defer content.Close()
	info, err := content.Stat()
	if err != nil {
		return "", notSent(err)
	}
	_, m, err := Inspect("", content, info.Size())
	if err != nil {
		return "", &cloudapi.InvalidError{Field: "file", Problem: "is none that Meta takes: " + err.Error()}
	}
	id, err := c.Carrier.UploadMedia(ctx, phoneNumberID, m.MIME, "file"+ending(m.MIME), info.Size(), content)
	if err != nil {
		return "", notSent(err)
	}
	// The upload counts even if ctx ended with it.
	err = c.DB.Update(context.WithoutCancel(ctx), func(tx *store.Tx) error { return tx.SaveUpload(file, phoneNumberID, id) })
	return id, notSent(err)
}

// ending is what the name of a file of that type ends with.
func ending(mime string) string {
	if t := mimetype.Lookup(canonical(mime)); t != nil {
		return t.Extension()
	}
	return ""
}

// notSent says of an error that no message left. What Graph or a check refused
// keeps its class.
func notSent(err error) error {
	switch cloudapi.ClassOf(err) {
	case "", cloudapi.ClassNotSent:
		return err
	case cloudapi.ClassNoAnswer:
		return fmt.Errorf("%w: its file: %w", cloudapi.ErrNotSent, err)
	}
	return err
}

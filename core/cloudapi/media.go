package cloudapi

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strconv"
	"sync"
)

// UploadMedia gives Meta a file for messages of this number and returns the id
// under which they name it, for 30 days (Cloud API, media). kind is the MIME type
// of the content with its parameters ("audio/ogg; codecs=opus"); size must be its
// length exactly. Type and size are Meta's to judge: a wrong one is an *Error of
// ClassParameters, here or in the status of the message.
//
// Errors are as of Send and mean the file: no message left, and the upload may be
// made again. A content that fails, or has another size, is returned as it is or
// as an *InvalidError. There is no limit of time while bytes move. content is not
// read any more after the return.
func (c *Client) UploadMedia(ctx context.Context, phoneNumberID, kind, name string, size int64, content io.Reader) (string, error) {
	if err := numeric("phone number id", phoneNumberID); err != nil {
		return "", err
	}
	if _, _, err := mime.ParseMediaType(kind); err != nil {
		return "", &InvalidError{Field: "mime", Problem: fmt.Sprintf("%.40q is no type of a content", kind)}
	}
	if err := filled("name", name, maxFilename); err != nil {
		return "", err
	}
	if size <= 0 {
		return "", &InvalidError{Field: "size", Problem: fmt.Sprintf("is %d bytes: Meta takes no empty file", size)}
	}
	head, tail, whole, err := frame(kind, name)
	if err != nil {
		return "", err
	}
	p := newPace(ctx, c.patience)
	defer p.stop()
	own := &exactly{from: content, left: size}
	body := &upload{pace: p, from: io.MultiReader(bytes.NewReader(head), own, bytes.NewReader(tail))}

	req, w, err := c.request(p.ctx, http.MethodPost, c.address(call{node: phoneNumberID, edge: "media"}), body)
	if err != nil {
		return "", err
	}
	req.ContentLength = int64(len(head)) + size + int64(len(tail))
	req.Header.Set("Content-Type", whole)
	a, err := c.exchange(c.files, req, w)
	body.halt()
	if err != nil {
		if own.failed != nil {
			return "", own.failed
		}
		return "", p.cause(err)
	}
	id := text(a.body.Get("id"))
	if a.status/100 != 2 || id == "" {
		return "", a.unusable()
	}
	return id, nil
}

// frame returns what stands before and after the content of an upload, and the
// type of the whole.
func frame(kind, name string) (head, tail []byte, whole string, err error) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, f := range [][2]string{{"messaging_product", "whatsapp"}, {"type", kind}} {
		if err := w.WriteField(f[0], f[1]); err != nil {
			return nil, nil, "", err
		}
	}
	h := textproto.MIMEHeader{}
	h.Set("Content-Disposition", multipart.FileContentDisposition("file", name))
	h.Set("Content-Type", kind)
	if _, err := w.CreatePart(h); err != nil {
		return nil, nil, "", err
	}
	cut := b.Len()
	if err := w.Close(); err != nil {
		return nil, nil, "", err
	}
	return b.Bytes()[:cut], b.Bytes()[cut:], w.FormDataContentType(), nil
}

// upload is the body of an upload. The transport reads it in a goroutine of its
// own, and may do so for a moment after the request has failed.
type upload struct {
	pace   *pace
	mu     sync.Mutex
	from   io.Reader
	closed bool
}

func (u *upload) Read(p []byte) (int, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.closed {
		return 0, http.ErrBodyReadAfterClose
	}
	return u.pace.read(u.from, p)
}

// halt waits for a Read and allows no other. It may be called again.
func (u *upload) halt() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.closed = true
}

// Close is for the transport.
func (u *upload) Close() error {
	u.halt()
	return nil
}

// exactly reads a content of a known length, and fails where it is another.
type exactly struct {
	from   io.Reader
	left   int64
	failed error
}

func (e *exactly) Read(p []byte) (int, error) {
	if e.failed != nil {
		return 0, e.failed
	}
	if e.left == 0 {
		n, err := io.ReadFull(e.from, make([]byte, 1))
		if n > 0 {
			e.failed = &InvalidError{Field: "size", Problem: "is smaller than the content"}
			return 0, e.failed
		}
		if !errors.Is(err, io.EOF) {
			e.failed = err
		}
		return 0, err
	}
	n, err := e.from.Read(p[:min(int64(len(p)), e.left)])
	e.left -= int64(n)
	switch {
	case errors.Is(err, io.EOF) && e.left > 0:
		e.failed = &InvalidError{Field: "size", Problem: fmt.Sprintf("is larger than the content by %d bytes", e.left)}
		return n, e.failed
	case errors.Is(err, io.EOF):
		err = nil // the next read looks for more
	case err != nil:
		e.failed = err
	}
	return n, err
}

// MediaInfo is what Meta says of a file.
type MediaInfo struct {
	URL    string // for Download, within 5 minutes (Cloud API, media)
	MIME   string
	SHA256 string // as received; Meta does not say of which bytes
	Size   int64  // bytes; 0 where Meta does not say
}

// LookupMedia asks for the address of a file of this number. A webhook's file
// lives 7 days, an uploaded one 30 (Cloud API, media). It changes nothing and may
// be called again. Errors are as of Phone; ErrGone where Graph answers 404, which
// happens for a moment while a file is new too: only the end of its days makes
// sure. Code 100 is less than that: Graph says it of a file that is not there and
// of one that the token may not see.
func (c *Client) LookupMedia(ctx context.Context, id, phoneNumberID string) (MediaInfo, error) {
	q, err := aboutMedia(id, phoneNumberID)
	if err != nil {
		return MediaInfo{}, err
	}
	a, err := c.ask(ctx, q)
	if err != nil {
		return MediaInfo{}, gone(err)
	}
	m := MediaInfo{
		URL:    text(a.body.Get("url")),
		MIME:   text(a.body.Get("mime_type")),
		SHA256: text(a.body.Get("sha256")),
	}
	if a.status != http.StatusOK || m.URL == "" {
		return MediaInfo{}, a.unusable()
	}
	if s := text(a.body.Get("file_size")); s != "" {
		if m.Size, err = strconv.ParseInt(s, 10, 64); err != nil || m.Size < 0 {
			return MediaInfo{}, fmt.Errorf("%w: %.40q is no size of a file", ErrNoAnswer, s)
		}
	}
	return m, nil
}

func aboutMedia(id, phoneNumberID string) (call, error) {
	if err := mediaID("media id", id); err != nil {
		return call{}, err
	}
	if err := numeric("phone number id", phoneNumberID); err != nil {
		return call{}, err
	}
	return call{method: http.MethodGet, node: id, query: url.Values{"phone_number_id": {phoneNumberID}}}, nil
}

// ErrGone means that Meta has a file no more, or not at this address: 404 or 410.
// Of Download it means that the address has to be looked up again.
var ErrGone = errors.New("cloudapi: Meta does not have the file there")

func gone(err error) error {
	if e, ok := errors.AsType[*Error](err); ok && isGone(e.HTTP) {
		return fmt.Errorf("%w: %w", ErrGone, err)
	}
	return err
}

func isGone(status int) bool { return status == http.StatusNotFound || status == http.StatusGone }

package cloudapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"shopbell/core/chat"
)

// Media is a file of a message: one that Meta has, or one that is still to be
// uploaded.
type Media struct {
	Kind chat.Kind // one of chat.MediaKinds; in a header an image, a video or a document
	// ID is Meta's, as UploadMedia returned it. Empty where File is set.
	ID string
	// File names the content on this computer: its SHA-256 in lower-case hex. See
	// LocalFile.
	File string
	// Name is what the customer sees of a document; no other kind is sent with one.
	Name string
	// Voice marks an audio as recorded on the spot: OGG with OPUS, one channel.
	Voice bool
}

// wireMedia is a file in a message. The caption stands here on the wire.
type wireMedia struct {
	ID       string `json:"id"`
	Caption  string `json:"caption,omitempty"`
	Filename string `json:"filename,omitempty"`
	Voice    bool   `json:"voice,omitempty"`
}

// localPrefix marks the id of a file that Meta does not have yet. Meta's own ids
// are digits.
const localPrefix = "file:"

var fileForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

func (w *wireMessage) media(m *Media, caption string) error {
	file, err := m.encode("media")
	if err != nil {
		return err
	}
	switch m.Kind {
	case chat.KindAudio, chat.KindSticker:
		if caption != "" {
			return &InvalidError{Field: "text", Problem: fmt.Sprintf("does not stand under a message of the kind %s: send two", m.Kind)}
		}
	default:
		if err := within("text", caption, chat.MaxCaption); err != nil {
			return err
		}
		file.Caption = caption
	}
	w.Type = string(m.Kind)
	switch m.Kind {
	case chat.KindImage:
		w.Image = file
	case chat.KindVideo:
		w.Video = file
	case chat.KindAudio:
		w.Audio = file
	case chat.KindDocument:
		w.Document = file
	case chat.KindSticker:
		w.Sticker = file
	}
	return nil
}

// inHeader encodes a file above a text, where it has no caption.
func (m *Media) inHeader() (*wireMedia, error) {
	switch m.Kind {
	case chat.KindImage, chat.KindVideo, chat.KindDocument:
		return m.encode("header.media")
	}
	return nil, &InvalidError{Field: "header.media.kind", Problem: fmt.Sprintf("is %q: want an image, a video or a document", m.Kind)}
}

func (m *Media) encode(field string) (*wireMedia, error) {
	if !m.Kind.HasMedia() {
		return nil, &InvalidError{Field: field + ".kind", Problem: fmt.Sprintf("is %q, which is no kind of file", m.Kind)}
	}
	w := &wireMedia{ID: m.ID, Voice: m.Voice && m.Kind == chat.KindAudio}
	switch {
	case m.ID != "" && m.File != "":
		return nil, &InvalidError{Field: field + ".id", Problem: "and a file on this computer: want one of them"}
	case m.File != "":
		if !fileForm.MatchString(m.File) {
			return nil, &InvalidError{Field: field + ".file", Problem: "is no SHA-256 in lower-case hex"}
		}
		w.ID = localPrefix + m.File
	default:
		if err := mediaID(field+".id", m.ID); err != nil {
			return nil, err
		}
	}
	if m.Kind == chat.KindDocument {
		if err := within(field+".name", m.Name, maxFilename); err != nil {
			return nil, err
		}
		w.Filename = m.Name
	}
	return w, nil
}

// maxFilename, in UTF-16 units, is what file systems take with room to spare; Meta
// names no limit.
const maxFilename = 240

var mediaIDForm = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// mediaID checks an id that becomes part of an address or of a message. Meta's
// are digits today; that they stay so is nowhere promised.
func mediaID(field, id string) error {
	if !mediaIDForm.MatchString(id) {
		return &InvalidError{Field: field, Problem: fmt.Sprintf("%q is not an id of Meta's", id)}
	}
	return nil
}

// LocalFile reports whether a body of Outgoing.Encode still waits for an upload,
// and of which file: the Media.File that it was made from. Such a body goes
// through WithMediaID before it is sent. Of any other body ok is false.
func LocalFile(body []byte) (file string, ok bool) {
	if !bytes.Contains(body, []byte(localPrefix)) { // most have no file: this is on the way of each message
		return "", false
	}
	w, err := decodeMessage(body)
	if err != nil {
		return "", false
	}
	slot := w.file()
	if slot == nil {
		return "", false
	}
	file, ok = strings.CutPrefix(slot.ID, localPrefix)
	return file, ok && fileForm.MatchString(file)
}

// WithMediaID returns a body of Outgoing.Encode with another id for its file,
// whether it waited for an upload or Meta has forgotten the id it had (an upload
// lives 30 days: Cloud API, media). An *InvalidError where id is none of Meta's;
// another error where body has no file or was not made by Encode.
func WithMediaID(body []byte, id string) ([]byte, error) {
	if err := mediaID("media.id", id); err != nil {
		return nil, err
	}
	w, err := decodeMessage(body)
	if err != nil {
		return nil, err
	}
	slot := w.file()
	if slot == nil {
		return nil, errors.New("cloudapi: the message has no file")
	}
	slot.ID = id
	return json.Marshal(w)
}

// decodeMessage reads a body of Encode. It refuses fields that it does not know,
// since they would be lost when the body is written again.
func decodeMessage(body []byte) (*wireMessage, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	w := new(wireMessage)
	if err := d.Decode(w); err != nil {
		return nil, fmt.Errorf("cloudapi: not a message of this program: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("cloudapi: not a message of this program: something follows it")
	}
	return w, nil
}

// file is where the message names its file, nil where it has none. Encode never
// makes a message with two.
func (w *wireMessage) file() *wireMedia {
	found := []*wireMedia{w.Image, w.Video, w.Audio, w.Document, w.Sticker}
	if w.Interactive != nil && w.Interactive.Header != nil {
		h := w.Interactive.Header
		found = append(found, h.Image, h.Video, h.Document)
	}
	if w.Template != nil {
		for _, c := range w.Template.Components {
			for _, p := range c.Parameters {
				found = append(found, p.Image, p.Video, p.Document)
			}
		}
	}
	for _, m := range found {
		if m != nil {
			return m
		}
	}
	return nil
}

package sandbox

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// How long Meta keeps what (cloud-api section 4): files of customers, those of
// the shop, and the address that a look-up gives.
const (
	inboundLife = 7 * 24 * time.Hour
	uploadLife  = 30 * 24 * time.Hour
	addressLife = 5 * time.Minute
)

// kinds are the files the Cloud API takes by the type of message they go in,
// with the largest size of each (cloud-api section 4). A sticker that moves may
// have animatedSticker.
var kinds = map[string]struct {
	types []string
	limit int
}{
	"image":    {[]string{"image/jpeg", "image/png"}, 5 << 20},
	"video":    {[]string{"video/mp4", "video/3gpp"}, 16 << 20},
	"audio":    {[]string{"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"}, 16 << 20},
	"sticker":  {[]string{"image/webp"}, 100 << 10},
	"document": {documents, 100 << 20},
}

const animatedSticker = 500 << 10

var documents = []string{
	"text/plain", "application/pdf", "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"application/vnd.openxmlformats-officedocument.presentationml.presentation",
}

// kindOf returns the type of message that a MIME type goes in; "" for none.
func kindOf(mimeType string) string {
	base, _, err := mime.ParseMediaType(mimeType)
	if err != nil {
		return ""
	}
	for kind, k := range kinds {
		if slices.Contains(k.types, base) {
			return kind
		}
	}
	return ""
}

// kept is a file at the simulated Meta.
type kept struct {
	id      string
	file    File
	inbound bool
	until   time.Time
}

// digest is base64 of the SHA-256 of the content.
func (k *kept) digest() string {
	sum := sha256.Sum256(k.file.Content)
	return base64.StdEncoding.EncodeToString(sum[:])
}

// keep stores a file. Callers hold mu.
func (s *Sandbox) keep(f File, inbound bool) *kept {
	s.count++
	life := uploadLife
	if inbound {
		life = inboundLife
	}
	k := &kept{id: strconv.FormatUint(700_000_000_000_000+s.count, 10), file: f, inbound: inbound, until: s.o.Now().Add(life)}
	s.media[k.id] = k
	return k
}

// found returns the file with this id; nil when there is none, or none any more.
// Callers hold mu.
func (s *Sandbox) found(id string) *kept {
	k := s.media[id]
	if k == nil || !s.o.Now().Before(k.until) {
		return nil
	}
	return k
}

// address gives a file an address for the next 5 minutes. Callers hold mu.
func (s *Sandbox) address(k *kept) string {
	host := "http://" + s.addr
	if s.faults.Media.Foreign != "" {
		host = s.faults.Media.Foreign
	}
	until := strconv.FormatInt(s.o.Now().Add(addressLife).Unix(), 10)
	return host + "/whatsapp_business/attachments/?mid=" + k.id + "&ext=" + until + "&hash=" + s.seal(k.id, until)
}

// seal proves that an address was given out by this sandbox.
func (s *Sandbox) seal(id, until string) string {
	mac := hmac.New(sha256.New, []byte(s.o.AppSecret+s.run))
	mac.Write([]byte(id + " " + until))
	return hex.EncodeToString(mac.Sum(nil)[:12])
}

// upload takes a file of the shop's.
func (s *Sandbox) upload(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, int64(kinds["document"].limit)+1<<20)
	parts, err := r.MultipartReader()
	if err != nil {
		refuse(w, *wrong(100, "The request is not multipart/form-data: %v", err))
		return
	}
	f, bad := readUpload(parts)
	if bad == nil {
		bad = judgeFile(f)
	}
	s.mu.Lock()
	if bad == nil && s.faults.Media.Refuse.happens(s.rng, "") {
		bad = s.faults.Media.Refuse.refusal()
	}
	var k *kept
	if bad == nil {
		k = s.keep(f, false)
		s.stats.Uploaded++
	}
	s.mu.Unlock()
	if bad != nil {
		refuse(w, *bad)
		return
	}
	answer(w, http.StatusOK, object{"id": k.id})
}

// readUpload reads the parts messaging_product, type and file, in any order.
func readUpload(parts *multipart.Reader) (f File, bad *refusal) {
	fields := map[string]string{}
	partType := ""
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return File{}, wrong(100, "The request ends within a part: %v", err)
		}
		content, err := io.ReadAll(part)
		if err != nil {
			return File{}, wrong(100, "The request ends within a part: %v", err)
		}
		if name := part.FormName(); name != "file" {
			fields[name] = string(content)
			continue
		}
		f.Name, f.Content, partType = part.FileName(), content, part.Header.Get("Content-Type")
	}
	f.MIME = fields["type"]
	if f.MIME == "" {
		f.MIME = partType
	}
	switch {
	case fields["messaging_product"] != "whatsapp":
		return File{}, wrong(100, "messaging_product must be whatsapp")
	case f.Content == nil:
		return File{}, wrong(100, "file is required")
	case partType != "" && !sameType(partType, f.MIME):
		return File{}, wrong(131053, "type says %s, the part says %s", f.MIME, partType)
	}
	return f, nil
}

func sameType(a, b string) bool {
	a, _, errA := mime.ParseMediaType(a)
	b, _, errB := mime.ParseMediaType(b)
	return errA == nil && errB == nil && a == b
}

// judgeFile checks type, size, and the content where the standard library can
// tell it.
func judgeFile(f File) *refusal {
	kind := kindOf(f.MIME)
	limit := kinds[kind].limit
	if kind == "sticker" {
		limit = animatedSticker // which of the two it is shows in the content only
	}
	switch {
	case kind == "":
		return wrong(100, "Param file must be a file of a type that is taken; %q is not", f.MIME)
	case len(f.Content) == 0:
		return wrong(100, "The file is empty")
	case len(f.Content) > limit:
		return wrong(131053, "The file has %d bytes, at most %d are allowed for %s", len(f.Content), limit, f.MIME)
	}
	if kind != "image" && kind != "sticker" {
		return nil
	}
	if got := http.DetectContentType(f.Content); !sameType(got, f.MIME) {
		return wrong(131053, "The file says it is %s and is %s", f.MIME, got)
	}
	return nil
}

// lookUp tells where a file can be fetched for the next 5 minutes.
func (s *Sandbox) lookUp(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	s.mu.Lock()
	k := s.found(id)
	var about object
	if k != nil && (k.inbound && s.faults.Media.Forgotten) {
		k = nil
	}
	if k != nil {
		about = object{
			"messaging_product": "whatsapp", "id": k.id, "url": s.address(k), "mime_type": k.file.MIME,
			"sha256": k.digest(), "file_size": strconv.Itoa(len(k.file.Content)),
		}
	}
	s.mu.Unlock()
	if of := r.FormValue("phone_number_id"); about == nil || of != "" && of != s.o.PhoneNumberID {
		refuse(w, missing(id))
		return
	}
	answer(w, http.StatusOK, about)
}

// drop deletes a file.
func (s *Sandbox) drop(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	s.mu.Lock()
	k := s.found(id)
	delete(s.media, id)
	s.mu.Unlock()
	if k == nil {
		refuse(w, missing(id))
		return
	}
	answer(w, http.StatusOK, object{"success": true})
}

// download serves a file at an address of lookUp, in ranges where they are asked
// for. An address that is over, or of nobody's making, gives 404.
func (s *Sandbox) download(w http.ResponseWriter, r *http.Request) {
	id, until, hash := r.FormValue("mid"), r.FormValue("ext"), r.FormValue("hash")
	s.mu.Lock()
	k := s.found(id)
	last, err := strconv.ParseInt(until, 10, 64)
	over := err != nil || s.o.Now().Unix() > last || !hmac.Equal([]byte(hash), []byte(s.seal(id, until)))
	m := &s.faults.Media
	absent := k == nil || over || k.inbound && m.Forgotten || m.NotYet.happens(s.rng)
	cut := !absent && m.CutHalf.happens(s.rng)
	whole := m.NoRanges
	s.mu.Unlock()
	if absent {
		http.Error(w, "Not found", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", k.file.MIME)
	switch {
	case cut:
		w.Header().Set("Content-Length", strconv.Itoa(len(k.file.Content)))
		// Half of it arrives for sure, and then the connection is gone.
		_, err := w.Write(k.file.Content[:len(k.file.Content)/2])
		if err == nil {
			err = http.NewResponseController(w).Flush()
		}
		if err == nil {
			s.hangUp(w)
		}
	case whole:
		w.Header().Set("Content-Length", strconv.Itoa(len(k.file.Content)))
		// The caller may have hung up.
		_, _ = w.Write(k.file.Content)
	default:
		w.Header().Set("ETag", `"`+strings.TrimRight(k.digest(), "=")+`"`)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(k.file.Content))
	}
}

// missing is Graph's answer about an object that is not there.
func missing(id string) refusal {
	return refusal{Code: 100, Subcode: 33, Message: "Unsupported request",
		Details: fmt.Sprintf("Object with ID '%s' does not exist or cannot be loaded due to missing permissions", id)}
}

// Files returns the files that are here, in the order they came: with uploads
// those of the shop, without it those of customers.
func (s *Sandbox) Files(uploads bool) []File {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []*kept
	for _, k := range s.media {
		if k.inbound != uploads {
			list = append(list, k)
		}
	}
	slices.SortFunc(list, func(a, b *kept) int { return strings.Compare(a.id, b.id) })
	out := make([]File, len(list))
	for i, k := range list {
		out[i] = k.file
	}
	return out
}

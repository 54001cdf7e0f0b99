package sandbox

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/cloudapi"
)

// ask makes a request to the Graph API with the shop's token.
func (w world) ask(t *testing.T, method, path, body string) (status int, answer string) {
	t.Helper()
	address := path
	if !strings.HasPrefix(path, "http") {
		address = w.GraphURL() + path
	}
	req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+keys.Token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(raw)
}

func (w world) fetch(t *testing.T, address string) []byte {
	t.Helper()
	content, err := w.download(t, address, 0)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func (w world) download(t *testing.T, address string, offset int64) ([]byte, error) {
	t.Helper()
	body, info, err := w.client.Download(t.Context(), address, offset)
	if err != nil {
		return nil, err
	}
	defer body.Close()
	content, err := io.ReadAll(body)
	if err == nil && info.Size >= 0 && int64(len(content)) != info.Size-info.Offset {
		t.Errorf("%d bytes from %d on, of %d", len(content), info.Offset, info.Size)
	}
	return content, err
}

func (w world) give(t *testing.T, f File) (string, error) {
	t.Helper()
	name := f.Name
	if name == "" {
		name = "file"
	}
	return w.client.UploadMedia(t.Context(), keys.PhoneNumberID, f.MIME, name, int64(len(f.Content)), bytes.NewReader(f.Content))
}

func TestFilesOfTheShop(t *testing.T) {
	w := open(t)
	for _, f := range []File{Photo(3), Voice(), Clip(), Sticker(), Receipt(5)} {
		t.Run("uploaded as "+f.MIME, func(t *testing.T) {
			id, err := w.give(t, f)
			if err != nil {
				t.Fatal(err)
			}
			info, err := w.client.LookupMedia(t.Context(), id, keys.PhoneNumberID)
			if err != nil || info.MIME != f.MIME || info.Size != int64(len(f.Content)) {
				t.Fatalf("look-up = %+v, %v", info, err)
			}
			if got := w.fetch(t, info.URL); !bytes.Equal(got, f.Content) {
				t.Errorf("%d bytes came back of %d", len(got), len(f.Content))
			}
			if status, answer := w.ask(t, "DELETE", "/v25.0/"+id, ""); status != 200 {
				t.Errorf("deleting: HTTP %d %s", status, answer)
			}
			if _, err := w.client.LookupMedia(t.Context(), id, keys.PhoneNumberID); code(err) != 100 {
				t.Errorf("after deleting: %v", err)
			}
		})
	}
	big := bytes.Repeat([]byte{0}, 5<<20+1)
	copy(big, "\xff\xd8\xff")
	for name, tt := range map[string]struct {
		file File
		code int
	}{
		"of a type that is not taken":         {File{MIME: "image/gif", Content: []byte("GIF89a")}, 100},
		"that says it is another":             {File{MIME: "image/png", Content: Photo(1).Content}, 131053},
		"larger than the limit of its kind":   {File{MIME: "image/jpeg", Content: big}, 131053},
		"a sticker larger than any may be":    {File{MIME: "image/webp", Content: append([]byte("RIFF\x00\x00\x00\x00WEBPVP"), big[:501<<10]...)}, 131053},
		"that is a program, whatever it says": {File{MIME: "image/jpeg", Content: []byte("MZ\x90\x00")}, 131053},
	} {
		t.Run("a file "+name+" is refused", func(t *testing.T) {
			if _, err := w.give(t, tt.file); code(err) != tt.code {
				t.Errorf("error = %v, want code %d", err, tt.code)
			}
		})
	}
	if n := w.Stats().Uploaded; n != 5 {
		t.Errorf("%d uploads counted", n)
	}
}

func TestAddressesOfFilesLiveFiveMinutes(t *testing.T) {
	w := open(t)
	m := w.say(t, ann, Image(Photo(1), ""))
	w.clock.move(5*time.Minute + time.Second)
	if _, err := w.download(t, m.Media.URL, 0); !errors.Is(err, cloudapi.ErrGone) {
		t.Errorf("an old address: %v", err)
	}
	info, err := w.client.LookupMedia(t.Context(), m.Media.ID, keys.PhoneNumberID)
	if err != nil {
		t.Fatal(err)
	}
	w.fetch(t, info.URL)
	if _, err := w.download(t, strings.Replace(info.URL, "ext=1", "ext=2", 1), 0); !errors.Is(err, cloudapi.ErrGone) {
		t.Errorf("an address that was made longer: %v", err)
	}
	w.clock.move(7 * 24 * time.Hour)
	if _, err := w.client.LookupMedia(t.Context(), m.Media.ID, keys.PhoneNumberID); code(err) != 100 {
		t.Errorf("after 7 days: %v", err)
	}
}

func TestFaultsOfFiles(t *testing.T) {
	w := open(t)
	photo := Photo(2)
	m := w.say(t, ann, Image(photo, ""))
	half := int64(len(photo.Content) / 2)
	t.Run("a download may go on where it ended", func(t *testing.T) {
		got, err := w.download(t, m.Media.URL, half)
		if err != nil || !bytes.Equal(got, photo.Content[half:]) {
			t.Errorf("%d bytes, %v", len(got), err)
		}
	})
	t.Run("a download may begin anew instead", func(t *testing.T) {
		w.spoil(t, Faults{Media: MediaFaults{NoRanges: true}})
		if got, err := w.download(t, m.Media.URL, half); err != nil || len(got) != len(photo.Content) {
			t.Errorf("%d bytes, %v", len(got), err)
		}
	})
	t.Run("a download may end in the middle", func(t *testing.T) {
		w.spoil(t, Faults{Media: MediaFaults{CutHalf: Often{Next: 1}}})
		got, err := w.download(t, m.Media.URL, 0)
		if err == nil || int64(len(got)) > half {
			t.Errorf("%d bytes of %d, %v", len(got), len(photo.Content), err)
		}
		w.fetch(t, m.Media.URL)
	})
	t.Run("a file may not be there yet", func(t *testing.T) {
		w.spoil(t, Faults{Media: MediaFaults{NotYet: Often{Next: 1}}})
		if _, err := w.download(t, m.Media.URL, 0); !errors.Is(err, cloudapi.ErrGone) {
			t.Errorf("error = %v", err)
		}
		w.fetch(t, m.Media.URL)
	})
	t.Run("a file may be gone", func(t *testing.T) {
		w.spoil(t, Faults{Media: MediaFaults{Forgotten: true}})
		if _, err := w.client.LookupMedia(t.Context(), m.Media.ID, keys.PhoneNumberID); code(err) != 100 {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("an address may lead to a stranger", func(t *testing.T) {
		w.spoil(t, Faults{Media: MediaFaults{Foreign: "https://files.example"}})
		got := w.say(t, ann, Image(photo, ""))
		if !strings.HasPrefix(got.Media.URL, "https://files.example/") {
			t.Errorf("address = %q", got.Media.URL)
		}
	})
	t.Run("a webhook may have no address", func(t *testing.T) {
		w.spoil(t, Faults{Media: MediaFaults{NoURL: true}})
		if got := w.say(t, ann, Image(photo, "")); got.Media.URL != "" || got.Media.ID == "" {
			t.Errorf("file = %+v", got.Media)
		}
	})
	t.Run("an upload may be refused", func(t *testing.T) {
		w.spoil(t, Faults{Media: MediaFaults{Refuse: Refusal{Often: Often{Next: 1}, Code: 131016}}})
		if _, err := w.give(t, photo); code(err) != 131016 {
			t.Errorf("error = %v", err)
		}
		if _, err := w.give(t, photo); err != nil {
			t.Error(err)
		}
	})
}

// What the desk sends with a file reaches the customer with that file.
func TestFilesReachTheCustomer(t *testing.T) {
	w := open(t)
	w.write(t, ann, "Hello")
	for kind, f := range map[chat.Kind]File{
		chat.KindImage: Photo(4), chat.KindVideo: Clip(), chat.KindAudio: Voice(), chat.KindDocument: Receipt(9), chat.KindSticker: Sticker(),
	} {
		t.Run("as "+string(kind), func(t *testing.T) {
			id, err := w.give(t, f)
			if err != nil {
				t.Fatal(err)
			}
			o := cloudapi.Outgoing{Media: &cloudapi.Media{Kind: kind, ID: id, Name: f.Name, Voice: kind == chat.KindAudio}}
			if err := w.post(t, ann, o); err != nil {
				t.Fatal(err)
			}
			inbox := w.Inbox(ann)
			got := inbox[len(inbox)-1]
			if got.Kind != kind || got.File == nil || !bytes.Equal(got.File.Content, f.Content) || got.Voice != (kind == chat.KindAudio) {
				t.Errorf("delivered = %+v", got)
			}
		})
	}
	t.Run("but not one that Meta does not have", func(t *testing.T) {
		err := w.post(t, ann, cloudapi.Outgoing{Media: &cloudapi.Media{Kind: chat.KindImage, ID: "123"}})
		if code(err) != 131009 {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("and not as another kind than it is", func(t *testing.T) {
		id, err := w.give(t, Clip())
		if err != nil {
			t.Fatal(err)
		}
		err = w.post(t, ann, cloudapi.Outgoing{Media: &cloudapi.Media{Kind: chat.KindImage, ID: id}})
		if code(err) != 131053 {
			t.Errorf("error = %v", err)
		}
	})
}

// post sends o to c as the desk would.
func (w world) post(t *testing.T, c Customer, o cloudapi.Outgoing) error {
	t.Helper()
	o.To = chat.Address{Kind: chat.AliasPhone, Value: c.Phone}
	if c.Phone == "" {
		o.To = chat.Address{Kind: chat.AliasUser, Value: c.UserID}
	}
	body, err := o.Encode()
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.client.Send(t.Context(), keys.PhoneNumberID, body)
	return err
}

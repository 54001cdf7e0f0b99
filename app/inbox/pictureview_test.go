package inbox

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// clipboard keeps what was put on it.
type clipboard struct {
	picture image.Image
	content []byte // to be pasted
	err     error
}

func (c *clipboard) Paste(done func([]byte, error)) { done(c.content, c.err) }

func (c *clipboard) Copy(picture image.Image, done func(error)) {
	if c.err == nil {
		c.picture = picture
	}
	done(c.err)
}

// photo is a message with a picture that is here.
func (s *stage) photo(content []byte) *chat.Media {
	return &chat.Media{MIME: "image/png", Size: int64(len(content)), State: chat.MediaHere, File: s.desk.PutFile(content)}
}

// looking opens the picture of a message, and returns what shows it.
func (s *stage) looking(t *testing.T, id chat.MessageID) *kit.Viewer {
	t.Helper()
	s.chat.act(keyOf(id), kit.ActOpen)
	v, ok := s.floating.(*kit.Viewer)
	if !ok {
		t.Fatalf("%T floats over the window", s.floating)
	}
	v.Resize(fyne.NewSize(840, 656))
	return v
}

// claims is a PNG that says it has so many pixels.
func claims(t *testing.T, width, height uint32) []byte {
	content := photoOf(t, 2, 2)
	head := content[12:29] // the name of the chunk and its 13 bytes
	binary.BigEndian.PutUint32(head[4:], width)
	binary.BigEndian.PutUint32(head[8:], height)
	binary.BigEndian.PutUint32(content[29:], crc32.ChecksumIEEE(head))
	return content
}

func TestPictureView(t *testing.T) {
	t.Run("a picture is shown whole with who sent it, when and its caption, and nothing opens outside", func(t *testing.T) {
		s := newStage(t)
		v := s.looking(t, s.say(chat.Message{Kind: chat.KindImage, Text: "the sole", Media: s.photo(photoOf(t, 1680, 600))}))
		if d := v.Data(); d.Who != "João Ferreira" || d.Caption != "the sole" || d.Message != "" || d.When != "14:06 · "+s.bench.Words.Size(int64(len(photoOf(t, 1680, 600)))) {
			t.Errorf("it says %+v", d)
		}
		if v.Zoom() != 0.5 || len(s.outside.shown) != 0 {
			t.Errorf("zoom %v, opened outside %q", v.Zoom(), s.outside.shown)
		}
	})
	t.Run("Enter at the picture shows it", func(t *testing.T) {
		s := newStage(t)
		s.say(chat.Message{Kind: chat.KindImage, Media: s.photo(photoOf(t, 20, 20))})
		s.window.Canvas().Focus(s.chat.thread)
		s.chat.thread.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if v, ok := s.floating.(*kit.Viewer); !ok || s.focused != fyne.Focusable(v) {
			t.Errorf("%T floats, %T has the keyboard", s.floating, s.focused)
		}
	})
	t.Run("arrows go through the pictures of the chat, and further back than is loaded", func(t *testing.T) {
		s := newStage(t)
		first := s.desk.Say(1, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindImage, Text: "first", Media: s.photo(photoOf(t, 30, 30))})
		for range chatPageSize {
			s.desk.Say(1, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindText, Text: "and so on"})
		}
		second := s.desk.Say(1, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindImage, Text: "second", Media: s.photo(photoOf(t, 40, 40))})
		third := s.say(chat.Message{Kind: chat.KindSticker, Media: s.photo(photoOf(t, 50, 50))})
		v := s.looking(t, third)
		if d := v.Data(); !d.Older || d.Newer {
			t.Errorf("at the newest: %+v", d)
		}
		var seen []chat.MessageID
		for range 2 {
			v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
			seen = append(seen, s.chat.viewing.at)
		}
		if !slices.Equal(seen, []chat.MessageID{second, first}) || v.Data().Caption != "first" || !v.Data().Newer {
			t.Errorf("went to %v, shows %+v", seen, v.Data())
		}
		v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
		if v.Data().Caption != "second" {
			t.Errorf("then it shows %+v", v.Data())
		}
	})
	t.Run("and further on, where a part of the chat far back is open", func(t *testing.T) {
		s := newStage(t)
		first := s.desk.Say(1, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindImage, Text: "first", Media: s.photo(photoOf(t, 30, 30))})
		for range 3 * chatPageSize {
			s.desk.Say(1, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindText, Text: "and so on"})
		}
		last := s.desk.Say(1, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindImage, Text: "last", Media: s.photo(photoOf(t, 40, 40))})
		s.OpenAt(1, first, "")
		v := s.looking(t, first)
		v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
		if s.chat.viewing.at != last || v.Data().Newer {
			t.Errorf("went to %d, shows %+v", s.chat.viewing.at, v.Data())
		}
	})
	t.Run("there is an end to looking further back", func(t *testing.T) {
		s := newStage(t)
		for range chatPageSize {
			s.desk.Say(1, chat.Message{Author: chat.AuthorCustomer, Kind: chat.KindText, Text: "and so on"})
		}
		v := s.looking(t, s.say(chat.Message{Kind: chat.KindImage, Media: s.photo(photoOf(t, 50, 50))}))
		v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
		if !slices.Equal(s.said, []string{"There is no further picture."}) || v.Data().Older {
			t.Errorf("said %q, offers one before: %v", s.said, v.Data().Older)
		}
	})
	t.Run("a picture of too many pixels is not decoded, and says how large it is", func(t *testing.T) {
		s := newStage(t)
		v := s.looking(t, s.say(chat.Message{Kind: chat.KindImage, Media: s.photo(claims(t, 60000, 50000))}))
		if d := v.Data(); !strings.HasPrefix(d.Message, "The picture has 60,000 × 50,000 pixels. Shopbell shows up to 50 million.") || d.Again != "" || d.NoCopy == "" || d.NoSave != "" {
			t.Errorf("it says %+v", d)
		}
	})
	t.Run("what cannot be read says so and can be tried again", func(t *testing.T) {
		s := newStage(t)
		id := s.say(chat.Message{Kind: chat.KindImage, Media: s.photo(photoOf(t, 20, 20))})
		s.desk.FailNext("Open", &desk.Error{Code: desk.Unavailable})
		v := s.looking(t, id)
		if d := v.Data(); d.Message == "" || d.Again != "Try again" {
			t.Fatalf("it says %+v", d)
		}
		v.OnAgain()
		if d := v.Data(); d.Message != "" || d.NoCopy != "" {
			t.Errorf("then it says %+v", d)
		}
	})
	t.Run("a picture that is coming shows how far it is, and then itself", func(t *testing.T) {
		s := newStage(t)
		content := photoOf(t, 20, 20)
		id := s.say(chat.Message{Kind: chat.KindImage, Media: &chat.Media{Size: 1 << 20, State: chat.MediaWaiting}})
		v := s.looking(t, id)
		if d := v.Data(); d.Message != "The picture is not here yet." || d.Again != "Fetch now" || d.NoSave == "" {
			t.Errorf("while it waits: %+v", d)
		}
		if v.OnSave(); !slices.Equal(s.said, []string{"The picture is not here"}) || len(s.outside.saved) != 0 {
			t.Errorf("saving said %q and kept %q", s.said, s.outside.saved)
		}
		v.OnAgain()
		if s.desk.Calls("Fetch") != 1 {
			t.Error("it is not asked for")
		}
		s.desk.SetMedia(id, chat.Media{Size: 1 << 20, Fetched: 1 << 19, State: chat.MediaFetching})
		s.heard()
		if d := v.Data(); d.Message != "50 % of 1 MB" || d.Progress != 0.5 {
			t.Errorf("while it comes: %+v", d)
		}
		s.desk.SetMedia(id, *s.photo(content))
		s.heard()
		if d := v.Data(); d.Message != "" || d.NoSave != "" || d.NoCopy != "" {
			t.Errorf("once it is here: %+v", d)
		}
	})
	t.Run("it is copied as large as it is, and where that fails it is said", func(t *testing.T) {
		s := newStage(t)
		v := s.looking(t, s.say(chat.Message{Kind: chat.KindImage, Media: s.photo(photoOf(t, 1680, 1200))}))
		v.TypedShortcut(&fyne.ShortcutCopy{})
		if s.clipboard.picture == nil || s.clipboard.picture.Bounds().Dx() != 1680 {
			t.Fatalf("on the clipboard is %v", s.clipboard.picture)
		}
		s.clipboard.err = errors.New("no")
		v.TypedShortcut(&fyne.ShortcutCopy{})
		if !slices.Equal(s.said, []string{"Picture copied", "The picture could not be copied. Save it instead."}) {
			t.Errorf("said %q", s.said)
		}
	})
	t.Run("a computer whose clipboard takes no pictures says so at the button", func(t *testing.T) {
		s := newStage(t)
		s.chat.Clipboard = nil
		s.Open(1)
		id := s.say(chat.Message{Kind: chat.KindImage, Media: s.photo(photoOf(t, 20, 20))})
		s.talk.Clipboard = nil
		v := s.looking(t, id)
		v.TypedShortcut(&fyne.ShortcutCopy{})
		if reason := v.Data().NoCopy; !strings.HasPrefix(reason, "Shopbell cannot put pictures on the clipboard") || !slices.Equal(s.said, []string{reason}) {
			t.Errorf("the button says %q, the key %q", reason, s.said)
		}
	})
	t.Run("saving keeps the file itself under a harmless name", func(t *testing.T) {
		s := newStage(t)
		content := photoOf(t, 20, 20)
		id := s.say(chat.Message{Kind: chat.KindImage, Media: s.photo(content)})
		v := s.looking(t, id)
		v.OnSave()
		if !slices.Equal(s.outside.saved, []string{"image-" + keyOf(id) + ".png"}) || !bytes.Equal(s.outside.content, content) {
			t.Errorf("saved %q, %d bytes", s.outside.saved, len(s.outside.content))
		}
	})
	t.Run("a file that is dropped on it goes into the next message, where it is seen", func(t *testing.T) {
		s := newStage(t)
		s.looking(t, s.say(chat.Message{Kind: chat.KindImage, Media: s.photo(photoOf(t, 20, 20))}))
		s.Drop([]Offer{offer("a.pdf", pdf)})
		if s.floating != nil || len(s.chat.tray.Files()) != 1 {
			t.Errorf("%T floats over %d files", s.floating, len(s.chat.tray.Files()))
		}
	})
	t.Run("it closes when another chat is opened", func(t *testing.T) {
		s := newStage(t)
		s.looking(t, s.say(chat.Message{Kind: chat.KindImage, Media: s.photo(photoOf(t, 20, 20))}))
		if s.Open(3); s.floating != nil {
			t.Errorf("%T stays over another chat", s.floating)
		}
	})
}

func TestSource(t *testing.T) {
	halves := func(width, height int) image.Image {
		img := image.NewPaletted(image.Rect(10, 10, 10+width, 10+height), color.Palette{color.White, color.Black})
		for y := 10; y < 10+height; y++ {
			for x := 10 + width/2; x < 10+width; x++ {
				img.SetColorIndex(x, y, 1)
			}
		}
		return img
	}
	grey := func(img image.Image, x, y int) uint8 {
		return color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y
	}
	t.Run("draws the part that is in sight, as near as is asked for", func(t *testing.T) {
		s := newSource(halves(100, 50))
		got := s.draw(kit.Sight{Width: 40, Height: 20, Zoom: 2, X: 40, Y: 5})
		if got.Bounds() != image.Rect(0, 0, 40, 20) || grey(got, 10, 10) != 255 || grey(got, 30, 10) != 0 {
			t.Errorf("%v: %d and %d", got.Bounds(), grey(got, 10, 10), grey(got, 30, 10))
		}
	})
	t.Run("what is shown far smaller is averaged and does not flicker", func(t *testing.T) {
		img := image.NewGray(image.Rect(0, 0, 400, 400))
		for i := range img.Pix {
			img.Pix[i] = uint8(i % 2 * 255)
		}
		got := newSource(img).draw(kit.Sight{Width: 100, Height: 100, Zoom: 0.25})
		for _, at := range []image.Point{{10, 10}, {11, 10}, {50, 71}} {
			if v := grey(got, at.X, at.Y); v < 100 || v > 155 {
				t.Errorf("stripes of black and white become %d at %v", v, at)
			}
		}
	})
	t.Run("a picture one pixel wide is drawn at any zoom", func(t *testing.T) {
		if got := newSource(halves(1, 3000)).draw(kit.Sight{Width: 1, Height: 30, Zoom: 0.01}); grey(got, 0, 15) != 0 {
			t.Errorf("%d", grey(got, 0, 15))
		}
	})
}

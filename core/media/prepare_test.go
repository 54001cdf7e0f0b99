package media_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"io"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/media"
)

func openFolder(t testing.TB) *media.Folder {
	t.Helper()
	f, err := media.OpenFolder(t.TempDir(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// content reads a file of a folder.
func content(t testing.TB, f *media.Folder, name string) []byte {
	t.Helper()
	file, err := f.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	b, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestPicturesAreMadeFitToBeSent(t *testing.T) {
	palette := image.NewPaletted(image.Rect(0, 0, 100, 50), color.Palette{color.Black, color.White})
	glass := drawn(1000, 500)
	glass.SetNRGBA(0, 0, color.NRGBA{})
	tests := []struct {
		name     string
		picture  []byte
		w, h     int
		mime     string
		original bool // is offered beside it
	}{
		{"a small photo stays as it is", jpegOf(t, 800, 600), 800, 600, "image/jpeg", false},
		{"a wide one is made narrow", jpegOf(t, 1000, 375), 800, 300, "image/jpeg", true},
		{"a high one is made low", jpegOf(t, 400, 800), 300, 600, "image/jpeg", true},
		{"one pixel too wide is too wide", jpegOf(t, 801, 600), 800, 599, "image/jpeg", true},
		{"a line stays a line", jpegOf(t, 4000, 1), 800, 1, "image/jpeg", true},
		{"one held upright is measured upright", held(jpegOf(t, 880, 660), 6), 450, 600, "image/jpeg", true},
		{"a small one held upright is turned", held(jpegOf(t, 80, 60), 8), 60, 80, "image/jpeg", true},
		{"a drawing becomes a photo", pngOf(t, drawn(1000, 500)), 800, 400, "image/jpeg", true},
		{"what can be seen through stays so", pngOf(t, glass), 800, 400, "image/png", true},
		{"a form that Meta does not take becomes one that it takes", pngOf(t, palette), 100, 50, "image/jpeg", false},
		{"a photo too large for Meta is sent, its original is not", sized(jpegOf(t, 900, 600), media.MaxImage+1), 800, 533, "image/jpeg", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := openFolder(t)
			a, err := f.Prepare("picture", bytes.NewReader(tt.picture))
			if err != nil {
				t.Fatal(err)
			}
			m := a.Media
			if a.Kind != chat.KindImage || m.Width != tt.w || m.Height != tt.h || m.MIME != tt.mime || m.State != chat.MediaHere || m.Name != "picture" {
				t.Errorf("it is a %q: %+v; want %s of %d x %d", a.Kind, m, tt.mime, tt.w, tt.h)
			}
			stored := content(t, f, m.File)
			cfg, form, err := image.DecodeConfig(bytes.NewReader(stored))
			if err != nil || "image/"+form != tt.mime || cfg.Width != tt.w || cfg.Height != tt.h || m.Size != int64(len(stored)) {
				t.Errorf("stored is a %s of %d x %d and %d bytes (%v), want what was said: %+v", form, cfg.Width, cfg.Height, len(stored), err, m)
			}
			if (a.Original != nil) != tt.original {
				t.Fatalf("the original is %+v, want one: %t", a.Original, tt.original)
			}
			if tt.original && !bytes.Equal(content(t, f, a.Original.File), tt.picture) {
				t.Error("the original is not what was offered")
			}
		})
	}
}

func TestAPictureIsSetUpright(t *testing.T) {
	red, green, blue, white := [3]bool{true, false, false}, [3]bool{false, true, false}, [3]bool{false, false, true}, [3]bool{true, true, true}
	// The corners of the upright picture from the upper left, clockwise.
	for o, want := range map[byte][4][3]bool{
		2: {green, red, white, blue}, 3: {blue, white, red, green}, 4: {white, blue, green, red},
		5: {red, white, blue, green}, 6: {white, red, green, blue}, 7: {blue, green, red, white}, 8: {green, blue, white, red},
	} {
		f := openFolder(t)
		a, err := f.Prepare("", bytes.NewReader(held(jpegOf(t, 160, 120), o)))
		if err != nil {
			t.Fatal(err)
		}
		img, _, err := image.Decode(bytes.NewReader(content(t, f, a.Media.File)))
		if err != nil {
			t.Fatal(err)
		}
		b := img.Bounds().Inset(10)
		var got [4][3]bool
		for i, p := range []image.Point{b.Min, {b.Max.X, b.Min.Y}, b.Max, {b.Min.X, b.Max.Y}} {
			r, g, b, _ := img.At(p.X, p.Y).RGBA()
			got[i] = [3]bool{r > 0x8000, g > 0x8000, b > 0x8000}
		}
		if got != want {
			t.Errorf("orientation %d: the corners are %v, want %v", o, got, want)
		}
	}
}

func TestPrepareRefuses(t *testing.T) {
	bomb := bombed(pngOf(t, drawn(8, 8)), 20_000, 10_000)
	tests := []struct {
		name, file string
		content    io.Reader
		want       desk.FileError
	}{
		{"a picture that would fill the memory", "a.png", bytes.NewReader(bomb), desk.FileError{Code: chat.MediaDamaged, MIME: "image/png", Size: int64(len(bomb))}},
		{"a picture with nothing behind its beginning", "a.jpg", bytes.NewReader(held(jpegOf(t, 900, 900)[:700], 1)), desk.FileError{Code: chat.MediaDamaged, MIME: "image/jpeg", Size: 736}},
		{"a film that is too large", "a.mp4", bytes.NewReader(sized(mp4("isom", true, 1, 0), 17<<20)), desk.FileError{Code: chat.MediaTooLarge, MIME: "video/mp4", Size: 17 << 20, Limit: 16 << 20}},
		{"a file without an end", "a.txt", endless{}, desk.FileError{Code: chat.MediaTooLarge, MIME: "text/plain", Size: media.MaxDocument + 1, Limit: media.MaxDocument}},
		{"a film without an end", "a.mp4", io.MultiReader(bytes.NewReader(mp4("isom", true, 1, 0)), endless{}), desk.FileError{Code: chat.MediaTooLarge, MIME: "video/mp4", Size: media.MaxDocument + 1, Limit: media.MaxVideo}},
		{"a photo that is called a document", "a.pdf", bytes.NewReader(jpegOf(t, 1000, 1000)), desk.FileError{Code: chat.MediaDisguised, MIME: "image/jpeg", Size: int64(len(jpegOf(t, 1000, 1000)))}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := openFolder(t).Prepare(tt.file, tt.content)
			got, ok := errors.AsType[*desk.FileError](err)
			if !ok || *got != tt.want {
				t.Errorf("the error is %v (%+v), want %+v", err, got, tt.want)
			}
		})
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

package media_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/media"
)

func TestInspectKnowsFilesByTheirContent(t *testing.T) {
	const opus = "audio/ogg; codecs=opus"
	tests := []struct {
		name    string
		file    string
		content []byte
		kind    chat.Kind
		want    chat.Media
	}{
		{"a photo", "a.jpg", jpegOf(t, 40, 30), chat.KindImage, chat.Media{MIME: "image/jpeg", Width: 40, Height: 30}},
		{"a photo that is called otherwise", "a.jpg", pngOf(t, drawn(4, 3)), chat.KindImage, chat.Media{MIME: "image/png", Width: 4, Height: 3}},
		{"a photo without a name", "", jpegOf(t, 8, 8), chat.KindImage, chat.Media{MIME: "image/jpeg", Width: 8, Height: 8}},
		{"a film", "a.mp4", mp4("isom", true, 12_500, 10), chat.KindVideo, chat.Media{MIME: "video/mp4", Width: 640, Height: 360, Duration: 12500 * time.Millisecond}},
		{"a film of the largest size", "a.mp4", sized(mp4("isom", true, 1000, 0), media.MaxVideo), chat.KindVideo, chat.Media{MIME: "video/mp4", Width: 640, Height: 360, Duration: time.Second}},
		{"a film of an old phone", "a.3gp", mp4("3gp4", true, 1000, 10), chat.KindVideo, chat.Media{MIME: "video/3gpp", Width: 640, Height: 360, Duration: time.Second}},
		{"sound in a container for films", "a.mp4", mp4("isom", false, 1000, 10), chat.KindAudio, chat.Media{MIME: "audio/mp4", Duration: time.Second}},
		{"a voice note", "a.ogg", ogg("OpusHead", 1, 96_000), chat.KindAudio, chat.Media{MIME: opus, Voice: true, Duration: 2 * time.Second}},
		{"a recording too large to be a voice note", "a.opus", sized(ogg("OpusHead", 1, 96_000), 600<<10), chat.KindAudio, chat.Media{MIME: opus}},
		{"music", "a.mp3", sized([]byte("ID3\x03\x00\x00\x00\x00\x00\x00"), 100), chat.KindAudio, chat.Media{MIME: "audio/mpeg"}},
		{"a sticker", "a.webp", webp(512, 512, false, 300), chat.KindSticker, chat.Media{MIME: "image/webp", Width: 512, Height: 512}},
		{"a sticker that moves", "a.webp", webp(512, 512, true, 400<<10), chat.KindSticker, chat.Media{MIME: "image/webp", Width: 512, Height: 512, Animated: true}},
		{"a PDF", "prices.pdf", []byte("%PDF-1.7\n..."), chat.KindDocument, chat.Media{MIME: "application/pdf"}},
		{"a document of before 2007", "a.doc", ole("WordDocument"), chat.KindDocument, chat.Media{MIME: "application/msword"}},
		{"a table of before 2007", "a.xls", ole("Workbook"), chat.KindDocument, chat.Media{MIME: "application/vnd.ms-excel"}},
		{"slides of before 2007", "a.ppt", ole("PowerPoint Document"), chat.KindDocument, chat.Media{MIME: "application/vnd.ms-powerpoint"}},
		{"a document of today", "a.docx", ooxml(t, 300, "_rels/.rels", "word/document.xml"), chat.KindDocument, chat.Media{MIME: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}},
		{"a table of many parts", "a.xlsx", ooxml(t, 9000, "_rels/.rels", "docProps/app.xml", "xl/workbook.xml"), chat.KindDocument, chat.Media{MIME: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}},
		{"slides of many parts", "a.pptx", ooxml(t, 9000, "_rels/.rels", "ppt/presentation.xml"), chat.KindDocument, chat.Media{MIME: "application/vnd.openxmlformats-officedocument.presentationml.presentation"}},
		{"a text", "a.txt", []byte("Привет"), chat.KindDocument, chat.Media{MIME: "text/plain"}},
		{"a table as text", "a.csv", []byte("a,b\n1,2\n3,4\n"), chat.KindDocument, chat.Media{MIME: "text/plain"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			kind, m, err := media.Inspect(tt.file, bytes.NewReader(tt.content), int64(len(tt.content)))
			if err != nil {
				t.Fatal(err)
			}
			tt.want.Name, tt.want.Size = tt.file, int64(len(tt.content))
			if diff := cmp.Diff(tt.want, m); diff != "" || kind != tt.kind {
				t.Errorf("it is %q, want %q; (-want +got):\n%s", kind, tt.kind, diff)
			}
		})
	}
}

func TestInspectRefusesWhatMetaWouldNotTake(t *testing.T) {
	const exe = "application/vnd.microsoft.portable-executable"
	tests := []struct {
		name    string
		file    string
		content []byte
		want    desk.FileError // Size is that of content
	}{
		{"nothing", "a.jpg", nil, desk.FileError{Code: chat.MediaEmpty}},
		{"a program", "a.exe", program(), desk.FileError{Code: chat.MediaWrongType, MIME: exe}},
		{"a program that is called a photo", "a.jpg", program(), desk.FileError{Code: chat.MediaDisguised, MIME: exe}},
		{"a document that is called a photo", "a.JPG", []byte("%PDF-1.7\n"), desk.FileError{Code: chat.MediaDisguised, MIME: "application/pdf"}},
		{"a film one byte too large", "a.mp4", sized(mp4("isom", true, 1000, 0), media.MaxVideo+1), desk.FileError{Code: chat.MediaTooLarge, MIME: "video/mp4", Limit: 16 << 20}},
		{"a photo too large", "a.jpg", sized(jpegOf(t, 8, 8), media.MaxImage+1), desk.FileError{Code: chat.MediaTooLarge, MIME: "image/jpeg", Limit: 5 << 20}},
		{"a sticker too large", "a.webp", webp(512, 512, false, media.MaxSticker+1), desk.FileError{Code: chat.MediaTooLarge, MIME: "image/webp", Limit: 100 << 10}},
		{"a sticker that is too large and moves", "a.webp", webp(512, 512, true, media.MaxAnimatedSticker+1), desk.FileError{Code: chat.MediaTooLarge, MIME: "image/webp", Limit: 500 << 10}},
		{"a sticker of another size", "a.webp", webp(100, 512, false, 300), desk.FileError{Code: chat.MediaWrongType, MIME: "image/webp"}},
		{"a photo that ends too early", "a.jpg", jpegOf(t, 8, 8)[:20], desk.FileError{Code: chat.MediaDamaged, MIME: "image/jpeg"}},
		{"a film without its directory", "a.mp4", boxOf("ftyp", []byte("isom\x00\x00\x02\x00isom")), desk.FileError{Code: chat.MediaDamaged, MIME: "video/mp4"}},
		{"a recording in stereo", "a.ogg", ogg("OpusHead", 2, 100), desk.FileError{Code: chat.MediaWrongType, MIME: "audio/ogg; codecs=opus; channels=2"}},
		{"a recording of another codec", "a.ogg", ogg("\x01vorbis\x00", 1, 100), desk.FileError{Code: chat.MediaWrongType, MIME: "audio/ogg"}},
		{"a picture that moves", "a.gif", []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00"), desk.FileError{Code: chat.MediaWrongType, MIME: "image/gif"}},
		{"an installer that is called a document", "a.doc", ole("Component"), desk.FileError{Code: chat.MediaDisguised, MIME: "application/x-ole-storage"}},
		{"an archive that is called a document", "a.docx", ooxml(t, 9000, "photos/1.jpg"), desk.FileError{Code: chat.MediaDisguised, MIME: "application/zip"}},
		{"an archive", "a.zip", append([]byte("PK\x03\x04"), make([]byte, 60)...), desk.FileError{Code: chat.MediaWrongType, MIME: "application/zip"}},
		{"a page of the web", "a.html", []byte("<!DOCTYPE html><html></html>"), desk.FileError{Code: chat.MediaWrongType, MIME: "text/html"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, _, err := media.Inspect(tt.file, bytes.NewReader(tt.content), int64(len(tt.content)))
			got, ok := errors.AsType[*desk.FileError](err)
			if !ok {
				t.Fatalf("the error is %v, want a *desk.FileError", err)
			}
			tt.want.Size = int64(len(tt.content))
			if diff := cmp.Diff(tt.want, *got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestInspectInboundKeepsWhatItIsSaidToBe(t *testing.T) {
	tests := []struct {
		name    string
		kind    chat.Kind
		claimed string
		content []byte
		want    chat.MediaCode // "" where it is kept
	}{
		{"a photo", chat.KindImage, "image/jpeg", jpegOf(t, 8, 8), ""},
		{"a photo that is a PNG", chat.KindImage, "image/jpeg", pngOf(t, drawn(8, 8)), ""},
		{"a program that claims to be a photo", chat.KindImage, "image/jpeg", program(), chat.MediaDisguised},
		{"a program that claims to be a document", chat.KindDocument, "application/pdf", program(), chat.MediaDisguised},
		{"a program that says so", chat.KindDocument, "application/x-msdownload", program(), chat.MediaWrongType},
		{"a document that claims to be a photo", chat.KindImage, "image/jpeg", []byte("%PDF-1.7\n"), chat.MediaDisguised},
		{"an archive as a document", chat.KindDocument, "application/zip", append([]byte("PK\x03\x04"), make([]byte, 60)...), ""},
		{"a voice note", chat.KindAudio, "audio/ogg; codecs=opus", ogg("OpusHead", 1, 10), ""},
		{"a recording that could not be sent", chat.KindAudio, "audio/ogg", ogg("\x01vorbis\x00", 2, 10), ""},
		{"a stream of sound without a beginning", chat.KindAudio, "audio/amr", []byte{0, 1, 2, 3, 0xff, 0xfe}, ""},
		{"the same as a film", chat.KindVideo, "application/zip", []byte{0, 1, 2, 3, 0xff, 0xfe}, chat.MediaDisguised},
		{"a sticker larger than one that could be sent", chat.KindSticker, "image/webp", webp(512, 512, true, 900<<10), ""},
		{"nothing", chat.KindImage, "image/jpeg", nil, chat.MediaEmpty},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := media.InspectInbound(tt.kind, tt.claimed, bytes.NewReader(tt.content), int64(len(tt.content)))
			var code chat.MediaCode
			if e, ok := errors.AsType[*desk.FileError](err); ok {
				code = e.Code
			}
			if code != tt.want || (err != nil) != (tt.want != "") {
				t.Errorf("the error is %v, want code %q", err, tt.want)
			}
		})
	}
}

func TestAStreamOfSoundKeepsTheTypeItsSenderSaid(t *testing.T) {
	content := []byte{0, 1, 2, 3, 0xff, 0xfe}
	m, err := media.InspectInbound(chat.KindAudio, "audio/amr; rate=8000", bytes.NewReader(content), int64(len(content)))
	want := chat.Media{MIME: "audio/amr", Size: int64(len(content))}
	if diff := cmp.Diff(want, m, cmpopts.EquateEmpty()); diff != "" || err != nil {
		t.Errorf("(-want +got): %v\n%s", err, diff)
	}
}

// counted notes how much of a file was read.
type counted struct {
	*bytes.Reader
	read int
}

func (c *counted) ReadAt(p []byte, at int64) (int, error) {
	n, err := c.Reader.ReadAt(p, at)
	c.read += n
	return n, err
}

func FuzzInspect(f *testing.F) {
	for _, seed := range [][]byte{
		jpegOf(f, 20, 10), held(jpegOf(f, 20, 10), 6), pngOf(f, drawn(5, 5)), pngOf(f, image.NewGray16(image.Rect(0, 0, 3, 3))),
		ogg("OpusHead", 1, 960), ogg("OpusHead", 2, 1<<63), mp4("isom", true, 1000, 3), mp4("3gp4", false, 1<<31, 0),
		webp(512, 512, true, 100), program(), ole("Workbook"), []byte("%PDF-1.7\n"), []byte("hello"),
		binary.BigEndian.AppendUint32(mp4("isom", true, 1, 0), 0),
	} {
		f.Add("a.jpg", seed)
	}
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		c := &counted{Reader: bytes.NewReader(content)}
		kind, m, err := media.Inspect(name, c, int64(len(content)))
		if _, refused := errors.AsType[*desk.FileError](err); err != nil && !refused {
			t.Fatalf("the error is %v, want a *desk.FileError", err)
		}
		if err == nil && (!kind.HasMedia() || m.Size != int64(len(content)) || m.Width < 0 || m.Height < 0 || m.Duration < 0) {
			t.Fatalf("it is a %q: %+v", kind, m)
		}
		if limit := 1<<20 + 2*len(content); c.read > limit {
			t.Fatalf("%d bytes were read of %d", c.read, len(content))
		}
	})
}

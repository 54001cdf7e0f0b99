package chatexport_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/chatexport"
)

// read returns the entries of a chat, with the order that Look finds.
func read(t *testing.T, text string) (chatexport.Outline, []chatexport.Entry) {
	t.Helper()
	o, err := chatexport.Look(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var list []chatexport.Entry
	err = chatexport.Read(strings.NewReader(text), o.Order, time.UTC, func(e chatexport.Entry) error {
		list = append(list, e)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return o, list
}

// Each line is the beginning of a message as a phone of some language writes it, all
// of the same moment, the 14th of March 2025 at a minute past two in the afternoon.
func TestTheSameMomentInManyLanguages(t *testing.T) {
	for _, c := range []struct{ phone, begins string }{
		{"Android, German", "14.03.25, 14:01 - "},
		{"Android, Russian", "14.03.2025, 14:01 - "},
		{"Android, Czech", "14.03.25 14:01 - "},
		{"Android, British", "14/03/2025, 14:01 - "},
		{"Android, American, before 2023", "3/14/25, 2:01 PM - "},
		{"Android, American", "3/14/25, 2:01\u202fPM - "},
		{"Android, Indian", "14/03/25, 2:01\u202fpm - "},
		{"Android, Spanish of Mexico", "14/3/2025, 2:01 p. m. - "},
		{"Android, Spanish of Mexico, newer", "14/03/25, 2:01 p.\u00a0m. - "},
		{"Android, Portuguese of Brazil", "14/03/2025 14:01 - "},
		{"Android, Indonesian", "14/03/25 14.01 - "},
		{"Android, Italian", "14/03/25, 14:01 - "},
		{"Android, Turkish", "14.03.2025 14:01 - "},
		{"Android, Swedish", "2025-03-14 14:01 - "},
		{"Android, Hungarian", "2025. 03. 14. 14:01 - "},
		{"Android, Chinese", "2025/3/14 下午2:01 - "},
		{"Android, Arabic", "\u200f١٤\u200f/٣\u200f/٢٠٢٥، ٢:٠١ م - "},
		{"Android, Hindi digits", "१४/०३/२०२५, १४:०१ - "},
		{"Android, an en dash", "14/03/2025, 14:01 – "},
		{"Android, Thai years", "14/3/2568 14:01 - "},
		{"iPhone, German", "[14.03.25, 14:01:00] "},
		{"iPhone, American", "[3/14/25, 2:01:00\u202fPM] "},
		{"iPhone, Brazilian", "[14/03/2025, 14:01:00] "},
		{"iPhone, Spanish of Mexico", "[14/03/25, 2:01:00 p.m.] "},
		{"iPhone, Dutch", "[14-03-2025 14:01:00] "},
		{"iPhone, Indonesian", "[14/03/25 14.01.00] "},
		{"iPhone, Russian with a word", "[14.03.2025 в 14:01:00] "},
		{"iPhone, French with a word", "[14/03/2025 à 14:01:00] "},
		{"iPhone, Portuguese with a word", "[14/03/2025 às 14:01:00] "},
		{"iPhone, Russian of twelve hours", "[14.03.2025, 2:01:00 ПП] "},
		{"iPhone, a mark in front", "\u200e[14.03.25, 14:01:00] "},
	} {
		t.Run(c.phone, func(t *testing.T) {
			o, list := read(t, c.begins+"Ana: Is it there?\n")
			want := time.Date(2025, 3, 14, 14, 1, 0, 0, time.UTC)
			if len(list) != 1 || !list[0].At.Equal(want) || list[0].Author != "Ana" || list[0].Text != "Is it there?" {
				t.Errorf("read as %+v, in the order %q", list, o.Order)
			}
		})
	}
}

func TestMidnightAndNoonOfATwelveHourClock(t *testing.T) {
	_, list := read(t, "3/14/25, 12:05 AM - Ana: a\n3/14/25, 12:05 PM - Ana: b\n")
	if list[0].At.Hour() != 0 || list[1].At.Hour() != 12 {
		t.Errorf("read as %v and %v", list[0].At, list[1].At)
	}
}

func TestDayOrMonth(t *testing.T) {
	chat := func(dates ...string) string {
		var b strings.Builder
		for _, d := range dates {
			b.WriteString(d + ", 10:00 - Ana: hello\n")
		}
		return b.String()
	}
	for _, c := range []struct {
		name string
		text string
		want chatexport.Order
	}{
		{"a number over 12 in front is a day", chat("03/11/25", "14/11/25"), chatexport.OrderDayMonth},
		{"a number over 12 behind is a day", chat("3/11/25", "3/14/25"), chatexport.OrderMonthDay},
		{"a year in front is followed by the month", chat("2025-03-11"), chatexport.OrderYearFirst},
		{"full stops have the day in front", chat("03.11.25"), chatexport.OrderDayMonth},
		{"the same number twice is the same date both ways", chat("05/05/25"), chatexport.OrderDayMonth},
		{"a chat goes forward: from the 12th to the next 1st", chat("11/03/25", "12/03/25", "01/04/25", "02/04/25"), chatexport.OrderDayMonth},
		{"a chat goes forward: with the month in front", chat("3/11/25", "3/12/25", "4/1/25", "4/2/25"), chatexport.OrderMonthDay},
		{"days in a row can be read both ways", chat("03/11/25", "04/11/25", "05/11/25"), chatexport.OrderUnknown},
		{"one date alone can be read both ways", chat("03/11/25"), chatexport.OrderUnknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			o, err := chatexport.Look(strings.NewReader(c.text))
			if err != nil || o.Order != c.want {
				t.Errorf("the order is %q, want %q: %v", o.Order, c.want, err)
			}
			if (o.Sample != "") != (c.want == chatexport.OrderUnknown) {
				t.Errorf("the sample is %q", o.Sample)
			}
		})
	}
	t.Run("a date that there is not, read as the others, is not read", func(t *testing.T) {
		_, list := read(t, chat("14/03/25", "15/03/25", "3/16/25"))
		last := list[len(list)-1]
		if last.Kind != chatexport.KindUnread || last.Reason != chatexport.ReasonDate || last.Line != 3 {
			t.Errorf("read as %+v", last)
		}
	})
	t.Run("a year of Iran is not read, and it is said so", func(t *testing.T) {
		_, list := read(t, "۱۴۰۳/۱۲/۲۴،\u200f ۱۴:۰۱ - Ana: سلام\n")
		if len(list) != 1 || list[0].Reason != chatexport.ReasonCalendar {
			t.Errorf("read as %+v", list)
		}
	})
}

// brief is what a test says of an entry.
func brief(list []chatexport.Entry) []string {
	var out []string
	for _, e := range list {
		s := fmt.Sprintf("%s|%s|%s", e.Kind, e.Author, e.Text)
		if e.File != "" {
			s += "|" + e.File
		}
		if e.Edited {
			s += "|edited"
		}
		out = append(out, s)
	}
	return out
}

func TestWhatAMessageIs(t *testing.T) {
	for _, c := range []struct{ name, line, want string }{
		{"a text", "Ana: Hello", "text|Ana|Hello"},
		{"a text with a colon", "Ana: Size: 39", "text|Ana|Size: 39"},
		{"a text of several lines", "Ana: One\n\nThree", "text|Ana|One\n\nThree"},
		{"lines that end as on Windows", "Ana: One\r\nTwo\r", "text|Ana|One\nTwo"},
		{"a number for a name", "\u202a+7\u00a0916\u00a0123-45-67\u202c: Hello", "text|+7\u00a0916\u00a0123-45-67|Hello"},
		{"a name that the phone does not know", "~\u202fAna: Hello", "text|Ana|Hello"},
		{"a line of WhatsApp's own", "Messages and calls are end-to-end encrypted.", "system||Messages and calls are end-to-end encrypted."},
		{"one under somebody's name, on an iPhone", "Ana: \u200eMessages and calls are end-to-end encrypted.", "system||Messages and calls are end-to-end encrypted."},
		{"a picture left out, Android", "Ana: <Media omitted>", "omitted|Ana|"},
		{"a picture left out, in Russian", "Ana: <Без медиафайлов>", "omitted|Ana|"},
		{"a picture left out, in Portuguese", "Ana: <Mídia oculta>", "omitted|Ana|"},
		{"a picture left out, in Spanish", "Ana: <Multimedia omitido>", "omitted|Ana|"},
		{"a picture left out, in a language that is not known", "Ana: <Média vynechány>", "omitted|Ana|"},
		{"a picture left out, iPhone", "Ana: \u200eimage omitted", "omitted|Ana|"},
		{"a voice note left out, iPhone, in Portuguese", "Ana: \u200eáudio ocultado", "omitted|Ana|"},
		{"a sticker left out, iPhone, in Indonesian", "Ana: \u200estiker tidak disertakan", "omitted|Ana|"},
		{"a picture, Android", "Ana: \u200eIMG-20250314-WA0003.jpg (file attached)", "attached|Ana||IMG-20250314-WA0003.jpg"},
		{"a picture with a caption, Android", "Ana: IMG-20250314-WA0003.jpg (arquivo anexado)\nTem esse?", "attached|Ana|Tem esse?|IMG-20250314-WA0003.jpg"},
		{"a file, Android, in Russian", "Ana: \u200eПрайс 2025.pdf (файл добавлен)", "attached|Ana||Прайс 2025.pdf"},
		{"a picture, iPhone", "Ana: \u200e<attached: 00000012-PHOTO-2025-03-14-14-01-00.jpg>", "attached|Ana||00000012-PHOTO-2025-03-14-14-01-00.jpg"},
		{"a picture with a caption, iPhone", "Ana: Есть такой? \u200e<прикреплено: 00000012-PHOTO.jpg>", "attached|Ana|Есть такой?|00000012-PHOTO.jpg"},
		{"a name of a file that somebody wrote", "Ana: see list.pdf (page two)", "text|Ana|see list.pdf (page two)"},
		{"a message taken back", "Ana: This message was deleted", "deleted|Ana|"},
		{"one taken back, in Russian", "Ana: Данное сообщение удалено.", "deleted|Ana|"},
		{"one taken back, in Spanish", "Ana: Se eliminó este mensaje.", "deleted|Ana|"},
		{"one taken back, iPhone, in Indonesian", "Ana: \u200ePesan ini dihapus.", "deleted|Ana|"},
		{"a missed call", "Ana: Missed voice call", "call|Ana|Missed voice call"},
		{"a missed call, iPhone, with a hint", "Ana: \u200eПропущенный аудиозвонок. \u200eПерезвонить", "call|Ana|Пропущенный аудиозвонок. Перезвонить"},
		{"a call with its length", "Ana: \u200eVoice call, \u200e2 min", "call|Ana|Voice call, 2 min"},
		{"a text about a call", "Ana: I had a missed voice call", "text|Ana|I had a missed voice call"},
		{"a picture to be seen once, Android", "Ana: null", "view_once|Ana|"},
		{"a picture to be seen once, iPhone", "Ana: \u200eview once message omitted", "view_once|Ana|"},
		{"an empty message", "Ana: ", "view_once|Ana|"},
		{"an edited message", "Ana: At nine \u200e<This message was edited>", "text|Ana|At nine|edited"},
		{"an edited message, in Portuguese", "Ana: Às nove <Mensagem editada>", "text|Ana|Às nove|edited"},
		{"a heart", "Ana: <3", "text|Ana|<3"},
		{"a text that begins as a date", "Ana: 14.03.25 is fine\n15.03.25, 10:00 is better", "text|Ana|14.03.25 is fine\n15.03.25, 10:00 is better"},
		{"a text with a line of another phone's chat", "Ana: look\n[14.03.25, 14:01:00] Tom: hi", "text|Ana|look\n[14.03.25, 14:01:00] Tom: hi"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, list := read(t, "14.03.25, 14:01 - "+c.line+"\n")
			if diff := cmp.Diff([]string{c.want}, brief(list)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatIsNotRead(t *testing.T) {
	t.Run("lines before the first message are told by their numbers", func(t *testing.T) {
		_, list := read(t, "\n\nmy notes\nmore\n14.03.25, 14:01 - Ana: Hello\n")
		if len(list) != 3 || list[0].Kind != chatexport.KindBlank || list[0].Lines != 2 ||
			list[1].Reason != chatexport.ReasonLost || list[1].Line != 3 || list[1].Lines != 2 || list[2].Text != "Hello" {
			t.Errorf("read as %+v", list)
		}
	})
	t.Run("a message that is no UTF-8 is told, and its neighbours are read", func(t *testing.T) {
		_, list := read(t, "14.03.25, 14:01 - Ana: one\n14.03.25, 14:02 - Ana: \xff\xfe\n14.03.25, 14:03 - Ana: three\n")
		if len(list) != 3 || list[1].Reason != chatexport.ReasonText || list[1].Line != 2 || list[2].Text != "three" {
			t.Errorf("read as %+v", list)
		}
	})
	t.Run("a message that is longer than WhatsApp sends is told, and the next is read", func(t *testing.T) {
		_, list := read(t, "14.03.25, 14:01 - Ana: "+strings.Repeat("x", 2*chatexport.MaxEntry)+"\nand more\n14.03.25, 14:03 - Ana: three\n")
		if len(list) != 2 || list[0].Reason != chatexport.ReasonLong || list[0].Lines != 2 || list[1].Line != 3 || list[1].Text != "three" {
			t.Errorf("%d entries", len(list))
		}
	})
	t.Run("a file without a message is no chat", func(t *testing.T) {
		for _, text := range []string{"", "Dear all,\nthe price is 14.03 and that is it.\n"} {
			if _, err := chatexport.Look(strings.NewReader(text)); !errors.Is(err, chatexport.ErrNoChat) {
				t.Errorf("of %q: %v", text, err)
			}
		}
	})
	t.Run("the reader's error is told", func(t *testing.T) {
		broken := io.MultiReader(strings.NewReader("14.03.25, 14:01 - Ana: one\n"), iotestError{})
		if _, err := chatexport.Look(broken); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Error(err)
		}
	})
}

type iotestError struct{}

func (iotestError) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestWhoIsWho(t *testing.T) {
	look := func(names ...string) chatexport.Outline {
		var b strings.Builder
		for _, n := range names {
			b.WriteString("14.03.25, 14:01 - " + n + ": hello\n")
		}
		o, err := chatexport.Look(strings.NewReader(b.String()))
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	t.Run("the shop is who wrote in all chats", func(t *testing.T) {
		name, _, ok := chatexport.Shop([]chatexport.Outline{look("Ana", "Loja"), look("Loja", "Tiago"), look("Loja")})
		if !ok || name != "Loja" {
			t.Errorf("%q, %v", name, ok)
		}
	})
	t.Run("of one chat it may be either", func(t *testing.T) {
		_, candidates, ok := chatexport.Shop([]chatexport.Outline{look("Ana", "Loja")})
		if ok || !slices.Equal(candidates, []string{"Ana", "Loja"}) {
			t.Errorf("%v, %v", candidates, ok)
		}
	})
	t.Run("a chat in which somebody else has the phone leaves it open", func(t *testing.T) {
		_, candidates, ok := chatexport.Shop([]chatexport.Outline{look("Ana", "Loja"), look("Tiago", "Loja"), look("Bea", "Rui")})
		if ok || !slices.Equal(candidates, []string{"Loja"}) {
			t.Errorf("%v, %v", candidates, ok)
		}
	})
	t.Run("a file may be named after the customer", func(t *testing.T) {
		o := look("Марина Волкова", "Loja")
		for name, want := range map[string]string{
			"Чат WhatsApp с контактом Марина Волкова.txt": "Марина Волкова",
			"WhatsApp Chat - Марина Волкова.zip":          "Марина Волкова",
			"_chat.txt": "",
			"WhatsApp Chat with Anna-Марина Волкова.txt": "",
		} {
			if got := o.Customer(name); got != want {
				t.Errorf("%s is named after %q", name, got)
			}
		}
	})
	t.Run("more than two are a group", func(t *testing.T) {
		if look("a", "b").IsGroup() || !look("a", "b", "c").IsGroup() {
			t.Error("groups are not told apart")
		}
	})
}

// FuzzLossless holds that every byte and every line of a file belongs to one entry.
func FuzzLossless(f *testing.F) {
	f.Add("14.03.25, 14:01 - Ana: Hello\nmore\n\n[14.03.25, 14:01:22] Tom: x")
	f.Add("\ufeff\n\n[3/14/25, 2:01:00\u202fPM] Ana: \u200e<attached: a.jpg>\r\n")
	f.Add("٢٠٢٥/٣/١٤، ٢:٠١ م - \u200f: \xff")
	f.Add(strings.Repeat("a", 40_000) + "\n14.03.25, 14:01 - Ana: Hello")
	f.Fuzz(func(t *testing.T, text string) {
		var at int64
		line := 1
		err := chatexport.Read(strings.NewReader(text), chatexport.OrderDayMonth, time.UTC, func(e chatexport.Entry) error {
			if e.Offset != at || e.Line != line || e.Bytes <= 0 || e.Lines < 1 {
				t.Fatalf("%+v does not begin at byte %d, line %d", e, at, line)
			}
			stretch := text[at : at+e.Bytes]
			if n := strings.Count(stretch, "\n"); n != e.Lines && n != e.Lines-1 {
				t.Fatalf("%+v has %d lines", e, n)
			}
			if (e.Kind == chatexport.KindUnread) != (e.Reason != "") || e.Kind == "" {
				t.Fatalf("%+v is of no kind", e)
			}
			at, line = at+e.Bytes, line+strings.Count(stretch, "\n")
			return nil
		})
		if err != nil || at != int64(len(text)) {
			t.Fatalf("read %d bytes of %d: %v", at, len(text), err)
		}
	})
}

// endless is a chat of a size, which is made while it is read.
type endless struct{ left int }

const endlessLine = "14.03.25, 14:01 - Ana: Is it there in size thirty-nine, and when does it come?\n"

func (e *endless) Read(p []byte) (int, error) {
	if e.left == 0 {
		return 0, io.EOF
	}
	n := 0
	for e.left > 0 && n+len(endlessLine) <= len(p) {
		n += copy(p[n:], endlessLine)
		e.left--
	}
	return n, nil
}

func BenchmarkRead(b *testing.B) {
	const lines = 20_000
	b.SetBytes(int64(lines * len(endlessLine)))
	b.ReportAllocs()
	for b.Loop() {
		err := chatexport.Read(&endless{left: lines}, chatexport.OrderDayMonth, time.UTC, func(chatexport.Entry) error { return nil })
		if err != nil {
			b.Fatal(err)
		}
	}
}

// packed makes a zip of names and contents.
func packed(t *testing.T, files ...[2]string) *bytes.Reader {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.Create(f[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, f[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(b.Bytes())
}

func TestOpeningAFile(t *testing.T) {
	const chat = "14.03.25, 14:01 - Ana: Hello\n"
	t.Run("a text file is one chat, and can be read twice", func(t *testing.T) {
		chats, err := chatexport.Open("WhatsApp Chat with Ana.txt", strings.NewReader(chat), int64(len(chat)))
		if err != nil || len(chats) != 1 || chats[0].Name != "WhatsApp Chat with Ana.txt" {
			t.Fatalf("%+v, %v", chats, err)
		}
		for range 2 {
			if got := textOf(t, chats[0]); got != chat {
				t.Errorf("read %q", got)
			}
		}
	})
	t.Run("a zip has its chat and names its pictures", func(t *testing.T) {
		z := packed(t, [2]string{"__MACOSX/._chat.txt", "x"}, [2]string{"_chat.txt", chat}, [2]string{"IMG-1.jpg", "x"})
		chats, err := chatexport.Open("WhatsApp Chat - Ana.zip", z, z.Size())
		if err != nil || len(chats) != 1 || !chats[0].Files["IMG-1.jpg"] || chats[0].Size != int64(len(chat)) {
			t.Fatalf("%+v, %v", chats, err)
		}
		if got := textOf(t, chats[0]); got != chat {
			t.Errorf("read %q", got)
		}
	})
	refused := func(name string, content *bytes.Reader, want chatexport.FileCode) {
		t.Helper()
		chats, err := chatexport.Open(name, content, content.Size())
		if e, ok := errors.AsType[*chatexport.FileError](err); !ok || e.Code != want || chats != nil {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
	t.Run("a backup of the phone is refused as locked", func(t *testing.T) {
		refused("msgstore.db.crypt15", bytes.NewReader([]byte("x")), chatexport.FileLocked)
	})
	t.Run("a zip without a text is no chat", func(t *testing.T) {
		refused("photos.zip", packed(t, [2]string{"a.jpg", "x"}), chatexport.FileNoChat)
	})
	t.Run("a damaged zip is refused", func(t *testing.T) {
		refused("chat.zip", bytes.NewReader([]byte("PK\x03\x04 and nothing")), chatexport.FileBroken)
	})
	t.Run("a text that was saved as UTF-16 is refused", func(t *testing.T) {
		refused("chat.txt", bytes.NewReader([]byte("\xff\xfe1\x00")), chatexport.FileEncoding)
	})
	t.Run("a zip that unpacks to far more than it is, is refused", func(t *testing.T) {
		refused("chat.zip", packed(t, [2]string{"_chat.txt", strings.Repeat(" ", 8<<20)}), chatexport.FileLarge)
	})
	t.Run("a zip with a password is refused as locked", func(t *testing.T) {
		z := packed(t, [2]string{"_chat.txt", chat})
		data := make([]byte, z.Size())
		if _, err := z.ReadAt(data, 0); err != nil {
			t.Fatal(err)
		}
		data[bytes.Index(data, []byte("PK\x01\x02"))+8] |= 1
		refused("chat.zip", bytes.NewReader(data), chatexport.FileLocked)
	})
}

func textOf(t *testing.T, c chatexport.Chat) string {
	t.Helper()
	r, err := c.Text()
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return string(data)
}

package host_test

import (
	"bytes"
	"io"
	"testing"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/host"
	"shopbell/core/sandbox"
)

// content reads a file.
func (s *shop) content(file string) []byte {
	s.t.Helper()
	f, err := s.Open(s.t.Context(), s.anna, file)
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		s.t.Fatal(err)
	}
	return b
}

func (s *shop) attach(name string, content []byte) desk.Attachment {
	s.t.Helper()
	a, err := s.Attach(s.t.Context(), s.anna, name, bytes.NewReader(content))
	if err != nil {
		s.t.Fatal(err)
	}
	return a
}

func TestEveryFileOfACustomerIsFetched(t *testing.T) {
	s := openShop(t, rulesFile())
	for _, tt := range []struct {
		name string
		file sandbox.File
		said func(sandbox.File) sandbox.Said
		kind chat.Kind
		as   func(chat.Media) bool
	}{
		{"a photo", sandbox.Photo(1), func(f sandbox.File) sandbox.Said { return sandbox.Image(f, "mine") }, chat.KindImage, func(m chat.Media) bool { return m.Width == 1024 && m.Height == 768 }},
		{"a film", sandbox.Clip(), func(f sandbox.File) sandbox.Said { return sandbox.Video(f, "") }, chat.KindVideo, func(m chat.Media) bool { return m.Duration > time.Second && m.Width > 0 }},
		{"a voice note", sandbox.Voice(), sandbox.VoiceNote, chat.KindAudio, func(m chat.Media) bool { return m.Voice && m.Duration > 2*time.Second }},
		{"a document", sandbox.Receipt(7), func(f sandbox.File) sandbox.Said { return sandbox.Document(f, "") }, chat.KindDocument, func(m chat.Media) bool { return m.Name == "receipt-7.pdf" }},
		{"a sticker", sandbox.Sticker(), func(f sandbox.File) sandbox.Said { return sandbox.StickerOf(f, false) }, chat.KindSticker, func(m chat.Media) bool { return m.Width == 512 }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := s.receive(emma, tt.said(tt.file))
			if m.Kind != tt.kind || m.Media == nil || m.Media.State != chat.MediaHere || !tt.as(*m.Media) {
				t.Fatalf("it is %+v, %+v", m, m.Media)
			}
			if !bytes.Equal(s.content(m.Media.File), tt.file.Content) {
				t.Error("its content is another")
			}
		})
	}
}

func TestAFileComesThroughTrouble(t *testing.T) {
	often := sandbox.Often{Next: 1}
	for name, faults := range map[string]sandbox.MediaFaults{
		"although its webhook names no address":              {NoURL: true},
		"although Meta does not have it yet":                 {NotYet: often},
		"although it broke off":                              {CutHalf: often},
		"although it broke off, and has to be fetched whole": {CutHalf: often, NoRanges: true},
	} {
		t.Run(name, func(t *testing.T) {
			s := openShop(t, rulesFile())
			s.faults(sandbox.Faults{Media: faults})
			photo := sandbox.Photo(2)
			m := s.receive(emma, sandbox.Image(photo, ""))
			if m.Media.State != chat.MediaHere || !bytes.Equal(s.content(m.Media.File), photo.Content) {
				t.Errorf("it is %+v", m.Media)
			}
		})
	}
}

func TestAFileOfAStrangerIsFetchedOnceMetaNamesItItself(t *testing.T) {
	s := openShop(t, rulesFile())
	s.faults(sandbox.Faults{Media: sandbox.MediaFaults{Foreign: "http://127.0.0.2:9"}})
	photo := sandbox.Photo(3)
	m := s.receive(emma, sandbox.Image(photo, ""))
	if m.Media.State != chat.MediaRefused || m.Media.Code != chat.MediaForeignHost {
		t.Fatalf("a file of a foreign host is %+v", m.Media)
	}
	s.faults(sandbox.Faults{})
	s.is(s.Fetch(t.Context(), s.olga, m.ID), desk.Forbidden, "Olga fetches")
	s.is(s.Fetch(t.Context(), s.anna, m.ID), "", "fetching again")
	s.until("it is here", func() bool { return s.find(m.WAMID).Media.State == chat.MediaHere })
	s.is(s.Fetch(t.Context(), s.anna, m.ID), desk.Conflict, "fetching what is here")
}

func TestFilesArriveAtTheCustomer(t *testing.T) {
	s := openShop(t, rulesFile())
	id := s.write("zzz")
	photo, paper := s.attach("boots.jpg", sandbox.Photo(1).Content), s.attach("receipt.pdf", sandbox.Receipt(1).Content)
	for _, a := range []desk.Answer{
		{Text: "scaled", File: &desk.FileRef{File: photo.Media.File}},
		{Text: "whole", File: &desk.FileRef{File: photo.Original.File}},
		{Text: "scaled again", File: &desk.FileRef{File: photo.Media.File}},
		{File: &desk.FileRef{File: paper.Media.File, Name: "receipt.pdf"}},
	} {
		m, err := s.Send(t.Context(), s.anna, id, a, "")
		if err != nil {
			t.Fatal(err)
		}
		s.becomes(m, chat.StatusRead)
	}
	var sizes []int
	for _, f := range s.Sandbox().Files(true) {
		sizes = append(sizes, len(f.Content))
	}
	if want := []int{int(photo.Media.Size), len(sandbox.Photo(1).Content), int(paper.Media.Size)}; len(sizes) != 3 || sizes[0] != want[0] || sizes[1] != want[1] || sizes[2] != want[2] {
		t.Errorf("uploaded were files of %d bytes, want each content once: %d", sizes, want)
	}
	if got := s.Sandbox().Inbox(emma); len(got) != 4 {
		t.Errorf("she has %d messages, want 4", len(got))
	}
}

func TestAnUploadThatIsRefusedFailsItsMessage(t *testing.T) {
	s := openShop(t, rulesFile())
	id := s.write("zzz")
	photo := s.attach("boots.jpg", sandbox.Photo(1).Content)
	s.faults(sandbox.Faults{Media: sandbox.MediaFaults{Refuse: sandbox.Refusal{Often: sandbox.Often{Next: 1}, Code: 131053}}})
	m, err := s.Send(t.Context(), s.anna, id, desk.Answer{File: &desk.FileRef{File: photo.Media.File}}, "")
	if err != nil {
		t.Fatal(err)
	}
	if got := s.becomes(m, chat.StatusFailed); got.ErrorCode != 131053 {
		t.Errorf("it failed with %d: %s", got.ErrorCode, got.ErrorText)
	}
	s.is(s.Retry(t.Context(), s.anna, m), "", "sending again")
	s.becomes(m, chat.StatusRead)
}

func TestAFileThatMetaCouldNotDeliverIsUploadedAnew(t *testing.T) {
	s := openShop(t, rulesFile())
	id := s.write("zzz")
	photo := s.attach("boots.jpg", sandbox.Photo(1).Content)
	s.faults(sandbox.Faults{Fail: sandbox.Refusal{Often: sandbox.Often{Next: 1}, Code: 131053}})
	m, err := s.Send(t.Context(), s.anna, id, desk.Answer{File: &desk.FileRef{File: photo.Media.File}}, "")
	if err != nil {
		t.Fatal(err)
	}
	s.becomes(m, chat.StatusFailed)
	s.is(s.Retry(t.Context(), s.anna, m), "", "sending again")
	s.becomes(m, chat.StatusRead)
	if n := len(s.Sandbox().Files(true)); n != 2 {
		t.Errorf("the file was uploaded %d times, want 2", n)
	}
}

func TestATemplateIsSentAgainAsItWas(t *testing.T) {
	s := openShop(t, rulesFile())
	id := s.write("zzz")
	photo := s.attach("boots.jpg", sandbox.Photo(1).Content)
	if _, err := s.Templates(t.Context(), s.anna, id, true); err != nil {
		t.Fatal(err)
	}
	for _, ref := range []desk.TemplateRef{
		{Name: "order_ready", Language: "en_US", Header: "42", Body: []string{"Emma", "42", "Friday"}, URLSuffix: map[int]string{0: "42"}},
		{Name: "back_in_stock", Language: "en_US", HeaderFile: photo.Media.File, Variables: map[string]string{"customer": "Emma", "article": "boots"}},
	} {
		s.faults(sandbox.Faults{Refuse: sandbox.Refusal{Often: sandbox.Often{Next: 1}, Code: 131026}})
		m, err := s.Send(t.Context(), s.anna, id, desk.Answer{Template: &ref}, "")
		if err != nil {
			t.Fatal(err)
		}
		s.becomes(m, chat.StatusFailed)
		s.forward(48 * time.Hour)
		s.is(s.Retry(t.Context(), s.anna, m), "", "sending "+ref.Name+" again after the window")
		s.becomes(m, chat.StatusRead)
	}
}

func TestAReactionReachesTheCustomer(t *testing.T) {
	s := openShop(t, rulesFile())
	wamid, id := "", s.write("zzz")
	m := s.chat(id)[0]
	wamid = m.WAMID
	for _, emoji := range []string{"👍", "🙏", ""} {
		s.is(s.React(t.Context(), s.anna, m.ID, emoji), "", "reacting")
		s.until("she sees it", func() bool { return s.Sandbox().Reactions(emma)[wamid] == emoji && s.health().Waiting == 0 })
	}
	s.is(s.React(t.Context(), s.olga, m.ID, "👍"), desk.Forbidden, "Olga reacts")
}

func TestFilesStandBesideTheDatabaseAfterARestart(t *testing.T) {
	dir := t.TempDir()
	open := func() *host.Host {
		h, err := host.Open(t.Context(), host.Options{DataDir: dir, Graph: host.Graph{AppSecret: "x"}})
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	h := open()
	a, err := h.Attach(t.Context(), h.Owner(), "a.txt", bytes.NewReader([]byte("hello")))
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	h = open()
	defer h.Close()
	f, err := h.Open(t.Context(), h.Owner(), a.Media.File)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if b, err := io.ReadAll(f); string(b) != "hello" {
		t.Errorf("the file holds %q (%v)", b, err)
	}
}

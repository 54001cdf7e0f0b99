package inbox

import (
	"path"
	"strings"
	"time"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
)

// videoLimit is what the Cloud API takes of a video (cloud-api section 4).
const videoLimit = 16 << 20

// media puts the file of a message into its bubble.
func (t *talk) media(m chat.Message, b *kit.Message, now time.Time) {
	f := *m.Media
	ready := readyOf(f.State)
	kind := shownAs(m)
	word := t.kindWord(kind, f.Voice)
	size := t.sizeOf(f, kind == chat.KindVideo && !m.Inbound())
	switch kind {
	case chat.KindImage, chat.KindVideo:
		p := kit.Picture{Video: kind == chat.KindVideo, Ready: ready, Length: t.length(f.Duration)}
		if ready == kit.ReadyHere && !p.Video {
			p.Source = f.File
		}
		if ready == kit.ReadyFetching {
			p.Progress = progressOf(f)
		}
		b.Content, b.Foot = p, locale.Dotted(word, size)
	case chat.KindSticker:
		s := kit.Sticker{Ready: ready}
		if ready == kit.ReadyHere {
			s.Source = f.File
		}
		b.Content, b.Foot = s, word
	case chat.KindAudio:
		b.Content, b.FootIcon, b.Foot = t.voice(m, ready), look.IconMic, locale.Dotted(word, size)
		if m.Status == chat.StatusPlayed {
			b.Foot = t.Words.T("voice.played")
		}
	default:
		b.Content, b.Foot = t.file(f, size, ready), word
	}
	t.fate(f, b, now)
}

// shownAs is the kind of what m carries: the file over a template, buttons or a link
// says itself what it is.
func shownAs(m chat.Message) chat.Kind {
	if m.Kind.HasMedia() {
		return m.Kind
	}
	switch top, _, _ := strings.Cut(m.Media.MIME, "/"); top {
	case "image":
		return chat.KindImage
	case "video":
		return chat.KindVideo
	}
	return chat.KindDocument
}

// file is a document with what can be done with it.
func (t *talk) file(f chat.Media, size string, ready kit.Ready) kit.File {
	v := kit.File{Name: f.Name, Info: size, Ready: ready}
	if v.Name == "" {
		v.Name = t.Words.T("kind.document")
	}
	v.Type, v.Hue = tileOf(f)
	switch ready {
	case kit.ReadyHere:
		v.SaveTip = t.Words.T("file.save")
		if mayOpen(f.MIME) {
			v.OpenTip = t.Words.T("file.open")
		}
	case kit.ReadyWaiting:
		v.FetchTip = t.Words.T("file.fetch")
	}
	return v
}

// fate says how long a file can still be had, or why it cannot.
func (t *talk) fate(f chat.Media, b *kit.Message, now time.Time) {
	switch f.State {
	case chat.MediaWaiting, chat.MediaFetching:
		left := f.Until.Sub(now)
		if f.Until.IsZero() || left <= 0 {
			return
		}
		text := t.Words.N("file.keeps_hours", max(1, int(left/time.Hour)))
		if left >= 24*time.Hour {
			text = t.Words.N("file.keeps_days", int((left+12*time.Hour)/(24*time.Hour)))
		}
		b.Aside = kit.Aside{Icon: look.IconClock, Text: text, Warn: true}
	case chat.MediaLost, chat.MediaRefused:
		b.Aside = kit.Aside{Icon: look.IconAlert, Text: t.Words.FileFault(lostCode(f), 0, 0), Warn: true}
	}
}

// lostCode is why a file cannot be had.
func lostCode(f chat.Media) chat.MediaCode {
	if f.State == chat.MediaLost {
		return chat.MediaGone
	}
	return f.Code
}

// progressOf is how much of a file is here, from 0 to 1.
func progressOf(f chat.Media) float32 {
	if f.Size <= 0 {
		return 0
	}
	return float32(f.Fetched) / float32(f.Size)
}

func readyOf(s chat.MediaState) kit.Ready {
	switch s {
	case chat.MediaHere:
		return kit.ReadyHere
	case chat.MediaFetching:
		return kit.ReadyFetching
	case chat.MediaWaiting:
		return kit.ReadyWaiting
	}
	return kit.ReadyGone
}

// sizeOf is how large a file is: while it comes how much of it is here, and of
// our videos what of the limit they take.
func (t *talk) sizeOf(f chat.Media, ourVideo bool) string {
	switch {
	case f.Size <= 0:
		return ""
	case f.State == chat.MediaFetching:
		return t.Words.T("file.percent", locale.Args{"Percent": min(100, f.Fetched*100/f.Size), "Size": t.Words.Size(f.Size)})
	case ourVideo:
		return t.Words.SizeOf(f.Size, videoLimit)
	}
	return t.Words.Size(f.Size)
}

func (t *talk) length(d time.Duration) string {
	if d <= 0 {
		return ""
	}
	return t.Words.Countdown(d)
}

// tileOf names the type of a document in up to four letters and gives it a colour.
func tileOf(f chat.Media) (string, kit.Hue) {
	ext := strings.ToUpper(strings.TrimPrefix(path.Ext(f.Name), "."))
	switch {
	case ext == "PDF" || f.MIME == "application/pdf":
		return "PDF", kit.HueError
	case strings.HasPrefix(ext, "XLS") || ext == "CSV":
		return ext[:3], kit.HueOk
	case strings.HasPrefix(ext, "DOC") || ext == "TXT":
		return ext[:3], kit.HueInfo
	case strings.HasPrefix(ext, "PPT"):
		return "PPT", kit.HueAccent
	case ext != "" && len(ext) <= 4:
		return ext, kit.HueNone
	}
	return "…", kit.HueNone
}

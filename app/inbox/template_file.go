package inbox

import (
	"context"
	"encoding/json"
	"io"

	"shopbell/app/kit"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// keptFile is the file last used over a template, in this computer's memory. The
// desk has its content.
type keptFile struct{ File, Name string }

// fileKey is where the memory keeps the file last used over a template.
func fileKey(t chat.Template) string { return "template_file." + keyOfTemplate(t) }

// recallFile takes the file that was last used over the chosen template, where the
// desk still has it: another shop on this computer does not.
func (v *picker) recallFile() {
	v.file = nil
	var kept keptFile
	text := v.Memory.String(fileKey(v.chosen.Template))
	if headerFile(v.chosen.Template) == "" || text == "" || json.Unmarshal([]byte(text), &kept) != nil {
		return
	}
	a := &attachment{offer: Offer{Name: kept.Name}}
	v.file = a
	v.prepareFrom(a, func(ctx context.Context) (io.ReadCloser, error) { return v.Desk.Open(ctx, v.Who, kept.File) }, func() {
		if v.file == a && desk.CodeOf(a.problem) == desk.NotFound {
			v.file = nil
		}
		v.show()
	})
}

// keepFile remembers the file that was sent over a template.
func (v *picker) keepFile() error {
	if v.file == nil {
		return nil
	}
	text, err := json.Marshal(keptFile{File: v.file.Media.File, Name: v.file.offer.Name})
	if err != nil {
		return err
	}
	v.Memory.SetString(fileKey(v.chosen.Template), string(text))
	return nil
}

// chooseFile asks for the file over the chosen template.
func (v *picker) chooseFile() {
	v.Outside.Choose(func(offers []Offer) { v.takeFile(offers) })
}

// takeFile puts the first of files that were chosen or dropped over the template, and
// reports whether the template takes one at all.
func (v *picker) takeFile(offers []Offer) bool {
	if headerFile(v.chosen.Template) == "" {
		return false
	}
	if len(offers) > 0 {
		v.file = &attachment{offer: offers[0]}
		v.prepare(v.file, v.changedFile)
		v.changedFile()
	}
	return true
}

// changedFile shows another file, which makes another message.
func (v *picker) changedFile() {
	v.renew()
	v.show()
}

// fileFault says why the file cannot stand over the template; empty: it can.
func (v *picker) fileFault() string {
	want := headerFile(v.chosen.Template)
	switch a := v.file; {
	case want == "":
		return ""
	case a == nil:
		return v.Words.T("template.give_file")
	case a.problem != nil:
		return v.refusedFile(a.problem)
	case !a.ready:
		return v.Words.T("attach.preparing")
	case a.Kind != want:
		_, refused := v.fileWords(want)
		return refused
	}
	return ""
}

// fileWords say which file belongs over a template, and that another does not.
func (v *picker) fileWords(want chat.Kind) (wanted, refused string) {
	switch want {
	case chat.KindImage:
		return v.Words.T("template.file_image"), v.Words.T("template.file_not_image")
	case chat.KindVideo:
		return v.Words.T("template.file_video"), v.Words.T("template.file_not_video")
	}
	return v.Words.T("template.file_document"), v.Words.T("template.file_not_document")
}

// drawFile shows the place of the file. It is nil where the template takes none.
func (v *picker) drawFile() *kit.FileSlot {
	want := headerFile(v.chosen.Template)
	if want == "" {
		return nil
	}
	wanted, _ := v.fileWords(want)
	data := kit.FileSlotData{
		Icon: kindIcon(want), Name: wanted,
		Info: v.Words.T("template.file_how"), Choose: v.Words.T("template.file_choose"),
	}
	if a := v.file; a != nil {
		data.Name, data.Info, data.Choose = a.offer.Name, v.fileFault(), v.Words.T("template.file_change")
		switch {
		case data.Info == "":
			data.Info = locale.Dotted(v.kindWord(a.Kind, false), v.Words.Size(a.Media.Size))
		case a.problem != nil || a.ready:
			data.Bad, data.Icon = true, look.IconAlert
		}
	}
	v.slot.Set(data)
	return v.slot
}

// previewFile puts the file into the preview.
func (v *picker) previewFile(m *kit.Message) {
	want := headerFile(v.chosen.Template)
	if want == "" {
		return
	}
	m.Foot = v.kindWord(want, false)
	fits := v.file != nil && v.fileFault() == ""
	switch {
	case want == chat.KindDocument && fits:
		m.Content = v.talk.file(named(v.file.Media, v.file.offer.Name), v.Words.Size(v.file.Media.Size), kit.ReadyGone)
	case want == chat.KindDocument:
		m.Content = kit.File{Type: "…", Name: v.Words.T("kind.document"), Ready: kit.ReadyGone}
	case want == chat.KindImage && fits:
		m.Content = kit.Picture{Source: v.file.Media.File}
	default:
		m.Content = kit.Picture{Video: want == chat.KindVideo}
	}
}

func named(m chat.Media, name string) chat.Media {
	m.Name = name
	return m
}

package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"shopbell/app/look"
)

func sampleFileBox(fileName string) *FileBox {
	b := NewFileBox(FileBoxWords{Title: "Choose files to send", Filter: "Find in this folder", Up: "One folder up", Cancel: "Cancel", Name: "Name", Size: "Size", Changed: "Changed", FileName: fileName})
	b.SetPlaces([]FilePlace{{look.IconFolder, "Home"}, {look.IconArrowDown, "Downloads"}, {look.IconPicture, "Pictures"}, {look.IconDrive, "A stick with a long name"}}, 1)
	b.SetFolder("/home/anna/Downloads", false)
	rows := []FileRow{
		{Icon: look.IconFolder, Name: "Invoices", Changed: "Yesterday"},
		{Icon: look.IconPicture, Name: "blue rucksack.jpg", Size: "184 KB", Changed: "14:05", Picked: true},
		{Icon: look.IconNote, Name: "Price list of spring and summer, with all sizes and colours.pdf", Size: "1.2 MB", Changed: "3 May 2024"},
		{Icon: look.IconVideo, Name: "parcel.mp4", Size: "12.4 MB", Changed: "24 Nov", Picked: true},
	}
	b.SetRows(len(rows), func(i int) FileRow { return rows[i] }, 2)
	b.SetSorted(FileName, false)
	b.SetDone("Attach 2 files", "", "12.6 MB")
	return b
}

func TestFileBoxPictures(t *testing.T) {
	golden(t, "file-box", 780, 540, func() fyne.CanvasObject {
		b := sampleFileBox("")
		b.list.ring(true)
		return b
	})
	golden(t, "file-box-save", 780, 540, func() fyne.CanvasObject {
		b := sampleFileBox("File name")
		b.SetName("blue rucksack.jpg")
		b.SetSorted(FileChanged, true)
		b.SetMessage(FindingWarn, "“blue rucksack.jpg” is here already. Press Replace to overwrite it, or type another name.")
		b.SetDone("Replace", "", "")
		return b
	})
}

func TestFileBox(t *testing.T) {
	start(t)
	open := func(t *testing.T) (*FileBox, fyne.Window) {
		b := sampleFileBox("")
		w := window(t, b, 0, 0)
		w.Canvas().Focus(b.Target())
		return b, w
	}
	t.Run("a press picks, with Ctrl one more, and a second one opens", func(t *testing.T) {
		b, _ := open(t)
		type did struct {
			Index int
			More  bool
		}
		var picked []did
		opened := -1
		b.OnPick = func(i int, more bool) { picked = append(picked, did{i, more}) }
		b.OnOpen = func(i int) { opened = i }
		lines := map[int]*fileLine{}
		for line, i := range b.list.shown {
			lines[i] = line
		}
		lines[1].MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
		lines[3].MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, Modifier: fyne.KeyModifierShortcutDefault})
		lines[0].MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonSecondary})
		test.DoubleTap(lines[0])
		if diff := cmp.Diff([]did{{1, false}, {3, true}}, picked); diff != "" || opened != 0 {
			t.Errorf("opened %d, picked %s", opened, diff)
		}
	})
	t.Run("the keys move, and stop at the ends", func(t *testing.T) {
		b, _ := open(t)
		var at []int
		b.OnMove = func(i int) { at = append(at, i) }
		for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyHome, fyne.KeyUp, fyne.KeyEnd, fyne.KeyPageUp} {
			b.list.TypedKey(key(k))
		}
		if diff := cmp.Diff([]int{3, 3, 0, 0, 3, 0}, at); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("another folder begins without a filter, and says nothing of that", func(t *testing.T) {
		b, _ := open(t)
		b.filter.SetText("inv")
		b.OnFilter = func(text string) { t.Errorf("told %q", text) }
		b.SetFolder("/home/anna", false)
		if b.filter.entry.Text != "" {
			t.Errorf("the filter is %q", b.filter.entry.Text)
		}
	})
	t.Run("a long path keeps its end", func(t *testing.T) {
		b, _ := open(t)
		b.SetFolder("/home/anna/a/very/long/way/through/many/many/folders/that/nobody/can/read/in/one/line/Invoices", false)
		if got := []rune(b.path.text); got[0] != '…' || string(got[len(got)-8:]) != "Invoices" {
			t.Errorf("shows %q", string(got))
		}
	})
}

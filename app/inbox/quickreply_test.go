package inbox

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/kit/kittest"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
	"shopbell/core/staff"
)

func (b *bench) reply(t *testing.T, q desk.QuickReply) {
	t.Helper()
	if _, err := b.desk.SaveQuickReply(context.Background(), b.Who, q); err != nil {
		t.Fatal(err)
	}
}

// tapWord presses what has this word on it.
func tapWord(t *testing.T, o fyne.CanvasObject, word string) {
	t.Helper()
	all := kittest.Tappable(o, word)
	if len(all) == 0 {
		t.Fatalf("nothing with %q can be pressed", word)
	}
	all[len(all)-1].Tapped(&fyne.PointEvent{})
}

func TestFound(t *testing.T) {
	all := []desk.QuickReply{
		{Shortcut: "bye", Title: "Good bye", Text: "See you"},
		{Shortcut: "hi", Title: "Hello", Text: "Good morning"},
		{Shortcut: "size", Title: "Sizes", Text: "Good sizes"},
	}
	for search, want := range map[string][]string{
		"": {"bye", "hi", "size"}, "/si": {"size"}, "good": {"bye", "hi", "size"}, "s": {"size", "bye"}, "good mor": {"hi"}, "zebra": nil, "SIZE": {"size"},
	} {
		var got []string
		for _, r := range found(all, search) {
			got = append(got, r.Shortcut)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", search, got, want)
		}
	}
}

func TestQuickReplies(t *testing.T) {
	hello := desk.QuickReply{Shortcut: "hi", Title: "Hello", Text: "Hello, {name}! {agent} of {shop} here."}
	const filled = "Hello, Марина! Anna Kovač of Bell & Sons here."
	t.Run("a slash opens them and the chosen one takes its place, filled in", func(t *testing.T) {
		s := newStage(t)
		s.reply(t, hello)
		s.Open(desktest.Marina)
		s.typed(t, "/")
		q := s.chat.quick
		if s.floating != q.view {
			t.Fatal("nothing opened")
		}
		if texts := kittest.Texts(q.view); !slices.Contains(texts, filled) {
			t.Errorf("the preview is not among %q", texts)
		}
		q.view.OnTake(0)
		if got := s.chat.composer.Text(); got != filled || s.floating != nil {
			t.Errorf("the composer has %q", got)
		}
	})
	t.Run("from the button they go where the caret is", func(t *testing.T) {
		s := newStage(t)
		s.reply(t, hello)
		s.Open(desktest.Marina)
		s.typed(t, "So: ")
		s.chat.chooseQuick(0)
		s.chat.quick.view.OnTake(0)
		if got := s.chat.composer.Text(); got != "So: "+filled {
			t.Errorf("the composer has %q", got)
		}
	})
	t.Run("a list that is empty, finds nothing or fails says so", func(t *testing.T) {
		s := newStage(t)
		s.Open(desktest.Marina)
		says := func(want string) {
			t.Helper()
			if texts := kittest.Texts(s.chat.quick.view); !slices.Contains(texts, want) {
				t.Errorf("%q is not among %q", want, texts)
			}
		}
		s.chat.chooseQuick(0)
		says("No quick replies yet. Save what you write often, and find it by “/”.")
		s.reply(t, hello)
		s.heard()
		s.chat.quick.view.OnSearch("zebra")
		says("Nothing found")
		s.desk.FailNext("QuickReplies", &desk.Error{Code: desk.Unavailable, Err: errors.New("away")})
		s.chat.chooseQuick(0)
		if rows := s.chat.quick.shown; len(rows) != 0 {
			t.Errorf("a failed list shows %v", rows)
		}
	})
	t.Run("what was written is kept as one", func(t *testing.T) {
		s := newStage(t)
		s.Open(desktest.Marina)
		s.typed(t, "See you tomorrow")
		s.chat.chooseQuick(0)
		tapWord(t, s.chat.quick.view, "Save this text as quick reply")
		sheet, ok := s.floating.(*kit.Sheet)
		if !ok {
			t.Fatal("no form opened")
		}
		fields := kittest.Of[*kit.Field](sheet)
		if got := fields[2].Text(); got != "See you tomorrow" || sheet.Barred() == "" {
			t.Errorf("the text is %q, and it may be kept without a shortcut: %t", got, sheet.Barred() == "")
		}
		for i, text := range []string{"bye", "Good bye"} {
			fields[i].SetText(text)
			fields[i].OnChanged()
		}
		sheet.Send()
		list, _ := s.desk.QuickReplies(context.Background(), desktest.Anna)
		if len(list) != 1 || list[0].Shortcut != "bye" || list[0].Text != "See you tomorrow" {
			t.Errorf("kept is %+v", list)
		}
	})
	t.Run("who saves second is told, and offered both", func(t *testing.T) {
		open := func(t *testing.T) (*stage, *kit.Sheet) {
			s := newStage(t)
			s.reply(t, hello)
			s.Open(desktest.Marina)
			s.chat.chooseQuick(0)
			tapWord(t, s.chat.quick.view, "Edit")
			sheet := s.floating.(*kit.Sheet)
			put(kittest.Of[*kit.Field](sheet)[2], "Mine")
			other := s.chat.quick.shown[0]
			other.Text = "Theirs"
			s.reply(t, other)
			sheet.Send()
			if text := strings.Join(kittest.Texts(sheet), " "); !strings.Contains(text, "Somebody has changed it") || !strings.Contains(text, "“Theirs”") {
				t.Fatalf("shown is %q", text)
			}
			return s, sheet
		}
		kept := func(t *testing.T, s *stage) string {
			list, err := s.desk.QuickReplies(t.Context(), desktest.Anna)
			if err != nil || len(list) != 1 {
				t.Fatalf("kept are %+v, %v", list, err)
			}
			return list[0].Text
		}
		t.Run("saving once more keeps one's own", func(t *testing.T) {
			s, sheet := open(t)
			if got := kept(t, s); got != "Theirs" {
				t.Fatalf("kept is %q before the choice", got)
			}
			sheet.Send()
			if got := kept(t, s); got != "Mine" {
				t.Errorf("kept is %q", got)
			}
		})
		t.Run("the other one is taken into the form", func(t *testing.T) {
			s, sheet := open(t)
			tapWord(t, sheet, "Take theirs")
			if got := kittest.Of[*kit.Field](sheet)[2].Text(); got != "Theirs" {
				t.Errorf("the form has %q", got)
			}
			sheet.Send()
			if got := kept(t, s); got != "Theirs" {
				t.Errorf("kept is %q", got)
			}
		})
	})
	t.Run("a deleted one can be had back", func(t *testing.T) {
		s := newStage(t)
		s.reply(t, hello)
		s.Open(desktest.Marina)
		s.chat.chooseQuick(0)
		tapWord(t, s.chat.quick.view, "Delete")
		if list, _ := s.desk.QuickReplies(context.Background(), desktest.Anna); len(list) != 0 {
			t.Fatalf("left is %+v", list)
		}
		s.undo()
		if list, _ := s.desk.QuickReplies(context.Background(), desktest.Anna); len(list) != 1 || list[0].Text != hello.Text {
			t.Errorf("back is %+v", list)
		}
	})
	t.Run("who may not change them is offered no change", func(t *testing.T) {
		s := newStage(t)
		s.reply(t, hello)
		s.chat.Who.Role = staff.Operator
		s.Open(desktest.Marina)
		s.chat.chooseQuick(0)
		if texts := kittest.Texts(s.chat.quick.view); slices.Contains(texts, "Delete") || slices.Contains(texts, "New") {
			t.Errorf("shown are %q", texts)
		}
	})
}

package rules

import (
	"bytes"
	"image"
	"image/png"
	"testing"
	"time"

	"shopbell/app/live"
	"shopbell/core/autoreply"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
)

func TestPicturesAreReadOnceForAllWhoAsk(t *testing.T) {
	fake := desktest.New(func() time.Time { return monday })
	var content bytes.Buffer
	if err := png.Encode(&content, image.NewNRGBA(image.Rect(0, 0, 40, 20))); err != nil {
		t.Fatal(err)
	}
	name, err := fake.AddPicture(t.Context(), desktest.Anna, "guide.png", &content)
	if err != nil {
		t.Fatal(err)
	}
	fake.PutRules(autoreply.File{Version: autoreply.Version, Rules: []autoreply.Rule{
		{ID: "guide", Name: "Guide", Trigger: autoreply.TriggerKeyword, Replies: []autoreply.Variant{{Text: "Look.", Picture: name}}},
	}})
	stored, err := fake.Rules(t.Context(), desktest.Anna)
	if err != nil {
		t.Fatal(err)
	}
	loop := live.NewManual(monday).Loop()
	var begun []func()
	loop.Spawn = func(work func()) { begun = append(begun, work) }
	scope := live.New(t.Context(), loop)
	t.Cleanup(scope.Close)
	p := newPictures(&Screen{Deps: Deps{Desk: fake, Who: desktest.Anna, Scope: scope}, editing: NewEditing(stored)})

	got := 0
	count := func(*image.NRGBA) { got++ }
	p.show(name, count) // the editor
	p.show(name, count) // the phone
	if len(begun) != 1 {
		t.Fatalf("it is read %d times", len(begun))
	}
	begun[0]()
	if got != 2 {
		t.Errorf("%d of 2 got it", got)
	}
	p.show(name, count)
	if got != 3 || len(begun) != 1 {
		t.Errorf("afterwards %d of 3 got it, read %d times", got, len(begun))
	}

	fake.FailNext("Open", desk.Errorf(desk.Unavailable, "away"))
	p = newPictures(p.Screen)
	p.show(name, count)
	begun[1]()
	p.show(name, count)
	begun[2]()
	if got != 4 {
		t.Errorf("after a failure %d of 4 got it", got)
	}
}

package inbox

import (
	"crypto/rand"
	"encoding/json"
	"strings"

	"fyne.io/fyne/v2"

	"shopbell/app/kit"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
)

// typedPlace is a place as it was typed.
type typedPlace struct{ name, address, source, latitude, longitude string }

// placeForm asks for a place: its numbers are typed, or taken from a map link.
type placeForm struct {
	Deps
	typed                                      *typedPlace
	source, latitude, longitude, name, address *kit.Field
}

// choosePlace opens the form of a place.
func (p *chatPane) choosePlace() {
	p.with(func(t *talk) {
		p.openForm(look.IconPin, p.Words.T("form.place"), fyne.NewSize(480, 408), &placeForm{Deps: p.Deps, typed: &t.forms.place})
	})
}

func (f *placeForm) content(s *formSheet) (kit.Fitting, fyne.Focusable) {
	f.source = s.field(kit.NewField(kit.FieldWords{
		Label: f.Words.T("form.map_link"), Placeholder: "https://maps.google.com/…@38.7071,-9.1365,17z",
	}), 0, &f.typed.source)
	f.latitude = s.field(s.label("form.latitude"), 0, &f.typed.latitude)
	f.longitude = s.field(s.label("form.longitude"), 0, &f.typed.longitude)
	f.name = s.field(s.label("form.place_name"), 0, &f.typed.name)
	f.address = s.field(s.label("form.address"), 0, &f.typed.address)
	f.source.OnChanged = func() {
		f.typed.source = f.source.Text()
		f.takeSpot()
		s.edited()
	}
	return kit.NewStack(10, f.source, kit.NewColumns(12, 120, f.latitude, f.longitude), f.name, f.address), f.source.Target()
}

// takeSpot fills the numbers in from the link, and the name where none was typed.
func (f *placeForm) takeSpot() {
	spot, ok := parseSpot(f.typed.source)
	if !ok {
		return
	}
	f.typed.latitude, f.typed.longitude = formatDegrees(spot.latitude), formatDegrees(spot.longitude)
	if f.typed.name == "" {
		f.typed.name = spot.name
	}
	f.latitude.SetText(f.typed.latitude)
	f.longitude.SetText(f.typed.longitude)
	f.name.SetText(f.typed.name)
}

func (f *placeForm) check() string {
	f.checkSource()
	lat := f.checkDegrees(f.latitude, 90, "form.latitude_range")
	lon := f.checkDegrees(f.longitude, 180, "form.longitude_range")
	switch {
	case f.typed.latitude == "" || f.typed.longitude == "":
		return f.Words.T("form.place_missing")
	case !lat || !lon:
		return f.Words.T("form.wrong")
	case strings.TrimSpace(f.typed.address) != "" && strings.TrimSpace(f.typed.name) == "":
		return f.Words.T("form.name_missing")
	}
	return ""
}

// checkSource says what was found in the link. A short one holds no numbers, and
// nobody is asked where it leads.
func (f *placeForm) checkSource() {
	_, ok := parseSpot(f.typed.source)
	switch {
	case f.typed.source == "":
		f.source.Set(kit.FindingNone, "")
	case ok:
		f.source.Set(kit.FindingGood, f.Words.T("form.map_found"))
	default:
		f.source.Set(kit.FindingWarn, f.Words.T("form.map_nothing"))
	}
}

func (f *placeForm) checkDegrees(field *kit.Field, most float64, key string) bool {
	_, ok := parseDegrees(field.Text(), most)
	if ok || field.Text() == "" {
		field.Set(kit.FindingNone, "")
	} else {
		field.Set(kit.FindingBad, f.Words.T(key))
	}
	return ok
}

func (f *placeForm) location() chat.Location {
	lat, _ := parseDegrees(f.typed.latitude, 90)
	lon, _ := parseDegrees(f.typed.longitude, 180)
	return chat.Location{Latitude: lat, Longitude: lon, Name: strings.TrimSpace(f.typed.name), Address: strings.TrimSpace(f.typed.address)}
}

func (f *placeForm) answer() desk.Answer {
	l := f.location()
	return desk.Answer{Location: &l}
}

func (f *placeForm) sent() (back func(), err error) {
	err = f.keepPlace(f.location())
	return emptied(f.typed, func(t typedPlace) bool { return t == typedPlace{} }), err
}

// lastPlaceKey is where the memory keeps the place that was sent last.
const lastPlaceKey = "last_place"

func (d Deps) keepPlace(l chat.Location) error {
	text, err := json.Marshal(l)
	if err != nil {
		return err
	}
	d.Memory.SetString(lastPlaceKey, string(text))
	return nil
}

// lastPlace is the place that was sent last from this computer.
func (d Deps) lastPlace() (l chat.Location, ok bool) {
	text := d.Memory.String(lastPlaceKey)
	return l, text != "" && json.Unmarshal([]byte(text), &l) == nil
}

// sendLastPlace sends the place that was sent last.
func (p *chatPane) sendLastPlace() {
	if l, ok := p.lastPlace(); ok && p.canWrite() {
		p.talk.sendQuoting(desk.Answer{Location: &l}, rand.Text(), func() func() { return nil })
	}
}

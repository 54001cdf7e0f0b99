package connection

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"shopbell/app/kit"
	"shopbell/app/live"
	"shopbell/app/locale"
	"shopbell/app/look"
	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
)

var now = desktest.SampleNow

// meta is a desk whose Meta knows one number with one token and one secret.
type meta struct {
	connected desk.Connected
	tunnelKey desk.Secret
	checked   []desk.Keys // by CheckKeys
	saved     []desk.Keys
	tested    []string // phones
	message   chat.Message
	fail      error  // of the next call
	during    func() // what the person does while the next call about keys is under way
}

const goodToken, goodSecret = "EAAgood", "0123456789abcdef0123456789abcdef"

func (m *meta) failure() error {
	err := m.fail
	m.fail = nil
	return err
}

func (m *meta) meanwhile() {
	if during := m.during; during != nil {
		m.during = nil
		during()
	}
}

func (m *meta) Connected(context.Context, desk.Actor) (desk.Connected, error) {
	return m.connected, m.failure()
}

func (m *meta) report(k desk.Keys) desk.KeysReport {
	token := desk.Check{Field: "token", State: desk.CheckBad, Code: desk.CheckRefused}
	switch {
	case k.Token == goodToken || k.Token == "" && m.connected.HasToken:
		token = desk.Check{Field: "token", State: desk.CheckOK, Code: desk.CheckValid}
	case k.Token == "":
		token = desk.Check{Field: "token", State: desk.CheckBad, Code: desk.CheckMissing}
	case k.Token == "EAAbrief":
		token = desk.Check{Field: "token", State: desk.CheckWarn, Code: desk.CheckExpires, Until: now.Add(24 * time.Hour)}
	}
	if token.State == desk.CheckBad {
		return desk.KeysReport{Checks: []desk.Check{{Field: "phone_number_id", State: desk.CheckUnknown, Code: desk.CheckNotFound}, token}}
	}
	number := desk.Number{
		PhoneNumberID: k.PhoneNumberID, Name: "Marola Shoes", Phone: "+351 912 000 118", Quality: "GREEN", Limit: "TIER_250",
		NameStatus: "APPROVED", Verification: "VERIFIED",
		Profile: desk.Profile{Description: "Shoes made by hand", Email: "hello@marola.example", Websites: []string{"https://marola.example", "https://shop.example"}},
	}
	if k.PhoneNumberID == "" {
		number.PhoneNumberID = m.connected.PhoneNumberID
	}
	return desk.KeysReport{Usable: true, AppID: "300000000000042", Read: now, Numbers: []desk.Number{number, second}, Checks: []desk.Check{
		{Field: "phone_number_id", State: desk.CheckOK, Code: desk.CheckFound, Args: map[string]string{"name": "Marola Shoes", "phone": "+351 912 000 118"}},
		{Field: "waba_id", State: desk.CheckOK, Code: desk.CheckMatches}, token,
		{Field: "app_secret", State: desk.CheckOK, Code: desk.CheckMatches},
	}}
}

// second is the account's other number.
var second = desk.Number{PhoneNumberID: "104829301177463", Name: "Marola Repairs", Phone: "+351 912 000 119", Quality: "YELLOW", NameStatus: "PENDING_REVIEW", Verification: "NOT_VERIFIED"}

func (m *meta) CheckKeys(_ context.Context, _ desk.Actor, k desk.Keys) (desk.KeysReport, error) {
	if err := m.failure(); err != nil {
		return desk.KeysReport{}, err
	}
	m.checked = append(m.checked, k)
	m.meanwhile()
	return m.report(k), nil
}

func (m *meta) SaveKeys(_ context.Context, _ desk.Actor, k desk.Keys) (desk.KeysReport, error) {
	if err := m.failure(); err != nil {
		return desk.KeysReport{}, err
	}
	m.meanwhile()
	report := m.report(k)
	if !report.Usable {
		return report, &desk.Error{Code: desk.Invalid, Field: "token"}
	}
	m.saved = append(m.saved, k)
	m.connected.PhoneNumberID, m.connected.WABAID = k.PhoneNumberID, k.WABAID
	m.connected.HasToken, m.connected.HasAppSecret = true, true
	m.connected.Name, m.connected.Phone, m.connected.Store = "Marola Shoes", "+351 912 000 118", desk.StoreKeyring
	return report, nil
}

func (m *meta) ForgetKeys(context.Context, desk.Actor) error {
	m.connected.HasToken, m.connected.HasAppSecret = false, false
	return m.failure()
}

func (m *meta) SetArrival(_ context.Context, _ desk.Actor, a desk.Arrival) error {
	if a.Way == desk.WayForwarder && !strings.HasPrefix(a.URL, "https://") {
		return &desk.Error{Code: desk.Invalid, Field: "url"}
	}
	if a.TunnelKey != "" {
		m.tunnelKey, m.connected.HasTunnelKey = a.TunnelKey, true
	}
	a.TunnelKey = ""
	m.connected.Arrival = a
	m.connected.Report = desk.ArrivalReport{State: desk.ArrivalOpening, Forward: "http://127.0.0.1:9000"}
	return m.failure()
}

func (m *meta) CheckArrival(context.Context, desk.Actor) (desk.ArrivalReport, error) {
	r := desk.ArrivalReport{State: desk.ArrivalChecked, Public: "https://shop.example/webhook", Forward: "http://127.0.0.1:9000",
		Checks: []desk.Check{{Field: "address", State: desk.CheckOK, Code: desk.CheckReached}}}
	if m.tunnelKey == "bad" {
		r = desk.ArrivalReport{State: desk.ArrivalFailed, Checks: []desk.Check{{Field: "address", State: desk.CheckBad, Code: desk.CheckTunnelRefused}}}
	}
	m.connected.Report = r
	return r, m.failure()
}

func (m *meta) SendTest(_ context.Context, _ desk.Actor, phone, _ string) (chat.MessageID, error) {
	if err := m.failure(); err != nil {
		return 0, err
	}
	m.tested = append(m.tested, phone)
	m.message = chat.Message{ID: 7, Status: chat.StatusQueued}
	return 7, nil
}

func (m *meta) Message(context.Context, desk.Actor, chat.MessageID) (chat.Message, error) {
	return m.message, nil
}

// stage is the screen in a window of Fyne's test driver.
type stage struct {
	*Screen
	*meta
	loop  *live.Manual
	said  []string
	to    []string // where the screen led
	focus fyne.Focusable

	answers []kit.Action // of the question that was asked last
}

var owner = desktest.Anna

func newStage(t *testing.T, m *meta, health desk.Health, who desk.Actor, lang locale.Language, width float32) *stage {
	t.Helper()
	if err := look.Apply(test.NewTempApp(t), look.Choice{Mode: look.Light}); err != nil {
		t.Fatal(err)
	}
	w, err := locale.New(lang, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{meta: m, loop: live.NewManual(now)}
	scope := live.New(t.Context(), s.loop.Loop())
	t.Cleanup(scope.Close)
	lead := func(where string) func() { return func() { s.to = append(s.to, where) } }
	s.Screen = New(Deps{
		Desk: m, Who: who, Words: w, Scope: scope, Say: func(text string, _ bool) { s.said = append(s.said, text) },
		Focus: func(f fyne.Focusable) { s.focus = f }, Copy: func(text string) { s.to = append(s.to, "copied "+text) },
		Browse: func(page string) { s.to = append(s.to, page) }, OpenSandbox: lead("sandbox"), LeaveSandbox: lead("own shop"),
		Ask:  func(title, _ string, answers ...kit.Action) { s.said, s.answers = append(s.said, title), answers },
		Done: lead("chats"), ContinueKeys: "Ctrl+Enter",
	}, health)
	window := test.NewTempWindow(t, s.Content())
	window.SetPadded(false)
	window.Resize(fyne.NewSize(width, 800))
	return s
}

// fresh is a shop without a number.
func fresh(t *testing.T) *stage {
	return newStage(t, &meta{}, desk.Health{State: desk.ConnectionNone}, owner, locale.English, 1208)
}

// withKeys is a shop whose keys are stored.
func withKeys(t *testing.T) *stage {
	m := &meta{}
	if _, err := m.SaveKeys(t.Context(), owner, desk.Keys{PhoneNumberID: "104829301177462", WABAID: "98213300418275", Token: goodToken, AppSecret: goodSecret}); err != nil {
		t.Fatal(err)
	}
	m.saved = nil
	return newStage(t, m, desk.Health{State: desk.ConnectionOK}, owner, locale.English, 1208)
}

// opens lets the way that was chosen stand, of which the desk tells.
func (s *stage) opens() {
	s.meta.connected.Report.State = desk.ArrivalOpen
	s.Heard(live.Batch{Events: []desk.Event{{Kind: desk.EventHealth}}})
}

// put fills a field as a person pastes.
func put(f *kit.Field, text string) {
	f.SetText(text)
	f.OnChanged()
}

// fillKeys types all four values.
func (s *stage) fillKeys(token string) {
	put(s.keys.fields["phone_number_id"], "104829301177462")
	put(s.keys.fields["waba_id"], "98213300418275")
	put(s.keys.fields["token"], token)
	put(s.keys.fields["app_secret"], goodSecret)
	s.loop.Advance(checkAfter)
}

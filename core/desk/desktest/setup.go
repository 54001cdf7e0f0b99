package desktest

import (
	"context"
	"maps"
	"net"
	"strings"
	"time"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

// Meta is what the other side of desk.Setup knows, in a Fake.
type Meta struct {
	Keys        desk.Keys // that it takes; nothing is taken while they are empty
	Name, Phone string    // of the number
	Expires     time.Time // of the token; zero: never
	// TunnelKey is the one that opens a tunnel.
	TunnelKey desk.Secret
	// Outside is the public address behind which the desk is reached.
	Outside string
	// Away: it cannot be asked.
	Away bool
}

// metaApp is the app that its keys are of.
const metaApp = "300000000000042"

// SetMeta changes what Meta knows.
func (f *Fake) SetMeta(m Meta) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.meta = m
}

// enterSetup is enter for the calls of desk.Setup that the sandbox has none of.
func (f *Fake) enterSetup(ctx context.Context, method string) error {
	if err := f.enter(ctx, method); err != nil {
		return err
	}
	if f.health.Sandbox {
		return desk.Errorf(desk.Conflict, "this is the sandbox")
	}
	return nil
}

// Connected keeps the contract of desk.Setup.
func (f *Fake) Connected(ctx context.Context, _ desk.Actor) (desk.Connected, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enter(ctx, "Connected"); err != nil {
		return desk.Connected{}, err
	}
	c := f.connected
	c.PhoneNumberID, c.WABAID = f.keys.PhoneNumberID, f.keys.WABAID
	c.HasToken, c.HasAppSecret = f.keys.Token != "", f.keys.AppSecret != ""
	if c.Report.State == "" {
		c.Report.State = desk.ArrivalOff
	}
	c.HasTunnelKey, c.Arrival.TunnelKey = c.Arrival.TunnelKey != "", ""
	c.Store = desk.StoreKeyring
	if f.health.Sandbox {
		c.HasToken, c.HasAppSecret, c.Store = true, true, desk.StoreGiven
	}
	return c, nil
}

// CheckKeys keeps the contract of desk.Setup.
func (f *Fake) CheckKeys(ctx context.Context, _ desk.Actor, k desk.Keys) (desk.KeysReport, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enterSetup(ctx, "CheckKeys"); err != nil {
		return desk.KeysReport{}, err
	}
	_, report, err := f.judge(k)
	return report, err
}

// judge completes keys and checks them as Meta would. The caller holds mu.
func (f *Fake) judge(k desk.Keys) (desk.Keys, desk.KeysReport, error) {
	k.PhoneNumberID = orKept(k.PhoneNumberID, f.keys.PhoneNumberID)
	k.WABAID = orKept(k.WABAID, f.keys.WABAID)
	k.Token = desk.Secret(orKept(k.Token.Reveal(), f.keys.Token.Reveal()))
	k.AppSecret = desk.Secret(orKept(k.AppSecret.Reveal(), f.keys.AppSecret.Reveal()))
	if f.meta.Away {
		return k, desk.KeysReport{Checks: k.Malformed()}, desk.Errorf(desk.Unavailable, "Meta cannot be asked")
	}
	works := k.Token != "" && k.Token == f.meta.Keys.Token
	found := k.PhoneNumberID == f.meta.Keys.PhoneNumberID
	token := check("token", k.Token.Reveal(), works, true, desk.CheckValid, desk.CheckRefused)
	if works && !f.meta.Expires.IsZero() {
		token.Code, token.Until = desk.CheckExpires, f.meta.Expires
	}
	number := check("phone_number_id", k.PhoneNumberID, found, works, desk.CheckFound, desk.CheckNotFound)
	if number.Code == desk.CheckFound {
		number.Args = map[string]string{"name": f.meta.Name, "phone": f.meta.Phone}
	}
	report := desk.KeysReport{Usable: true, Checks: []desk.Check{
		number,
		check("waba_id", k.WABAID, k.WABAID == f.meta.Keys.WABAID, works && found, desk.CheckMatches, desk.CheckOtherTarget),
		token,
		check("app_secret", k.AppSecret.Reveal(), k.AppSecret == f.meta.Keys.AppSecret, works, desk.CheckMatches, desk.CheckOtherApp),
	}}
	for _, c := range report.Checks {
		report.Usable = report.Usable && c.State == desk.CheckOK
	}
	if works {
		report.Read, report.AppID = f.Now(), metaApp
	}
	if works && k.WABAID == f.meta.Keys.WABAID {
		report.Numbers = []desk.Number{{
			PhoneNumberID: f.meta.Keys.PhoneNumberID, Name: f.meta.Name, Phone: f.meta.Phone,
			Quality: "GREEN", Limit: "TIER_250", NameStatus: "APPROVED", Verification: "VERIFIED",
		}}
	}
	return k, report, nil
}

func orKept(typed, kept string) string {
	if typed = strings.TrimSpace(typed); typed == "" {
		return kept
	}
	return typed
}

// check is one line of a report; asked is false where another key is wrong.
func check(field, value string, right, asked bool, ok, bad desk.CheckCode) desk.Check {
	switch {
	case value == "":
		return desk.Check{Field: field, State: desk.CheckBad, Code: desk.CheckMissing}
	case strings.HasSuffix(field, "_id") && !desk.IsID(value):
		return desk.Check{Field: field, State: desk.CheckBad, Code: desk.CheckMalformed}
	case !asked:
		return desk.Check{Field: field, State: desk.CheckUnknown}
	case !right:
		return desk.Check{Field: field, State: desk.CheckBad, Code: bad}
	}
	return desk.Check{Field: field, State: desk.CheckOK, Code: ok}
}

// SaveKeys keeps the contract of desk.Setup.
func (f *Fake) SaveKeys(ctx context.Context, _ desk.Actor, k desk.Keys) (desk.KeysReport, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enterSetup(ctx, "SaveKeys"); err != nil {
		return desk.KeysReport{}, err
	}
	k, report, err := f.judge(k)
	if err != nil {
		return report, err
	}
	for _, c := range report.Checks {
		if c.State != desk.CheckOK {
			return report, &desk.Error{Code: desk.Invalid, Field: c.Field}
		}
	}
	f.keys = k
	f.connected.Name, f.connected.Phone, f.connected.TokenExpires = f.meta.Name, f.meta.Phone, f.meta.Expires
	f.health.State = desk.ConnectionOK
	f.health.Channel = chat.Channel{ID: 1, PhoneNumberID: k.PhoneNumberID, WABAID: k.WABAID, DisplayPhone: f.meta.Phone, Name: f.meta.Name}
	f.announce(desk.EventHealth, 0, 0)
	return report, nil
}

// ForgetKeys keeps the contract of desk.Setup.
func (f *Fake) ForgetKeys(ctx context.Context, _ desk.Actor) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enterSetup(ctx, "ForgetKeys"); err != nil {
		return err
	}
	f.keys.Token, f.keys.AppSecret = "", ""
	f.connected.Arrival, f.connected.Report, f.connected.TokenExpires = desk.Arrival{}, desk.ArrivalReport{}, time.Time{}
	if f.health.Channel.ID != 0 {
		f.health.State = desk.ConnectionNoKey
	}
	f.announce(desk.EventHealth, 0, 0)
	return nil
}

// SetArrival keeps the contract of desk.Setup; what it opens is open at once.
func (f *Fake) SetArrival(ctx context.Context, _ desk.Actor, a desk.Arrival) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enterSetup(ctx, "SetArrival"); err != nil {
		return err
	}
	report := desk.ArrivalReport{State: desk.ArrivalOpen}
	switch a.Way {
	case desk.WayNone:
		report = desk.ArrivalReport{}
	case desk.WayTunnel:
		if a.TunnelKey == "" {
			a.TunnelKey = f.connected.Arrival.TunnelKey
		}
		if a.TunnelKey == "" {
			return &desk.Error{Code: desk.Invalid, Field: "tunnel_key"}
		}
		report.Public = "https://" + orKept(a.Domain, "random.ngrok-free.app") + "/webhook"
		if a.TunnelKey != f.meta.TunnelKey {
			report = desk.ArrivalReport{State: desk.ArrivalFailed, Checks: []desk.Check{{
				Field: "address", State: desk.CheckBad, Code: desk.CheckTunnelRefused, Args: map[string]string{"reason": "ERR_NGROK_105"},
			}}}
		}
	case desk.WayForwarder:
		a.TunnelKey = ""
		if a.URL != "" && !strings.HasPrefix(a.URL, "https://") {
			return &desk.Error{Code: desk.Invalid, Field: "url"}
		}
		if a.Listen != "" {
			if _, _, err := net.SplitHostPort(a.Listen); err != nil {
				return &desk.Error{Code: desk.Invalid, Field: "listen"}
			}
		}
		report.Forward = "http://" + orKept(a.Listen, desk.UsualListen)
		if a.URL == "" {
			report.State = desk.ArrivalOpening
		} else {
			report.Public = strings.TrimSuffix(strings.TrimSuffix(a.URL, "/"), "/webhook") + "/webhook"
		}
	default:
		return &desk.Error{Code: desk.Invalid, Field: "way"}
	}
	f.connected.Arrival, f.connected.Report = a, report
	f.announce(desk.EventHealth, 0, 0)
	return nil
}

// CheckArrival keeps the contract of desk.Setup.
func (f *Fake) CheckArrival(ctx context.Context, _ desk.Actor) (desk.ArrivalReport, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.enterSetup(ctx, "CheckArrival"); err != nil {
		return desk.ArrivalReport{}, err
	}
	report := f.connected.Report
	found := desk.Check{Field: "address", State: desk.CheckBad, Code: desk.CheckMissing}
	switch {
	case report.State == desk.ArrivalFailed:
		return report, nil
	case report.State == "":
		report.State = desk.ArrivalOff
	case report.Public == "":
	case report.Public != f.meta.Outside:
		found.Code, report.State = desk.CheckUnreachable, desk.ArrivalOpen
	default:
		found.State, found.Code, report.State = desk.CheckOK, desk.CheckReached, desk.ArrivalChecked
	}
	report.Checks = []desk.Check{found}
	if found.Code == desk.CheckReached && f.keys.Token == "" {
		report.State = desk.ArrivalOpen
		report.Checks = append(report.Checks, desk.Check{
			Field: "address", State: desk.CheckBad, Code: desk.CheckNotSubscribed, Args: map[string]string{"reason": "no_key"},
		})
	}
	if report.State != desk.ArrivalOff {
		f.connected.Report = report
		f.announce(desk.EventHealth, 0, 0)
	}
	return report, nil
}

// SendTest keeps the contract of desk.Setup.
func (f *Fake) SendTest(ctx context.Context, who desk.Actor, phone, text string) (chat.MessageID, error) {
	f.mu.Lock()
	err := f.enterSetup(ctx, "SendTest")
	convs := maps.Clone(f.convs)
	f.mu.Unlock()
	if err != nil {
		return 0, err
	}
	digits := chat.Digits(phone)
	if digits == "" {
		return 0, &desk.Error{Code: desk.Invalid, Field: "phone"}
	}
	for id, c := range convs {
		if chat.PhoneKey(c.Contact.Phone) == chat.PhoneKey(digits) {
			return f.Send(ctx, who, id, desk.Answer{Text: text}, "")
		}
	}
	return 0, desk.Errorf(desk.NotFound, "nobody with this phone wrote before")
}

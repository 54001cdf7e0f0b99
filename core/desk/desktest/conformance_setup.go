package desktest

import (
	"strings"
	"testing"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

// SetupBench is a desk under RunSetup: a real shop with no keys yet, with Meta
// and the internet around it.
type SetupBench struct {
	Desk  desk.Service
	Owner desk.Actor
	Meta  Meta // what the other side knows
	// Reach has the public address of Meta.Outside lead to where the desk says
	// that a forwarder must forward to.
	Reach func(t *testing.T)
	// Write lets a customer with this phone write, and returns once the desk shows
	// it. The number is connected by then.
	Write func(t *testing.T, phone, text string)
}

// RunSetup holds a desk against the contract of desk.Setup, as far as a screen can
// see it. open makes a new one for each subtest and cleans up after itself.
func RunSetup(t *testing.T, open func(t *testing.T) *SetupBench) {
	for _, part := range []struct {
		name string
		test func(*setupBench)
	}{
		{"a new shop has no keys and no way", (*setupBench).begins},
		{"keys are checked, and kept where Meta takes them", (*setupBench).keys},
		{"a key alone is checked with those that are kept", (*setupBench).oneKey},
		{"keys are forgotten", (*setupBench).forgets},
		{"a way that is none is refused with its field", (*setupBench).noWay},
		{"a way is opened, checked, and taken away", (*setupBench).way},
		{"a test goes to who wrote before", (*setupBench).sendTest},
		{"the local API is switched on, renewed, and switched off", (*setupBench).local},
	} {
		t.Run(part.name, func(t *testing.T) { part.test(&setupBench{SetupBench: open(t), T: t}) })
	}
}

type setupBench struct {
	*SetupBench
	*testing.T
}

func (b *setupBench) want(err error, code desk.Code, what string) {
	b.Helper()
	if got := desk.CodeOf(err); got != code {
		b.Errorf("%s: got %q (%v), want %q", what, got, err, code)
	}
}

func (b *setupBench) connected() desk.Connected {
	b.Helper()
	c, err := b.Desk.Connected(b.Context(), b.Owner)
	b.want(err, "", "asking what is known")
	if c.Arrival.TunnelKey != "" {
		b.Error("what is known holds a secret")
	}
	return c
}

func (b *setupBench) state() desk.ConnectionState {
	b.Helper()
	h, err := b.Desk.Health(b.Context(), b.Owner)
	b.want(err, "", "asking for the health")
	return h.State
}

func (b *setupBench) save(k desk.Keys) {
	b.Helper()
	report, err := b.Desk.SaveKeys(b.Context(), b.Owner, k)
	if err != nil || !report.Usable {
		b.Fatalf("keys that Meta takes are refused: %+v, %v", report, err)
	}
}

// found are the codes of checks, by field.
func found(checks []desk.Check) map[string]desk.CheckCode {
	codes := map[string]desk.CheckCode{}
	for _, c := range checks {
		codes[c.Field] = c.Code
	}
	return codes
}

func (b *setupBench) begins() {
	c := b.connected()
	if c.HasToken || c.HasAppSecret || c.PhoneNumberID != "" || c.Report.State != desk.ArrivalOff || c.Store == desk.StoreGiven {
		b.Errorf("what is known is %+v", c)
	}
	if got := b.state(); got != desk.ConnectionNone {
		b.Errorf("the connection is %s", got)
	}
	report, err := b.Desk.CheckArrival(b.Context(), b.Owner)
	b.want(err, "", "checking no way")
	if report.State != desk.ArrivalOff || found(report.Checks)["address"] != desk.CheckMissing {
		b.Errorf("no way is checked as %+v", report)
	}
}

func (b *setupBench) keys() {
	for _, tt := range []struct {
		name, field string
		spoil       func(*desk.Keys)
		want        desk.CheckCode
	}{
		{"a number that is none", "phone_number_id", func(k *desk.Keys) { k.PhoneNumberID = "100000000000001" }, desk.CheckNotFound},
		{"a phone in place of an id", "phone_number_id", func(k *desk.Keys) { k.PhoneNumberID = "+1 555" }, desk.CheckMalformed},
		{"an account that the token is not for", "waba_id", func(k *desk.Keys) { k.WABAID = "200000000000001" }, desk.CheckOtherTarget},
		{"a token that is none", "token", func(k *desk.Keys) { k.Token = "wrong" }, desk.CheckRefused},
		{"no token", "token", func(k *desk.Keys) { k.Token = "" }, desk.CheckMissing},
		{"a secret of another app", "app_secret", func(k *desk.Keys) { k.AppSecret = "wrong" }, desk.CheckOtherApp},
	} {
		k := b.Meta.Keys
		tt.spoil(&k)
		report, err := b.Desk.CheckKeys(b.Context(), b.Owner, k)
		b.want(err, "", "checking "+tt.name)
		if report.Usable || len(report.Checks) != 4 || found(report.Checks)[tt.field] != tt.want {
			b.Errorf("%s is reported as %+v", tt.name, report)
		}
		_, err = b.Desk.SaveKeys(b.Context(), b.Owner, k)
		b.want(err, desk.Invalid, "saving "+tt.name)
		if b.connected().HasToken {
			b.Errorf("%s was kept", tt.name)
		}
	}
	b.save(b.Meta.Keys)
	c := b.connected()
	if !c.HasToken || !c.HasAppSecret || c.PhoneNumberID != b.Meta.Keys.PhoneNumberID || c.WABAID != b.Meta.Keys.WABAID ||
		c.Name != b.Meta.Name || c.Phone != b.Meta.Phone {
		b.Errorf("what is known is %+v", c)
	}
	if got := b.state(); got != desk.ConnectionOK {
		b.Errorf("the connection is %s", got)
	}
}

func (b *setupBench) oneKey() {
	b.save(b.Meta.Keys)
	for k, usable := range map[desk.Keys]bool{
		{}:                                       true,
		{Token: b.Meta.Keys.Token}:               true,
		{Token: "wrong"}:                         false,
		{PhoneNumberID: "1"}:                     false,
		{AppSecret: " " + b.Meta.Keys.AppSecret}: true,
	} {
		report, err := b.Desk.CheckKeys(b.Context(), b.Owner, k)
		b.want(err, "", "checking one key")
		if report.Usable != usable {
			b.Errorf("with those that are kept it is %+v", report)
		}
	}
}

func (b *setupBench) forgets() {
	b.save(b.Meta.Keys)
	for range 2 {
		b.want(b.Desk.ForgetKeys(b.Context(), b.Owner), "", "forgetting")
	}
	if c := b.connected(); c.HasToken || c.HasAppSecret || c.PhoneNumberID != b.Meta.Keys.PhoneNumberID {
		b.Errorf("what is known is %+v", c)
	}
	if got := b.state(); got != desk.ConnectionNoKey {
		b.Errorf("the connection is %s", got)
	}
}

func (b *setupBench) noWay() {
	for field, a := range map[string]desk.Arrival{
		"way":        {Way: "pigeon"},
		"tunnel_key": {Way: desk.WayTunnel},
		"url":        {Way: desk.WayForwarder, URL: "http://shop.example"},
		"listen":     {Way: desk.WayForwarder, URL: "https://shop.example", Listen: "nowhere"},
	} {
		err := b.Desk.SetArrival(b.Context(), b.Owner, a)
		b.want(err, desk.Invalid, "choosing a bad "+field)
		if err != nil && !strings.Contains(err.Error(), field) {
			b.Errorf("the refusal of %s says %v", field, err)
		}
	}
	if c := b.connected(); c.Arrival.Way != desk.WayNone || c.Report.State != desk.ArrivalOff {
		b.Errorf("what is known is %+v", c)
	}
}

// connect saves the keys and opens the way of Meta.Outside.
func (b *setupBench) connect() desk.ArrivalReport {
	b.Helper()
	b.save(b.Meta.Keys)
	a := desk.Arrival{Way: desk.WayForwarder, URL: strings.TrimSuffix(b.Meta.Outside, "/webhook"), Listen: "127.0.0.1:0"}
	b.want(b.Desk.SetArrival(b.Context(), b.Owner, a), "", "choosing a forwarder")
	b.Reach(b.T)
	report, err := b.Desk.CheckArrival(b.Context(), b.Owner)
	b.want(err, "", "checking it")
	return report
}

func (b *setupBench) way() {
	report := b.connect()
	if report.State != desk.ArrivalChecked || report.Public != b.Meta.Outside || found(report.Checks)["address"] != desk.CheckReached ||
		!strings.HasPrefix(report.Forward, "http://127.0.0.1:") {
		b.Errorf("a way that works is reported as %+v", report)
	}
	if c := b.connected(); c.Report.State != desk.ArrivalChecked || c.Arrival.Way != desk.WayForwarder {
		b.Errorf("what is known is %+v", c)
	}
	b.want(b.Desk.SetArrival(b.Context(), b.Owner, desk.Arrival{}), "", "choosing none")
	if c := b.connected(); c.Report.State != desk.ArrivalOff || c.Arrival.Way != desk.WayNone || !c.HasToken {
		b.Errorf("without a way what is known is %+v", c)
	}
}

func (b *setupBench) sendTest() {
	ctx := b.Context()
	b.connect()
	const phone = "15550100771"
	_, err := b.Desk.SendTest(ctx, b.Owner, phone, "It works")
	b.want(err, desk.NotFound, "to somebody who never wrote")
	_, err = b.Desk.SendTest(ctx, b.Owner, "me", "It works")
	b.want(err, desk.Invalid, "to no phone")
	b.Write(b.T, phone, "Hello")
	_, err = b.Desk.SendTest(ctx, b.Owner, phone, " ")
	b.want(err, desk.Invalid, "an empty text")
	id, err := b.Desk.SendTest(ctx, b.Owner, "+1 (555) 010-0771", "It works")
	b.want(err, "", "to somebody who wrote")
	m, err := b.Desk.Message(ctx, b.Owner, id)
	if err != nil || m.Text != "It works" || m.Author != chat.AuthorAgent {
		b.Errorf("the message is %+v, %v", m, err)
	}
}

// noSetup holds a sandbox against the contract of desk.Setup.
func (b *bench) noSetup() {
	ctx := b.Context()
	_, check := b.Desk.CheckKeys(ctx, b.Anna, desk.Keys{})
	_, save := b.Desk.SaveKeys(ctx, b.Anna, desk.Keys{})
	_, arrival := b.Desk.CheckArrival(ctx, b.Anna)
	_, test := b.Desk.SendTest(ctx, b.Anna, "15550100771", "x")
	for call, err := range map[string]error{
		"CheckKeys": check, "SaveKeys": save, "CheckArrival": arrival, "SendTest": test,
		"ForgetKeys": b.Desk.ForgetKeys(ctx, b.Anna), "SetArrival": b.Desk.SetArrival(ctx, b.Anna, desk.Arrival{}),
	} {
		b.want(err, desk.Conflict, call)
	}
	c, err := b.Desk.Connected(ctx, b.Anna)
	if err != nil || c.Store != desk.StoreGiven || !c.HasToken || c.Report.State != desk.ArrivalOff {
		b.Errorf("what is known is %+v, %v", c, err)
	}
}

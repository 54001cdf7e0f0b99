package host

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"shopbell/core/cloudapi"
	"shopbell/core/desk"
)

// Fields of desk.Check.
const (
	numberField = "phone_number_id"
	wabaField   = "waba_id"
	tokenField  = "token"
	secretField = "app_secret"
)

// soon is how near the end of a key must be for a warning: long enough to make
// another one on a working day. A key of Meta's dashboard lives 24 hours (Cloud
// API), others 60 days or for ever.
const soon = 7 * 24 * time.Hour

// examination is what Meta says of keys.
type examination struct {
	keys    desk.Keys
	report  desk.KeysReport
	number  cloudapi.PhoneInfo // zero where it was not found
	limit   string             // of the number; "" where Meta does not say
	profile cloudapi.Profile   // of the number; zero where Meta does not say
	token   cloudapi.TokenInfo // zero where it does not work
	expires time.Time          // of the token; zero for never
	fits    bool               // the app secret is that of the token's app
	fitsErr error              // why that could not be asked
}

// worst is the first field that keeps the keys from being used.
func (e *examination) worst() string {
	for _, c := range e.report.Checks {
		if c.State == desk.CheckBad || c.State == desk.CheckUnknown {
			return c.Field
		}
	}
	return ""
}

func (e *examination) found(c desk.Check) { e.report.Checks = append(e.report.Checks, c) }

func (e *examination) bad(field string, code desk.CheckCode) {
	e.found(desk.Check{Field: field, State: desk.CheckBad, Code: code})
}

func (e *examination) unknown(field string) {
	e.found(desk.Check{Field: field, State: desk.CheckUnknown})
}

// examine asks Meta about keys: one check for each field, in the order of the
// form. The error is Unavailable where Meta cannot be asked; the report is then of
// what can be told without it.
func (h *Host) examine(ctx context.Context, k desk.Keys) (*examination, error) {
	e := &examination{keys: k, report: desk.KeysReport{Read: h.now()}}
	if err := h.ask(ctx, e); err != nil {
		e.report = desk.KeysReport{Checks: k.Malformed()}
		return e, err
	}
	return e, nil
}

// ask is examine of e.keys. With an error it leaves off where it was.
func (h *Host) ask(ctx context.Context, e *examination) error {
	k := e.keys
	client, err := h.graphClient(k.Token, "")
	if err != nil { // only the token is new in it
		code := desk.CheckMalformed
		if k.Token == "" {
			code = desk.CheckMissing
		}
		for _, f := range []struct{ name, value string }{{numberField, k.PhoneNumberID}, {wabaField, k.WABAID}} {
			if !e.wellFormed(f.name, f.value) {
				continue
			}
			e.unknown(f.name)
		}
		e.bad(tokenField, code)
		e.secretUnknown()
		return nil
	}
	defer client.Close()
	// First of all, since an app may take no other question without its secret. Whether
	// the token is any good is asked next: then an error here says nothing more.
	e.fits, e.fitsErr = client.AppSecretFits(ctx, k.AppSecret)
	if e.fits {
		if client, err = h.graphClient(k.Token, k.AppSecret); err != nil {
			return err
		}
		defer client.Close()
	}
	token, err := h.examineToken(ctx, client, e)
	if err != nil {
		return err
	}
	works := token.State != desk.CheckBad || token.Code == desk.CheckScopeMissing
	for _, step := range []func(context.Context, *cloudapi.Client, bool) error{e.examineNumber, e.examineAccount} {
		if err := step(ctx, client, works); err != nil {
			return err
		}
	}
	e.found(token)
	e.expires = token.Until
	if err := e.examineSecret(works); err != nil {
		return err
	}
	e.report.Usable = e.worst() == ""
	return nil
}

// wellFormed reports whether an id may be asked for; where it may not, the check
// says why.
func (e *examination) wellFormed(field, id string) bool {
	switch {
	case id == "":
		e.bad(field, desk.CheckMissing)
	case !desk.IsID(id):
		e.bad(field, desk.CheckMalformed)
	default:
		return true
	}
	return false
}

func (e *examination) secretUnknown() {
	if e.keys.AppSecret == "" {
		e.bad(secretField, desk.CheckMissing)
		return
	}
	e.unknown(secretField)
}

// examineToken is the check of the token. A permission that is limited to other
// accounts is said of the account's id: one of the two is wrong.
func (h *Host) examineToken(ctx context.Context, client *cloudapi.Client, e *examination) (desk.Check, error) {
	c := desk.Check{Field: tokenField, State: desk.CheckBad}
	info, err := client.DebugToken(ctx)
	refusal, refused := errors.AsType[*cloudapi.Error](err)
	switch {
	case refused && cloudapi.ClassOf(err) == cloudapi.ClassToken:
		c.Code = whyRefused(refusal.GraphError)
		return c, nil
	case err != nil:
		return c, unasked(err)
	case !info.Valid && !info.Expires.IsZero() && !info.Expires.After(h.now()):
		c.Code = desk.CheckExpired
		return c, nil
	case !info.Valid:
		c.Code = whyRefused(info.Problem)
		return c, nil
	}
	e.token, e.report.AppID = info, info.AppID
	for _, scope := range cloudapi.Scopes() {
		if !slices.Contains(info.Scopes, scope) {
			c.Code, c.Args = desk.CheckScopeMissing, map[string]string{"scope": scope}
			return c, nil
		}
	}
	c.State, c.Code = desk.CheckOK, desk.CheckValid
	if !info.Expires.IsZero() {
		c.Code, c.Until = desk.CheckExpires, info.Expires
		if info.Expires.Before(h.now().Add(soon)) {
			c.State = desk.CheckWarn
		}
	}
	return c, nil
}

// whyRefused tells a token that has ended (subcode 463, Graph API) from one that
// is none, or was withdrawn.
func whyRefused(g cloudapi.GraphError) desk.CheckCode {
	if g.Subcode == 463 {
		return desk.CheckExpired
	}
	return desk.CheckRefused
}

// unasked is the error of a question that Meta gave no answer to.
func unasked(err error) error { return desk.Errorf(desk.Unavailable, "Meta cannot be asked: %w", err) }

// unseen reports whether Meta says that there is no such object, or none that the
// token may see; it does not tell which.
func unseen(err error) bool {
	refusal, ok := errors.AsType[*cloudapi.Error](err)
	if !ok {
		return false
	}
	class := cloudapi.ClassOf(refusal)
	return class == cloudapi.ClassParameters || class == cloudapi.ClassToken
}

// examineNumber is the check of the number's id.
func (e *examination) examineNumber(ctx context.Context, client *cloudapi.Client, works bool) error {
	id := e.keys.PhoneNumberID
	if !e.wellFormed(numberField, id) {
		return nil
	}
	if !works {
		e.unknown(numberField)
		return nil
	}
	number, err := client.Phone(ctx, id)
	switch {
	case unseen(err):
		e.bad(numberField, desk.CheckNotFound)
	case err != nil:
		return unasked(err)
	default:
		e.number = number
		// No reason to refuse keys: where it cannot be asked, nothing is said of it.
		e.limit, _ = client.MessagingLimit(ctx, id)
		e.profile, _ = client.Profile(ctx, id)
		e.found(desk.Check{
			Field: numberField, State: desk.CheckOK, Code: desk.CheckFound,
			Args: map[string]string{"name": number.VerifiedName, "phone": number.DisplayPhone},
		})
	}
	return nil
}

// examineAccount is the check of the account's id: it must own the number.
func (e *examination) examineAccount(ctx context.Context, client *cloudapi.Client, works bool) error {
	id := e.keys.WABAID
	if !e.wellFormed(wabaField, id) {
		return nil
	}
	if !works {
		e.unknown(wabaField)
		return nil
	}
	for _, scope := range cloudapi.Scopes() {
		if slices.Contains(e.token.Scopes, scope) && !e.token.Allows(scope, id) {
			e.found(desk.Check{
				Field: wabaField, State: desk.CheckBad, Code: desk.CheckOtherTarget,
				Args: map[string]string{"scope": scope, "ids": strings.Join(e.token.Targets[scope], ", ")},
			})
			return nil
		}
	}
	numbers, err := client.Phones(ctx, id)
	for _, n := range numbers {
		e.report.Numbers = append(e.report.Numbers, e.shown(n))
	}
	switch {
	case unseen(err):
		e.bad(wabaField, desk.CheckNotFound)
	case err != nil:
		return unasked(err)
	case slices.ContainsFunc(numbers, func(n cloudapi.PhoneInfo) bool { return n.ID == e.keys.PhoneNumberID }):
		e.found(desk.Check{Field: wabaField, State: desk.CheckOK, Code: desk.CheckMatches})
	case e.number.ID == "" && e.number.DisplayPhone == "":
		e.unknown(wabaField) // there is no number yet to be matched
	default:
		e.bad(wabaField, desk.CheckOtherAccount)
	}
	return nil
}

// shown is a number as the report has it.
func (e *examination) shown(n cloudapi.PhoneInfo) desk.Number {
	number := desk.Number{
		PhoneNumberID: n.ID, Name: n.VerifiedName, Phone: n.DisplayPhone, Quality: n.Quality,
		NameStatus: n.NameStatus, Verification: n.CodeVerification,
	}
	if n.ID == e.keys.PhoneNumberID {
		number.Limit = e.limit
		p := e.profile
		number.Profile = desk.Profile{About: p.About, Description: p.Description, Address: p.Address, Email: p.Email, Websites: p.Websites}
	}
	return number
}

// examineSecret is the check of the app secret: it must be of the token's app.
func (e *examination) examineSecret(works bool) error {
	if e.keys.AppSecret == "" || !works {
		e.secretUnknown()
		return nil
	}
	switch {
	case e.fitsErr != nil:
		return unasked(e.fitsErr)
	case !e.fits:
		e.bad(secretField, desk.CheckOtherApp)
	default:
		e.found(desk.Check{Field: secretField, State: desk.CheckOK, Code: desk.CheckMatches})
	}
	return nil
}

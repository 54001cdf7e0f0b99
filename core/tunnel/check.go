package tunnel

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"

	"shopbell/core/desk"
)

// handshakeLimit is how long Meta was seen to wait for an answer to its handshake
// (Cloud API, webhooks: 6 s).
const handshakeLimit = 6 * time.Second

// Prober makes Meta's handshake with an address, from this computer. It finds what
// is plainly wrong, and cannot find what treats Meta apart: a name that only this
// computer knows, a firewall's list, rules against robots. Nor does it get through
// to an address of the own router where that lets nobody inside come back in. Only
// Meta, which makes the handshake from its side, has the last word.
type Prober struct {
	// Transport, where set, replaces the usual one: a test has certificates of its
	// own.
	Transport http.RoundTripper
}

// Check asks an address of Address for the handshake with a verify token, within
// 6 s. It gives CheckReached, CheckUnreachable, CheckWrongAnswer or CheckNotSecure.
func (p Prober) Check(ctx context.Context, address string, verify desk.Secret) desk.CheckCode {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" {
		return desk.CheckNotSecure
	}
	challenge := rand.Text()
	u.RawQuery = url.Values{
		"hub.mode": {"subscribe"}, "hub.challenge": {challenge}, "hub.verify_token": {verify.Reveal()},
	}.Encode()
	ctx, cancel := context.WithTimeout(ctx, handshakeLimit)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return desk.CheckUnreachable
	}
	client := http.Client{
		Transport: p.Transport,
		// The verify token goes to no second address.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	response, err := client.Do(request)
	if err != nil {
		return whyNot(err)
	}
	defer response.Body.Close()
	said, err := io.ReadAll(io.LimitReader(response.Body, int64(len(challenge))+1))
	if err != nil || response.StatusCode != http.StatusOK || string(said) != challenge {
		return desk.CheckWrongAnswer
	}
	return desk.CheckReached
}

// whyNot tells a bad certificate, or none, from an address where nobody answers.
func whyNot(err error) desk.CheckCode {
	_, certificate := errors.AsType[*tls.CertificateVerificationError](err)
	_, plain := errors.AsType[tls.RecordHeaderError](err)
	_, alert := errors.AsType[tls.AlertError](err)
	if certificate || plain || alert || errors.Is(err, http.ErrSchemeMismatch) {
		return desk.CheckNotSecure
	}
	return desk.CheckUnreachable
}

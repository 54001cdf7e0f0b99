package cloudapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"shopbell/core/chat"
	"shopbell/core/desk"
)

// What a Client uses where ClientOptions says nothing.
const (
	DefaultBaseURL = "https://graph.facebook.com"
	DefaultVersion = "v25.0" // supported by Meta at least until v27 appears
	defaultTimeout = 30 * time.Second
	// defaultPatience has room for what a slow line has taken and not yet passed on.
	defaultPatience = 2 * time.Minute
)

const (
	maxAnswer     = 4 << 20        // bytes; the largest is a page of a hundred templates
	maxRetryAfter = 24 * time.Hour // a longer Retry-After is taken as this
)

// ClientOptions configure a Client.
type ClientOptions struct {
	// BaseURL is scheme, host and at most a path; DefaultBaseURL when empty.
	// Plain http is accepted for a loopback address only, since the token
	// travels with each request.
	BaseURL string
	Version string      // of the Graph API; DefaultVersion when empty
	Token   desk.Secret // required
	// AppSecret, where it is known, goes with each question to Graph as a proof made
	// of it (appsecret_proof): apps with Meta's "Require App Secret" need one. Graph
	// refuses all of them where it is another app's: see AppSecretFits.
	AppSecret desk.Secret
	// HTTP may bring a timeout and, as an *http.Transport, certificates or a
	// proxy; both are copied. Its CheckRedirect and Jar are not used. The timeout
	// is that of a whole request; of a file it is the longest time without a byte.
	HTTP *http.Client
}

// Client asks the Graph API: it sends messages, moves files, and reads and sets
// what Meta knows of the shop. It is safe for many goroutines and should be
// shared: it keeps connections alive.
type Client struct {
	http *http.Client
	// files has no limit for a whole request; a pace with patience ends one that
	// stands still.
	files    *http.Client
	patience time.Duration
	origin   string // "https://graph.facebook.com"
	base     string // "https://graph.facebook.com/v25.0/"
	// token is a pointer because fmt prints the letters of a Secret that is in a
	// field it cannot see.
	token *desk.Secret
	proof *desk.Secret // appsecret_proof; "" where the app secret is not known
}

var versionForm = regexp.MustCompile(`^v[0-9]+\.[0-9]+$`)

// NewClient checks o and returns a Client. It opens no connection.
func NewClient(o ClientOptions) (*Client, error) {
	if o.BaseURL == "" {
		o.BaseURL = DefaultBaseURL
	}
	if o.Version == "" {
		o.Version = DefaultVersion
	}
	u, err := url.Parse(o.BaseURL)
	if err != nil {
		return nil, fmt.Errorf("cloudapi: Graph address: %w", err)
	}
	if u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("cloudapi: Graph address %q: want scheme, host and path only", u.Redacted())
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
		return nil, fmt.Errorf("cloudapi: Graph address %q: want https, or http to this machine", o.BaseURL)
	}
	if !versionForm.MatchString(o.Version) {
		return nil, fmt.Errorf("cloudapi: Graph version %q: want something like %q", o.Version, DefaultVersion)
	}
	if o.Token == "" || strings.ContainsFunc(o.Token.Reveal(), func(r rune) bool { return r <= ' ' || r > '~' }) {
		return nil, errors.New("cloudapi: the token is empty or contains characters no token has")
	}
	transport, err := measured(o.HTTP)
	if err != nil {
		return nil, err
	}
	timeout, patience := defaultTimeout, defaultPatience
	if o.HTTP != nil && o.HTTP.Timeout > 0 {
		timeout, patience = o.HTTP.Timeout, o.HTTP.Timeout
	}
	// A redirect is an answer like any other: the token goes to no second address.
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	var proof desk.Secret
	if o.AppSecret != "" {
		proof = desk.Secret(appSecretProof(o.Token, o.AppSecret))
	}
	return &Client{
		http:     &http.Client{Transport: transport, Timeout: timeout, CheckRedirect: stay},
		files:    &http.Client{Transport: transport, CheckRedirect: stay},
		patience: patience,
		origin:   origin(u),
		base:     strings.TrimSuffix(u.String(), "/") + "/" + o.Version + "/",
		token:    &o.Token,
		proof:    &proof,
	}, nil
}

// origin is what tells two servers apart.
func origin(u *url.URL) string { return u.Scheme + "://" + strings.ToLower(u.Host) }

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// Close drops the idle connections. The Client stays usable.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Accepted is Graph's receipt. The message is on its way, not delivered.
type Accepted struct {
	WAMID  string
	WaID   string // the canonical phone of the recipient; may differ from the one dialled
	UserID string // where the recipient was addressed by user id
}

// Send posts a body of Outgoing.Encode once, and never a second time by itself.
// The error is a *InvalidError (nothing was sent), a *Error (Graph refused), or
// wraps ErrNotSent or ErrNoAnswer; ClassOf tells what to do about it. An end of
// ctx is reported the same way, by what had been written until then.
func (c *Client) Send(ctx context.Context, phoneNumberID string, body []byte) (Accepted, error) {
	if err := numeric("phone number id", phoneNumberID); err != nil {
		return Accepted{}, err
	}
	a, err := c.ask(ctx, call{method: http.MethodPost, node: phoneNumberID, edge: "messages", body: body})
	if err != nil {
		return Accepted{}, err
	}
	wamid := text(a.body.Get("messages.0.id"))
	if a.status/100 != 2 || wamid == "" {
		return Accepted{}, a.unusable()
	}
	return Accepted{
		WAMID:  wamid,
		WaID:   text(a.body.Get("contacts.0.wa_id")),
		UserID: text(a.body.Get("contacts.0.user_id")),
	}, nil
}

// answer is JSON that came back and holds no Graph error.
type answer struct {
	status int
	body   gjson.Result
}

// unusable is the error for an answer that is not the expected one either. It
// says nothing about the request: a proxy may have spoken after Graph took it.
func (a answer) unusable() error {
	return fmt.Errorf("%w: HTTP %d without a Graph answer", ErrNoAnswer, a.status)
}

// call is one question to Graph about a node: an object that has an id.
type call struct {
	method string
	node   string
	edge   string // of the node, such as "messages"; may be empty
	query  url.Values
	body   []byte // JSON; may be empty
}

// ask makes one request. Errors are as Send describes.
func (c *Client) ask(ctx context.Context, q call) (answer, error) {
	req, w, err := c.request(ctx, q.method, c.address(q), bytes.NewReader(q.body))
	if err != nil {
		return answer{}, err
	}
	if len(q.body) > 0 {
		req.Header.Set("Content-Type", "application/json")
	}
	return c.exchange(c.http, req, w)
}

// change asks for something that Graph confirms with {"success":true}.
func (c *Client) change(ctx context.Context, q call) error {
	a, err := c.ask(ctx, q)
	if err != nil {
		return err
	}
	if a.status/100 != 2 || !a.body.Get("success").Bool() {
		return a.unusable()
	}
	return nil
}

func (c *Client) address(q call) string {
	address := c.base + q.node
	if q.edge != "" {
		address += "/" + q.edge
	}
	query := url.Values{}
	if *c.proof != "" {
		query.Set(proofParameter, c.proof.Reveal())
	}
	maps.Copy(query, q.query)
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	return address
}

// request prepares a request that carries the token. The watch tells afterwards
// whether any of it left.
func (c *Client) request(ctx context.Context, method, address string, body io.Reader) (*http.Request, *watch, error) {
	w := new(watch)
	req, err := http.NewRequestWithContext(w.trace(ctx), method, address, body)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrNotSent, err)
	}
	req.Header.Set("Authorization", "Bearer "+c.token.Reveal())
	return req, w, nil
}

// do makes the request and tells what a failure means for it.
func do(h *http.Client, req *http.Request, w *watch) (*http.Response, error) {
	resp, err := h.Do(req)
	if err == nil {
		return resp, nil
	}
	if u, ok := errors.AsType[*url.Error](err); ok {
		u.URL, _, _ = strings.Cut(u.URL, "?") // a query may hold a token
	}
	if w.reached() {
		return nil, fmt.Errorf("%w: %w", ErrNoAnswer, err)
	}
	return nil, fmt.Errorf("%w: %w", ErrNotSent, err)
}

// exchange makes the request and reads the answer, which must be Graph's.
func (c *Client) exchange(h *http.Client, req *http.Request, w *watch) (answer, error) {
	resp, err := do(h, req, w)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	return c.readAnswer(resp)
}

// readAnswer reads JSON; a Graph error in it is returned as *Error, and whatever
// is not Graph's as ErrNoAnswer.
func (c *Client) readAnswer(resp *http.Response) (answer, error) {
	raw, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err != nil {
		return answer{}, fmt.Errorf("%w: reading the answer (HTTP %d): %w", ErrNoAnswer, resp.StatusCode, err)
	}
	if len(raw) > maxAnswer || !json.Valid(raw) {
		return answer{}, fmt.Errorf("%w: HTTP %d with a body that is not Graph's", ErrNoAnswer, resp.StatusCode)
	}
	a := answer{status: resp.StatusCode, body: gjson.ParseBytes(raw)}
	refusal := a.body.Get("error")
	if g, ok := readError(refusal); ok {
		return answer{}, &Error{
			HTTP:       resp.StatusCode,
			GraphError: c.silenced(g),
			Transient:  refusal.Get("is_transient").Bool(),
			RetryAfter: retryAfter(resp.Header),
			TraceID:    text(refusal.Get("fbtrace_id")),
		}
	}
	return a, nil
}

// silenced is g without the token: Graph repeats one that it does not understand
// ("Malformed access token EAA..."), and errors are stored and logged.
func (c *Client) silenced(g GraphError) GraphError {
	for _, said := range []*string{&g.Title, &g.Message, &g.Details} {
		*said = strings.ReplaceAll(*said, c.token.Reveal(), "[token]")
	}
	return g
}

// numeric checks an id that becomes part of an address.
func numeric(field, id string) error {
	if id == "" || chat.Digits(id) != id {
		return &InvalidError{Field: field, Problem: fmt.Sprintf("%q is not Meta's: want digits", id)}
	}
	return nil
}

// retryAfter reads the header in both its forms. A moment is counted from the
// server's own Date, so that this machine's clock does not matter.
func retryAfter(h http.Header) time.Duration {
	v := h.Get("Retry-After")
	if sec, err := strconv.ParseUint(v, 10, 32); err == nil {
		return min(time.Duration(sec)*time.Second, maxRetryAfter)
	}
	at, err := http.ParseTime(v)
	if err != nil {
		return 0
	}
	date, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return 0
	}
	return min(max(at.Sub(date), 0), maxRetryAfter)
}

package sandbox

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"shopbell/core/cloudapi"
)

// webhookConns is how many webhooks are delivered at once.
const webhookConns = 32

// Meta tries a webhook again at once, then less and less often.
const (
	firstPause = 100 * time.Millisecond
	longPause  = 10 * time.Second
)

// push posts body until it is answered by 200 or ctx ends.
func (s *Sandbox) push(ctx context.Context, body []byte) error {
	for pause := time.Duration(0); ; pause = min(max(2*pause, firstPause), longPause) {
		if !wait(ctx, pause) {
			return fmt.Errorf("sandbox: webhook not delivered: %w", context.Cause(ctx))
		}
		status, err := s.Post(ctx, body)
		if errors.Is(err, errNoTarget) || errors.Is(err, errNotSubscribed) {
			return err
		}
		if err == nil && status == http.StatusOK {
			return nil
		}
		s.mu.Lock()
		s.stats.WebhookFailures++
		s.mu.Unlock()
		s.o.Log.Debug("sandbox: webhook refused", "status", status, "error", err)
	}
}

var (
	// errNoTarget: nobody said where webhooks go.
	errNoTarget = errors.New("sandbox: no webhook address yet: call Deliver first")
	// errNotSubscribed: Meta sends no webhooks to an app that did not ask for them.
	errNotSubscribed = errors.New("sandbox: the shop's app is not subscribed: no webhook comes")
)

// Post signs body, whatever it is, posts it once and returns the HTTP status.
func (s *Sandbox) Post(ctx context.Context, body []byte) (status int, err error) {
	s.mu.Lock()
	target, err := s.account.target(s.o.PhoneNumberID)
	s.mu.Unlock()
	if err != nil {
		return 0, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, target, bytes.NewReader(body))
	if err != nil {
		return 0, fmt.Errorf("sandbox: webhook: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set(cloudapi.SignatureHeader, cloudapi.Sign(s.o.AppSecret, body))
	resp, err := s.client.Do(req)
	if err != nil {
		return 0, fmt.Errorf("sandbox: webhook: %w", err)
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		return 0, fmt.Errorf("sandbox: webhook: %w", err)
	}
	return resp.StatusCode, nil
}

// wait sleeps for d, or less when ctx ends; it reports whether it slept it out.
func wait(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

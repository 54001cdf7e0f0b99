package main

import (
	"errors"
	"fmt"
	"log/slog"

	"shopbell/core/host"
	"shopbell/core/store"
)

// serveCommand runs the desk.
type serveCommand struct{}

// Run opens the desk, says where it listens, and closes it when the context
// ends. What is under way then is finished first.
func (serveCommand) Run(s *surroundings) error {
	set, err := readSettings(s.env)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(s.errOut, nil))
	h, err := host.Open(s.ctx, host.Options{
		DataDir: s.dir, Listen: set.listen, Shop: set.shop, Graph: set.graph, Limits: &set.limits, AutomaticSendBefore: set.autoSendBefore, Log: log,
	})
	switch {
	case errors.Is(err, host.ErrInUse):
		return fmt.Errorf("%w: close it first, or choose another folder with --data", err)
	case errors.Is(err, store.ErrNewer):
		return fmt.Errorf("%w: nothing in it was changed", err)
	case err != nil:
		return err
	}
	log.Info("Desk is open", "webhook", "http://"+h.Addr()+host.WebhookPath, "data", s.dir)
	<-s.ctx.Done()
	log.Info("Desk is closing")
	return h.Close()
}

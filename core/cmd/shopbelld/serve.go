package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"

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
		DataDir: s.dir, Listen: set.listen, Shop: set.shop, Graph: set.graph, Limits: &set.limits, AutomaticSendBefore: set.autoSendBefore,
		APIToken: set.apiToken, Log: log,
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
	var asking sync.WaitGroup
	asking.Go(func() { askMeta(s.ctx, log, doctor{dir: s.dir, set: set}) })
	<-s.ctx.Done()
	log.Info("Desk is closing")
	asking.Wait()
	return h.Close()
}

// askMeta says at the start what is wrong with the keys: else it would show with
// the first answer to a customer. The desk is open meanwhile, since webhooks are
// taken whatever Meta says of the token.
func askMeta(ctx context.Context, log *slog.Logger, d doctor) {
	for _, c := range d.metaChecks() {
		bounded, cancel := context.WithTimeout(ctx, checkTimeout)
		f := c.ask(bounded)
		cancel()
		switch {
		case ctx.Err() != nil:
			return
		case f.level == bad:
			log.Error("Meta was asked", "about", c.name, "found", f.detail, "remedy", f.remedy)
		case f.level == good:
			log.Info("Meta was asked", "about", c.name, "found", f.detail)
		}
	}
}

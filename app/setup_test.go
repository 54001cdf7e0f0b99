package app

import (
	"context"

	"shopbell/core/chat"
	"shopbell/core/desk"
	"shopbell/core/desk/desktest"
)

// setupDesk is a desk in memory whose number can be connected.
type setupDesk struct {
	*desktest.Fake
	connected desk.Connected
}

func (d *setupDesk) Connected(context.Context, desk.Actor) (desk.Connected, error) {
	return d.connected, nil
}
func (d *setupDesk) CheckKeys(context.Context, desk.Actor, desk.Keys) (desk.KeysReport, error) {
	return desk.KeysReport{}, nil
}
func (d *setupDesk) SaveKeys(context.Context, desk.Actor, desk.Keys) (desk.KeysReport, error) {
	return desk.KeysReport{}, nil
}
func (d *setupDesk) ForgetKeys(context.Context, desk.Actor) error               { return nil }
func (d *setupDesk) SetArrival(context.Context, desk.Actor, desk.Arrival) error { return nil }
func (d *setupDesk) CheckArrival(context.Context, desk.Actor) (desk.ArrivalReport, error) {
	return desk.ArrivalReport{}, nil
}
func (d *setupDesk) SendTest(context.Context, desk.Actor, string, string) (chat.MessageID, error) {
	return 0, nil
}

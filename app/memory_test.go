package app

import (
	"testing"

	"fyne.io/fyne/v2/test"
)

func TestMemoryOfTheSandboxStandsApart(t *testing.T) {
	kept := test.NewTempApp(t).Preferences()
	shop, sandbox := memory{kept: kept}, memory{kept: kept, sandbox: true}
	sandbox.SetString("last_place", "nowhere")
	if got := shop.String("last_place"); got != "" {
		t.Errorf("the shop remembers %q", got)
	}
	shop.SetString("last_place", "Rua da Prata")
	if got := sandbox.String("last_place"); got != "nowhere" {
		t.Errorf("the sandbox remembers %q", got)
	}
	if got := (memory{kept: kept}).String("last_place"); got != "Rua da Prata" {
		t.Errorf("after a new start the shop remembers %q", got)
	}
}

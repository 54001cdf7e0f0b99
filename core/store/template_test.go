package store_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/chat"
	"shopbell/core/store"
)

func TestTemplatesFollowWhatMetaSays(t *testing.T) {
	ready := chat.Template{
		Name: "ready", Language: "en_US", Category: "utility", Status: "APPROVED", Header: chat.TemplateHeader{Format: "image"},
		Body: "Order {{order}} is ready", Named: true, Buttons: []chat.TemplateButton{{Type: "url", Title: "See", URL: "https://a/{{1}}"}},
	}
	sale := chat.Template{Name: "sale", Language: "ru", Status: "PENDING"}
	d := newDesk(t)
	templates := func() (list []chat.Template) {
		d.view(func(r *store.Reader) (err error) { list, err = r.Templates("waba"); return err })
		return list
	}
	d.update(func(tx *store.Tx) error {
		return errors.Join(tx.SaveTemplates("other", []chat.Template{ready}), tx.SaveTemplates("waba", []chat.Template{{Name: "gone"}}),
			tx.SaveTemplates("waba", []chat.Template{sale, ready}))
	})
	if diff := cmp.Diff([]chat.Template{ready, sale}, templates()); diff != "" {
		t.Errorf("saved (-want +got):\n%s", diff)
	}
	d.update(func(tx *store.Tx) error {
		pause := func(c *chat.Template) { c.Status = "PAUSED" }
		return errors.Join(tx.ChangeTemplate("waba", "ready", "en_US", pause), tx.ChangeTemplate("waba", "ready", "fr", pause))
	})
	ready.Status = "PAUSED"
	if diff := cmp.Diff([]chat.Template{ready, sale}, templates()); diff != "" {
		t.Errorf("changed (-want +got):\n%s", diff)
	}
}

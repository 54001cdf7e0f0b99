package packs

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"

	"shopbell/core/autoreply"
)

//go:embed words/*.json
var files embed.FS

// wording is what a pack says in one language.
type wording struct {
	Buttons struct {
		Order  string `json:"order"`
		Stock  string `json:"stock"`
		Person string `json:"person"`
	} `json:"buttons"`
	OrderText string             `json:"order_text"` // answers the order button
	Rules     map[string]wordsOf `json:"rules"`      // by the id of the rule
}

type wordsOf struct {
	Name     string   `json:"name"`
	Text     string   `json:"text"`
	Keywords []string `json:"keywords"`
}

// A place is one rule of a pack, without its words.
type place struct {
	id      string
	trigger autoreply.Trigger
	kind    string
	order   bool // has the button that begins an order
	stock   bool // has the button that leads to the rule about stock
	person  bool // has the button that calls a person
}

// stockRule answers "Check stock": a pack knows no article whose level it could ask.
const stockRule = "stock"

var layout = []place{
	{id: "greeting", trigger: autoreply.TriggerFirstContact, order: true, stock: true, person: true},
	{id: "delivery", trigger: autoreply.TriggerKeyword, kind: "delivery", order: true, stock: true, person: true},
	{id: "returns", trigger: autoreply.TriggerKeyword, kind: "returns", person: true},
	{id: "price", trigger: autoreply.TriggerKeyword, kind: "price", order: true, stock: true, person: true},
	{id: "size", trigger: autoreply.TriggerKeyword, kind: "size", order: true, stock: true, person: true},
	{id: stockRule, trigger: autoreply.TriggerKeyword, kind: "stock", order: true, person: true},
	{id: "closed", trigger: autoreply.TriggerOffHours, order: true, stock: true},
}

// put makes the pack of a language.
func put(language string) (autoreply.File, error) {
	f := autoreply.File{Version: autoreply.Version, Language: language}
	data, err := files.ReadFile("words/" + language + ".json")
	if err != nil {
		return f, err
	}
	var w wording
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&w); err != nil {
		return f, err
	}
	for _, p := range layout {
		of, ok := w.Rules[p.id]
		if !ok {
			return f, fmt.Errorf("the rule %q has no words", p.id)
		}
		f.Rules = append(f.Rules, p.rule(w, of))
	}
	if len(w.Rules) != len(layout) {
		return f, fmt.Errorf("%d rules have words, and there are %d", len(w.Rules), len(layout))
	}
	return f, nil
}

func (p place) rule(w wording, of wordsOf) autoreply.Rule {
	r := autoreply.Rule{ID: p.id, Name: of.Name, Trigger: p.trigger, Keywords: of.Keywords, Kind: p.kind}
	var buttons []autoreply.Button
	if p.order {
		buttons = append(buttons, autoreply.Button{Title: w.Buttons.Order, Action: autoreply.ActionOrder})
		r.OrderText = w.OrderText
	}
	if p.stock {
		buttons = append(buttons, autoreply.Button{Title: w.Buttons.Stock, Action: autoreply.ActionRule, Rule: stockRule})
	}
	if p.person {
		buttons = append(buttons, autoreply.Button{Title: w.Buttons.Person, Action: autoreply.ActionHandOver})
	}
	r.Replies = []autoreply.Variant{{Text: of.Text, Buttons: buttons}}
	return r
}

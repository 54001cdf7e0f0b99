package cloudapi

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"shopbell/core/chat"
)

func TestParseOrders(t *testing.T) {
	line := func(quantity, price string) string {
		return `{"product_retailer_id":"BOOT-7","quantity":` + quantity + `,"item_price":` + price + `,"currency":"ILS"}`
	}
	order := func(quantity int64, price chat.Micros) *chat.Order {
		return &chat.Order{Catalog: "354160437058781", Items: []chat.OrderItem{{Product: "BOOT-7", Quantity: quantity, Price: price, Currency: "ILS"}}}
	}
	tests := []struct {
		name, items string
		want        *chat.Order
	}{
		{"whole price", line(`3`, `30`), order(3, 30_000_000)},
		{"price with a fraction", line(`1`, `599.9`), order(1, 599_900_000)},
		{"price in a string", line(`"2"`, `"0.05"`), order(2, 50_000)},
		{"price with what a float64 made of it", line(`1`, `0.30000000000000004`), order(1, 300_000)},
		{"free of charge", line(`1`, `0`), order(1, 0)},
		{"two articles", line(`1`, `1`) + `,` + line(`2`, `2`), &chat.Order{Catalog: "354160437058781", Items: []chat.OrderItem{
			{Product: "BOOT-7", Quantity: 1, Price: 1_000_000, Currency: "ILS"}, {Product: "BOOT-7", Quantity: 2, Price: 2_000_000, Currency: "ILS"},
		}}},
		{"an unreadable price spoils the order", line(`1`, `1`) + `,` + line(`1`, `"ten"`), nil},
		{"a missing price is not free of charge", line(`1`, `null`), nil},
		{"an unreadable quantity spoils the order", line(`1.5`, `1`), nil},
		{"none of an article is no order", line(`0`, `1`), nil},
		{"an article without a number is no order", `{"quantity":1,"item_price":1,"currency":"ILS"}`, nil},
		{"no article is no order", ``, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			it := one(t, envelope(head+`"type":"order","order":{"catalog_id":"354160437058781","text":"By noon?","product_items":[`+tt.items+`]}}`))
			want := &Message{ID: "wamid.x", From: customer, At: second, Type: "order", Text: "By noon?", Order: tt.want}
			if diff := cmp.Diff(want, it.Message, ignoreRaw); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("the customer need not add a text", func(t *testing.T) {
		it := one(t, envelope(head+`"type":"order","order":{"catalog_id":"1","product_items":[`+line(`1`, `1`)+`]}}`))
		if it.Problem != nil || it.Message.Order == nil || it.Message.Text != "" {
			t.Errorf("item = %+v", it)
		}
	})
}

func TestMicros(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want chat.Micros
		ok   bool
	}{
		{"0", 0, true}, {"1", 1_000_000, true}, {"599.9", 599_900_000, true}, {"0.000001", 1, true},
		{"0.0000004", 0, true}, {"0.0000005", 1, true}, {"9.9999995", 10_000_000, true}, {"33.333333333333336", 33_333_333, true},
		{"5.999e2", 599_900_000, true}, {"1E3", 1_000_000_000, true}, {"1e-6", 1, true}, {"1e-30", 0, true}, {"00012.50", 12_500_000, true},
		{"2305843009213.693951", 2305843009213693951, true},
		{"", 0, false}, {".", 0, false}, {".5", 0, false}, {"-1", 0, false}, {"+1", 0, false}, {"1,5", 0, false}, {"ten", 0, false},
		{"NaN", 0, false}, {"1/3", 0, false}, {"0x1p4", 0, false}, {"1_000", 0, false}, {"1.2.3", 0, false}, {"1e", 0, false},
		{"1e99", 0, false}, {"1e999999999", 0, false}, {"1e-999999999", 0, false}, {"99999999999999999999", 0, false},
	} {
		if got, ok := micros(tt.in); got != tt.want || ok != tt.ok {
			t.Errorf("micros(%q) = %d, %v; want %d, %v", tt.in, got, ok, tt.want, tt.ok)
		}
	}
	t.Run("agrees with fractions of any size", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) {
			s := fmt.Sprintf("%d.%s", rapid.Uint32().Draw(t, "whole"), rapid.StringMatching(`[0-9]{1,18}`).Draw(t, "fraction"))
			if rapid.Bool().Draw(t, "scientific") {
				s += fmt.Sprintf("e%d", rapid.IntRange(-12, 2).Draw(t, "exponent"))
			}
			exact, ok := new(big.Rat).SetString(s)
			if !ok {
				t.Fatalf("%q is no fraction", s)
			}
			exact.Mul(exact, big.NewRat(1_000_000, 1)).Add(exact, big.NewRat(1, 2))
			want := new(big.Int).Div(exact.Num(), exact.Denom())
			if got, ok := micros(s); !ok || int64(got) != want.Int64() {
				t.Fatalf("micros(%q) = %d, %v; want %s", s, got, ok, want)
			}
		})
	})
}

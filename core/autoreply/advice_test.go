package autoreply

import (
	"strings"
	"testing"
)

func TestA3WhatStandsAfterThePreviewIsTold(t *testing.T) {
	before, after := strings.Repeat("ж", 100)+" ", strings.Repeat("ж", 149)+" "
	for text, want := range map[string]string{
		"SALE20 " + after:                            "",
		after + "SALE20":                             "SALE20",
		before + "https://example.com":               "",
		after + "https://example.com":                "https://example.com",
		after + "see www.example.com/a and SALE20":   "www.example.com/a",
		after + "SALE20 at https://example.com":      "SALE20",
		after + "ЛЕТО2026":                           "ЛЕТО2026",
		after + "СКИДКА":                             "",
		after + "2026":                               "",
		after + "call 89161234567":                   "",
		strings.Repeat("ж", 140) + " https://ab.com": "https://ab.com",
	} {
		if got := Late(text); got != want {
			t.Errorf("of %q it tells %q, want %q", text, got, want)
		}
	}
}

func TestA3RecommendedLengthsAreWithinTheLimit(t *testing.T) {
	want := map[Trigger][2]int{TriggerFirstContact: {80, 120}, TriggerKeyword: {150, 200}, TriggerOffHours: {60, 100}}
	for trigger, w := range want {
		if from, to := Recommended(trigger); from != w[0] || to != w[1] || to > MaxText {
			t.Errorf("%s: %d to %d", trigger, from, to)
		}
	}
	if got := Filled("Hi, {name}: {stock} of {shop}"); got != len("Hi, :  of ")+NameReserve+StockReserve+ShopReserve {
		t.Errorf("a text with places counts %d", got)
	}
}

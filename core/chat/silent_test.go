package chat

import "testing"

func TestOnlyWhatAsksNobodyAnythingIsSilent(t *testing.T) {
	for _, tt := range []struct {
		kind Kind
		raw  string
		want bool
	}{
		{KindText, "", false},
		{KindButton, "", false},
		{KindUnsupported, "image", false},
		{KindUnsupported, "order", false},
		{KindUnsupported, "unsupported", false},
		{KindUnsupported, "", false},
		{KindReaction, "reaction", true},
		{KindUnsupported, "system", true},
		{KindUnsupported, "edit", true},
		{KindUnsupported, "revoke", true},
		{KindUnsupported, "pin", true},
		{KindUnsupported, "keep_in_chat", true},
		{KindUnsupported, "poll_update", true},
		{KindUnsupported, "poll_creation", false},
		{KindUnsupported, "link_preview", false},
		{KindEdited, "", false},
		{KindGroup, "text", true},
		{KindNote, "", true},
		{KindSystem, "", true},
	} {
		if got := Silent(tt.kind, tt.raw); got != tt.want {
			t.Errorf("Silent(%q, %q) = %t, want %t", tt.kind, tt.raw, got, tt.want)
		}
	}
}

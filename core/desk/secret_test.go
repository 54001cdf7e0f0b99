package desk_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"shopbell/core/desk"
)

func TestASecretShowsItsLettersNowhere(t *testing.T) {
	const letters = "EAAJx9k2Qz"
	keys := desk.Keys{PhoneNumberID: "104829301177462", Token: letters, AppSecret: letters}
	var logged bytes.Buffer
	slog.New(slog.NewTextHandler(&logged, nil)).Info("text", "token", keys.Token, "keys", keys)
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("json", "token", keys.Token, "keys", keys)
	encoded, err := json.Marshal(keys)
	if err != nil {
		t.Fatal(err)
	}
	shown := []string{logged.String(), string(encoded), fmt.Errorf("refused: %v", keys.Token).Error()}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		shown = append(shown, fmt.Sprintf(verb, keys), fmt.Sprintf(verb, keys.Token))
	}
	for _, s := range shown {
		if strings.Contains(s, letters) {
			t.Errorf("the letters stand in %s", s)
		}
	}
	if got := keys.Token.Reveal(); got != letters {
		t.Errorf("Reveal gives %q", got)
	}
}

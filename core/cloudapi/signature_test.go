package cloudapi

import (
	"net/url"
	"strings"
	"testing"
)

// The vectors were recomputed with openssl.
func TestSign(t *testing.T) {
	tests := []struct{ secret, body, hex string }{
		{"test_app_secret", `{"object":"whatsapp_business_account","entry":[]}`,
			"dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756"},
		{"test_app_secret", `{"object": "whatsapp_business_account", "entry": []}`,
			"56cbbaf4961c6cfdae48b7f116c047e5eb513d2c931baae63a2bc1afd26f803a"},
		{"otro_secreto", `{"object":"whatsapp_business_account","entry":[]}`,
			"769b03d8c2ae6498f2d1e1f7299c0ba55448c69d741e7b0bb243d852d8a8d8c7"},
	}
	for _, tt := range tests {
		if got := Sign(tt.secret, []byte(tt.body)); got != "sha256="+tt.hex {
			t.Errorf("Sign(%q, %s) = %s", tt.secret, tt.body, got)
		}
	}
}

func TestVerify(t *testing.T) {
	body := []byte(`{"text":"\u00f1"}`)
	good := Sign("secret", body)
	tests := []struct {
		name   string
		secret string
		body   string
		header string
		want   bool
	}{
		{"the signature of the raw bytes verifies", "secret", string(body), good, true},
		{"a body that was decoded and encoded again does not", "secret", `{"text":"ñ"}`, good, false},
		{"another secret does not", "Secret", string(body), good, false},
		{"upper-case hex is not what Meta sends", "secret", string(body), strings.ToUpper(good), false},
		{"the hex without its prefix does not", "secret", string(body), good[len("sha256="):], false},
		{"a cut signature does not", "secret", string(body), good[:len(good)-2], false},
		{"a missing header does not", "secret", string(body), "", false},
		{"an empty secret verifies nothing", "", string(body), Sign("", body), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Verify(tt.secret, []byte(tt.body), tt.header); got != tt.want {
				t.Errorf("Verify = %t, want %t", got, tt.want)
			}
		})
	}
}

func TestHandshake(t *testing.T) {
	tests := []struct {
		name, query, token, challenge string
		ok                            bool
	}{
		{"the right token returns the challenge", "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=t0k", "t0k", "1158201444", true},
		{"a wrong token is refused", "hub.mode=subscribe&hub.challenge=1&hub.verify_token=t0", "t0k", "", false},
		{"another mode is refused", "hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=t0k", "t0k", "", false},
		{"an empty token never matches", "hub.mode=subscribe&hub.challenge=1&hub.verify_token=", "", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q, err := url.ParseQuery(tt.query)
			if err != nil {
				t.Fatal(err)
			}
			challenge, ok := Handshake(q, tt.token)
			if challenge != tt.challenge || ok != tt.ok {
				t.Errorf("Handshake = %q, %t", challenge, ok)
			}
		})
	}
}

func FuzzVerify(f *testing.F) {
	body := []byte(`{"object":"whatsapp_business_account","entry":[]}`)
	f.Add("test_app_secret", body, Sign("test_app_secret", body))
	f.Add("test_app_secret", body, "sha256=")
	f.Add("", []byte{}, Sign("", nil))
	f.Fuzz(func(t *testing.T, secret string, body []byte, header string) {
		want := secret != "" && header == Sign(secret, body)
		if got := Verify(secret, body, header); got != want {
			t.Errorf("Verify(%q, %q, %q) = %t", secret, body, header, got)
		}
		if secret != "" && !Verify(secret, body, Sign(secret, body)) {
			t.Errorf("the signature of %q under %q does not verify", body, secret)
		}
	})
}

package cloudapi

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestPhone(t *testing.T) {
	for _, c := range []struct {
		name   string
		status int
		body   string
		want   PhoneInfo
		check  func(error) bool
	}{
		{"a number is returned as Graph describes it", 200,
			`{"display_phone_number":"+351 21 000 0000","verified_name":"Sapatos","status":"CONNECTED","id":"106540352242922"}`,
			PhoneInfo{ID: "106540352242922", DisplayPhone: "+351 21 000 0000", VerifiedName: "Sapatos", Status: "CONNECTED"}, func(err error) bool { return err == nil }},
		{"a refused token is an Error with its code", 401, `{"error":{"message":"expired","code":190}}`,
			PhoneInfo{}, func(err error) bool { return ClassOf(err) == ClassToken }},
		{"another server's page is no answer", 404, `<html>`,
			PhoneInfo{}, func(err error) bool { return errors.Is(err, ErrNoAnswer) }},
		{"a redirect is no answer", 302, `{}`,
			PhoneInfo{}, func(err error) bool { return errors.Is(err, ErrNoAnswer) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			var asked, token string
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				asked, token = r.Method+" "+r.URL.Path, r.Header.Get("Authorization")
				w.WriteHeader(c.status)
				fmt.Fprint(w, c.body)
			}))
			defer server.Close()
			client, err := NewClient(ClientOptions{BaseURL: server.URL, Version: "v25.0", Token: "secret"})
			if err != nil {
				t.Fatal(err)
			}
			got, err := client.Phone(t.Context(), "106540352242922")
			if got != c.want || !c.check(err) {
				t.Errorf("got %+v, %v; want %+v", got, err, c.want)
			}
			if asked != "GET /v25.0/106540352242922" || token != "Bearer secret" {
				t.Errorf("asked %q with %q", asked, token)
			}
		})
	}
}

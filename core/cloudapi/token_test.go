package cloudapi

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/desk"
)

func TestDebugToken(t *testing.T) {
	tests := []struct {
		name, body string
		want       TokenInfo
	}{
		{"a system user's that never expires",
			`{"data":{"app_id":"67","type":"SYSTEM_USER","application":"Shop","data_access_expires_at":0,"expires_at":0,"is_valid":true,"issued_at":1697043223,
			 "scopes":["whatsapp_business_management","whatsapp_business_messaging"],
			 "granular_scopes":[{"scope":"whatsapp_business_management","target_ids":["1020304050"]},{"scope":"whatsapp_business_messaging"}],"user_id":"1"}}`,
			TokenInfo{AppID: "67", App: "Shop", Type: "SYSTEM_USER", Valid: true,
				Scopes: []string{ScopeManagement, ScopeMessaging}, Targets: map[string][]string{ScopeManagement: {"1020304050"}}}},
		{"a dashboard's that ends today",
			`{"data":{"app_id":67,"type":"USER","is_valid":true,"expires_at":1697043223,"data_access_expires_at":"1697043223","scopes":[]}}`,
			TokenInfo{AppID: "67", Type: "USER", Valid: true, Expires: second, DataAccessExpires: second, Targets: map[string][]string{}}},
		{"one that has ended",
			`{"data":{"is_valid":false,"error":{"code":190,"message":"Session has expired","subcode":463},"scopes":[]}}`,
			TokenInfo{Targets: map[string][]string{}, Problem: GraphError{Code: 190, Subcode: 463, Message: "Session has expired"}}},
		{"one that Graph repeats",
			`{"data":{"is_valid":false,"error":{"code":190,"message":"Malformed access token ` + token + `"}}}`,
			TokenInfo{Targets: map[string][]string{}, Problem: GraphError{Code: 190, Message: "Malformed access token [token]"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, _ := graph(t, asked(t, "GET", "debug_token", "", func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Query().Get("input_token") != token {
					t.Errorf("query = %v", r.URL.Query())
				}
				fmt.Fprint(w, tt.body)
			}))
			got, err := c.DebugToken(t.Context())
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
				t.Error(diff, err)
			}
		})
	}
	t.Run("a token that Graph refuses to look at is an Error", func(t *testing.T) {
		c, _ := graph(t, respond(401, `{"error":{"code":190,"message":"Malformed access token"}}`))
		if _, err := c.DebugToken(t.Context()); ClassOf(err) != ClassToken {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("a token that Graph repeats stands in no error", func(t *testing.T) {
		c, _ := graph(t, respond(401, `{"error":{"code":190,"message":"Malformed access token `+token+`","error_data":{"details":"`+token+`?"}}}`))
		_, err := c.Send(t.Context(), numberID, message)
		refusal, ok := errors.AsType[*Error](err)
		if !ok || strings.Contains(fmt.Sprintf("%v %+v", err, *refusal), token) {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("an end that is no moment is not taken for never", func(t *testing.T) {
		for _, field := range []string{"expires_at", "data_access_expires_at"} {
			c, _ := graph(t, respond(200, `{"data":{"is_valid":true,"`+field+`":"soon"}}`))
			if got, err := c.DebugToken(t.Context()); !errors.Is(err, ErrNoAnswer) {
				t.Errorf("%s: %+v, %v", field, got, err)
			}
		}
	})
	t.Run("no error shows the token", func(t *testing.T) {
		c, _ := graph(t, func(w http.ResponseWriter, r *http.Request) { cut(w, "") })
		_, err := c.DebugToken(t.Context())
		if !errors.Is(err, ErrNoAnswer) || strings.Contains(err.Error(), token) {
			t.Errorf("error = %v", err)
		}
	})
}

func TestTokenAllows(t *testing.T) {
	info := TokenInfo{Scopes: []string{ScopeMessaging, ScopeManagement}, Targets: map[string][]string{ScopeManagement: {"1"}, "other": {"2"}}}
	for _, tt := range []struct {
		name, scope, id string
		want            bool
	}{
		{"a scope without targets is for all", ScopeMessaging, "9", true},
		{"a scope is for its targets", ScopeManagement, "1", true},
		{"and for no other", ScopeManagement, "9", false},
		{"a scope that was not given", "other", "2", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := info.Allows(tt.scope, tt.id); got != tt.want {
				t.Errorf("Allows = %v", got)
			}
		})
	}
}

func TestAppSecretFits(t *testing.T) {
	// printf EAAtest-token | openssl dgst -sha256 -hmac test_app_secret
	const proof = "835cefa8c68d0786b44c1199cabde1a11d7e8e06349070086cfd1864ec890b9d"
	tests := []struct {
		name   string
		status int
		body   string
		want   bool
		class  Class
	}{
		{"the secret of the token's app", 200, `{"id":"1"}`, true, ""},
		{"another app's", 400, `{"error":{"message":"Invalid appsecret_proof provided in the API argument","type":"GraphMethodException","code":100}}`, false, ""},
		{"a token that is not taken says nothing of the secret", 401, `{"error":{"code":190,"message":"expired"}}`, false, ClassToken},
		{"nor does a page of a proxy", 502, `<html>`, false, ClassNoAnswer},
		{"nor an answer about nobody", 200, `{}`, false, ClassNoAnswer},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, _ := graph(t, asked(t, "GET", "me", "", func(w http.ResponseWriter, r *http.Request) {
				if got := r.URL.Query().Get("appsecret_proof"); got != proof {
					t.Errorf("proof = %s", got)
				}
				w.WriteHeader(tt.status)
				fmt.Fprint(w, tt.body)
			}))
			got, err := c.AppSecretFits(t.Context(), "test_app_secret")
			if got != tt.want || ClassOf(err) != tt.class {
				t.Errorf("AppSecretFits = %v, %v", got, err)
			}
		})
	}
	t.Run("no secret fits nothing, and is not asked about", func(t *testing.T) {
		c, _ := graph(t, func(http.ResponseWriter, *http.Request) { t.Error("a request left") })
		if ok, err := c.AppSecretFits(t.Context(), ""); ok || err != nil {
			t.Errorf("AppSecretFits = %v, %v", ok, err)
		}
	})
}

func TestClientPrintsNoToken(t *testing.T) {
	o := ClientOptions{Token: token, HTTP: &http.Client{Timeout: time.Second}}
	c, err := NewClient(o)
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"%v", "%+v", "%#v", "%s"} {
		if s := fmt.Sprintf(format+format, o, c) + fmt.Sprintf(format, desk.Secret(token)); strings.Contains(s, token) {
			t.Errorf("%s shows %s", format, s)
		}
	}
}

func TestEachQuestionHasTheProofOfAKnownAppSecret(t *testing.T) {
	var got []string
	c, server := graph(t, func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r.URL.Query().Get("appsecret_proof"))
		fmt.Fprint(w, `{"id":"1","messages":[{"id":"wamid.1"}],"data":[]}`)
	})
	knowing, err := NewClient(ClientOptions{BaseURL: server.URL, Token: token, AppSecret: "secret", HTTP: server.Client()})
	if err != nil {
		t.Fatal(err)
	}
	defer knowing.Close()
	proof := appSecretProof(token, "secret")
	for _, tt := range []struct {
		name   string
		client *Client
		ask    func(*Client) error
		want   string
	}{
		{"a message", knowing, func(c *Client) error { _, err := c.Send(t.Context(), numberID, message); return err }, proof},
		{"a question with a query", knowing, func(c *Client) error { _, err := c.Phone(t.Context(), numberID); return err }, proof},
		{"a list", knowing, func(c *Client) error { _, err := c.Subscribed(t.Context(), numberID); return err }, proof},
		{"an upload", knowing, func(c *Client) error {
			_, err := c.UploadMedia(t.Context(), numberID, "image/png", "a.png", 1, strings.NewReader("x"))
			return err
		}, proof},
		{"a secret that is asked about has its own", knowing, func(c *Client) error { _, err := c.AppSecretFits(t.Context(), "other"); return err }, appSecretProof(token, "other")},
		{"without a secret there is none", c, func(c *Client) error { _, err := c.Send(t.Context(), numberID, message); return err }, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got = nil
			if err := tt.ask(tt.client); err != nil || len(got) != 1 || got[0] != tt.want {
				t.Errorf("proofs %q, %v; want %q", got, err, tt.want)
			}
		})
	}
	t.Run("no error and no print shows it", func(t *testing.T) {
		server.Close()
		_, err := knowing.Phone(t.Context(), numberID)
		if said := fmt.Sprintf("%v %+v", err, knowing); err == nil || strings.Contains(said, proof) {
			t.Errorf("it shows %s", said)
		}
	})
	t.Run("a proof that Graph does not take is about the keys", func(t *testing.T) {
		for _, said := range []string{"Invalid appsecret_proof provided in the API argument", "API calls from the server require an appsecret_proof argument"} {
			if got := ClassOf(&Error{HTTP: 400, GraphError: GraphError{Code: 100, Message: said}}); got != ClassToken {
				t.Errorf("%s: %s", said, got)
			}
		}
	})
}

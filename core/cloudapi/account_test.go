package cloudapi

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"shopbell/core/chat"
)

const waba = "1020304050"

// asked checks a request and answers it.
func asked(t *testing.T, method, address, body string, answer http.HandlerFunc) http.HandlerFunc {
	return authorized(t, func(w http.ResponseWriter, r *http.Request) {
		got, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		if want := "/" + DefaultVersion + "/" + address; r.Method != method || r.URL.Path != want || string(got) != body {
			t.Errorf("asked %s %s with %s\nwant  %s %s with %s", r.Method, r.URL.Path, got, method, want, body)
		}
		answer(w, r)
	})
}

func TestTemplates(t *testing.T) {
	t.Run("reads every part of a template", func(t *testing.T) {
		c, _ := graph(t, asked(t, "GET", waba+"/message_templates", "", respond(200, `{"data":[
			{"name":"order_ready","language":"pt_BR","status":"APPROVED","category":"UTILITY","id":"1","parameter_format":"NAMED","rejected_reason":"NONE","components":[
				{"type":"HEADER","format":"IMAGE","example":{"header_handle":["https://x"]}},
				{"type":"BODY","text":"Olá {{first_name}}"},{"type":"FOOTER","text":"Sapatos"},
				{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Obrigado"},{"type":"URL","text":"Ver","url":"https://shop.example/{{1}}"},{"type":"PHONE_NUMBER","text":"Ligar","phone_number":"+1"}]}]},
			{"name":"sale","language":"ru","status":"REJECTED","category":"MARKETING","parameter_format":"POSITIONAL","rejected_reason":"PROMOTIONAL","components":[
				{"type":"HEADER","format":"TEXT","text":"{{1}}"},{"type":"BODY","text":"{{1}}, {{2}}"}]},
			{"name":"bare","language":"en","status":"A_NEW_ONE","components":null}],
			"paging":{"cursors":{"after":"MjQZD"}}}`)))
		got, err := c.Templates(t.Context(), waba)
		if err != nil {
			t.Fatal(err)
		}
		want := []chat.Template{
			{Name: "order_ready", Language: "pt_BR", Category: "utility", Status: "APPROVED", Named: true,
				Header: chat.TemplateHeader{Format: "image"}, Body: "Olá {{first_name}}", Footer: "Sapatos",
				Buttons: []chat.TemplateButton{{Type: "quick_reply", Title: "Obrigado"},
					{Type: "url", Title: "Ver", URL: "https://shop.example/{{1}}"}, {Type: "phone_number", Title: "Ligar"}}},
			{Name: "sale", Language: "ru", Category: "marketing", Status: "REJECTED", Rejected: "PROMOTIONAL",
				Header: chat.TemplateHeader{Format: "text", Text: "{{1}}"}, Body: "{{1}}, {{2}}"},
			{Name: "bare", Language: "en", Status: "A_NEW_ONE"},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
	// page answers with n templates and what follows them.
	page := func(w http.ResponseWriter, n int, paging string) {
		item := `{"name":"t","language":"en"}`
		fmt.Fprintf(w, `{"data":[%s],"paging":%s}`, strings.TrimSuffix(strings.Repeat(item+",", n), ","), paging)
	}
	t.Run("reads on to the last page, at its own address", func(t *testing.T) {
		var cursors []string
		c, _ := graph(t, authorized(t, func(w http.ResponseWriter, r *http.Request) {
			cursors = append(cursors, r.URL.Query().Get("after"))
			switch r.URL.Query().Get("after") {
			case "":
				page(w, 2, `{"cursors":{"after":"A&b"},"next":"https://evil.example/steal"}`)
			case "A&b":
				page(w, pageSize, `{"cursors":{"after":"C"}}`) // full, and no "next"
			default:
				page(w, 1, `{"cursors":{"after":"D"}}`)
			}
		}))
		got, err := c.Templates(t.Context(), waba)
		if err != nil || len(got) != 3+pageSize {
			t.Errorf("%d templates, %v", len(got), err)
		}
		if diff := cmp.Diff([]string{"", "A&b", "C"}, cursors); diff != "" {
			t.Error(diff)
		}
	})
	t.Run("gives up a list that never ends", func(t *testing.T) {
		n := 0
		c, _ := graph(t, func(w http.ResponseWriter, r *http.Request) {
			n++
			page(w, 1, `{"cursors":{"after":"A"},"next":"x"}`)
		})
		if got, err := c.Templates(t.Context(), waba); err == nil || got != nil || n != maxPages {
			t.Errorf("%d templates of %d pages, %v", len(got), n, err)
		}
	})
	t.Run("half a list is none", func(t *testing.T) {
		c, _ := graph(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Query().Get("after") == "" {
				page(w, 1, `{"cursors":{"after":"A"},"next":"x"}`)
				return
			}
			respond(400, `{"error":{"code":4,"message":"too many"}}`)(w, r)
		})
		if got, err := c.Templates(t.Context(), waba); ClassOf(err) != ClassRetry || got != nil {
			t.Errorf("%d templates, %v", len(got), err)
		}
	})
	t.Run("an answer without a list is none", func(t *testing.T) {
		c, _ := graph(t, respond(200, `{"id":"1"}`))
		if _, err := c.Templates(t.Context(), waba); !errors.Is(err, ErrNoAnswer) {
			t.Errorf("error = %v", err)
		}
	})
}

func TestPhones(t *testing.T) {
	c, _ := graph(t, asked(t, "GET", waba+"/phone_numbers", "", respond(200, `{"data":[
		{"id":"1906385232743451","display_phone_number":"+1 631-555-5555","verified_name":"Jasper's Market","status":"CONNECTED","quality_rating":"GREEN",
		 "name_status":"APPROVED","code_verification_status":"VERIFIED","account_mode":"LIVE","platform_type":"CLOUD_API","throughput":{"level":"STANDARD"},
		 "is_official_business_account":true,
		 "webhook_configuration":{"phone_number":"https://a.example","whatsapp_business_account":"https://b.example","application":"https://c.example"}},
		{"id":"1913623884432103"}]}`)))
	got, err := c.Phones(t.Context(), waba)
	if err != nil {
		t.Fatal(err)
	}
	want := []PhoneInfo{
		{ID: "1906385232743451", DisplayPhone: "+1 631-555-5555", VerifiedName: "Jasper's Market", Status: "CONNECTED", Quality: "GREEN",
			NameStatus: "APPROVED", CodeVerification: "VERIFIED", AccountMode: "LIVE", Platform: "CLOUD_API", Throughput: "STANDARD", Official: true,
			Callback: Callback{Phone: "https://a.example", Account: "https://b.example", App: "https://c.example"}},
		{ID: "1913623884432103"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSubscription(t *testing.T) {
	success := respond(200, `{"success":true}`)
	t.Run("Subscribe", func(t *testing.T) {
		c, _ := graph(t, asked(t, "POST", waba+"/subscribed_apps", "", success))
		if err := c.Subscribe(t.Context(), waba); err != nil {
			t.Error(err)
		}
	})
	t.Run("Subscribed lists the apps", func(t *testing.T) {
		c, _ := graph(t, asked(t, "GET", waba+"/subscribed_apps", "", respond(200, `{"data":[
			{"whatsapp_business_api_data":{"id":"67","name":"Shop","link":"https://x"},"override_callback_uri":"https://shop.example/webhook"},
			{"whatsapp_business_api_data":{"id":"68","name":"Other"}}]}`)))
		got, err := c.Subscribed(t.Context(), waba)
		want := []SubscribedApp{{ID: "67", Name: "Shop", Callback: "https://shop.example/webhook"}, {ID: "68", Name: "Other"}}
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Error(diff, err)
		}
	})
	t.Run("OverrideCallback names address and token", func(t *testing.T) {
		c, _ := graph(t, asked(t, "POST", numberID,
			`{"webhook_configuration":{"override_callback_uri":"https://shop.example/webhook","verify_token":"hush"}}`, success))
		if err := c.OverrideCallback(t.Context(), numberID, "https://shop.example/webhook", "hush"); err != nil {
			t.Error(err)
		}
	})
	t.Run("RestoreCallback takes the address away", func(t *testing.T) {
		c, _ := graph(t, asked(t, "POST", numberID, `{"webhook_configuration":{"override_callback_uri":""}}`, success))
		if err := c.RestoreCallback(t.Context(), numberID); err != nil {
			t.Error(err)
		}
	})
	t.Run("a handshake that failed is Graph's refusal, without the token", func(t *testing.T) {
		c, _ := graph(t, respond(400, `{"error":{"code":100,"message":"(#100) callback verification failed"}}`))
		err := c.OverrideCallback(t.Context(), numberID, "https://shop.example/webhook", "hush")
		if ClassOf(err) != ClassParameters || strings.Contains(err.Error(), "hush") {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("success that is not said is none", func(t *testing.T) {
		c, _ := graph(t, respond(200, `{"success":false}`))
		if err := c.Subscribe(t.Context(), waba); !errors.Is(err, ErrNoAnswer) {
			t.Errorf("error = %v", err)
		}
	})
	t.Run("an address that Meta cannot post to is not told", func(t *testing.T) {
		c, _ := graph(t, func(http.ResponseWriter, *http.Request) { t.Error("a request left") })
		for _, address := range []string{"", "shop.example/webhook", "http://shop.example/webhook", "ftp://shop.example",
			"https://me:pw@shop.example/", "https://shop.example/#x", "https://shop.example/+351/webhook"} {
			err := c.OverrideCallback(t.Context(), numberID, address, "hush")
			if invalid, ok := errors.AsType[*InvalidError](err); !ok || invalid.Field != "callback" {
				t.Errorf("%q: error = %v", address, err)
			}
		}
		if err := c.OverrideCallback(t.Context(), numberID, "https://shop.example/webhook", ""); ClassOf(err) != ClassParameters {
			t.Errorf("no verify token: error = %v", err)
		}
	})
}

func TestProfile(t *testing.T) {
	profile := Profile{About: "Sapatos", Address: "Rua A, 1", Description: "Shoes", Email: "a@shop.example",
		Websites: []string{"https://shop.example"}, Vertical: "RETAIL", PictureURL: "https://pps.whatsapp.net/x"}
	const fields = `"messaging_product":"whatsapp","about":"Sapatos","address":"Rua A, 1","description":"Shoes","email":"a@shop.example",
		"websites":["https://shop.example"],"vertical":"RETAIL","profile_picture_url":"https://pps.whatsapp.net/x"`
	for name, body := range map[string]string{
		"as Graph answers":               `{"data":[{` + fields + `}]}`,
		"as Meta's own description says": `{"data":[{"business_profile":{` + fields + `}}]}`,
	} {
		t.Run("is read "+name, func(t *testing.T) {
			c, _ := graph(t, asked(t, "GET", numberID+"/whatsapp_business_profile", "", respond(200, body)))
			got, err := c.Profile(t.Context(), numberID)
			if diff := cmp.Diff(profile, got); diff != "" || err != nil {
				t.Error(diff, err)
			}
		})
	}
}

// Ids become part of addresses that carry the token.
func TestIDsThatAreNoneAreAskedNowhere(t *testing.T) {
	c, _ := graph(t, func(http.ResponseWriter, *http.Request) { t.Error("a request left") })
	for name, ask := range map[string]func(id string) error{
		"Phone":            func(id string) error { _, err := c.Phone(t.Context(), id); return err },
		"Phones":           func(id string) error { _, err := c.Phones(t.Context(), id); return err },
		"Templates":        func(id string) error { _, err := c.Templates(t.Context(), id); return err },
		"Profile":          func(id string) error { _, err := c.Profile(t.Context(), id); return err },
		"Subscribe":        func(id string) error { return c.Subscribe(t.Context(), id) },
		"Subscribed":       func(id string) error { _, err := c.Subscribed(t.Context(), id); return err },
		"OverrideCallback": func(id string) error { return c.OverrideCallback(t.Context(), id, "https://a.example", "t") },
		"MarkRead":         func(id string) error { return c.MarkRead(t.Context(), id, "wamid.x", false) },
	} {
		for _, id := range []string{"", "me", "../me", "1/2", "1?x"} {
			if err := ask(id); ClassOf(err) != ClassParameters {
				t.Errorf("%s(%q) = %v", name, id, err)
			}
		}
	}
}

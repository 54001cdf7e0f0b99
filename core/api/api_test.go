package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"shopbell/core/api"
	"shopbell/core/desk"
	"shopbell/core/stock"
)

const token = "a-long-random-word"

// shelf is the desk's side of the API.
type shelf struct {
	known map[string]desk.Article
	fails error
}

func (s *shelf) PushLevels(_ context.Context, changes []desk.StockChange) error {
	if s.fails != nil {
		return s.fails
	}
	if err := stock.Check(changes); err != nil {
		return err
	}
	for _, c := range changes {
		s.known[desk.StockKey(c.SKU)] = desk.Article{SKU: c.SKU, Name: c.Name, Level: c.Level, Origin: desk.StockByPush, At: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)}
	}
	return nil
}

func (s *shelf) Article(_ context.Context, sku string) (desk.Article, error) {
	a, ok := s.known[desk.StockKey(sku)]
	switch {
	case s.fails != nil:
		return a, s.fails
	case !ok:
		return a, desk.Errorf(desk.NotFound, "no such article")
	}
	return a, nil
}

// desktop is a desk with the API, and what it says of itself.
type desktop struct {
	*testing.T
	*shelf
	url  string
	spec spec
}

// spec is as much of an OpenAPI description as the tests hold the API against.
type spec struct {
	OpenAPI string `json:"openapi"`
	Paths   map[string]map[string]struct {
		Security  []map[string][]string `json:"security"`
		Responses map[string]struct {
			Content map[string]struct{ Schema schema } `json:"content"`
		} `json:"responses"`
	} `json:"paths"`
	Security   []map[string][]string `json:"security"`
	Components struct {
		Schemas map[string]schema `json:"schemas"`
	} `json:"components"`
}

type schema struct {
	Ref        string            `json:"$ref"`
	Required   []string          `json:"required"`
	Properties map[string]schema `json:"properties"`
	MaxLength  int               `json:"maxLength"`
	Maximum    int               `json:"maximum"`
}

func open(t *testing.T) *desktop {
	t.Helper()
	d := &desktop{T: t, shelf: &shelf{known: map[string]desk.Article{}}}
	server := httptest.NewServer(api.New(api.Options{Token: token, Stock: d.shelf}))
	t.Cleanup(server.Close)
	d.url = server.URL
	if status, body := d.call(http.MethodGet, api.OpenAPI, "", nil); status != http.StatusOK || json.Unmarshal(body, &d.spec) != nil {
		t.Fatalf("the description is %d, %s", status, body)
	}
	return d
}

// call makes a request with the token, or with other headers.
func (d *desktop) call(method, path, body string, headers map[string]string) (int, []byte) {
	d.Helper()
	r, err := http.NewRequestWithContext(d.Context(), method, d.url+path, strings.NewReader(body))
	if err != nil {
		d.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/json")
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		d.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		d.Fatal(err)
	}
	return answer.StatusCode, content
}

// described fails the test of an answer that the description does not know.
func (d *desktop) described(method, path string, status int, body []byte) {
	d.Helper()
	answer, ok := d.spec.Paths[path][strings.ToLower(method)].Responses[fmt.Sprint(status)]
	if !ok {
		d.Errorf("%s %s answers %d, which is not described", method, path, status)
	}
	for _, content := range answer.Content {
		s := d.spec.Components.Schemas[strings.TrimPrefix(content.Schema.Ref, "#/components/schemas/")]
		var fields map[string]any
		if err := json.Unmarshal(body, &fields); err != nil || len(s.Properties) == 0 {
			d.Fatalf("%s of %+v: %v", body, s, err)
		}
		for name := range fields {
			if _, ok := s.Properties[name]; !ok {
				d.Errorf("%s %s: %d has %q, which is not described", method, path, status, name)
			}
		}
		for _, name := range s.Required {
			if _, ok := fields[name]; !ok {
				d.Errorf("%s %s: %d has no %q", method, path, status, name)
			}
		}
		return
	}
	if len(body) > 0 {
		d.Errorf("%s %s: %d has a body that is not described: %s", method, path, status, body)
	}
}

func padded(n int) string {
	body := `{"levels":[{"sku":"A","level":1}]}`
	return body[:len(body)-1] + strings.Repeat(" ", n-len(body)) + "}"
}

func TestLevelsArePushed(t *testing.T) {
	for name, c := range map[string]struct {
		body   string
		status int
		says   string // in the answer
		known  []string
	}{
		"one article":             {`{"levels":[{"sku":"BT-39","level":4}]}`, 204, "", []string{"BT-39=4"}},
		"some, with names":        {`{"levels":[{"sku":"A","level":1,"name":"Boots & Co"},{"sku":"B","level":0}]}`, 204, "", []string{"A=1", "B=0"}},
		"5 KB":                    {padded(desk.MaxStockUpdate), 204, "", []string{"A=1"}},
		"5 KB and a byte":         {padded(desk.MaxStockUpdate + 1), 413, "too large", nil},
		"no JSON":                 {`levels`, 400, "body", nil},
		"nothing":                 {`{"levels":[]}`, 422, "body.levels", nil},
		"no levels":               {`{}`, 422, "levels", nil},
		"another field":           {`{"levels":[{"sku":"A","level":1,"colour":"red"}]}`, 422, "body.levels[0]", nil},
		"no level":                {`{"levels":[{"sku":"A","level":1},{"sku":"B"}]}`, 422, "body.levels[1]", nil},
		"a level in words":        {`{"levels":[{"sku":"A","level":1},{"sku":"B","level":"two"}]}`, 422, "body.levels[1].level", nil},
		"a part of a piece":       {`{"levels":[{"sku":"B","level":1.5}]}`, 422, "body.levels[0].level", nil},
		"fewer than none":         {`{"levels":[{"sku":"A","level":1},{"sku":"B","level":-1}]}`, 422, "body.levels[1].level", nil},
		"more than a reply takes": {`{"levels":[{"sku":"B","level":100000}]}`, 422, "body.levels[0].level", nil},
		"a SKU of spaces":         {`{"levels":[{"sku":"A","level":1},{"sku":" ","level":1}]}`, 422, "levels[1]", nil},
		"an article twice":        {`{"levels":[{"sku":"A","level":1},{"sku":"a","level":2}]}`, 422, "levels[1] (a)", nil},
		"a name of two lines":     {`{"levels":[{"sku":"A","level":1,"name":"a\nb"}]}`, 422, "levels[0] (A)", nil},
	} {
		for _, method := range []string{http.MethodPut, http.MethodPost} {
			t.Run(name+", by "+method, func(t *testing.T) {
				d := open(t)
				status, body := d.call(method, "/v1/stock", c.body, nil)
				d.described(method, "/v1/stock", status, body)
				if status != c.status || !strings.Contains(string(body), c.says) {
					t.Errorf("answered %d, %s; want %d and %q", status, body, c.status, c.says)
				}
				var known []string
				for _, a := range d.known {
					known = append(known, fmt.Sprintf("%s=%d", a.SKU, a.Level))
				}
				slices.Sort(known)
				if !slices.Equal(known, c.known) {
					t.Errorf("known are %v, want %v", known, c.known)
				}
			})
		}
	}
}

func TestAnotherContentTypeIsRefused(t *testing.T) {
	d := open(t)
	status, body := d.call(http.MethodPut, "/v1/stock", `{"levels":[{"sku":"A","level":1}]}`, map[string]string{"Content-Type": "text/csv"})
	d.described(http.MethodPut, "/v1/stock", status, body)
	if status != http.StatusUnsupportedMediaType || len(d.known) > 0 {
		t.Errorf("answered %d, %s", status, body)
	}
}

func TestALevelIsAskedFor(t *testing.T) {
	d := open(t)
	if status, body := d.call(http.MethodPut, "/v1/stock", `{"levels":[{"sku":"BT/39 ü","level":4,"name":"Boots"}]}`, nil); status != http.StatusNoContent {
		t.Fatalf("%d, %s", status, body)
	}
	t.Run("of an article that is known", func(t *testing.T) {
		status, body := d.call(http.MethodGet, "/v1/stock/"+url.PathEscape("bt/39 Ü"), "", nil)
		d.described(http.MethodGet, "/v1/stock/{sku}", status, body)
		want := `{"sku":"BT/39 ü","name":"Boots","level":4,"origin":"push","updated_at":"2026-11-22T10:00:00Z"}`
		if status != http.StatusOK || strings.TrimSpace(string(body)) != want {
			t.Errorf("%d, %s", status, body)
		}
	})
	t.Run("of one that is not", func(t *testing.T) {
		status, body := d.call(http.MethodGet, "/v1/stock/none", "", nil)
		d.described(http.MethodGet, "/v1/stock/{sku}", status, body)
		if status != http.StatusNotFound {
			t.Errorf("%d, %s", status, body)
		}
	})
}

func TestOnlyWhoHasTheTokenGetsIn(t *testing.T) {
	d := open(t)
	for name, c := range map[string]struct {
		headers map[string]string
		status  int
	}{
		"the token":             {nil, http.StatusNoContent},
		"another token":         {map[string]string{"Authorization": "Bearer another"}, http.StatusUnauthorized},
		"the token and more":    {map[string]string{"Authorization": "Bearer " + token + "x"}, http.StatusUnauthorized},
		"no token":              {map[string]string{"Authorization": ""}, http.StatusUnauthorized},
		"another scheme":        {map[string]string{"Authorization": "Basic " + token}, http.StatusUnauthorized},
		"a word of the scheme":  {map[string]string{"Authorization": "bearer " + token}, http.StatusNoContent},
		"the token, by a proxy": {map[string]string{"X-Forwarded-For": "203.0.113.5"}, http.StatusForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			status, body := d.call(http.MethodPut, "/v1/stock", `{"levels":[{"sku":"A","level":1}]}`, c.headers)
			d.described(http.MethodPut, "/v1/stock", status, body)
			if status != c.status || strings.Contains(string(body), token) {
				t.Errorf("answered %d, %s; want %d", status, body, c.status)
			}
		})
	}
	t.Run("without a token the API is off, and says so", func(t *testing.T) {
		server := httptest.NewServer(api.New(api.Options{Stock: d.shelf}))
		defer server.Close()
		off := &desktop{T: t, url: server.URL}
		for _, path := range []string{"/v1/stock", "/v1/stock/A", api.OpenAPI} {
			if status, body := off.call(http.MethodGet, path, "", map[string]string{"Authorization": "Bearer "}); status != http.StatusNotFound || !strings.Contains(string(body), "SHOPBELL_API_TOKEN") {
				t.Errorf("%s answers %d, %s", path, status, body)
			}
		}
	})
}

func TestWhatGoesWrongInTheDeskStaysThere(t *testing.T) {
	for name, c := range map[string]struct {
		err    error
		status int
	}{
		"a full disk":          {&desk.Error{Code: desk.DiskFull, Err: errors.New("inner words")}, http.StatusInsufficientStorage},
		"closing":              {&desk.Error{Code: desk.Unavailable, Err: errors.New("inner words")}, http.StatusServiceUnavailable},
		"a defect":             {errors.New("inner words"), http.StatusInternalServerError},
		"a defect with a code": {&desk.Error{Code: desk.Internal, Err: errors.New("inner words")}, http.StatusInternalServerError},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			d.fails = c.err
			status, body := d.call(http.MethodPut, "/v1/stock", `{"levels":[{"sku":"A","level":1}]}`, nil)
			d.described(http.MethodPut, "/v1/stock", status, body)
			if status != c.status || strings.Contains(string(body), "inner words") {
				t.Errorf("answered %d, %s; want %d", status, body, c.status)
			}
		})
	}
}

func TestTheDescriptionSaysWhatTheDeskHoldsTo(t *testing.T) {
	d := open(t)
	level := d.spec.Components.Schemas["Level"]
	for name, got := range map[string][2]int{
		"sku": {level.Properties["sku"].MaxLength, desk.MaxSKU}, "name": {level.Properties["name"].MaxLength, desk.MaxArticleName},
		"level": {level.Properties["level"].Maximum, desk.MaxStockLevel},
	} {
		if got[0] != got[1] {
			t.Errorf("%s is limited to %d, the desk's limit is %d", name, got[0], got[1])
		}
	}
	if d.spec.OpenAPI != "3.1.0" || len(d.spec.Security) != 1 {
		t.Errorf("it is of version %s and asks for %v", d.spec.OpenAPI, d.spec.Security)
	}
	if len(d.spec.Paths) != 2 {
		t.Errorf("described are %v", d.spec.Paths)
	}
}

// Package api is the local HTTP API: how another program of the shop, say a cash
// register, tells the desk what it knows. It is for this computer and the shop's
// own network, never for the public address of the webhook.
package api

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"shopbell/core/desk"
)

// Paths that the API answers: everything under V1, and its description in OpenAPI
// 3.1, which needs no token.
const (
	V1      = "/v1/"
	OpenAPI = "/openapi.json"
)

// Options of the API. All are needed.
type Options struct {
	// Token is what callers must send as "Authorization: Bearer …". Without one
	// every path answers 404 and says how the API is switched on.
	Token desk.Secret
	Stock Stock
}

// Stock is the part of the desk that the API changes, in the name of the program
// that calls. Errors are *desk.Error.
type Stock interface {
	// PushLevels is one content update, as desk.Stock.SetLevels has it.
	PushLevels(ctx context.Context, changes []desk.StockChange) error
	// Article returns what is known of one article. NotFound.
	Article(ctx context.Context, sku string) (desk.Article, error)
}

const tokenScheme = "token"

// New makes the handler of the paths of the API.
func New(o Options) http.Handler {
	mux := http.NewServeMux()
	config := huma.DefaultConfig("Shopbell local API", "1")
	config.Info.Description = "For programs of the shop on its own computers. It cannot be reached through the public address of the webhook."
	config.DocsPath, config.SchemasPath, config.CreateHooks = "", "", nil // nothing that loads a page from elsewhere
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{tokenScheme: {
		Type: "http", Scheme: "bearer", Description: "The desk shows it where the local API is switched on; without a screen it is what SHOPBELL_API_TOKEN says.",
	}}
	config.Security = []map[string][]string{{tokenScheme: {}}}
	api := humago.New(mux, config)
	api.UseMiddleware(local(api), known(api, o))
	addStock(api, o.Stock)
	if o.Token == "" {
		return off(api)
	}
	return mux
}

// off answers everything with how the API is switched on.
func off(api huma.API) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := humago.NewContext(&huma.Operation{}, r, w)
		// Who hung up needs no answer.
		_ = huma.WriteErr(api, ctx, http.StatusNotFound, "the local API is off: start the desk with SHOPBELL_API_TOKEN set to a long random word")
	})
}

// local refuses what came through a proxy: a forwarder that leads the public
// address to the whole desk, and not to the webhook alone, would let anybody try
// tokens.
func local(api huma.API) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		for _, mark := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Cf-Connecting-Ip", "Via"} {
			if ctx.Header(mark) != "" {
				_ = huma.WriteErr(api, ctx, http.StatusForbidden, "the local API answers no proxy: call the desk directly, and have the proxy forward /webhook only")
				return
			}
		}
		next(ctx)
	}
}

// known lets in who has the token. How long it takes tells nothing of it.
func known(api huma.API, o Options) func(huma.Context, func(huma.Context)) {
	want := sha256.Sum256([]byte(o.Token.Reveal()))
	return func(ctx huma.Context, next func(huma.Context)) {
		scheme, token, _ := strings.Cut(ctx.Header("Authorization"), " ")
		got := sha256.Sum256([]byte(token))
		if !strings.EqualFold(scheme, "Bearer") || subtle.ConstantTimeCompare(got[:], want[:]) != 1 {
			ctx.SetHeader("WWW-Authenticate", "Bearer")
			_ = huma.WriteErr(api, ctx, http.StatusUnauthorized, "send the token of the desk's local API as Authorization: Bearer TOKEN")
			return
		}
		next(ctx)
	}
}

// problem is what a caller is told of an error of the desk. What went wrong inside
// is for the desk's log, not for the caller.
func problem(err error) error {
	fault, ok := errors.AsType[*desk.Error](err)
	if !ok {
		return huma.Error500InternalServerError("the desk failed; its log says why")
	}
	switch fault.Code {
	case desk.Invalid:
		status := http.StatusUnprocessableEntity
		if fault.Field == "levels" && fault.Limit == desk.MaxStockUpdate {
			status = http.StatusRequestEntityTooLarge
		}
		return huma.NewError(status, fault.Err.Error(), &huma.ErrorDetail{Message: fault.Err.Error(), Location: "body." + fault.Field})
	case desk.NotFound:
		return huma.Error404NotFound("the desk knows no such article")
	case desk.DiskFull:
		return huma.NewError(http.StatusInsufficientStorage, "the desk's disk is full; nothing was changed")
	case desk.Unavailable:
		return huma.Error503ServiceUnavailable("the desk is closing; try again")
	}
	return huma.Error500InternalServerError("the desk failed; its log says why")
}
